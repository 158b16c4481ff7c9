"""Files for other tools, each read back by that tool's own reader where there is one for Python."""

from __future__ import annotations

import asyncio
import io
import json
import re
import sqlite3
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline import run_job as run_module
from pipeline.cli import app
from pipeline.records import Article, Block, Claim, Span
from pipeline.write.exchange import EXCHANGE_FORMATS, AnnotatedArticle, ExportedRun
from pipeline.write.export import export_exchange, export_partitions
from tests.helpers.events import closings
from tests.helpers.store import decide, run

OUT = Path("outputs")
README = Path(__file__).resolve().parents[3] / "README.md"
#: An emoji takes two units of UTF-16, \\x0c can't stand in XML, and the quotation runs over a line break.
TEXT = (
    'A party 🎈 at Larn.\x0c "We will stay," Ada Brandt said, "and\nfight for Tarn Shipping." '
    "Tarn will close its pier in Larn.\n"
)


def place(words: str) -> Span:
    start = TEXT.index(words)
    return start, start + len(words)


QUOTE = Claim(
    claim_type="quote", speaker="Ada Brandt", speaker_text="Ada Brandt", speaker_type="person", cue="said",
    stance="states", claim_text='"We will stay," [...] "and fight for Tarn Shipping."', claim_id="cquote", doc_id="d1",
    file="corpus/a.txt", start=place('"We')[0], end=place('Shipping."')[1], confidence=0.8, decision="accept",
    reviewer="Ana", decided_at="2025-03-04T10:00:00Z", organisations=("Tarn Shipping",), published=date(2025, 3, 1),
    speaker_country="NOR",
    spans={
        "content": (place('"We will stay,"'), place('"and\nfight for Tarn Shipping."')),
        "source": (place("Ada Brandt"),),
        "cue": (place("said"),),
    },
)  # fmt: skip
CLOSURE = Claim(
    claim_type="closure", claim_text="Tarn will close its pier in Larn", claim_id="cclosure", event_id="eone",
    doc_id="d1", file="corpus/a.txt", start=place("Tarn will")[0], end=place("pier in Larn")[1], confidence=0.6,
    target="its pier", event_status="planned", reporter="(the article)", place=("Larn",), countries=("NOR",),
    date_start=date(2025, 6, 1), date_end=date(2025, 6, 30),
    spans={
        "trigger": (place("will close"),),
        "target": (place("its pier"),),
        "actor": ((place("Tarn will")[0], place(" will close")[0]),),
    },
)  # fmt: skip
ARTICLE = Article(
    "d1", "key", "corpus/a.txt", TEXT, (Block(0, len(TEXT), "body"),), title="A party", published=date(2025, 3, 1),
    publisher="The Larn Post", url="https://larn.example/party", authors=("Bo Eik",),
)  # fmt: skip


def written(name: str, *claims: Claim) -> bytes:
    stream = io.BytesIO()
    EXCHANGE_FORMATS[name].load_writer()(ExportedRun([AnnotatedArticle(ARTICLE, claims)]), stream)
    return stream.getvalue()


def words(start: int, end: int) -> str:
    return TEXT[start:end]


QUOTE_WORDS = [
    ('"We will stay,"', "quote"),
    ('"and\nfight for Tarn Shipping."', "quote"),
    ("Ada Brandt", "source"),
    ("said", "cue"),
]
CLOSURE_WORDS = [("will close", "closure"), ("its pier", "target"), ("Tarn", "actor")]


def test_prodigy_has_the_words_of_every_span() -> None:
    (task,) = map(json.loads, written("prodigy", QUOTE, CLOSURE).splitlines())
    spans = [(words(span["start"], span["end"]), span["label"]) for span in task["spans"]]
    assert spans == QUOTE_WORDS + CLOSURE_WORDS
    assert task["meta"] == {
        "file": "corpus/a.txt", "title": "A party", "published": "2025-03-01", "url": "https://larn.example/party",
    }  # fmt: skip


