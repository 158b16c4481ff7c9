"""Read articles: files in, Article or Rejected out."""

from pipeline.corpus.article import make_article
from pipeline.corpus.detect.sniff import COMMON_FORMATS
from pipeline.corpus.folder import find_files
from pipeline.corpus.reading import display_path, read

__all__ = ["COMMON_FORMATS", "display_path", "find_files", "make_article", "read"]
