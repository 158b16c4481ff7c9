"""Engines: who calls process(), never what it does."""
