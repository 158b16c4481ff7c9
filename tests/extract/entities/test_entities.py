from itertools import pairwise

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline import nlp
from pipeline.extract.entities import find_entities
from pipeline.extract.entities.repair import repaired_entities
from pipeline.knowledge.places import PlaceTable
from pipeline.link.names import name_entities
from pipeline.link.places import resolve_places
from pipeline.nlp import parse
from pipeline.records import Article, Block, Mention
from tests.helpers.knowledge import shared_people, shared_places
from tests.helpers.parses import Parses, plain_article


@pytest.fixture(scope="module")
def places() -> PlaceTable:
    return shared_places()


def mentions(article: Article, parses: Parses, places: PlaceTable) -> list[Mention]:
    doc = parses(article)
    named = name_entities(find_entities(doc, article, places), doc, article, shared_people())
    return resolve_places(named, article, places)


def rows(text: str, parses: Parses, places: PlaceTable) -> list[tuple[str, str, str, str]]:
    return [(text[m.start : m.end], m.label, m.use, m.country) for m in mentions(plain_article(text), parses, places)]


@pytest.mark.parametrize(
    ("text", "surface", "use", "country"),
    [
        ("The ferry from Norway was late.", "Norway", "place", "NOR"),
        ("A court in the U.S. froze the fund.", "U.S.", "place", "USA"),
        ("A court in the US froze the fund.", "US", "place", "USA"),
        ("Traders in the UK and the UAE agreed.", "UAE", "place", "ARE"),
        ("Envoys of the Republic of the Congo left.", "Republic of the Congo", "place", "COG"),
        ("Two Spaniards and a Dane were rescued.", "Spaniards", "people", "ESP"),
        ("Two Spaniards and a Dane were rescued.", "Dane", "people", "DNK"),
        ("A Filipino nurse was honoured.", "Filipino", "people", "PHL"),
        ("Voters in Scotland go to the polls.", "Scotland", "place", "GBR"),
        ("Aid lorries entered Gaza on Monday.", "Gaza", "place", "PSE"),
        ("Police in Kosovo closed the bridge.", "Kosovo", "place", "XKX"),
        ("The Soviet Union built the dam.", "Soviet Union", "place", "SUN"),
        ("FLOODS RETURN TO NORTH KOREA", "NORTH KOREA", "place", "PRK"),
        ("U.S.-led sanctions hurt the port.", "U.S.", "place", "USA"),
        ("Pro-Russian posts were deleted.", "Russian", "people", "RUS"),
        ("Turkey closed the border crossing.", "Turkey", "place", "TUR"),
        ("Chad and Niger share the lake.", "Chad", "place", "TCD"),
        ("The harbour of Papua New Guinea reopened.", "Papua New Guinea", "place", "PNG"),
        ("Beijing respects the court's decision.", "Beijing", "government", "CHN"),
        ("Kampala has strong ties with Moscow.", "Moscow", "government", "RUS"),
        ("The Bank of Korea raised rates.", "Korea", "name_part", "KOR"),
        ("The Chinese Foreign Ministry declined to comment.", "Chinese", "name_part", "CHN"),
        ("Officials in Tbilisi said that Georgia would sign.", "Georgia", "place", "GEO"),
        ("North Korea spoke. The Korean envoy left.", "Korean", "people", "PRK"),
        ("South Korea and North Korea spoke. The Korean envoy left.", "Korean", "people", "KOR"),
    ],
)  # fmt: skip
def test_a_country(parses: Parses, places: PlaceTable, text: str, surface: str, use: str, country: str) -> None:
    assert (surface, "COUNTRY", use, country) in rows(text, parses, places)


