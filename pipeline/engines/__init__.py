"""Engines decide in which processes ``process_all()`` runs, never what it does: all give the same results, in order."""

#: How the reason of every article begins that was read but couldn't be processed.
PROCESSING_FAILED = "processing failed"
#: The line that a worker writes after the last one of a result.
END_OF_RESULT = "end"
