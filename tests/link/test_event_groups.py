"""Which mentions are of one event, what they then happen to, and their status: invented articles.

An article is given with its mentions in order, each as trigger, group, target as the row shows it, and status.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from pipeline.extract import find_all
from pipeline.knowledge import Knowledge, load_knowledge
from pipeline.link import join_linked, link_all
from pipeline.link.event_groups import group_events
from pipeline.link.event_status import TAKEN_UP_RULE, UNDECIDED, take_up_statuses
from pipeline.records import Event, EventSubject, Linked, Status
from tests.helpers.parses import Parses, plain_article

#: Articles of 19 June 2025.
DATED = [
    # other days
    ("The museum closed in March after a fire. The museum will close for repairs on 1 September.", "closed A, close B"),
    ("The quarry will be shut on 30 June. The quarry was shut in April.", "shut A, shut B"),
    ("The museum closed on Monday after a fire. The museum will close for good on 23 June.", "closed A, close A"),
    # shut since, and still
    ("The quarry has been shut since March. The quarry will stay shut in July.", "shut A, shut A"),
    # what was undone, and what is going on now
    (
        "The cinema was closed in March and reopened in May. The owners are closing the cinema now.",
        "closed A, reopened A, closing B",
    ),
    (
        "The cinema was closed in March and has reopened for members. The cinema will be closed to others until July.",
        "closed A, reopened A, closed A",
    ),
    # after what it followed soon
    (
        "Osk has closed the Larn Strait to ships. Soon after a raid on 28 February Osk had closed the strait, which"
        " was reopened in May. The navy insists the Larn Strait is open.",
        "closed A, closed B, reopened B, open A",
    ),
]

GROUPED = [
    # a mention takes up another one
    ("Larn Mine will close next year. The pit will shut in June.", "close A, shut A"),
    ("Brandt Mills will shut its paper mill in Osk. The union said the mill should not close.", "shut A, close A"),
    ("The firm plans to close three warehouses. The closures will cost 90 jobs.", "close A, closures A"),
    ("The airport was shut by snow. The shutdown lasted two days.", "shut A, shutdown A"),
    ("Larn Steel will shut its mill in Osk. The plant has 90 workers. It will close in June.", "shut A, close A"),
    ("The police sealed off the station. The site was reopened an hour later.", "sealed off A, reopened A"),
    ("The government will shut the border. Border closures hurt trade.", "shut A, closures A"),
    ("The army shut the pipeline in May. The firm said the line would reopen.", "shut A, reopen A"),
    ("Larn Mills will shut its refinery in Oslo. The mill closure will cost 90 jobs.", "shut A, closure A"),
    ("The council closed a facility in May. The mine will reopen in June.", "closed A, reopen A"),
    ("The facility remained shut on Friday. The aquarium will reopen on Monday.", "shut A, reopen A"),
    # what was told of, though another of its kind stands nearer
    (
        "The Alder Bridge was shut on Monday, with traffic sent to the nearby Osk Bridge. Engineers had asked that the"
        " bridge be closed. The Osk Bridge was closed in 2019.",
        "shut A, closed A, closed B",
    ),
    (
        "Rot was found in the Alder mill on Monday. It will be closed in June, and its grain will go to the Osk mill."
        " Farmers fear that the mill will be closed for a year.",
        "closed A, closed A",
    ),
    # but not any other thing of its kind
    ("Norol runs three mills. The oldest will close in May. The largest was shut in June.", "close A, shut B"),
    ("Norol runs two mills. The one in Larn was shut. The one in Osk will close.", "shut A, close B"),
    ("The tunnel was closed on Monday. The port reopened on Friday.", "closed A, reopened B"),
    ("The school in Larn was closed. The border at Larn was closed.", "closed A, closed B"),
    # what is told first without its target
    ("The council opposed the closure. The library in Larn will shut in June.", "closure A, shut A"),
    # a reopening is of the same group
    ("The council closed the swimming pool in Larn. The pool reopened in June.", "closed A, reopened A"),
    ("The firm closed the mill in 2012 but let it reopen after a year.", "closed A, reopen A"),
    (
        "Production at the Osk smelter was halted in May. The smelter will resume production in July.",
        "halted A, resume production A",
    ),
    # a name is one whatever word the parser takes it for
    ("The Ronga dairy will not close. The Alder dairy will close in May.", "close A, close B"),
    ("Ashford prison is to be closed. The prison at Osk was shut in May.", "closed A, shut B"),
    # a part is no whole
    ("Larn Hospital will close in May. The ward was shut in 2019.", "close A, shut B"),
    ("The maternity ward of Larn Hospital will close. Larn Hospital was shut by a flood in 2019.", "close A, shut B"),
    # names, owners
    ("Tarn Metals will close its pit at Vrelo. Tarn Metals closed its pit at Gorna.", "close A, closed B"),
    (
        "Larn Shipping will close its depot in Oslo. It will also close its depot in Harwick."
        " The Oslo depot opened in 1910; its closure will cost 40 jobs.",
        "close A, close B, closure A",
    ),
    ("The Norwegian embassy closed in March. The Danish embassy will reopen in May.", "closed A, reopen B"),
    (
        "Norway will close its embassy in Kabul. The Norwegian mission will shut in May. Denmark closed its embassy in"
        " Kabul in March.",
        "close A, shut A, closed B",
    ),
    (
        "The Norwegian Fish Board's mission in Oslo will close. The NFB's office will shut in May.",
        "close A, shut A",
    ),
    ("The U.S. embassy closed in March. The American embassy will reopen in May.", "closed A, reopen A"),
    ("Brandt's mill closed in March. Blake's mill will close in May.", "closed A, close B"),
    ("Larn Shipping will close its depot in May. Osk Rail will close its depot in June.", "close A, close B"),
    ("Larnland was closed on Monday after a fire. The zoo will reopen on Friday.", "closed A, reopen A"),
    ("The council shut a radio station on Friday. Larn Radio was closed over unpaid bills.", "shut A, closed A"),
    ("The council shut a radio station on Friday. Larn Zoo was closed over unpaid bills.", "shut A, closed B"),
    ("Alder Park was closed on Monday. The bridge will reopen on Friday.", "closed A, reopen B"),
    (
        "Brandt Steel will close a Norwegian mill. The union said that the mill in Oslo was shut in May.",
        "close A, shut A",
    ),
    (
        "Brandt Steel will close a Norwegian mill. The union said that the mill in Paris was shut in May.",
        "close A, shut B",
    ),
    ("Alder Books will cease trading. The shop in Larn closed in May.", "cease trading A, closed B"),
    ("Alder School will close in June. Osk School will close in July.", "close A, close B"),
    # what stays open is no other thing, and counts only where its closing is told and not undone
    ("The council will close the pool in Larn. The mayor said that the pool would stay open.", "close A, open A"),
    ("The mayor said that the pool would stay open. The council had planned to close the pool.", "open A, close A"),
    ("Brandt says it has closed the strait, while the navy insists it is open.", "closed A, open A"),
    # nor does it matter that it was to be undone once, where two are at odds now
    (
        "Talks in June were to reopen the strait. Brandt says it has closed the strait, while the navy insists it is"
        " open.",
        "reopen A, closed A, open A",
    ),
    ("The library is closed. The pool will stay open.", "closed A"),
    ("The firm will close a shop in Larn. Its other shops will stay open.", "close A"),
    ("The firm will close shops in June. Some shops will stay open.", "close A"),
    ("Food shops will stay open. All shops in Larn will be closed on Monday.", "closed A"),
    ("The bridge was closed on Monday. It reopened on Friday. The bridge remains open.", "closed A, reopened A"),
    ("The bridge was closed on Monday. The bridge remains open for pedestrians.", "closed A"),
    ("The parks were closed in 2013. The ministry plans to keep the parks open.", "closed A"),
    # what had been so before is no denial
    ("The chain is closing all its shops, as most firms had kept shops open.", "closing A"),
    ("The chain is closing its shops. The mayor said that the chain had kept its shops open.", "closing A, kept A"),
    # and changes nothing about what the others are one with
    (
        "The council will close the pool in Larn. The mayor said that the pool would stay open. The closure is sad.",
        "close A, open A, closure A",
    ),
    # any closure is none of those told of
    (
        "The pool in Larn will close in May. In winter a closure would be wrong. The closure is for repairs.",
        "close A, closure B, closure A",
    ),
    # numbers
    ("Schools across the county were closed. The school in Osk reopened on Tuesday.", "closed A, reopened B"),
    ("One of the two bridges in Larn was closed. Both bridges will be closed in June.", "closed A, closed B"),
    ("The firm will close three mills. The firm closed two mills in May.", "close A, closed B"),
    (
        "The firm may close three mills in May. Brandt fears the closure of the oldest mill and a small plant.",
        "close A, closure B",
    ),
    # some already
    ("The chain will close most of its shops. It has already closed several shops.", "close A, closed B"),
    ("The chain will close several shops. The union says that it will close several shops.", "close A, close A"),
    # another one, once more, another year
    ("The bank will close its branch in Larn. Another branch will close in the autumn.", "close A, close B"),
    ("The chain will shut five shops in Larn. It will shut two more in May.", "shut A, shut B"),
    ("The chain shut five shops in Larn. Six others closed in May.", "shut A, closed B"),
    ("The Alders Island jail will close. It is time to close Alders.", "close A, close A"),
    ("The tunnel was closed in May. It reopened in June and was closed again.", "closed A, reopened A, closed B"),
    (
        "The 2013 closure of the harbour lasted a month. The 2019 closure of the harbour lasted a week.",
        "closure A, closure B",
    ),
    ("Alder Mine, or Pit 9, was closed in May. The mine will reopen in June.", "closed A, reopen A"),
    # a noun for many and its members
    ("The government shut down on Monday. Federal agencies were closed for a week.", "shut down A, closed A"),
    ("The school district closed on Monday. Schools will reopen on Friday.", "closed A, reopen A"),
    ("Shops of the brand were closed on Monday. The chain will reopen in June.", "closed A, reopen A"),
    ("The chain closed on Monday. Two shops reopened in June.", "closed A, reopened B"),
    ("The chain will close in May. All shops in Larn were shut on Monday.", "close A, shut B"),
    ("The borders were closed in May. Checkpoints were closed in June.", "closed A, closed B"),
    ("The furnace was closed for repairs in 2019 and reopened in 2020.", "closed A, reopened A"),
    ("The furnace reopened in 2019 and was closed for repairs in 2020.", "reopened A, closed B"),
    # one before what the article is on
    (
        "The harbour closed on Monday. The last closure of the harbour lasted a month. The harbour will reopen on"
        " Friday.",
        "closed A, closure B, reopen A",
    ),
    (
        "The harbour closed on Monday. The 2013 closure of the harbour lasted a month. The harbour will reopen on"
        " Friday. The 2013 closure cost 90 jobs.",
        "closed A, closure B, reopen A, closure B",
    ),
    (
        "The mine was closed on Monday. The last closure of the mine came in May. It reopened a week later.",
        "closed A, closure B, reopened B",
    ),
    # what goes on at a site
    (
        "Brandt Motors halted production of the Alder van in May. The port of Larn was closed. The production halt will"
        " cost 90 jobs.",
        "halted A, closed B, halt A",
    ),
    (
        "The smelter in Osk will close in May. The company halted production in Larn. The suspension of manufacturing"
        " is dear.",
        "close A, halted B, suspension B",
    ),
    ("Brandt Motors halted production in May. Blake Steel suspended production in June.", "halted A, suspended B"),
    # other things
    ("The council closed the library in Larn. The army closed the border in May.", "closed A, closed B"),
]
SHOWN = [
    (
        "Brandt Mills will shut a paper mill in Osk. The union said the mill should not close. The closure is sad.",
        "a paper mill in Osk, a paper mill in Osk, a paper mill in Osk",
    ),
    ("The council opposed the closure. The library in Larn will shut.", "The library in Larn, The library in Larn"),
    ("The mill, which halted production in March, burnt down.", "The mill"),
    ("The charity began winding down operations in 2016.", "The charity"),
    ("The minister halted production in May.", "production"),
    ("The storm forced several quarries to suspend operations.", "several quarries"),
    ("The firm closed the mill, though business was good, but let it reopen.", "the mill, the mill"),
    # a closure that nobody spoke of has no target
    ("The pool in Larn will close in May. The council has never lived through a closure.", "The pool in Larn, "),
    # a noun for many tells what it is better than those of its members that are named
    (
        "Many offices will be closed. The government shut down on Monday. The shutdown may last a week.",
        "Many offices, The government, The government",
    ),
    # the firm has more than one site
    ("The carmaker halted production in May.", "production"),
    # "we" is the firm that speaks, but not whom a person speaks for
    ('"We will cease trading in June," Brandt Stores said in a letter.', "Brandt Stores"),
    ('"We will cease trading in June," Ada Brandt said in a letter.', "We"),
    # a closure in a shutdown is another one, and what is called a shutdown is what was called so before
    (
        "A government shutdown began on Friday. Several museums were closed at once. Their closure in the shutdown"
        " angered visitors. The shutdown lasted a week.",
        "government, Several museums, Several museums, government, government",
    ),
]
STATUSES = [
    ("The pool in Larn will be shut in May. Guards will be on duty during the closure period.", "planned planned"),
    ("Brandt Mills will shut its mill in Osk. The closure is bad news.", "planned planned"),
    ("Brandt Mills is shutting its mill in Osk. Workers were paid during the closure.", "ongoing ongoing"),
    ("The mill in Osk closed in May. The closure was bad news.", "occurred occurred"),
    ("Brandt Mills will shut its mill in Osk. Its closure is bad news.", "planned planned"),
    # the first one after it where none stands before
    ("Workers mourned after the closure. The mill in Osk will shut in June.", "planned planned"),
    # the words about the noun tell
    ("Brandt Mills will shut its mill in Osk. The closure came on Friday.", "planned occurred"),
    ("Brandt Mills will shut its mill in Osk. The union fears a closure.", "planned possible"),
    # what has become of some says nothing of the whole
    ("The chain will close in May. Some shops are shut already. The closure is bad news.", "planned ongoing planned"),
    # a reopening says nothing of the closure
    ("The mill in Osk reopened in June. Workers were paid during the closure.", "reversed occurred"),
]


@cache
def knowledge() -> Knowledge:
    return load_knowledge()


def link(text: str, parses: Parses, published: date | None = None) -> Linked:
    article = plain_article(text, published)
    doc = parses(article)
    return link_all(find_all(doc, article, knowledge()), article, doc, knowledge())


def grouped(text: str, linked: Linked) -> str:
    """The mentions with a letter for each group: "closed A, reopened A"."""
    letters: dict[int, str] = {}
    return ", ".join(
        f"{text[slice(*event.trigger)]} {letters.setdefault(group, 'ABC'[len(letters)])}"
        for event, group in zip(linked.events, linked.groups, strict=True)
    )


@pytest.mark.parametrize(("text", "groups"), GROUPED)
def test_mentions_of_one_event_are_a_group(text: str, groups: str, parses: Parses) -> None:
    assert grouped(text, link(text, parses)) == groups


@pytest.mark.parametrize(("text", "groups"), DATED)
def test_one_thing_may_close_twice(text: str, groups: str, parses: Parses) -> None:
    assert grouped(text, link(text, parses, date(2025, 6, 19))) == groups


@pytest.mark.parametrize(("text", "targets"), SHOWN)
def test_the_row_shows_the_fullest_mention(text: str, targets: str, parses: Parses) -> None:
    spans = [event.antecedent or event.target for event in link(text, parses).events]
    assert ", ".join(text[slice(*span)] if span else "" for span in spans) == targets


@pytest.mark.parametrize(("text", "statuses"), STATUSES)
def test_a_noun_that_takes_up_an_event_has_its_status(text: str, statuses: str, parses: Parses) -> None:
    assert " ".join(event.status for event in link(text, parses).events) == statuses


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Larn Shipping will shut a depot. The closure is bad news.", "Larn Shipping, Larn Shipping"),
        ("Larn Shipping will shut a depot. A closure is bad news.", "Larn Shipping, "),
        ("Osk Rail reopened a depot. The closure was bad news.", "Osk Rail, "),
        # nor who keeps it open
        (
            "The union said that the quarry would close. The mayor said Osk Rail would keep it open. The closure would"
            " cost 90 jobs.",
            ", Osk Rail, ",
        ),
    ],
)
def test_a_noun_that_takes_up_an_event_has_its_actor(text: str, actors: str, parses: Parses) -> None:
    assert ", ".join(actor.name if actor else "" for actor in link(text, parses).actors) == actors


def test_the_reason_and_the_rule_tell_where_a_status_is_from(parses: Parses) -> None:
    _, closure = link(STATUSES[0][0], parses).events
    assert closure.status_rule == TAKEN_UP_RULE
    assert closure.reason.endswith("planned as told before")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The closure was bad news.", "subject of a verb"),
        ("Workers were paid during the closure.", "any other preposition"),
    ],
)
def test_nouns_about_which_nothing_tells_are_decided_by_the_rules_named(text: str, rule: str, parses: Parses) -> None:
    (event,) = link(text, parses).events
    assert event.status_rule == rule
    assert rule in UNDECIDED


# ---- without a parse ------------------------------------------------------------------------------------------------

MINE = EventSubject(trigger="close", reference="definite", heads=frozenset({"mine"}), is_plural=False)
EVENT = Event("closure", (0, 5), (6, 9), "plant or mine")


def groups_of(*subjects: EventSubject) -> tuple[int, ...]:
    return group_events([EVENT] * len(subjects), subjects, knowledge().event_words.groups)


def test_the_surest_group_wins_and_else_the_last() -> None:
    osk, larn = replace(MINE, names=frozenset({"osk"})), replace(MINE, names=frozenset({"larn"}))
    assert groups_of(osk, larn, MINE, osk) == (0, 1, 1, 0)


@pytest.mark.parametrize(
    ("subject", "group"),
    [
        (MINE, 0),  # "the mine"
        (replace(MINE, reference="none", heads=frozenset()), 1),  # "the closure"
        (replace(MINE, heads=frozenset({"facility"})), 1),
    ],
)
def test_of_equals_the_last_wins_where_it_was_just_told_of_and_else_the_first(
    subject: EventSubject, group: int
) -> None:
    subjects = [replace(MINE, names=frozenset({name})) for name in ("osk", "larn")]
    for offset, expected in ((100, 1), (1_000, group)):
        events = [EVENT, EVENT, replace(EVENT, trigger=(offset, offset + 5))]
        assert group_events(events, [*subjects, subject], knowledge().event_words.groups) == (0, 1, expected)


def test_events_of_different_types_are_never_one() -> None:
    events = [EVENT, replace(EVENT, type="strike")]
    assert group_events(events, [MINE, MINE], knowledge().event_words.groups) == (0, 1)


def test_only_so_many_groups_are_looked_through() -> None:
    others = [replace(MINE, names=frozenset({f"mine{number}"})) for number in range(60)]
    assert groups_of(*others, others[59], others[0])[60:] == (59, 61)


@pytest.mark.parametrize("status", ["reversed", "denied", "hypothetical"])
def test_some_statuses_are_not_passed_on(status: Status) -> None:
    events = [replace(EVENT, status=status, status_rule="verb"), replace(EVENT, status_rule="nothing above")]
    subjects = [MINE, replace(MINE, takes_up=True)]
    assert take_up_statuses(events, subjects, (0, 0))[1] == events[1]


def test_parts_of_an_article_share_groups(parses: Parses) -> None:
    first, second = "Larn Mine will close. The army closed the border.", "The border reopened. Larn Mine shut in June."
    parts = [link(first, parses), link(second, parses)]
    joined = join_linked(parts, knowledge().event_words.groups)
    assert [part.groups for part in parts] == [(0, 1), (0, 1)]
    assert joined.groups == (0, 1, 1, 0)
    assert len(joined.subjects) == len(joined.events) == 4


@pytest.mark.parametrize(("others", "is_same"), [(3, True), (8, False)])
def test_any_shops_are_those_that_were_told_of_soon_before_alone(others: int, is_same: bool) -> None:
    shops = replace(MINE, heads=frozenset({"shop"}), names=frozenset(), reference="bare", is_plural=True)
    between = [
        replace(MINE, heads=frozenset({"pier"}), names=frozenset({f"name {number}"})) for number in range(others)
    ]
    groups = groups_of(shops, *between, shops)
    assert (groups[-1] == groups[0]) is is_same