@pytest.mark.parametrize(
    ("text", "surface", "use", "country"),
    [
        ("The Kremlin denied the report.", "Kremlin", "government", "RUS"),
        ("Downing Street rejected the claim.", "Downing Street", "government", "GBR"),
        ("Tourists stood outside the White House.", "White House", "place", "USA"),
        ("Moscow, Idaho, has a university.", "Moscow", "place", "USA"),
    ],
)
def test_a_seat_of_power_is_a_place(
    parses: Parses, places: PlaceTable, text: str, surface: str, use: str, country: str
) -> None:
    assert (surface, "PLACE", use, country) in rows(text, parses, places)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("HE TOLD US THAT TROOPS LEFT IRAQ", "US"),
        ("She speaks English at home.", "English"),
        ("Carla German said she would run.", "German"),
        ("Caracas has three airports.", "Caracas"),
        ("He answered in French.", "French"),
        ("The fee is 40 Canadian dollars.", "Canadian"),
        ("They asked us to wait.", "us"),
        ("Story by Chad Brandt in Oslo.", "Chad"),
        ("The New England Journal of Medicine printed it.", "England"),
        ("He carved the turkey himself.", "turkey"),
        ("Jordan Peele directed the film.", "Jordan"),
        ("Michael Jordan retired. Jordan said he was tired.", "Jordan"),
        ("The South American team lost.", "American"),
        ("A tanker crossed the South China Sea.", "China"),
        ("Snow fell on New Mexico and New Jersey.", "Mexico"),
        ("The office moved to British Columbia.", "British"),
        ("He lives in Lebanon, Ohio, with his sister.", "Lebanon"),
        ("A fire in Lebanon County killed two horses.", "Lebanon"),
        ("Write to desk@Cuba.example or @France now.", "Cuba"),
        ("Write to desk@Cuba.example or @France now.", "France"),
        ("French fries were sold at the gate.", "French"),
        ("Atlanta, Georgia, and Miami, Florida, were hit.", "Georgia"),
        ("The talks in Moscow ended early.", "Moscow"),
    ],
)
def test_no_country(parses: Parses, places: PlaceTable, text: str, surface: str) -> None:
    assert surface not in [name for name, label, _, _ in rows(text, parses, places) if label == "COUNTRY"]


@pytest.mark.parametrize(
    ("text", "surface", "country"),
    [
        ("The plant in Paju, South Korea, shut.", "Paju", "KOR"),
        ("A school in Springfield, Ill., shut.", "Springfield", "USA"),
        ("He lives in Lebanon, Ohio, with his sister.", "Lebanon", "USA"),
        ("The store in Athens, Georgia, shut.", "Athens", "USA"),
        ("Students in Athens marched through Greece.", "Athens", "GRC"),
        ("A fire in Lebanon County killed two horses.", "Lebanon County", "USA"),
        ("The talks in Moscow ended early.", "Moscow", "RUS"),
        ("The mine in Ontario closed. London, Ontario, lost jobs.", "London", "CAN"),
        ("The museum in London reopened.", "London", "GBR"),
        ("Snow fell on New Mexico and New Jersey.", "New Mexico", "USA"),
        ("The office moved to British Columbia.", "British Columbia", "CAN"),
        ("Floods hit Cole, Ray and Anson counties.", "Ray", "USA"),
        ("The Anson County Sheriff's Office searched a barn.", "Anson County", "USA"),
        ("Two men were held in Shinyanga after the fire.", "Shinyanga", "TZA"),
        ("Three Oxford residents were hurt.", "Oxford", "GBR"),
        ("The senator, R-Toledo, voted against it.", "Toledo", "USA"),
        ("The lorry hit a tree on U.S. 79 near Austin.", "Austin", "USA"),
        ("The rebels burnt the village of Odumbe.", "Odumbe", ""),
        ("The pool in Victoria shut.", "Victoria", ""),
        ("Traffic stopped at Nairobi Airport. Flights from Nairobi resumed.", "Nairobi Airport", "KEN"),
        ("Ships crossed the Black Sea and reached Africa.", "Africa", ""),
        ("Kenya's lakes dry up. Kenya, like the rest of Africa, waits.", "Africa", ""),
    ],
)
def test_a_place_and_its_country(
    parses: Parses, places: PlaceTable, text: str, surface: str, country: str | None
) -> None:
    countries = {name: code for name, label, _, code in rows(text, parses, places) if label == "PLACE"}
    assert countries.get(surface) == country


def test_partners_of_a_sentence_are_no_firm(parses: Parses, places: PlaceTable) -> None:
    text = "Oren Brandt, Ivar Blake and Ada Cole met AG Holding."
    people = [text[m.start : m.end] for m in mentions(plain_article(text), parses, places) if m.label == "PERSON"]
    assert people == ["Oren Brandt", "Ivar Blake", "Ada Cole"]


