"""How much one file may hold and how long it may take: every limit on what is read stands here.

The archives' limits bound what a file can make of itself (a "bomb"): nothing is unpacked to disk, and nothing beyond
them is held in memory.
"""

from __future__ import annotations

#: No single article's file, or member of an archive, is larger: each is held in memory whole.
MAX_BYTES = 50_000_000
#: An HTML page without the images that are embedded in it.
MAX_HTML = 10_000_000
#: What all members of one file of the corpus may come to, unpacked.
MAX_EXPANDED = 2_000_000_000
#: Files in one archive, those of archives inside it counted too.
MAX_MEMBERS = 20_000
#: An archive in an archive in an archive: so many levels, mails and compressed files counted.
MAX_DEPTH = 5
#: Pages of one PDF.
MAX_PAGES = 2_000
#: Wall seconds that a reader may take for one article.
READ_SECONDS = 60.0
#: Memory that the reading process may use, bytes of address space; it has the Python libraries in it too.
READER_MEMORY = 3_000_000_000
#: What is looked at to tell a file's kind where the whole is not at hand.
HEAD_BYTES = 65_536
