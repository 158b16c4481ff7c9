"""``extract review``: a page on this machine in which to read claims in their articles and decide on them."""
