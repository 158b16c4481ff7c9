"""Write the results: tables a reviewer opens, lines a program reads, a page to mail."""
