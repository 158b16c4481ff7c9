"""Short names for articles and claims that are made of their words: the same words give the same name anywhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

#: Base-32 letters after the prefix. Each carries 5 bits, so 15 make 75: among a million texts the chance that two
#: share an id is about 1 in 76 billion (n²/2 · 2⁻⁷⁵).
ID_LETTERS = 15
#: Bytes that these letters are of: five make eight letters.
_ID_BYTES = 5 * -(-ID_LETTERS // 8)
#: What they look like, for regular expressions.
ID_PATTERN = rf"[a-z2-7]{{{ID_LETTERS}}}"


def hash_id(prefix: str, text: str) -> str:
    """The prefix and the first ``ID_LETTERS`` base-32 letters, in lower case, of the SHA-256 of the text in UTF-8."""
    return hash_pieces(prefix, (text,))


def hash_pieces(prefix: str, pieces: Iterable[str]) -> str:
    """``hash_id`` of the text that the pieces are together.

    Ids are compared and kept as strings, so they have no look-alike case and no punctuation. Lone surrogates, which
    JSON can spell, are hashed like other characters instead of raising UnicodeEncodeError.
    """
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece.encode("utf-8", "surrogatepass"))
    return prefix + base64.b32encode(digest.digest()[:_ID_BYTES]).decode("ascii").lower()[:ID_LETTERS]
