"""Read articles: files in, Article or Rejected out."""
