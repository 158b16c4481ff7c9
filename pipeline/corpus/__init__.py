"""Read articles: files in, Article or Rejected out."""

from pipeline.corpus.article import make_article
from pipeline.corpus.folder import find_files
from pipeline.corpus.reading import read

__all__ = ["find_files", "make_article", "read"]
