"""How much one file may hold and how long it may take: every limit on what is read stands here.

The archives' limits bound what a file can make of itself (a "bomb"): nothing is unpacked to disk, and nothing beyond
them is held in memory. Sizes are in bytes; a megabyte is a million.
"""

from __future__ import annotations

#: The largest file of a single article, and the largest member of an archive: each is held in memory whole.
MAX_BYTES = 50_000_000
#: The largest HTML page, without the images that are embedded in it.
MAX_HTML = 10_000_000
#: What all members of one file of the corpus may come to, unpacked.
MAX_EXPANDED = 2_000_000_000
#: Files in one archive, those of archives inside it counted too.
MAX_MEMBERS = 20_000
#: Levels of packing, mails and compressed files counted: a.zip/b.tar.gz/c.eml/d.pdf is four deep.
MAX_DEPTH = 5
#: Pages of one PDF.
MAX_PAGES = 2_000
#: Seconds of wall time that a reader may take for one article.
READ_SECONDS = 60.0
#: Address space that the reading process may use, in bytes; it has the Python libraries in it too.
READER_MEMORY = 3_000_000_000
#: Bytes that are looked at to tell a file's kind where it isn't read as a whole, and in the main process, which has no
#: limits of its own, at all times.
HEAD_BYTES = 65_536
#: The largest sidecar; it has a title, a day, some names, and is parsed in the main process, too.
MAX_SIDECAR = 100_000
