"""Event types: the files of models/events and the records they are read into."""
