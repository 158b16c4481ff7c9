"""The country of every place and organisation: ``resolve_places``.

A place is decided by what the text says beside it ("Springfield, Ill."), then by the tables, then by what else the
article names; a name that many countries have stays open without evidence. One sense per article: what one mention of
a name says holds for all (Gale, Church and Yarowsky 1992).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.extract.entities import BUILT
from pipeline.extract.entities.counties import COUNTY
from pipeline.extract.entities.gazetteer import LAWMAKER
from pipeline.knowledge.places import Entry, Places
from pipeline.records import Article, Mention

#: Share of the article's places that must lie in one country before an unknown place is put there.
_DOMINANT = 0.75
#: Mentions of other places in a country that outweigh the better known namesake elsewhere.
_LOCAL = 2
#: So many different names must speak for a country before it stands for the places that nothing is known of.
_NAMES = 2
#: Telephone numbers of the North American plan (without Canada's names those of the United States) and of Britain, and
#: the party and home of an American lawmaker ("R-Toledo").
_SIGNS = (
    ("USA", re.compile(r"(?<![\d-])(?:\d{3}-|\(\d{3}\) ?)\d{3}-\d{4}\b")),
    ("GBR", re.compile(r"(?<!\d)(?:\(0\d{3,4}\) ?\d{6}|0\d{4} \d{6})\b")),
    ("USA", re.compile(r"\b[RD]-[A-Z]")),
)
#: Streets and schools are named after places elsewhere.
_STREETS = frozenset("Street Road Avenue Lane Drive Boulevard School Elementary St. Rd. Ave.".split())
#: No town's name: "Highway 59", "District 7", "ABCD".
_LABEL = re.compile(r"\d|^[A-Z.]{2,5}$")
#: A capital that speaks for more than its country, unless the article names that country.
_UNIONS = {"Brussels": "European Union"}
_LARGEST = "largest of the name"
_BESIDE = re.compile(r", ?\(?| \(")
#: What may stand between a country and its organisation: "Uganda's daily Independent", "German carmaker Volk",
#: "Oslo-based Fjord Oil"; and what leads to where it sits: "the Daily Star of Beirut".
#: What may stand between: "state-run", "central bank", but not "military said on".
_BETWEEN = r"(?!(?:on|in|at|to|of|for|with|by|from|and|or|via|as|that|than|say|says|said|told)\b)[a-z]+[ -]"
_HOLDERS = (
    (re.compile(rf"['’]s? (?:{_BETWEEN}){{0,4}}$"), "possessor"),
    (re.compile(rf" (?:{_BETWEEN}){{1,4}}$"), "demonym"),
    (re.compile(rf"-based (?:{_BETWEEN}){{0,4}}$"), "based in"),
)
_OF = re.compile(r" of ")


@dataclass(frozen=True, slots=True)
class _Tally:
    """Mentions counted by country and surface, with their sums."""

    counts: Counter[tuple[str, str]]
    codes: Counter[str]
    surfaces: Counter[str]

    def of(self, code: str, without: str) -> int:
        """Mentions of the country under other names than this one."""
        return self.codes[code] - self.counts[code, without]

    def abroad(self, code: str, without: str) -> int:
        """Mentions of other countries under other names than this one."""
        others = self.surfaces[without] - self.counts[code, without]
        return self.codes.total() - self.codes[code] - others


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the article says: countries named, places below them, names told beside a country or state, ``home``,
    how many of a country's own institutions it speaks of, and ``named``, all names of places in it.
    """

    countries: _Tally
    regions: _Tally
    told: Mapping[str, str]
    home: Counter[str]
    named: frozenset[str]

    def of(self, code: str, without: str) -> int:
        """Mentions that speak for a country, places below it counted twice, leaving the name in question out."""
        return self.countries.of(code, without) + 2 * self.local(code, without)

    def local(self, code: str, without: str) -> int:
        """Places below a country under other names than this one, and its institutions."""
        return self.regions.of(code, without) + self.home[code]


def resolve_places(mentions: Sequence[Mention], article: Article, places: Places) -> list[Mention]:
    """The mentions with the country of places and organisations filled in where something tells it, and the reason.

    A country's name that turns out to be a place elsewhere ("Lebanon, Ohio") becomes a PLACE.
    """
    evidence = _gather(mentions, article, places)
    dominant = _dominant(evidence)
    placed = [_resolve(mention, _surface(mention, article), evidence, dominant, places) for mention in mentions]
    return _organisations(placed, article, places)


def _surface(mention: Mention, article: Article) -> str:
    return article.text[mention.start : mention.end]


def _entry(mention: Mention, surface: str, places: Places) -> Entry | None:
    entry = places.entries.get(surface) or places.entries.get(mention.canonical)
    return None if entry is None or entry.kind in ("nothing", "organisation", "supranational") else entry


