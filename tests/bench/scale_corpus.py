"""Short made-up news articles, as many as asked for, and what extraction would give for them, without a parse.

Every article is made from its number alone: five speakers who are quoted, now and then a closure that other articles of
the same weeks tell of, too, and sentences around them. Every tenth is an edited copy of an earlier one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pipeline.records import Article, Claim, EventProfile, Mention, Result
from pipeline.text.identifiers import hash_id

#: Articles in one folder of the corpus.
_PER_FOLDER = 1_000
#: Every so many articles one is a copy of the one that came so many before, with another first sentence.
_COPY_EVERY, _COPY_BACK = 10, 7
#: Every so many articles one tells of a closure; so many of these in a row tell of the same one.
_CLOSURE_EVERY, _TELLINGS = 3, 3
_SYLLABLES = tuple("bar den dor eck fal gar hol kir lan mor nor ost rin sel tor vel".split())
_FIRST_NAMES = tuple("Ada Bo Carla Dag Edna Finn Greta Hal Ines Jon Kaia Lars Mia Nils".split())
_ROLES = ("the mayor", "a spokeswoman", "the union's chair", "a teacher", "the firm's director", "a resident")
_SUBJECTS = ("The council", "Nobody in", "The budget", "Every family", "The agreement", "A report")
_VERBS = ("has ignored", "will never accept", "depends on", "was told about", "cannot pay for", "looks at")
_OBJECTS = ("timetable", "promise", "winter", "water", "school", "ferry", "harbour", "choir", "market", "bus")
_ENDS = ("before", "without", "for", "whatever happens to", "in this part of", "beside")
_SITES = ("mine", "school", "library", "hospital", "factory", "post office")
_PUBLISHERS = ("The Larner", "Osk Daily", "Northern Wire", "Harbour Post")
_COUNTRIES = (("Norway", "NOR"), ("Latvia", "LVA"), ("Uganda", "UGA"), ("Chile", "CHL"))
_QUOTE = re.compile(r'"([^"]+)," said ((\w+ \w+), ([^.]+))\.')
_CLOSURE = re.compile(r"((\w+) Works) will close (its (\w+(?: office)?) in (\w+)) in (May|June)\.")


def write_corpus(folder: Path, count: int) -> None:
    """Write ``count`` articles with front matter into folders of a thousand."""
    for number in range(count):
        path = folder / f"{number // _PER_FOLDER:04}" / f"{number:07}.txt"
        if number % _PER_FOLDER == 0:
            path.parent.mkdir(parents=True)
        path.write_text(article_text(number), encoding="utf-8")


def article_text(number: int) -> str:
    """The article of that number, from its front matter on."""
    original = number - _COPY_BACK if number % _COPY_EVERY == _COPY_EVERY - 1 else number
    rng = random.Random(original)  # noqa: S311
    day = date(2024, 1, 1) + timedelta(original % 400)
    country, _ = rng.choice(_COUNTRIES)
    lines = [_statement(rng) for _ in range(4)]
    opening, ending = f"{lines[0]}. {lines[1]}, as people in {country} say.", f"{lines[2]}. {lines[3]}."
    body = [opening, *(_quote(rng) for _ in range(5)), ending]
    if original % _CLOSURE_EVERY == 0:
        body.insert(1, f"{_closure(original // (_CLOSURE_EVERY * _TELLINGS))} {_statement(rng)}.")
    if original != number:
        body[0] = f"This is what article {number} of the day has to say of it."
    title = f"{_statement(rng)} ({number})"
    head = f'---\ntitle: "{title}"\npublished: {day}\npublisher: {rng.choice(_PUBLISHERS)}\n---\n'
    return "\n\n".join((head, title, *body)) + "\n"


def _name(rng: random.Random, most: int) -> str:
    """A capitalised name, one of ``most``, some of which are far more frequent than most."""
    number = int(most ** rng.random())
    parts = []
    while True:
        number, place = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[place])
        if not number:
            return "".join(parts).capitalize() + "sen"


def _statement(rng: random.Random) -> str:
    first, second, third = (_name(rng, 50_000) for _ in range(3))
    of_what = f"the {second} {rng.choice(_OBJECTS)} {rng.choice(_ENDS)} {third}"
    return f"{rng.choice(_SUBJECTS)} {first} {rng.choice(_VERBS)} {of_what}"


def _quote(rng: random.Random) -> str:
    speaker = f"{rng.choice(_FIRST_NAMES)} {_name(rng, 20_000)}"
    return f'"{_statement(rng)}, and {_statement(rng).lower()}," said {speaker}, {rng.choice(_ROLES)}.'


def _closure(number: int) -> str:
    rng = random.Random(f"closure {number}")  # noqa: S311
    return f"{_name(rng, 9_000)} Works will close its {rng.choice(_SITES)} in {_name(rng, 9_000)} in May."


def replay(article: Article) -> Result:
    """What extraction might give for one of these articles, made from its words without a parse."""
    claims = [*_quote_claims(article), *(claim for claim, _, _ in _closures(article))]
    claims.sort(key=lambda claim: claim.start)
    codes = [(name, code) for name, code in _COUNTRIES if name in article.text]
    mentions = [_mention(article, match.span(2), match[2]) for match in _QUOTE.finditer(article.text)]
    mentions += [
        _mention(article, (article.text.index(name), article.text.index(name) + len(name)), name, code)
        for name, code in codes
    ]
    events = tuple(profile for _, profile, _ in _closures(article))
    mentions += [mention for _, _, mention in _closures(article)]
    return Result(article, tuple(claims), tuple(mentions), (), len(article.text.split()), events)


def _mention(article: Article, span: tuple[int, int], name: str, code: str = "") -> Mention:
    label = "COUNTRY" if code else "PERSON"
    return Mention(*span, label, name, country=code)  # type: ignore[arg-type]


def _claim(article: Article, kind: str, match: re.Match[str], **columns: Any) -> Claim:
    start, end = match.span()
    claim_id = hash_id("c", f"{article.key}\0{kind}\0{match[0]}")
    return Claim(
        claim_type=kind, claim_text=match[1], sentence=match[0], title=article.title, publisher=article.publisher,
        published=article.published, published_source=article.published_source, block="body",
        confidence=0.5 + start % 50 / 100,
        reason="made up for the benchmark", rule="bench", claim_id=claim_id, doc_id=article.doc_id, file=article.file,
        start=start, end=end, context_before=article.text[max(0, start - 80) : start].strip(),
        context_after=article.text[end : end + 80].strip(), **columns,
    )  # fmt: skip


def _quote_claims(article: Article) -> Iterator[Claim]:
    for match in _QUOTE.finditer(article.text):
        yield _claim(
            article, "quote", match, speaker=match[3], speaker_text=match[2], speaker_role=match[4].split()[-1],
            speaker_type="person", cue="said", stance="says", quote_type="direct",
            spans={"source": (match.span(2),), "content": (match.span(1),)}, speaker_reason="named beside the quote",
        )  # fmt: skip


def _closures(article: Article) -> Iterator[tuple[Claim, EventProfile, Mention]]:
    for match in _CLOSURE.finditer(article.text):
        event_id = hash_id("e", f"{article.key}\0{match[0]}")
        claim = _claim(
            article, "closure", match, trigger="close", actor=match[1], target=match[3], event_id=event_id,
            place=(match[5],), event_status="planned", reporter=article.publisher, date_text=("in May",),
            spans={"trigger": (match.span(),), "target": (match.span(3),)},
        )  # fmt: skip
        profile = EventProfile(
            event_id, "closure", 1, heads=(match[4],), towns=(match[5].lower(),), owners=(match[2].lower(), "works"),
            is_plural=False,
        )  # fmt: skip
        yield claim, profile, _mention(article, match.span(1), match[1])
