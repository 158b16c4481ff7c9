"""Engines decide in which processes ``process()`` runs, never what it does: all give the same results, in order."""