@pytest.mark.parametrize(
    ("text", "surface", "country", "reason"),
    [
        ("The Chinese Foreign Ministry declined to comment.", "Chinese Foreign Ministry", "CHN", 'demonym "Chinese"'),
        ("The Bank of Korea raised rates.", "Bank of Korea", "KOR", "tables"),
        ("Uganda's Independent quoted the ambassador.", "Independent", "UGA", 'possessor "Uganda"'),
        ("Japan's Yomiuri newspaper reported it first.", "Yomiuri", "JPN", 'possessor "Japan"'),
        ("The Communist Party of the Peoples of Spain protested.", "Communist Party of the Peoples of Spain", "ESP",
         'name "Spain"'),
        ("The United Nations sent monitors.", "United Nations", "", "tables"),
        ("German carmaker Volk AG cut jobs.", "Volk AG", "DEU", 'demonym "German"'),
        ("Oslo-based Fjord Oil cut jobs.", "Fjord Oil", "NOR", 'based in "Oslo"'),
        ("The Daily Star of Beirut printed it.", "Daily Star", "LBN", 'of "Beirut"'),
        ("Kenya's UN envoy left. The UN said no.", "UN", "", "tables"),
        ("Kenya's UN Refugee Agency office closed.", "UN Refugee Agency", "", "parser"),
        ("Kenya's military said on Fjordgram that it was late.", "Fjordgram", "", "parser"),
        ("The law firm Brandt, Blake and Cole LLP cut jobs.", "Brandt, Blake and Cole LLP", "", "parser"),
        ("The Ada and Oren Brandt Foundation cut jobs.", "Ada and Oren Brandt Foundation", "", "parser"),
        ("The Larn Institute of Deaf People (LIDP) cut jobs.", "Larn Institute of Deaf People", "", "parser"),
        ("U.S. Customs and Border Protection cut jobs.", "U.S. Customs and Border Protection", "USA", 'name "U.S."'),
        ("He left Brandt, Blake & Co. in May.", "Brandt, Blake & Co.", "", "parser"),
        ("France's BNP Paribas cut jobs.", "BNP Paribas", "FRA", 'possessor "France"'),
        ("He sued Holt & Sons, Inc. in Ohio.", "Holt & Sons, Inc.", "", "parser"),
        ("QT4 said it would close its plant.", "QT4", "", "verb of reporting"),
        ("The Sunday Herald newspaper reported that the mill had shut.", "Sunday Herald", "", "newspapers"),
        ("The AP reported that Kabul was quiet.", "AP", "USA", "tables"),
        ("Brussels warned Budapest over the reform.", "Brussels", "", "union"),
        ("The Duma passed the bill.", "Duma", "RUS", "tables"),
        ("Georgetown University shut a hall.", "Georgetown University", "", "parser"),
    ],
)  # fmt: skip
def test_an_organisation_and_its_country(
    parses: Parses, places: PlaceTable, text: str, surface: str, country: str, reason: str
) -> None:
    organisations = {
        text[m.start : m.end]: m for m in mentions(plain_article(text), parses, places) if m.label == "ORG"
    }
    assert organisations[surface].country == country
    assert reason in organisations[surface].reason


def test_an_acronym_in_brackets_stands_for_the_long_form(parses: Parses, places: PlaceTable) -> None:
    text = "The Norwegian Refugee Council (NRC) protested. The NRC said it would leave."
    acronyms = [m for m in mentions(plain_article(text), parses, places) if text[m.start : m.end] == "NRC"]
    assert [(m.label, m.canonical, m.country) for m in acronyms] == [("ORG", "Norwegian Refugee Council", "NOR")] * 2


@pytest.mark.parametrize(
    ("text", "acronym", "names"),
    [
        ("The Larn Fire Command (Fircom) met.", "Fircom", ["Larn Fire Command"]),
        ("The Larn Office of Gas Markets (Ofgam) met.", "Ofgam", ["Larn Office of Gas Markets"]),
        ("The Larn Harbour Council (Note) met.", "Note", []),
    ],
)
def test_a_word_in_brackets_may_be_made_of_the_name_before(
    text: str, acronym: str, names: list[str], parses: Parses, places: PlaceTable
) -> None:
    found = mentions(plain_article(text), parses, places)
    assert [m.canonical for m in found if text[m.start : m.end] == acronym and m.origin == "acronym"] == names


