"""Who a source is: text with the source in [[ ]], then the name, role, type and country expected."""

import pytest

from pipeline.extract.entities import find_entities
from pipeline.knowledge.files import models_folder
from pipeline.knowledge.places import load_places
from pipeline.link.cast import make_cast
from pipeline.link.people import resolve_source
from pipeline.link.places import resolve_places
from pipeline.records import Speaker
from tests.harness import Parses, plain_article

PLACES = load_places(models_folder() / "places")

NAMES = [
    ("Ada Brandt opened the meeting. “It is late,” [[Brandt]] said.", ["Ada Brandt"]),
    ("Ada Brandt opened the meeting. Then [[she]] said it was late.", ["Ada Brandt"]),
    ("[[Ada Brandt and Oren Blake]] said the pier was safe.", ["Ada Brandt", "Oren Blake"]),
    ("[[Kenya and Uganda]] said the border would open.", ["Kenya", "Uganda"]),
    ("[[Critics]] said the pier was unsafe.", [""]),
    ("Oren Blake, mayor of Larn, spoke first. [[The mayor]] said it was late.", ["Oren Blake"]),
    ("Oren Blake, a lawmaker with the Reform Party, left. [[The party]] said nothing.", ["Reform Party"]),
    ("Norsk Steel cut pay. [[The union of steel workers]] said it would strike.", [""]),
    ("Norsk Steel cut pay. [[The company]] said it had no choice.", ["Norsk Steel"]),
    ("Oren Blake left. A ministry spokeswoman said no. [[She]] gave no reason.", [""]),
    ("Oren Blake, the union’s chairman, left. [[She]] said no.", [""]),
    ("Norsk Steel closed its mill. [[They]] said the cost was too high.", [""]),
    ("[[It]] was said that the pier was unsafe.", [""]),
    ("Ada Brandt, [[who]] said the pier was safe, resigned.", ["Ada Brandt"]),
    ("Norway closed its mission. [[The country]] said the cost was too high.", ["Norway"]),
]


def speakers(marked: str, parses: Parses) -> tuple[Speaker, ...]:
    start, end = marked.index("[["), marked.index("]]") - 2
    article = plain_article(marked.replace("[[", "").replace("]]", ""))
    doc = parses(article)
    mentions = resolve_places(find_entities(doc, article, PLACES), article, PLACES)
    return resolve_source(((start, end),), make_cast(doc, article, mentions))


@pytest.mark.parametrize(("marked", "names"), NAMES)
def test_sources_get_their_names(marked: str, names: list[str], parses: Parses) -> None:
    found = speakers(marked, parses)
    assert [speaker.name for speaker in found] == names
    assert all(speaker.reason for speaker in found)


@pytest.mark.parametrize(
    ("marked", "role", "kind", "country"),
    [
        ("[[Oren Blake, a welder at the yard]], said no.", "welder at the yard", "person", ""),
        ("[[Norwegian lawmaker Kari Solberg]] said no.", "Norwegian lawmaker", "person", "NOR"),
        ("[[The Norwegian Foreign Ministry]] said no.", "", "government", "NOR"),
        ("[[Norway's government]] said no.", "", "government", "NOR"),
        ("[[Officials]] said no.", "", "group", ""),
        ("[[Ministers from Norway and Sweden]] said no.", "", "group", ""),
    ],
)
def test_role_type_and_country(marked: str, role: str, kind: str, country: str, parses: Parses) -> None:
    speaker = speakers(marked, parses)[0]
    assert (speaker.role, speaker.type, speaker.country) == (role, kind, country)


def test_no_source_no_speaker(parses: Parses) -> None:
    article = plain_article("It was reported that the pier had closed.")
    assert resolve_source((), make_cast(parses(article), article, ())) == ()
