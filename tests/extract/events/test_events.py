"""Arguments, status and permanence of events, on sentences a reporter could write."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.extract.events import find_events
from pipeline.knowledge.events.files import load_event_type
from pipeline.knowledge.events.words import load_event_words
from pipeline.knowledge.files import models_folder
from pipeline.records import Article, Block, DateMention, Event, Mention, Span
from tests.helpers.parses import Parses, plain_article

CLOSURE = load_event_type(models_folder() / "events" / "closure.toml")
WORDS = load_event_words(models_folder())


def _date(text: str, words: str, start: date | None = None) -> DateMention:
    offset = text.index(words)
    return DateMention(offset, offset + len(words), "DATE", "", "day", start, start)


def _place(text: str, name: str, label: str = "PLACE") -> Mention:
    offset = text.index(name)
    return Mention(offset, offset + len(name), "COUNTRY" if label == "COUNTRY" else "PLACE", name)


def _only(
    parses: Parses, text: str, mentions: list[Mention] | None = None, dates: list[DateMention] | None = None
) -> Event:
    article = plain_article(text, date(2024, 5, 6))
    events = find_events(parses(article), article, [CLOSURE], WORDS, mentions or [], dates or [])
    assert len(events) == 1, events
    return events[0]


def _text(text: str, span: Span | None) -> str:
    return "" if span is None else text[span[0] : span[1]]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Cuba closed its embassies in Uganda and Angola.", ["Uganda", "Angola"]),
        ("The airline shut its offices in Lima, Quito and Bogota.", ["Lima", "Quito", "Bogota"]),
        ("Germany closed its embassy in Damascus, Syria.", ["Damascus, Syria"]),
        ("The Ugandan embassy was closed.", []),
        ("Israeli airspace was closed.", []),
        ("Schools were closed across the region.", ["the region"]),
        ("The paper closed its Lakewood office.", ["Lakewood"]),
        ("The brewery will shut the Leeds depot.", ["Leeds"]),
        ("The group halted production at its Turin factory.", ["Turin"]),
        ("The airline suspended its Oslo route.", []),
        ("The chain closed its cafes around the world.", ["the world"]),
        ("The firm closed the oldest mill in the world.", []),
        ("In Glasgow, the council fined two landlords and closed a hostel.", ["Glasgow"]),
        ("In Vienna, ministers said the hostel would close.", []),
        ("The last Lima refinery was closed.", ["Lima"]),
        ("The airline closed the Lima route.", []),
        ("The Norway-Sweden border was closed.", []),
        ("In Lima, fees rose and clinics remain closed.", ["Lima"]),
        ("Local papers in Ghana and Benin reported that Cuban embassies there would close.", ["Ghana", "Benin"]),
    ],
)
def test_places_are_those_of_the_target(text: str, places: list[str], parses: Parses) -> None:
    assert [_text(text, span) for span in _only(parses, text).places] == places


def test_places_come_from_mentions_where_given(parses: Parses) -> None:
    text = "The airline shut its offices in Lima, Quito and Bogota."
    event = _only(parses, text, [_place(text, "Quito")])
    assert [_text(text, span) for span in event.places] == ["Quito"]


def test_withdrawal_has_all_its_countries(parses: Parses) -> None:
    text = "Laos runs five foreign missions in Africa. It plans to withdraw from Uganda, Angola, Spain and Hong Kong."
    event = _only(parses, text)
    assert [_text(text, span) for span in event.places] == ["Uganda", "Angola", "Spain", "Hong Kong"]
    assert (event.target_kind, event.status, _text(text, event.actor)) == ("diplomatic mission", "planned", "It")


@pytest.mark.parametrize(
    ("text", "words", "is_its_date"),
    [
        ("The plant closed in 2019.", "2019", True),
        ("The mill will close next month.", "next month", True),
        ("The firm confirmed last week that it is closing its plant.", "last week", False),
        ("The ministry said on Friday the border would be closed.", "Friday", False),
        ("Delegates recalled the closure of the base in 1991.", "1991", True),
        ("The road was shut for two weeks.", "two weeks", False),
        ("The port has been closed since Monday.", "Monday", True),
        ("The ministry closed the port and fined two captains on Monday.", "Monday", True),
        ("The ministry closed the port but praised two captains on Monday.", "Monday", False),
        ("Nurses still recall the 2017 closure of the ward.", "2017", True),
        ("It will close its kiln in Bonn, Germany, in May, it said on Tuesday.", "May", True),
        ("It will close its kiln in Bonn, Germany, in May, it said on Tuesday.", "Tuesday", False),
    ],
)
def test_date_is_that_of_the_event(text: str, words: str, is_its_date: bool, parses: Parses) -> None:
    event = _only(parses, text, dates=[_date(text, words)])
    assert _text(text, event.date) == (words if is_its_date else "")


@pytest.mark.parametrize(
    ("text", "length", "month", "expected"),
    [
        ("The firm closed the mill in the past few years.", "the past few years", "", "the past few years"),
        (
            "The mill was shut in the four months from October to January.",
            "the four months",
            "January",
            "the four months from October to January",
        ),
        ("The mill was shut in three months.", "three months", "", ""),
        ("The mill was shut for the past three years.", "the past three years", "", ""),
    ],
)  # fmt: skip
def test_a_length_tells_when_if_it_says_where_it_lies(
    text: str, length: str, month: str, expected: str, parses: Parses
) -> None:
    dates = [replace(_date(text, length), kind="DURATION"), *([_date(text, month)] if month else [])]
    assert _text(text, _only(parses, text, dates=dates).date) == expected


@pytest.mark.parametrize(
    ("day", "status"), [(date(2024, 5, 20), "planned"), (date(2024, 4, 20), "occurred"), (None, "occurred")]
)
def test_present_tense_with_a_date_ahead_is_planned(day: date | None, status: str, parses: Parses) -> None:
    text = "The cinema closes on Friday."
    assert _only(parses, text, dates=[_date(text, "Friday", day)]).status == status


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The bridge was closed by the army.", "the army"),
        ("Russia ordered Poland to close its consulate.", "Poland"),
        ("The court ordered the clinic closed.", "The court"),
        ("The retailer, which runs 90 stores, plans to close half of its shops.", "The retailer"),
        ("The shop closed in May.", ""),
        ("A storm closed the port.", ""),
        ("Poland's closure of the consulate angered Moscow.", "Poland"),
        ("The ministry announced plans to close the barracks.", "The ministry"),
        ("The firm reduced its costs by closing two plants.", "The firm"),
        ("Hurricane damage forced the owner to close the hotel.", "the owner"),
        ("Critics advised closing the academy.", ""),
        ("The court refused the request to close the quarry.", ""),
        ("The county denied closing the mill.", "The county"),
        ("The county discussed closing the mill.", "The county"),
        ("It is hard to close the mill.", ""),
        ("It is up to the council to close the pool.", ""),
        ("It is to close the mill.", "It"),
        ("The closure of the club was ordered by a judge.", "a judge"),
        ("Mayor Brandt signed an order shutting all bars.", "Mayor Brandt"),
        ("This closed the mill.", ""),
        ("Floods came. The new law shut two clinics.", ""),
        ("The chain wound down its operations in 2016.", ""),
        ("The chain wound down its operations at the port.", "The chain"),
        ("Reporters said that the county would close the jail.", "the county"),
        ("Officials announced that two schools would be closed.", ""),
        ("The diocese decided that two schools would be closed.", "The diocese"),
        ("Shops heard of the decision by ministers to close markets.", "ministers"),
        ("Norvik's mill closures went on.", "Norvik"),
    ],
)
def test_actor(text: str, actor: str, parses: Parses) -> None:
    assert _text(text, _only(parses, text).actor) == actor


def test_a_date_closes_nothing(parses: Parses) -> None:
    assert _only(parses, "Last year's closure of the mill cost 90 jobs.").actor is None


@pytest.mark.parametrize(
    ("text", "target", "kind"),
    [
        ("Most of the shops were closed.", "Most of the shops", "shop or office"),
        (
            "The council shut the clinics and schools that it owned.",
            "the clinics and schools that it owned",
            "hospital",
        ),
        ("Ten branches are earmarked for closure.", "Ten branches", "shop or office"),
        ("The village school faces closure.", "The village school", "school"),
        ("Norway, which joined in 1949, closed the base, a relic of war.", "the base", "camp or base"),
        ("The lender closed its branch in Leeds after the fraud.", "its branch in Leeds", "shop or office"),
        ("The mine opened in 1910. It closed after the war.", "It", "plant or mine"),
        ("The airport reopened.", "The airport", "transport"),
    ],
)
def test_target_and_its_kind(text: str, target: str, kind: str, parses: Parses) -> None:
    event = _only(parses, text)
    assert (_text(text, event.target), event.target_kind) == (target, kind)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("The road was closed due to flooding.", "flooding"),
        ("Because of the strike, the museum closed early.", "the strike"),
        ("The state closed the park to protect the eagles.", "to protect the eagles"),
        ("A fire closed the refinery.", "A fire"),
        ("The firm closed the plant, citing weak demand, on Friday.", "weak demand"),
        ("The club reopened after it was closed in May.", ""),
        ("The harbour was closed after the collision, which killed two.", "the collision"),
    ],
)
def test_cause(text: str, cause: str, parses: Parses) -> None:
    article = plain_article(text)
    events = find_events(parses(article), article, [CLOSURE], WORDS, [], [])
    assert _text(text, events[0].cause) == cause


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The factory closed in May.", "occurred"),
        ("Chad closes its border with Sudan.", "occurred"),
        ("The firm has closed two plants.", "occurred"),
        ("The firm said it had closed two plants.", "occurred"),
        ("The firm managed to close the plant.", "occurred"),
        ("The hotel had to close.", "occurred"),
        ("The firm is closing two plants.", "ongoing"),
        ("The two plants are being closed.", "ongoing"),
        ("The firm has begun closing its plants.", "ongoing"),
        ("The border remains closed.", "ongoing"),
        ("The road is currently closed.", "ongoing"),
        ("The firm will close two plants.", "planned"),
        ("The firm said it would close two plants.", "planned"),
        ("The firm is going to close two plants.", "planned"),
        ("The plant is to be closed.", "planned"),
        ("The firm decided to close two plants.", "planned"),
        ("The judge ordered the closure of the club.", "planned"),
        ("The planned closure of the plant angered the union.", "planned"),
        ("The firm may close two plants.", "possible"),
        ("The firm must close two plants.", "possible"),
        ("The firm has to close two plants.", "possible"),
        ("The party called for the closure of the plant.", "possible"),
        ("The firm tried to close the plant.", "possible"),
        ("Rebels threatened to close the road.", "threatened"),
        ("The envoy warned that his country would close the strait.", "threatened"),
        ("The firm will not close the plant.", "denied"),
        ("The firm refused to close the plant.", "denied"),
        ("The firm has no plans to close the plant.", "denied"),
        ("The deal averted the closure of the plant.", "denied"),
        ("The firm denied that it would close the plant.", "denied"),
        ("The firm cut costs without closing a plant.", "denied"),
        ("If demand falls, the firm will close the plant.", "hypothetical"),
        ("Closing the plant would cost 300 posts.", "hypothetical"),
        ("The plant will reopen in June.", "reversed"),
        ("The ministry lifted the closure of the border.", "reversed"),
    ],
)
def test_status(text: str, status: str, parses: Parses) -> None:
    assert _only(parses, text).status == status


@pytest.mark.parametrize(
    ("text", "permanence"),
    [
        ("The shop closed for good.", "permanent"),
        ("The shop closed, with the loss of 30 jobs.", "permanent"),
        ("The court dissolved the party.", "permanent"),
        ("The road was temporarily closed.", "temporary"),
        ("The road was closed for three hours.", "temporary"),
        ("The airline suspended its flights.", "temporary"),
        ("A two-day closure of the port cost millions.", "temporary"),
        ("The road was closed.", "unspecified"),
        ("The tavern will be closed from Monday to Friday.", "temporary"),
        ("The tavern will close from Monday.", "unspecified"),
        ("The road was closed for the governor.", "unspecified"),
        ("The museum was shut for renovation.", "temporary"),
        ("The holiday park closed in May.", "unspecified"),
        ("The paper ceased publication in 1990.", "permanent"),
        ("The closure of the tunnel is expected to last two weeks.", "temporary"),
        ("The closure of the tunnel lasted for nine days.", "temporary"),
        ("The closure of the tunnel, lasting nine days, cost millions.", "temporary"),
        ("The closure of the tunnel continued.", "unspecified"),
        ("Nobody knows how long the pier will be closed.", "temporary"),
        ("Guards are on duty throughout the shutdown period.", "temporary"),
        ("Nobody knows how the pier was closed.", "unspecified"),
        ("The shop was full until it closed.", "unspecified"),
        ("The park was closed while keepers searched for the wolf.", "temporary"),
        ("The pier closed, while the port stayed busy.", "unspecified"),
        ("An hours-long shutdown of the plant cost millions.", "temporary"),
        ("The holiday campus closure saves money.", "temporary"),
        ("The lane is closed through June for repairs.", "temporary"),
        ("The firm reopened its mill after nearly two years.", "temporary"),
        ("The firm reopened its mill after a fight.", "unspecified"),
        ("The cafe will reopen in May and be open from ten to two.", "unspecified"),
        ("The lines were closed altogether.", "permanent"),
        ("The union fought the winding down of the shops.", "unspecified"),
        ("They pledged the phasing out of the country's coal plants.", "permanent"),
        ("The shop was closed until the owner returned.", "temporary"),
        ("The panel asked the county not to close the ward until May.", "unspecified"),
        ("The ward will not reopen until May.", "temporary"),
        ("The museum stayed shut on Monday.", "temporary"),
        ("The museum is closed today.", "temporary"),
        ("The library will be closed Thursday and Friday.", "temporary"),
        ("The library will be closed on Thursday.", "unspecified"),
        ("The museum is shut again this week.", "unspecified"),
        ("The paper will close after 150 years.", "permanent"),
        ("The paper will close after years of losses.", "unspecified"),
        ("The road was closed after 20 minutes.", "unspecified"),
        ("The city will close the jail and replace it with two smaller ones.", "permanent"),
        ("The mill closed and was torn down.", "permanent"),
    ],
)
def test_permanence(text: str, permanence: str, parses: Parses) -> None:
    assert _only(parses, text).permanence == permanence


@pytest.mark.parametrize(
    ("text", "permanence"),
    [
        # What words say of one mention holds for another of the same thing, unless that is denied or only possible.
        ("The mill at Lund will close. The mill will close for good.", "permanent permanent"),
        ("Guards shut the gate road. They closed the gate road for two hours.", "temporary temporary"),
        ("Guards may shut the gate road. They closed the gate road for two hours.", "unspecified temporary"),
        ("Guards refused to close the mill. It was the mill that they had closed for good.", "unspecified permanent"),
        ("The bakery closed. The mill will close for good.", "unspecified permanent"),
        ("Two mills closed. The mill will close for good.", "unspecified permanent"),
        # One word of an epidemic is no article about it, nor is an epidemic without any closing said to be for a time.
        ("The epidemic spread. Schools were shut for two weeks. The inn closed.", "temporary unspecified"),
        ("The epidemic spread. Schools were shut for two weeks. The inn closed. Another epidemic raged.",
         "temporary unspecified"),
        ("The epidemic spread. Schools were shut for two weeks. The inn reopened. Another epidemic raged.",
         "temporary temporary"),
        ("The epidemic spread. Schools were shut. The inn closed. Another epidemic raged.", "unspecified unspecified"),
    ],
)  # fmt: skip
def test_permanence_is_read_from_the_article(text: str, permanence: str, parses: Parses) -> None:
    article = plain_article(text)
    events = find_events(parses(article), article, [CLOSURE], WORDS, [], [])
    assert " ".join(event.permanence for event in events) == permanence


def test_the_reason_names_what_the_article_tells(parses: Parses) -> None:
    article = plain_article("The mill at Lund will close. The mill will close for good.")
    first, second = find_events(parses(article), article, [CLOSURE], WORDS, [], [])
    assert first.reason.endswith("; permanent: told elsewhere as permanent")
    assert "permanent" not in second.reason


def test_done_and_undone_in_one_sentence_is_temporary(parses: Parses) -> None:
    article = plain_article("The bridge was closed on Monday and reopened on Tuesday.")
    events = find_events(parses(article), article, [CLOSURE], WORDS, [], [])
    assert [(event.status, event.permanence) for event in events] == [
        ("occurred", "temporary"),
        ("reversed", "temporary"),
    ]


def test_confidence_falls_with_weaker_evidence(parses: Parses) -> None:
    typed = _only(parses, "The firm closed the plant.")
    pronoun = _only(parses, "The plant was old. The firm closed it.")
    bare = _only(parses, "The closures angered residents.")
    assert typed.confidence > pronoun.confidence > bare.confidence > 0
    assert bare.target is None


def test_what_may_close_is_given_less_confidence_than_what_closed(parses: Parses) -> None:
    closed = _only(parses, "The council closed the swimming pool.")
    possible = _only(parses, "The council may close the swimming pool.")
    assert (closed.status, possible.status) == ("occurred", "possible")
    assert closed.confidence > possible.confidence


def test_only_claim_blocks_are_read(parses: Parses) -> None:
    text = "The firm closed the plant."
    article = Article("dtest", "test", "test.txt", text, (Block(0, len(text), "dateline"),))
    assert find_events(parses(article), article, [CLOSURE], WORDS, [], []) == []


def test_offsets_point_into_the_article_behind_curly_quotes(parses: Parses) -> None:
    text = "“We’re sorry,” she said.\n\nThe café on “Main Street” was shut down."
    event = _only(parses, text)
    assert (_text(text, event.trigger), _text(text, event.target)) == ("shut down", "The café on “Main Street”")


def test_events_come_in_text_order(parses: Parses) -> None:
    article = plain_article("The firm closed a mine. The closure of the mill follows. A pit was reopened.")
    events = find_events(parses(article), article, [CLOSURE], WORDS, [], [])
    assert [_text(article.text, event.trigger) for event in events] == ["closed", "closure", "reopened"]


def test_whoever_fights_the_closure_is_not_what_closes(parses: Parses) -> None:
    event = _only(parses, "The Harwick Metalworkers' Union said it would fight the closure.")
    assert event.target is None
