"""The reading process: reads what is no plain text, within bounds of time and memory."""