@pytest.mark.parametrize(
    ("text", "surface", "country"),
    [
        (
            "Dublin shut its pool. Ask the school district at 614-555-0134, the sheriff's office or a state trooper.",
            "Dublin",
            "USA",
        ),
        ("Dublin shut its pool, the Irish minister said.", "Dublin", "IRL"),
        ("The senator, R-Toledo, asked the district attorney. The pool in Toledo shut.", "Toledo", "USA"),
        (
            "The village of Odumbe shut its pool. It lies near Kenya's Mombasa, not far from Nairobi.",
            "Odumbe",
            "KEN",
        ),
    ],
)
def test_what_the_article_tells_of_its_own_country_decides(
    parses: Parses, places: PlaceTable, text: str, surface: str, country: str
) -> None:
    countries = {name: code for name, label, _, code in rows(text, parses, places) if label == "PLACE"}
    assert countries.get(surface) == country


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("President Barack Holm's aide left.", {"Barack Holm": "Barack Holm"}),
        ("Paris, who used to sing, said she was ready.", {"Paris": "Paris"}),
        ("Carla German said she would run.", {"Carla German": "Carla German"}),
        ("FIRE DESTROYS PAPER MILL IN NORWAY, SAYS POLICE CHIEF ANNA BERG", {}),
        ("MINISTER JOHN BRANDT RESIGNS AFTER OSLO PROTEST. John Brandt said he was tired.",
         {"JOHN BRANDT": "John Brandt", "John Brandt": "John Brandt"}),
        ("Mayor de Luca left. Closure would hurt, de Luca said.", {"de Luca": "de Luca"}),
        ("Ursula von der Holm left.", {"Ursula von der Holm": "Ursula von der Holm"}),
        ("Vera Calder, Labour MP for the island, said it would hurt.", {"Vera Calder": "Vera Calder"}),
    ],
)  # fmt: skip
def test_people(parses: Parses, places: PlaceTable, text: str, people: dict[str, str]) -> None:
    entities = mentions(plain_article(text), parses, places)
    assert {text[m.start : m.end]: m.canonical for m in entities if m.label == "PERSON"} == people


def test_a_full_name_that_the_parser_left_out_is_found_by_the_surname(places: PlaceTable) -> None:
    doc = Doc(
        Vocab(),
        words=["Officer", "Uma", "Gude", "left", ".", "Gude", "slept", "."],
        tags=["NNP", "NNP", "NNP", "VBD", ".", "NNP", "VBD", "."],
        deps=["compound", "compound", "nsubj", "ROOT", "punct", "nsubj", "ROOT", "punct"],
        heads=[2, 2, 3, 3, 3, 6, 6, 6],
        ents=["O", "O", "O", "O", "O", "B-PERSON", "O", "O"],
    )
    entities = repaired_entities(doc, doc.text, places)
    assert [str(entity.tokens(doc)) for entity in entities] == ["Gude", "Uma Gude"]


def test_a_name_does_not_run_over_a_line(parses: Parses, places: PlaceTable) -> None:
    text = "Photo by Anna Berg\nOslo Harbour Police closed the quay in Norway."
    entities = mentions(plain_article(text), parses, places)
    assert entities
    assert not [m for m in entities if "\n" in text[m.start : m.end] or "\n" in m.canonical]


def test_only_blocks_that_are_read_give_mentions(parses: Parses, places: PlaceTable) -> None:
    text = "Angola signed.\n\nCopyright France"
    blocks = (Block(0, 14, "body"), Block(16, 32, "footer"))
    article = Article(doc_id="d", key="k", file="f.txt", text=text, blocks=blocks)
    assert [text[m.start : m.end] for m in mentions(article, parses, places)] == ["Angola"]


def test_mentions_are_sorted_and_told_once(parses: Parses, places: PlaceTable) -> None:
    text = "The Bank of Korea and the Chinese Foreign Ministry met Ban Ki-moon in Seoul, South Korea."
    keys = [(m.start, m.end, m.label) for m in mentions(plain_article(text), parses, places)]
    assert len(keys) > 5
    assert all(first < second for first, second in pairwise(keys))


