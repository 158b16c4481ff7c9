from dataclasses import fields
from pathlib import Path

import pytest

from pipeline.errors import BadKnowledge
from pipeline.knowledge.context_words import ContextWords
from pipeline.knowledge.places import PlaceTable, load_places
from tests.helpers.knowledge import shared_places

#: Former states, under the alpha-3 code that ISO 3166-3 withdrew, and the user-assigned code of Kosovo.
NOT_IN_FORCE = {"SUN", "YUG", "CSK", "DDR", "SCG", "ANT"}
OURS = NOT_IN_FORCE | {"XKX"}

TABLES = {
    "countries.tsv": "code\tname\tother_names\tdemonyms\tcapitals\tseats\nFRA\tFrance\t\tFrench\tParis\t\n",
    "regions.tsv": "name\tcodes\tuse\nBrittany\tFRA\tname\n",
    "cities.tsv": "name\tplaces\nRennes\tFRA:220\n",
    "states.tsv": "state\tcode\tshort\ttowns\nBrittany\tFRA\tBZH\tDerry\n",
    "traps.tsv": "phrase\tsense\tcode\nFrench toast\tnothing\n",
    "institutions.tsv": "phrase\tcode\ngendarmerie\tFRA\n",
}


@pytest.fixture(scope="module")
def places() -> PlaceTable:
    return shared_places()


def write_tables(folder: Path, **changed: str) -> Path:
    lists = [field.name for field in fields(ContextWords) if field.name != "union_seats"]
    words = "".join(f'{name} = "some words"\n' for name in lists) + '[union_seats]\nParis = "A Union"\n'
    (folder / "context.toml").write_text(changed.get("context", words), encoding="utf-8")
    for name, text in TABLES.items():
        (folder / name).write_text(changed.get(name.partition(".")[0], text), encoding="utf-8")
    return folder


def test_every_country_of_iso_3166_is_there_and_no_invented_code(places: PlaceTable) -> None:
    pycountry = pytest.importorskip("pycountry")
    current = {country.alpha_3 for country in pycountry.countries}
    assert set(places.country_names) - OURS == current


def test_former_states_bear_the_codes_iso_withdrew(places: PlaceTable) -> None:
    pycountry = pytest.importorskip("pycountry")
    withdrawn = {country.alpha_3 for country in pycountry.historic_countries}
    assert withdrawn >= NOT_IN_FORCE
    assert set(places.country_names) >= NOT_IN_FORCE


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("U.S.", "USA"), ("US", "USA"), ("UK", "GBR"), ("DPRK", "PRK"), ("UAE", "ARE"), ("PRC", "CHN"), ("DRC", "COD"),
        ("England", "GBR"), ("Scottish", "GBR"), ("Hong Kong", "HKG"), ("Taiwanese", "TWN"), ("Gaza", "PSE"),
        ("West Bank", "PSE"), ("Kosovo", "XKX"), ("Soviet", "SUN"), ("Spaniards", "ESP"), ("Danes", "DNK"),
        ("Filipinos", "PHL"), ("Frenchmen", "FRA"), ("Swiss", "CHE"), ("Republic of Congo", "COG"), ("Nigerien", "NER"),
        ("Kremlin", "RUS"), ("Blue House", "KOR"), ("Downing Street", "GBR"), ("NORTH KOREA", "PRK"), ("Texas", "USA"),
        ("Kyiv", "UKR"), ("Kiev", "UKR"), ("Crimea", "UKR"), ("Papua New Guinea", "PNG"), ("Guinea-Bissau", "GNB"),
    ],
)  # fmt: skip
def test_a_name_has_its_code(places: PlaceTable, name: str, code: str) -> None:
    assert places.entries[name].codes[0] == code


@pytest.mark.parametrize("word", ["Frenchs", "Chineses", "Britishs", "Dutchs", "Frenchmens", "us", "uk"])
def test_no_such_name(places: PlaceTable, word: str) -> None:
    assert word not in places.entries


def test_georgia_is_a_country_and_a_state(places: PlaceTable) -> None:
    georgia = places.entries["Georgia"]
    assert set(georgia.codes) == {"GEO", "USA"}
    assert not georgia.has_default


def test_london_is_thought_of_in_britain_first(places: PlaceTable) -> None:
    london = places.entries["London"]
    assert london.has_default
    assert london.codes[0] == "GBR"
    assert "CAN" in london.codes


def test_a_phrase_that_only_holds_a_name_means_nothing(places: PlaceTable) -> None:
    assert places.entries["Korean War"].kind == "nothing"


def test_names_under_a_first_word_go_from_long_to_short(places: PlaceTable) -> None:
    lengths = [len(name) for name, _ in places.entries_by_first_word["South"]]
    assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize(
    ("table", "text", "message"),
    [
        ("countries", "code\tname\tother_names\tdemonyms\tcapitals\tseats\tflag\n", r"countries\.tsv:1: .*'flag'"),
        ("countries", "code\tname\n", r"countries\.tsv:1: .*'other_names'"),
        ("countries", TABLES["countries.tsv"] + "FRA\tGaul\n", r"countries\.tsv:3: .*'FRA'"),
        ("countries", TABLES["countries.tsv"] + "Gaul\tGaul\n", r"countries\.tsv:3: .*'Gaul'"),
        ("regions", TABLES["regions.tsv"] + "Wessex\tENG\tname\n", r"regions\.tsv:3: .*'ENG'"),
        ("regions", TABLES["regions.tsv"] + "Savoy\tFRA\tsometimes\n", r"regions\.tsv:3: .*'sometimes'"),
        ("cities", TABLES["cities.tsv"] + "Nantes\tFRA\n", r"cities\.tsv:3: .*'FRA'"),
        ("cities", TABLES["cities.tsv"] + "Nantes\tFRA:300\tbig\n", r"cities\.tsv:3: 3 cells"),
        ("states", TABLES["states.tsv"] + "Anjou\tFR\t\tDerry\n", r"states\.tsv:3: .*'FR'"),
        ("institutions", TABLES["institutions.tsv"] + "sheriff\tUS\n", r"institutions\.tsv:3: .*'US'"),
        ("traps", TABLES["traps.tsv"] + "Nice\tadjective\n", r"traps\.tsv:3: .*'adjective'"),
        ("traps", TABLES["traps.tsv"] + "Brie\torganisation\tXXX\n", r"traps\.tsv:3: .*'XXX'"),
    ],
)
def test_a_mistake_in_a_table_is_refused_with_its_line(tmp_path: Path, table: str, text: str, message: str) -> None:
    folder = write_tables(tmp_path, **{table: text})
    with pytest.raises(BadKnowledge, match=message):
        load_places(folder)


@pytest.mark.parametrize(
    ("text", "message"), [("colours = 'red'\n", "colours"), ("media_nouns = 'daily'\n", "feature_nouns")]
)
def test_a_wrong_key_of_the_context_is_refused(tmp_path: Path, text: str, message: str) -> None:
    folder = write_tables(tmp_path, context=text)
    with pytest.raises(BadKnowledge, match=rf"context\.toml: .*{message}"):
        load_places(folder)


@pytest.mark.parametrize("seats", ["", "[union_seats]\nParis = 7\n"])
def test_union_seats_that_are_no_names_are_refused(tmp_path: Path, seats: str) -> None:
    folder = write_tables(tmp_path)
    words = (folder / "context.toml").read_text(encoding="utf-8").partition("[union_seats]")[0]
    with pytest.raises(BadKnowledge, match=r"context\.toml: .*union_seats"):
        load_places(write_tables(tmp_path, context=words + seats))


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    (write_tables(tmp_path) / "cities.tsv").unlink()
    with pytest.raises(BadKnowledge, match=r"cities\.tsv"):
        load_places(tmp_path)


def test_small_tables_load(tmp_path: Path) -> None:
    small = load_places(write_tables(tmp_path))
    assert small.entries["RENNES"].codes == ("FRA",)
    assert small.country_names == {"FRA": "France"}
