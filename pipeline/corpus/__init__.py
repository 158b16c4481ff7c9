"""Read articles: files in, Article or Rejected out."""

from pipeline.corpus.article import make_article
from pipeline.corpus.detect.sniff import COMMON_FORMATS
from pipeline.corpus.folder import find_files
from pipeline.corpus.reading import RepeatFilter, display_path, read
from pipeline.corpus.stored_readings import ReadingStore

__all__ = ["COMMON_FORMATS", "ReadingStore", "RepeatFilter", "display_path", "find_files", "make_article", "read"]