def _gather(mentions: Sequence[Mention], article: Article, places: Places) -> _Evidence:
    told = _told(mentions, article, places)
    countries: list[tuple[str, str]] = []
    regions: list[tuple[str, str]] = []
    named: set[str] = set()
    for mention in mentions:
        surface = _surface(mention, article)
        if mention.label == "PLACE":
            named.add(surface)
        entry = _entry(mention, surface, places)
        if surface in told:
            regions.append((told[surface], surface))
        elif mention.label == "COUNTRY" and (entry is None or entry.sure):
            countries.append((mention.country, surface))
        elif mention.reason == COUNTY:
            regions.append(("USA", surface))
        elif mention.label == "PLACE" and entry is not None and len(entry.codes) == 1:
            regions.append((entry.codes[0], surface))
        elif mention.label == "PLACE" and entry is not None and entry.sure and entry.kind == "city":
            countries.append((entry.codes[0], surface))
    home = _home(article, places)
    if any(mention.reason == COUNTY for mention in mentions):
        home["USA"] += 1
    return _Evidence(_tally(countries), _tally(regions), told, home, frozenset(named))


def _home(article: Article, places: Places) -> Counter[str]:
    """How many of each country's own institutions the article names, with the signs of a country."""
    text = article.text
    home = Counter(code for phrase, code in places.institutions.items() if phrase in text)
    home.update(code for code, sign in _SIGNS if sign.search(text))
    return home


def _tally(pairs: Sequence[tuple[str, str]]) -> _Tally:
    return _Tally(Counter(pairs), Counter(code for code, _ in pairs), Counter(surface for _, surface in pairs))


def _told(mentions: Sequence[Mention], article: Article, places: Places) -> dict[str, str]:
    """Names followed by the country or state they lie in, and ambiguous such states: surface to code."""
    told: dict[str, str] = {}
    for mention in mentions:
        if mention.reason == LAWMAKER:
            told.setdefault(_surface(mention, article), "USA")
    areas = [mention for mention in mentions if mention.label in ("COUNTRY", "PLACE") and mention.use != "people"]
    for one, other in pairwise(areas):
        if not _BESIDE.fullmatch(article.text[one.end : other.start]):
            continue
        surface, holder = _surface(one, article), _surface(other, article)
        inner, outer = _entry(one, surface, places), _entry(other, holder, places)
        if outer is None or outer.kind not in ("name", "region", "abbreviation"):
            continue
        common = [code for code in outer.codes if inner is None or code in inner.codes]
        if not common or (inner is None and len(outer.codes) > 1):
            continue
        told.setdefault(surface, common[0])
        if not outer.sure:
            told.setdefault(holder, common[0])
    return told


def _dominant(evidence: _Evidence) -> str:
    """The country where nearly all the article's places lie, or empty."""
    counts = evidence.countries.codes + evidence.regions.codes + evidence.home
    if not counts:
        return ""
    code, number = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
    names = {
        surface for tally in (evidence.countries, evidence.regions) for held, surface in tally.counts if held == code
    }
    return code if len(names) + evidence.home[code] >= _NAMES and number >= _DOMINANT * counts.total() else ""


def _resolve(mention: Mention, surface: str, evidence: _Evidence, dominant: str, places: Places) -> Mention:
    entry = _entry(mention, surface, places)
    if mention.label == "COUNTRY" and entry is not None and entry.shared:
        return _of_that_name(mention, entry, surface, evidence, places)
    if mention.use == "government" and surface in _UNIONS and not evidence.of(mention.country, surface):
        return replace(mention, label="ORG", canonical=_UNIONS[surface], country="", reason="seat of a union of states")
    if mention.label == "COUNTRY":
        if mention.use in ("people", "government") or entry is None or len(entry.codes) == 1:
            return mention
        code, reason = _choose(entry, surface, evidence)
        if not code or code == entry.codes[0]:
            return mention
        return replace(mention, label="PLACE", canonical=surface, country=code, reason=reason)
    if mention.label != "PLACE" or mention.reason == "supranational":
        return mention
    if entry is not None and entry.kind == "seat":
        return replace(mention, country=entry.codes[0])
    if entry is not None:
        code, reason = _choose(entry, surface, evidence)
        # No guess between even namesakes, nor at the town that a college or firm is named after.
        if reason == _LARGEST and (mention.use == "name_part" or not entry.sure):
            return mention
    elif surface in evidence.told:
        code, reason = evidence.told[surface], "country or state beside it"
    else:
        code, reason = ("", "") if mention.reason == COUNTY else _by_part(surface, evidence, places)
        if not code and dominant and mention.reason != BUILT and not _LABEL.search(surface):
            code, reason = dominant, "most places of the article"
        elif not code and mention.reason == COUNTY and not evidence.countries.abroad("USA", surface):
            code, reason = "USA", "county, no country abroad named"
    return replace(mention, country=code, reason=reason or mention.reason)


