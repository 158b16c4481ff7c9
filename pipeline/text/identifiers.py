"""Short ids made from content: the same content always gets the same id, on every machine."""

from __future__ import annotations

import base64
import hashlib

#: Base-32 letters of an id after its prefix: 75 bits, so that no two of a billion articles share one by chance.
ID_LETTERS = 15
#: What the letters look like, for regular expressions.
ID_PATTERN = rf"[a-z2-7]{{{ID_LETTERS}}}"


def make_id(prefix: str, content: str) -> str:
    """The prefix and the first 75 bits of the content's SHA-256 in lower-case base 32, as "cnx7uue2363ql6yt".

    Articles have the prefix "d" (for document), claims "c". Lone surrogates, which undecodable file names hold, count
    like any other character. Letters of base 32 are safe in file names, URLs and spreadsheets.
    """
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).digest()
    return prefix + base64.b32encode(digest).decode("ascii").lower()[:ID_LETTERS]
