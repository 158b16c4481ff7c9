"""Extractors: a parsed Doc and knowledge in, records out; they read and write no files."""
