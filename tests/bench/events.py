"""What grouping events over all articles costs, and how many are grouped right: made-up corpora with known events.

An event is told by one to five articles within weeks of each other, each of which names some of its people among others
and calls it by a noun, maybe its town, its owner or whoever decides it. Towns, owners and people are those of a
country: some are in hundreds of articles, most in a few. ``python -m tests.bench.events 60000`` prints the figures of
one size.
"""

from __future__ import annotations

import json
import random
import resource
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from pipeline.compare import EventInArticle, regroup
from pipeline.knowledge.events.words import load_event_words
from pipeline.knowledge.files import models_folder
from pipeline.records import EventProfile
from pipeline.store.grouping import Groups
from pipeline.store.schema import UPGRADES
from tests.bench.results import describe_conditions, markdown_table

#: Event claims of a corpus; the largest is what 100,000 articles may have.
SIZES = (5_000, 20_000, 60_000)
#: By noun the kind of target.
_NOUNS = {
    "mine": "plant or mine", "plant": "plant or mine", "factory": "plant or mine", "school": "school",
    "shop": "shop or office", "store": "shop or office", "office": "shop or office", "library": "shop or office",
    "embassy": "diplomatic mission", "hospital": "hospital", "road": "transport", "bridge": "transport",
    "airport": "transport", "border": "border or airspace",
}  # fmt: skip
#: How many articles tell of an event: most of one.
_ARTICLES = (1, 1, 1, 2, 3, 5)
_TOWNS, _OWNERS, _PEOPLE = 20_000, 8_000, 60_000
#: Share of names that are taken by Zipf's law: a capital is in more news than a village.
_FAMOUS = 0.2
_DAYS, _WEEKS_TOLD = 1_500, 40
#: Events that come with the articles of another day.
_MORE = 20


@dataclass(frozen=True, slots=True)
class Measured:
    """What grouping one made-up corpus gave."""

    claims: int  #: events as articles tell them
    events: int  #: events that there are
    clusters: int  #: events that were found
    right: int  #: pairs of articles' events that were found to be one, and are
    wrong: int  #: and are not
    pairs: int  #: pairs that are one
    seconds: float  #: CPU seconds of the grouping, saving what is kept of it included
    seconds_more: float  #: CPU seconds of the next one, with a few articles more
    megabytes: float  #: peak memory of the process with the corpus in it


def made_up_events(count: int, seed: int = 1) -> tuple[list[EventInArticle], dict[str, int]]:
    """A corpus of ``count`` events as articles tell them, and by the id of each the number of the true event."""
    rng = random.Random(seed)  # noqa: S311
    events: list[EventInArticle] = []
    true_event: dict[str, int] = {}
    for number in range(count):
        noun, day = rng.choice(tuple(_NOUNS)), date(2020, 1, 1) + timedelta(rng.randrange(_DAYS))
        town, owner = _one_of(rng, "town", _TOWNS), _one_of(rng, "firm", _OWNERS)
        people = [_one_of(rng, "person", _PEOPLE) for _ in range(6)]
        for _ in range(min(rng.choice(_ARTICLES), count - len(events))):
            others = [_one_of(rng, "person", _PEOPLE) for _ in range(8)]
            event = _telling(rng, noun, town, owner, day + timedelta(rng.randrange(_WEEKS_TOLD)))
            names = frozenset((*rng.sample(people, 4), *others, town, owner, "european union"))
            events.append(_in_article(event, len(events), names))
            true_event[event[0].event_id] = number
        if len(events) == count:
            break
    return events, true_event


def _one_of(rng: random.Random, kind: str, count: int) -> str:
    """One of so many names; every fifth time by Zipf's law, as news has it."""
    return f"{kind}{int(count ** rng.random()) if rng.random() < _FAMOUS else rng.randrange(count)}"


def _telling(rng: random.Random, noun: str, town: str, owner: str, day: date) -> tuple[EventProfile, date]:
    profile = EventProfile(
        event_id=f"e{rng.getrandbits(60):x}",
        type="closure",
        mentions=rng.randint(1, 4),
        kinds=(_NOUNS[noun],),
        heads=(noun,),
        towns=(town,) if rng.random() < 0.6 else (),
        owners=(owner,) if rng.random() < 0.6 else (),
        actors=("government",) if rng.random() < 0.2 else (),
        is_plural=False,
    )
    return profile, day


def _in_article(event: tuple[EventProfile, date], number: int, names: frozenset[str]) -> EventInArticle:
    profile, day = event
    return EventInArticle(
        profile=profile,
        doc_id=f"d{number}",
        story=f"{number}.txt",
        published=day,
        names=names,
        heads=frozenset(profile.heads),
        told=frozenset(profile.towns),
        sides=frozenset((*profile.owners, *profile.actors)),
        full_names=frozenset(profile.towns),
    )


def measure(count: int) -> Measured:
    """Group a made-up corpus in this process, and again with a few more articles."""
    words = load_event_words(models_folder()).groups
    events, true_event = made_up_events(count + _MORE)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.executescript("".join(UPGRADES))
        groups = Groups(database, "rules")
        times = [time.process_time()]
        for corpus in (events[:count], events):
            grouped = regroup(corpus, words, {}, {}, groups.load())
            groups.save(grouped.changes)
            times.append(time.process_time())
    clusters = grouped.clusters
    right, found = 0, 0
    for members in clusters:
        found += _pairs(len(members))
        right += sum(map(_pairs, Counter(true_event[member] for member in members).values()))
    return Measured(
        claims=count,
        events=len(set(true_event.values())),
        clusters=len(clusters),
        right=right,
        wrong=found - right,
        pairs=sum(map(_pairs, Counter(true_event.values()).values())),
        seconds=times[1] - times[0],
        seconds_more=times[2] - times[1],
        megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def events_table(sizes: Sequence[int] = SIZES) -> str:
    """A Markdown table of what grouping costs and finds; each size in a process of its own, for its peak of memory."""
    rows = []
    for size in sizes:
        command = [sys.executable, "-m", "tests.bench.events", str(size)]
        done = Measured(**json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
        rows.append((
            f"{done.claims:,}", f"{done.events:,}", f"{done.clusters:,}", f"{100 * done.right / done.pairs:.1f}",
            f"{100 * done.wrong / (done.right + done.wrong):.1f}", f"{done.seconds:.1f}", f"{done.seconds_more:.1f}",
            f"{done.megabytes:.0f}",
        ))  # fmt: skip
    header = (
        "event claims",
        "events",
        "found",
        "pairs found, %",
        "wrong of them, %",
        "CPU seconds",
        "after 20 more",
        "peak memory, MB",
    )
    return f"{markdown_table(header, rows)}\n\nMade-up corpora. {describe_conditions()}"


if __name__ == "__main__":
    print(json.dumps(asdict(measure(int(sys.argv[1])))))