def _of_that_name(mention: Mention, entry: Entry, surface: str, evidence: _Evidence, places: Places) -> Mention:
    """Congo, Korea: the likelier country, unless the article names only the other in full."""
    if mention.country != entry.codes[0] or evidence.of(entry.codes[0], surface):
        return mention
    named = [code for code in entry.codes if evidence.of(code, surface)]
    if not named:
        return mention
    return replace(mention, country=named[0], canonical=places.names[named[0]], reason="the one the article names")


def _choose(entry: Entry, surface: str, evidence: _Evidence) -> tuple[str, str]:
    """The country of a name of the tables and why; empty when its namesakes are too even."""
    if surface in evidence.told:
        return evidence.told[surface], "country or state beside it"
    first = entry.codes[0]
    if len(entry.codes) == 1:
        return first, "table"
    if entry.kind == "name" and not entry.sure:
        return _country_or_state(entry, surface, evidence)
    best = max(entry.codes, key=lambda code: evidence.of(code, surface))
    if not entry.sure:
        if evidence.of(best, surface):
            return best, "named in the article"
        return first, _LARGEST
    local = evidence.local(best, surface)
    needed = 2 * _LOCAL if entry.kind == "capital" else _LOCAL
    if (
        evidence.of(first, surface)
        or local < needed
        or (entry.kind != "city" and (not evidence.home[best] or evidence.countries.abroad(best, surface)))
    ):
        return first, _LARGEST
    return best, "other places of the article"


def _country_or_state(entry: Entry, surface: str, evidence: _Evidence) -> tuple[str, str]:
    """Georgia: the state where the article names more places of its federation than countries abroad."""
    country, state = entry.codes[:2]
    abroad = evidence.countries.abroad(state, surface) + 2 * evidence.of(country, surface)
    local = 2 * evidence.local(state, surface)
    return (state, "other places of the article") if local > abroad else (country, "countries named in the article")


def _by_part(surface: str, evidence: _Evidence, places: Places) -> tuple[str, str]:
    """The country of a longer name through a place in it ("northern Virginia", "Nairobi Airport", "East Leeds")."""
    words = surface.split()
    if words[-1] in _STREETS:
        return "", ""
    parts = [" ".join(words[at : at + size]) for size in (2, 1) for at in range(len(words) - size + 1)]
    for part in parts:
        entry, code = places.entries.get(part), evidence.told.get(part, "")
        if part in places.words:
            continue
        if not code and entry is not None and entry.kind in ("name", "region", "demonym") and len(entry.codes) == 1:
            code = entry.codes[0]
        if not code and entry is not None and entry.kind in ("capital", "city") and part in evidence.named:
            code = _choose(entry, part, evidence)[0]
        if code:
            return code, f'"{part}" in the name'
    return "", ""


def _organisations(mentions: Sequence[Mention], article: Article, places: Places) -> list[Mention]:
    """Countries of organisations: by a name inside, by whose or whence they are, then by another mention."""
    areas = [mention for mention in mentions if mention.label in ("COUNTRY", "PLACE") and mention.country]
    by_end = {mention.end: mention for mention in areas}
    by_start = {mention.start: mention for mention in areas}
    starts = [mention.start for mention in areas]
    resolved: list[Mention] = []
    for mention in mentions:
        if mention.label == "ORG" and not mention.country and not places.context.is_international(mention.canonical):
            within = areas[bisect_left(starts, mention.start) : bisect_left(starts, mention.end)]
            code, reason = _owner(mention, within, by_end, by_start, article)
            mention = replace(mention, country=code, reason=reason or mention.reason)
        resolved.append(mention)
    known = {m.canonical: m.country for m in reversed(resolved) if m.label == "ORG" and m.country}
    return [
        replace(m, country=known[m.canonical], reason="its other mention")
        if m.label == "ORG" and not m.country and m.canonical in known
        else m
        for m in resolved
    ]


def _owner(
    mention: Mention,
    areas: Sequence[Mention],
    by_end: Mapping[int, Mention],
    by_start: Mapping[int, Mention],
    article: Article,
) -> tuple[str, str]:
    inside = [area for area in areas if area.end <= mention.end]
    codes = {area.country for area in inside}
    if len(codes) == 1:
        use = "demonym" if "demonym" in inside[0].reason else "name"
        return inside[0].country, f'{use} "{_surface(inside[0], article)}" in it'
    if codes:
        return "", ""
    before = article.text[max(0, mention.start - 40) : mention.start]
    for pattern, word in _HOLDERS:
        mark = pattern.search(before)
        holder = by_end.get(mention.start - len(before) + mark.start()) if mark else None
        if holder is not None and (word != "demonym" or "demonym" in holder.reason):
            return holder.country, f'{word} "{_surface(holder, article)}"'
    after = _OF.match(article.text, mention.end)
    seat = by_start.get(after.end()) if after else None
    return (seat.country, f'of "{_surface(seat, article)}"') if seat is not None else ("", "")