@pytest.mark.model
def test_on_the_real_model(places: PlaceTable) -> None:
    text = "Sweden's Dagens Nyheter said Berlin rejects the plan."
    article, doc = next(iter(parse(nlp.load_nlp(), [plain_article(text)])))
    entities = resolve_places(find_entities(doc, article, places), article, places)
    assert {m.country for m in entities} >= {"SWE", "DEU"}


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Glen Trump runs the yard. His rival has also been critical of Trump, and said so.", "Trump"),
        ("Glen Trump runs the yard. She hung a sign outside Trump's house.", "Trump"),
        ("Kamala Brandt lives in Oslo. Neighbours say Kamala organized a protest there.", "Kamala"),
        ("Helena Marsh KC said the ward was unsafe. She denied that money had played a part.", "Helena Marsh KC"),
    ],
)
def test_a_person_is_no_place_and_no_organisation(parses: Parses, places: PlaceTable, text: str, surface: str) -> None:
    assert [label for name, label, _, _ in rows(text, parses, places) if name == surface] == ["PERSON"]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The price of IoTX rose by 4% on Monday. IoTX is traded in Oslo.", "IoTX"),
        ("The Tucson sold well, the maker said.", "Tucson"),
        ("Divers found the Melbourne, which sank in 1906.", "Melbourne"),
        ("Halden, 45, has run the ferry for years.", "Halden"),
        ("Ms Almeria said she had no choice. Almeria, a nurse, left on Monday.", "Almeria"),
    ],
)
def test_a_thing_or_person_is_no_place(parses: Parses, places: PlaceTable, text: str, surface: str) -> None:
    article = plain_article(text)
    mentions = find_entities(parses(article), article, places)
    assert all(text[m.start : m.end] != surface for m in mentions if m.label in ("PLACE", "COUNTRY"))


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The owner of Vintoria lives in Oslo.", "Vintoria"),
        ("Shares in Selvania rose in Oslo.", "Selvania"),
        ("A stake in Zelonia was sold in Oslo on Monday, and Zelonia rose 4 percent.", "Zelonia"),
        ("Vindoria fell 12 percent on Monday.", "Vindoria"),
        ("Users of Zeltora complained in Oslo. Zeltora was silent.", "Zeltora"),
        ("Selvania's customers in Norway complained to Selvania.", "Selvania"),
    ],
)
def test_a_guessed_name_is_a_firm_where_the_article_shows_one(
    parses: Parses, places: PlaceTable, text: str, surface: str
) -> None:
    assert {label for name, label, _, _ in rows(text, parses, places) if name == surface} == {"ORG"}


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("He signed a lease with Selvania.", "Selvania"),
        ("Labels include Selvania, Larnia and Blue Spoon.", "Selvania"),
        ("She is fond of Selvania. Selvania made her laugh.", "Selvania"),
        ("According to Selvania, the sky went dark.", "Selvania"),
        ("Crowds gathered outside Selvania's headquarters.", "Selvania"),
    ],
)
def test_a_guessed_name_that_nothing_shows_to_be_a_place_is_none(
    parses: Parses, places: PlaceTable, text: str, surface: str
) -> None:
    assert [label for name, label, _, _ in rows(text, parses, places) if name == surface and label == "PLACE"] == []


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The mine in Selvania shut. Selvania is poor.", "Selvania"),
        ("Ada Brandt of Selvania lost her shop.", "Selvania"),
        ("Troops shelled Selvania overnight. Selvania burned.", "Selvania"),
        ("The Selvania valley was flooded.", "Selvania valley"),
        ("The shop stood at 12 Mill Street, Selvania.", "Selvania"),
        ("Farmers went to Selvania. Selvania is full.", "Selvania"),
        ("Vermonters voted on Tuesday.", "Vermonters"),
        ("Northern Selvania is dry.", "Northern Selvania"),
        ("Selvania, Norway, is dry.", "Selvania"),
        ("Rain fell in Oslo, Selvania and Bergen.", "Selvania"),
    ],
)
def test_a_guessed_name_is_a_place_where_the_article_shows_one(
    parses: Parses, places: PlaceTable, text: str, surface: str
) -> None:
    found = [label for name, label, _, _ in rows(text, parses, places) if surface in name]
    assert set(found) == {"PLACE"}, found


def test_a_town_after_the_stays_a_place(parses: Parses, places: PlaceTable) -> None:
    text = "The Tucson mayor spoke. He is called the Paris of the desert."
    article = plain_article(text)
    mentions = find_entities(parses(article), article, places)
    assert "Tucson" in [text[m.start : m.end] for m in mentions if m.label == "PLACE"]
