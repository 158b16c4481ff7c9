"""Text that may stand in XML."""

from __future__ import annotations

import re

#: Characters that XML 1.0 has no way to write (production "Char"): control characters, lone surrogates, noncharacters.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def xml_text(text: str) -> str:
    """The text with a replacement character for each one that XML can't hold: offsets stay."""
    return _UNWRITABLE.sub(_REPLACEMENT, text)