def test_doccano_counts_in_units_of_utf16_and_links_what_belongs_together() -> None:
    (example,) = map(json.loads, written("doccano", QUOTE, CLOSURE).splitlines())
    units: bytes = example["text"].encode("utf-16-le")
    entities = {entity["id"]: entity for entity in example["entities"]}

    def spanned(number: int) -> str:
        start, end = (2 * entities[number][name] for name in ("start_offset", "end_offset"))
        return str(units[start:end], "utf-16-le")

    assert [(spanned(number), entity["label"]) for number, entity in entities.items()] == QUOTE_WORDS + CLOSURE_WORDS
    links = {(spanned(link["from_id"]), link["type"], spanned(link["to_id"])) for link in example["relations"]}
    assert ('"We will stay,"', "source", "Ada Brandt") in links
    assert ('"We will stay,"', "continued", '"and\nfight for Tarn Shipping."') in links
    assert ("will close", "target", "its pier") in links
    assert len(links) == len(entities) - 2


def test_labelstudio_has_a_prediction_with_regions_and_relations_between_them() -> None:
    (task,) = json.loads(written("labelstudio", QUOTE, CLOSURE))
    (prediction,) = task["predictions"]
    regions = {result["id"]: result for result in prediction["result"] if result["type"] == "labels"}
    for region in regions.values():
        assert (region["from_name"], region["to_name"]) == ("label", "text")
        assert words(region["value"]["start"], region["value"]["end"]) == region["value"]["text"]
    assert [(region["value"]["text"], *region["value"]["labels"]) for region in regions.values()] == [
        *QUOTE_WORDS,
        *CLOSURE_WORDS,
    ]
    relations = [result for result in prediction["result"] if result["type"] == "relation"]
    assert all({relation["from_id"], relation["to_id"]} <= set(regions) for relation in relations)
    assert len(relations) == len(regions) - 2
    assert prediction["score"] == pytest.approx(0.7)
    assert task["data"]["text"] == TEXT


def test_webannotation_finds_the_words_by_both_selectors() -> None:
    page = json.loads(written("webannotation", QUOTE, CLOSURE))
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    found = []
    for annotation in page["items"]:
        for target in annotation["target"]:
            quote, position = target["selector"]
            context = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
            assert TEXT.count(context) == 1
            assert words(position["start"], position["end"]) == quote["exact"]
            assert target["source"] == ARTICLE.url
            found.append(quote["exact"])
    assert found == ['"We will stay,"', '"and\nfight for Tarn Shipping."', "Tarn will close its pier in Larn"]
    assert {body["value"] for body in page["items"][0]["body"]} == {"quote", "states", "speaker: Ada Brandt"}


def test_brat_has_words_that_stand_at_their_places() -> None:
    with zipfile.ZipFile(io.BytesIO(written("brat", QUOTE, CLOSURE))) as archive:
        text = archive.read("d1.txt").decode()
        lines = archive.read("d1.ann").decode().splitlines()
        configuration = archive.read("annotation.conf").decode()
    spans = {}
    for line in lines:
        if line.startswith("T"):
            name, kind, covered = line.split("\t")
            label, places = kind.split(" ", 1)
            pieces = [words(*map(int, piece.split())) for piece in places.split(";")]
            assert " ".join(pieces) == covered
            spans[name] = (label, pieces)
    assert text == TEXT
    assert ("quote", ['"and', 'fight for Tarn Shipping."']) in spans.values()
    assert len(spans) == len(QUOTE_WORDS + CLOSURE_WORDS)
    links = [line.split("\t")[1].split() for line in lines if line.startswith("R")]
    assert all({first[5:], second[5:]} <= set(spans) for _, first, second in links)
    kinds, _, rest = configuration.partition("[relations]")
    assert {"quote", "closure", "source", "target"} <= set(kinds.split())
    assert {label for label, *_ in links} <= {line.split("\t")[0] for line in rest.splitlines()}
    assert any("Ada Brandt | states" in line for line in lines if line.startswith("#"))


