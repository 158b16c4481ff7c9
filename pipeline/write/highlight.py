"""Mark spans in a text as HTML; overlapping, nested and touching spans all come out right."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from markupsafe import Markup, escape

from pipeline.records import Span

_ROLE = re.compile(r"[a-z][a-z_-]*")


def mark_spans(text: str, spans: Mapping[str, Iterable[Span]], start: int = 0) -> Markup:
    """Escape ``text`` and put each stretch with the same roles into one ``<mark class="content cue">``.

    ``spans`` are [start, end) offsets into the article by role, ``start`` is where ``text`` begins in it; what lies
    outside is cut off. Marks never nest: where spans overlap, the stretch has the classes of all roles, in the order of
    ``spans``, and its title names them. Raises ValueError for a role that can't be a CSS class.
    """
    for role in spans:
        if not _ROLE.fullmatch(role):
            raise ValueError(f"a role must be lower-case letters, - and _, not {role!r}")
    changes = _changes(spans, start, len(text))
    out: list[str] = []
    active = dict.fromkeys(spans, 0)
    for low, high in pairwise(sorted({0, len(text), *changes})):
        for role, change in changes.get(low, ()):
            active[role] += change
        roles = [role for role in spans if active[role] > 0]
        words = escape(text[low:high])
        out.append(f'<mark class="{" ".join(roles)}" title="{", ".join(roles)}">{words}</mark>' if roles else words)
    return Markup("".join(out))  # noqa: S704


def _changes(spans: Mapping[str, Iterable[Span]], start: int, length: int) -> Mapping[int, list[tuple[str, int]]]:
    """At each offset of a text that begins at ``start`` the roles of which a span begins (1) or ends (-1) there."""
    changes: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for role, parts in spans.items():
        for span_start, span_end in parts:
            low, high = max(span_start - start, 0), min(span_end - start, length)
            if low < high:
                changes[low].append((role, 1))
                changes[high].append((role, -1))
    return changes
