"""Text with its spans marked, as HTML: escaped first to last, right for spans that overlap, nest or touch."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from markupsafe import Markup, escape

from pipeline.records import Span


def mark(text: str, spans: Mapping[str, Iterable[Span]], start: int = 0) -> Markup:
    """``text``, escaped, each stretch under the same roles in one ``<mark class="content cue">``.

    ``spans`` are [start, end) code points of the article by role, ``start`` is where ``text`` begins in it; what lies
    outside is cut off. Marks never nest: where spans overlap the stretch has the classes of all, in the order of
    ``spans``, and its title names them. Roles must be fit for a class: letters, "_" and "-".
    """
    changes: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for role, parts in spans.items():
        for first, last in parts:
            low, high = max(first - start, 0), min(last - start, len(text))
            if low < high:
                changes[low][role] += 1
                changes[high][role] -= 1
    out: list[Markup] = []
    active: Counter[str] = Counter()
    for low, high in pairwise(sorted({0, len(text), *changes})):
        active.update(changes.get(low, {}))
        roles = [role for role in spans if active[role] > 0]
        out.append(_stretch(text[low:high], roles))
    return Markup("").join(out)


def _stretch(text: str, roles: list[str]) -> Markup:
    if not roles:
        return escape(text)
    return Markup('<mark class="{}" title="{}">{}</mark>').format(" ".join(roles), ", ".join(roles), text)
