"""What a file is: its encoding, its kind, its language."""
