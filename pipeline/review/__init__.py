"""``extract review``: a page on this machine to read claims in their articles and decide them."""