def test_cas_is_read_by_dkpro_cassis() -> None:
    import cassis

    with zipfile.ZipFile(io.BytesIO(written("cas", QUOTE, CLOSURE))) as archive:
        types = cassis.load_typesystem(io.BytesIO(archive.read("TypeSystem.xml")))
        document = cassis.load_cas_from_xmi(io.BytesIO(archive.read("d1.xmi")), typesystem=types)
    claims = document.select("webanno.custom.Claim")
    assert [(claim.get_covered_text(), claim.kind, claim.claimId) for claim in claims] == [
        ('"We will stay,"', "quote", "cquote"),
        ('"and\nfight for Tarn Shipping."', "quote", "cquote"),
        ("will close", "closure", "cclosure"),
    ]
    arguments = {(part.get_covered_text(), part.role) for part in document.select("webanno.custom.ClaimArgument")}
    assert arguments == {("Ada Brandt", "source"), ("said", "cue"), ("its pier", "target"), ("Tarn", "actor")}
    assert document.sofa_string == TEXT.replace("\x0c", "\N{REPLACEMENT CHARACTER}")


def test_docbin_is_read_by_spacy() -> None:
    import spacy
    from spacy.tokens import DocBin

    (doc,) = DocBin().from_bytes(written("docbin", QUOTE, CLOSURE)).get_docs(spacy.blank("en").vocab)
    assert doc.text == TEXT
    assert [(span.text, span.label_) for span in doc.spans["claims"]] == QUOTE_WORDS + CLOSURE_WORDS
    quote, closure = doc.user_data["claims"]
    assert (quote["speaker"], quote["published"], closure["event_status"]) == ("Ada Brandt", "2025-03-01", "planned")
    assert [words(*span) for span in quote["spans"]["content"]] == [
        '"We will stay,"',
        '"and\nfight for Tarn Shipping."',
    ]


def test_ftm_entities_name_each_other() -> None:
    entities = [json.loads(line) for line in written("ftm", QUOTE, QUOTE, CLOSURE).splitlines()]
    by_schema = {entity["schema"]: entity for entity in entities}
    assert [entity["schema"] for entity in entities] == ["Article", "Person", "Note", "Note", "Event"]
    assert by_schema["Person"]["properties"] == {"name": ["Ada Brandt"], "country": ["NOR"]}
    assert by_schema["Note"]["properties"]["entity"] == [by_schema["Article"]["id"], by_schema["Person"]["id"]]
    assert by_schema["Event"]["properties"]["proof"] == [by_schema["Article"]["id"]]
    assert by_schema["Event"]["properties"]["startDate"] == ["2025-06-01"]


def test_ftm_entities_lose_nothing_when_followthemoney_cleans_them() -> None:
    reason = "followthemoney isn't installed: with what it needs it takes 280 MB, more than all else together"
    followthemoney = pytest.importorskip("followthemoney", reason=reason)
    for line in written("ftm", QUOTE, CLOSURE).splitlines():
        entity = json.loads(line)
        proxy = followthemoney.model.get_proxy(entity, cleaned=False)
        assert {name: len(proxy.get(name)) for name in entity["properties"]} == {
            name: len(values) for name, values in entity["properties"].items()
        }


def test_predictions_are_valid_for_the_interface_in_the_readme() -> None:
    reason = "label-studio-sdk isn't installed: with what it needs it takes 480 MB, more than all else together"
    interface = pytest.importorskip("label_studio_sdk.label_interface", reason=reason)
    readme = README.read_text(encoding="utf-8")
    labelling = interface.LabelInterface(readme[readme.index("<View>") : readme.index("</View>") + len("</View>")])
    (task,) = json.loads(written("labelstudio", QUOTE, CLOSURE))
    assert labelling.validate_prediction(task["predictions"][0])


