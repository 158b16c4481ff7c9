"""Cues that say by their form what they are: records that show, nouns with whoever says so, links drawn by people."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The slump shows in figures from the Brewers' Guild, which showed beer sales dropped by 3 per cent in May.",
         "beer sales dropped by 3 per cent in May"),
        ("The bank released minutes that showed two members had voted against the cut.",
         "two members had voted against the cut"),
        ("The union cited minutes revealing that the board knew of the leak.", "that the board knew of the leak"),
        ("Doctors welcomed a study that found the pill halves the risk of clots.", "the pill halves the risk of clots"),
        ("The court heard of a report which concluded the wiring was forty years old.",
         "the wiring was forty years old"),
        ("Their data, which suggest hens lay more in red light, come from six farms.", "hens lay more in red light"),
        ("He pointed to census results indicating that one flat in nine stands empty.",
         "that one flat in nine stands empty"),
        ("The tribunal was handed records showing the nurse had worked nineteen days without a break.",
         "the nurse had worked nineteen days without a break"),
        ("The guild sent out an analysis estimating that the levy would cost bakers 4 million.",
         "that the levy would cost bakers 4 million"),
        ("Lawyers filed papers alleging the firm had hidden the leak for years.",
         "the firm had hidden the leak for years"),
    ],
)  # fmt: skip
def test_a_record_tells_something(text: str, content: str, parses: Parses) -> None:
    assert content in [told for _, told in sources_and_contents(text, parses)]


@pytest.mark.parametrize(
    "text",
    [
        "A film showing a man feeding swans won the prize.",
        "She wore a dress that showed her scars.",
        "They followed a path that showed signs of wear.",
        "He kept a log that found its way to the museum.",
        "She led a study group that met on Mondays.",
    ],
)
def test_what_is_no_record_tells_nothing(text: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == []


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Despite an assurance by the ministry to rebuild the school, nothing has happened.",
         "the ministry", "to rebuild the school"),
        ("The threat by the guild to walk out on Monday worked.", "the guild", "to walk out on Monday"),
        ("The offer by the owners to pay half was refused.", "the owners", "to pay half"),
        ("The port ignored a complaint from pilots that the lights were too dim.",
         "pilots", "that the lights were too dim"),
        ("The firm has dropped its threat to close the yard.", "its", "to close the yard"),
        ("The judge threw out the claim by a former nanny that the duke had struck her.",
         "a former nanny", "that the duke had struck her"),
        ("I respect her position that the club must live within its means.",
         "her", "that the club must live within its means"),
    ],
)  # fmt: skip
def test_a_noun_tells_what_somebody_says(text: str, source: str, content: str, parses: Parses) -> None:
    assert (source, content) in sources_and_contents(text, parses)


@pytest.mark.parametrize(
    "text",
    [
        "A claim by the tenant for lost rent was settled.",
        "The order by post to the shop got lost.",
        "The promise of spring was in the air.",
        "The threat from the sea to the town has grown.",
        "The bid from Aue for the games failed.",
        "The offer that he made was low.",
        "The charge by the bull was sudden.",
        "The news that he read was old.",
        "She took a position near the door.",
    ],
)
def test_a_noun_that_tells_nothing(text: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == []


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("A study linked the smoke to a rise in asthma among children.",
         "A study", "the smoke to a rise in asthma among children"),
        ("Researchers have linked diesel fumes to early dementia.", "Researchers", "diesel fumes to early dementia"),
        ("Prosecutors linked two of its managers to the bribes.", "Prosecutors", "two of its managers to the bribes"),
        ("The coroner attributed the deaths to bad wiring.", "The coroner", "the deaths to bad wiring"),
        ("The senator likened the tax to highway robbery.", "The senator", "the tax to highway robbery"),
    ],
)  # fmt: skip
def test_people_draw_links(text: str, source: str, content: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == [(source, content)]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge links the town to the island.",
        "A tunnel linking the port to the ring road opens in May.",
        "The new line will link Aue with Larn by 2030.",
        "She was linked to the club by birth.",
    ],
)
def test_things_link_places(text: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == []


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            'Larn\'s mayor Hasan Holm threatened "dire results" if the firm left the deal.',
            "Larn's mayor Hasan Holm",
            '"dire results" if the firm left the deal',
        ),
        ('Ada Brandt feared "a long winter" for the port.', "Ada Brandt", '"a long winter" for the port'),
        ('The guild disclosed "serious losses" on Monday.', "The guild", '"serious losses"'),
    ],
)
def test_words_of_somebody_s_own_are_said(text: str, source: str, content: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == [(source, content)]


def test_words_in_marks_that_a_shop_sells_are_not(parses: Parses) -> None:
    assert sources_and_contents('The shop sells "lucky bread" in May.', parses) == []


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The brewery unveiled plans on Tuesday to close its oldest plant.", "The brewery",
         "to close its oldest plant"),
        ("The retailer announced plans last spring to open forty shops in Poland.", "The retailer",
         "to open forty shops in Poland"),
        ("The airline has given notice of its intention to drop the route to Oslo.", "its",
         "to drop the route to Oslo"),
        ("Delhi responded with a threat to cut off water supplies.", "Delhi", "to cut off water supplies"),
        ("The guild has launched an appeal for two million to rebuild the hall.", "The guild",
         "for two million to rebuild the hall"),
        ("The chancellor appeared to indicate taxes would go up.", "The chancellor", "taxes would go up"),
        ("She seemed to hint that she would stand again.", "She", "that she would stand again"),
        ("The inspectors rated the home as inadequate.", "The inspectors", "the home as inadequate"),
        ("Doctors do not have much confidence that the vaccine will arrive in time.", "Doctors",
         "that the vaccine will arrive in time"),
        ("The study's finding that bees can count surprised many.", "The study's", "that bees can count"),
        ("One official excuse is that there is no money.", "", "that there is no money"),
        ("The wreck was found near the shore as reported by the coast guard.", "the coast guard",
         "The wreck was found near the shore"),
        ("Eleven people were reported missing.", "", "Eleven people missing"),
        ("Hundreds are feared drowned.", "", "Hundreds drowned"),
        ("There was no further comment on the raid from Turkish officials.", "Turkish officials", "on the raid"),
        ("There was no immediate comment from the ministry on the reports.", "the ministry", "on the reports"),
        ("Factory orders fell 3% in May, official data show, but exporters remain cheerful.", "official data",
         "Factory orders fell 3% in May"),
        ("The dam has begun to leak, an agency release reports.", "an agency release", "The dam has begun to leak"),
        ("The plan calls for the trams to run at night.", "The plan", "for the trams to run at night"),
        ("The lawsuit also seeks to stop the sale of the baths.", "The lawsuit", "to stop the sale of the baths"),
        ("Thousands marched through the capital demanding the resignation of the prime minister.", "Thousands",
         "the resignation of the prime minister"),
    ],
)  # fmt: skip
def test_expressions_that_tell(text: str, source: str, content: str, parses: Parses) -> None:
    assert (source, content) in sources_and_contents(text, parses)


@pytest.mark.parametrize(
    "text",
    [
        "The plan seems sound.",
        "There was no immediate comment from the ministry.",
        "There was no comment on the page.",
        "The hosts answered with a late goal.",
        "The craft requires patience.",
        "The law threatens to ruin the port.",
        "The club sought to win on Sunday.",
        "The board sold the plans on Tuesday to pay its debts.",
    ],
)
def test_expressions_that_tell_nothing(text: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == []
