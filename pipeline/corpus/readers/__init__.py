"""Readers, one module a kind of file: bytes in, articles out.

All but plain text run in a process of their own (corpus/process); walk.py chooses the reader by the kind of file.
"""