def test_claimreview_says_who_claimed_what_where_and_rates_nothing() -> None:
    (review,) = json.loads(written("claimreview", QUOTE))["@graph"]
    assert (review["@type"], review["datePublished"], review["author"]["name"]) == ("ClaimReview", "2025-03-04", "Ana")
    assert "reviewRating" not in review
    claim = review["itemReviewed"]
    assert (claim["author"], claim["datePublished"]) == ({"@type": "Person", "name": "Ada Brandt"}, "2025-03-01")
    assert claim["appearance"]["url"] == ARTICLE.url


def test_gexf_is_read_by_networkx() -> None:
    import networkx

    content = written("gexf", QUOTE, QUOTE, CLOSURE)
    network = networkx.read_gexf(io.BytesIO(content))
    assert list(network.edges(data="weight")) == [("Ada Brandt", "Tarn Shipping", 2)]
    assert network.nodes["Ada Brandt"]["claims"] == 2
    assert {name: network.nodes[name]["kind"] for name in network} == {
        "Ada Brandt": "person",
        "Tarn Shipping": "organisation",
    }
    assert b"lastmodified" not in content


@pytest.fixture
def reviewed(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A run with two closings and a quote, of which the first closing was rejected in claims.csv since; its id."""
    monkeypatch.setattr(run_module, "extracted", closings)
    (corpus / "a.txt").write_text("The Alder mine will close. Dahl said that the Birk mine has closed.\n")
    run()
    return decide(0, decision="reject")


@pytest.mark.parametrize("name", EXCHANGE_FORMATS)
def test_every_format_is_a_whole_file_with_the_same_bytes_each_time(reviewed: str, name: str) -> None:
    exchange = EXCHANGE_FORMATS[name]
    done = CliRunner().invoke(app, ["export", "--format", name])
    path = OUT / f"claims_export.{exchange.suffix}"
    number = {"all": 3, "not rejected": 2, "accepted": 0}[exchange.claims]
    assert (done.exit_code, done.stdout) == (0, f"{number} claim{'s' * (number != 1)}: {path}\n")
    content = path.read_bytes()
    assert export_exchange(OUT, name).path.read_bytes() == content


def test_sqlite_is_searched_and_joined(reviewed: str) -> None:
    path = export_exchange(OUT, "sqlite").path
    with sqlite3.connect(path) as database:
        hits = "SELECT rowid FROM claims_fts WHERE claims_fts MATCH ?"
        search = f"SELECT claim_type, decision FROM claims WHERE rowid IN ({hits})"  # noqa: S608
        assert database.execute(search, ["alder"]).fetchall() == [("closure", "reject")]
        joined = (
            "SELECT what, status, articles.file FROM claims JOIN events USING (event_id) JOIN articles USING (doc_id)"
        )
        assert database.execute(joined).fetchall() == [
            ("The Alder mine", "planned", "corpus/a.txt"),
            ("The Birk mine", "occurred", "corpus/a.txt"),
        ]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    database.close()


def test_sqlite_is_opened_by_datasette(reviewed: str) -> None:
    from datasette.app import Datasette

    datasette = Datasette([str(export_exchange(OUT, "sqlite").path)])

    async def answer(path: str) -> Any:
        return (await datasette.client.get(path)).json()

    found = asyncio.run(answer("/claims_export/claims.json?_search=birk&_shape=array"))
    assert {row["claim_type"] for row in found} == {"closure", "quote"}


def test_the_readme_asks_duckdb_a_question_that_it_answers(reviewed: str) -> None:
    import duckdb

    query, of_months = re.findall(r'^duckdb -c "(.*)"$', README.read_text(encoding="utf-8"), re.MULTILINE)
    assert duckdb.execute(query).fetchall() == [("Dahl", 1)]
    claims = export_partitions(Path("outputs"), ["month"]).claims
    assert [count for _, count in duckdb.execute(of_months).fetchall()] == [claims]


def test_events_alone_are_no_exchange_format(reviewed: str) -> None:
    done = CliRunner().invoke(app, ["export", "--events", "--format", "brat"])
    assert done.exit_code != 0
    assert "--events can't be combined with --format brat" in str(done.exception)
