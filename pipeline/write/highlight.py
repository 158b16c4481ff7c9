"""Text with its spans marked, as HTML: escaped first to last, right for spans that overlap, nest or touch."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from markupsafe import Markup, escape

from pipeline.records import Span

_ROLE = re.compile(r"[a-z][a-z_-]*")


def mark(text: str, spans: Mapping[str, Iterable[Span]], start: int = 0) -> Markup:
    """``text``, escaped, each stretch under the same roles in one ``<mark class="content cue">``.

    ``spans`` are [start, end) code points of the article by role, ``start`` is where ``text`` begins in it; what lies
    outside is cut off. Marks never nest: where spans overlap the stretch has the classes of all, in the order of
    ``spans``, and its title names them. Raises ValueError for a role that is no word fit for a class.
    """
    for role in spans:
        if not _ROLE.fullmatch(role):
            raise ValueError(f"no role: {role!r}")
    changes: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for role, parts in spans.items():
        for first, last in parts:
            low, high = max(first - start, 0), min(last - start, len(text))
            if low < high:
                changes[low][role] += 1
                changes[high][role] -= 1
    out: list[str] = []
    active: Counter[str] = Counter()
    for low, high in pairwise(sorted({0, len(text), *changes})):
        active.update(changes.get(low, {}))
        roles = [role for role in spans if active[role] > 0]
        words = escape(text[low:high])
        out.append(f'<mark class="{" ".join(roles)}" title="{", ".join(roles)}">{words}</mark>' if roles else words)
    return Markup("".join(out))  # noqa: S704
