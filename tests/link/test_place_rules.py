"""Which rule decides on a country: a text, a name in it, its country, and the rule of models/README.md."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pipeline.extract.entities import find_entities
from pipeline.extract.entities.gazetteer import NAME_RULES
from pipeline.extract.entities.labels import LABEL_RULES
from pipeline.extract.entities.name_uses import USE_RULES
from pipeline.extract.entities.persons import PERSON_RULES
from pipeline.knowledge.files import models_folder
from pipeline.link.names import name_entities
from pipeline.link.namesakes import NAMESAKE_RULES
from pipeline.link.organisation_countries import OWNER_RULES
from pipeline.link.place_evidence import EVIDENCE_RULES
from pipeline.link.places import PLACE_RULES, resolve_places
from pipeline.rule_table import Rule
from tests.helpers.knowledge import shared_people, shared_places
from tests.helpers.parses import Parses, plain_article

CASES = [
    # places
    ("North Korea spoke. The Korean envoy left.", "Korean", "PRK", "other country of the name"),
    ("South Korea and North Korea spoke. The Korean envoy left.", "Korean", "KOR", "likeliest country of the name"),
    ("Brussels warned Budapest over the reform.", "Brussels", "", "seat of a union of states"),
    ("The ferry from Norway was late.", "Norway", "NOR", "country"),
    ("He lives in Lebanon, Ohio, with his sister.", "Lebanon", "USA",
     "country's name, place elsewhere: stated beside the name"),
    ("Officials in Tbilisi said that Georgia would sign.", "Georgia", "GEO", "country rather than its namesakes"),
    ("Ships crossed the Black Sea and reached Africa.", "Africa", "", "supranational"),
    ("The Kremlin denied the report.", "Kremlin", "RUS", "seat of power"),
    ("The pool in Victoria shut.", "Victoria", "", "open between namesakes"),
    ("A lorry hit a tree in Odumbe, Kenya.", "Odumbe", "KEN", "stated beside the name"),
    ("Traffic stopped at Nairobi Airport. Flights from Nairobi resumed.", "Nairobi Airport", "KEN",
     "place in the name"),
    ("The village of Odumbe shut its pool. It lies near Kenya's Mombasa, not far from Nairobi.", "Odumbe", "KEN",
     "main country of the article"),
    ("A fire in Holt County killed two horses. Two men were held in Shinyanga.", "Holt County", "USA",
     "county, no country abroad named"),
    ("The rebels burnt the village of Odumbe.", "Odumbe", "", "nothing tells"),
    # namesakes
    ("A school in Springfield, Ill., shut.", "Springfield", "USA", "stated beside the name"),
    ("The dye works in Merida, Spain, shut.", "Merida", "ESP", "stated beside the name"),
    ("The kiln in Toledo, Belize, and the forge in Verona, Wis., shut.", "Verona", "USA", "stated beside the name"),
    ("The bakeries in Marseille, Illinois, and Grenoble, Oregon, shut.", "Marseille", "USA", "stated beside the name"),
    ("They have branches in Marseille, Norway and Kenya.", "Marseille", "FRA", "one place of the name"),
    ("In Marseille, Norway's envoy spoke.", "Marseille", "FRA", "one place of the name"),
    ("The Chilean town of Marseille shut its pool.", "Marseille", "CHL", "stated beside the name"),
    ("The pool in Cambridge in Ontario shut.", "Cambridge", "CAN", "stated beside the name"),
    ("Two men were held in Shinyanga after the fire.", "Shinyanga", "TZA", "one place of the name"),
    ("Snow fell on Ohio and Texas. In Georgia, the sheriff's office shut a road.", "Georgia", "USA",
     "country's name, place elsewhere: state rather than country"),
    ("Floods reached Melbourne and Sydney. The pool in Victoria shut.", "Victoria", "AUS",
     "even namesakes, one in a country of the article"),
    ("The pier in Naples shut. Florida's governor was sorry.", "Naples", "USA", "town of a state that is named"),
    ("The mill in Birmingham shut. An Ala. firm, Holt of Mobile, Ala., had sold it.", "Birmingham", "USA",
     "town of a state that is named"),
    ("The Manchester band played in London and in Connecticut.", "Manchester", "GBR", "largest of the name"),
    ("Dublin shut its pool. Ohio has many pools, and Ohio's governor likes Toledo, Ohio.", "Dublin", "USA",
     "town of a state that is named"),
    ("Dublin shut its pool. Ohio has many.", "Dublin", "IRL", "largest of the name"),
    ("Naples shut its pier. Sicily and Florida have many.", "Naples", "ITA", "one place of the name"),
    ("The pool in Edmonton will close, the London council said.", "Edmonton", "GBR", "town of a state that is named"),
    ("The library in Edmonton will close. Alberta, unlike London, has many.", "Edmonton", "CAN", "largest of the name"),
    ("The mill in Valencia, in Venezuela, shut.", "Valencia", "VEN", "stated beside the name"),
    ("The mill in Valencia in Venezuela's north shut.", "Valencia", "VEN", "stated beside the name"),
    ("The mill in Marseille, Oregon shut.", "Marseille", "USA", "stated beside the name"),
    ("VALENCIA, Venezuela - The mill shut.", "VALENCIA", "VEN", "stated beside the name"),
    ("The museum in London reopened.", "London", "GBR", "largest of the name"),
    ("Dublin shut its pool. Ask the school district at 614-555-0134, the sheriff's office or a state trooper.",
     "Dublin", "USA", "namesake among other places of its country"),
    # organisations
    ("The Norwegian Refugee Council protested.", "Norwegian Refugee Council", "NOR", "country in its name"),
    ("The Norway-Sweden Chamber of Commerce protested.", "Norway-Sweden Chamber of Commerce", "",
     "several countries in its name"),
    ("Uganda's Independent quoted the ambassador.", "Independent", "UGA", "possessor"),
    ("German carmaker Volk AG cut jobs.", "Volk AG", "DEU", "demonym before it"),
    ("Oslo-based Fjord Oil cut jobs.", "Fjord Oil", "NOR", "based in"),
    ("The Daily Star of Beirut printed it.", "Daily Star", "LBN", "of a place"),
    ("Oslo-based Fjord Oil cut jobs. Later Fjord Oil denied it.", "Fjord Oil", "NOR", "its other mention"),
    ("He left Brandt, Blake & Co. in May.", "Brandt, Blake & Co.", "", "nothing tells"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "surface", "country", "rule"), CASES)
def test_the_rule_that_decides(text: str, surface: str, country: str, rule: str, parses: Parses) -> None:
    places, people = shared_places(), shared_people()
    article = plain_article(text)
    doc = parses(article)
    named = name_entities(find_entities(doc, article, places), doc, article, people)
    decided = [m for m in resolve_places(named, article, places) if text[m.start : m.end] == surface]
    assert (country, rule) == [(mention.country, mention.rule) for mention in decided][-1]


@pytest.mark.parametrize("rules", [PLACE_RULES, NAMESAKE_RULES, OWNER_RULES])
def test_every_rule_on_countries_has_a_sentence(rules: tuple[Rule[Any, Any], ...]) -> None:
    shown = {part for *_, rule in CASES for part in (rule, rule.partition(": ")[0], rule.partition(": ")[2])}
    names = [rule.name for rule in rules]
    missing = set(names) - shown
    # What a choice between namesakes decides bears the name of that choice; the country stays as it is.
    assert missing <= {"name of the tables", "country's name, place elsewhere", "country rather than state",
                       "even namesakes"}  # fmt: skip


def test_each_place_of_a_name_keeps_the_country_beside_it(parses: Parses) -> None:
    article = plain_article("The kiln in Verona, Italy, is older than the forge in Verona, Wisconsin.")
    mentions = find_entities(parses(article), article, shared_places())
    placed = resolve_places(mentions, article, shared_places())
    assert [mention.country for mention in placed if mention.canonical == "Verona"] == ["ITA", "USA"]


@pytest.mark.parametrize(
    ("heading", "rules"),
    [
        ("What a name of the tables is", NAME_RULES),
        ("Whose name a place's is", PERSON_RULES),
        ("What the parser's names are", LABEL_RULES),
        ("What an article shows a guessed name to be", USE_RULES),
        ("What counts as evidence", EVIDENCE_RULES),
        ("Where a place lies", PLACE_RULES),
        ("Which of the places of a name", NAMESAKE_RULES),
        ("Whose an organisation is", OWNER_RULES),
    ],
)
def test_the_readme_lists_the_rules_in_their_order(heading: str, rules: tuple[Rule[Any, Any], ...]) -> None:
    text = (models_folder() / "README.md").read_text(encoding="utf-8")
    section = text.partition(f"### {heading}\n")[2].partition("\n#")[0]
    listed = re.findall(r"^\| ([^|`]+) \|", section, flags=re.MULTILINE)
    assert [name for name in listed if name not in ("rule", "---")] == [rule.name for rule in rules]
