"""``reason`` is for people, ``origin`` and ``rule`` are for code: with every reason reworded, the same comes out."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

import pipeline
from pipeline.claims import build_claims
from pipeline.corpus import read
from pipeline.extract import find_all
from pipeline.knowledge import Knowledge, load_knowledge
from pipeline.link import link_all
from pipeline.link.names import name_entities
from pipeline.records import Article, Findings, Linked, MentionOrigin
from pipeline.text.reflow import reflow
from tests.helpers.parses import Parses, plain_article

EXAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "examples"
#: Other words for every reason: one that says nothing, and one that has the words by which finders go.
WORDINGS = ["for whatever reason", "county demonym supranational acronym building lawmaker largest parser name table"]
#: Invented articles that every finder of mentions and most rules for places have a part in.
TEXTS = [
    "The senator, R-Toledo, asked the district attorney. The pool in Toledo shut, a spokesman said.",
    "A fire in Lebanon County killed two horses. Floods hit Cole, Ray and Anson counties, the sheriff said.",
    "German carmaker Volk AG shut its plant in Springfield, Ill., and said that it would cut jobs in Athens, Georgia.",
    "Kenya's lakes dry up. Kenya, like the rest of Africa, waits. The Odumbe Bridge was closed, Nairobi said.",
    "The Norwegian Refugee Council (NRC) protested. The NRC said it would leave the village of Odumbe in Kenya.",
    "South Korea and North Korea spoke. The Korean envoy said that the Korean shipyard Larn Marine would close.",
    "Brussels warned Budapest over the reform. Uganda's Independent quoted the ambassador. QT4 said it would close.",
    "The Sunday Herald newspaper reported that the mill had shut. Ada Brandt denied it. Then Brandt said it was late.",
    "Japan's Yomiuri newspaper said Brussels respects the decision. Oslo-based Fjord Oil shut its yard in Larn, Ohio.",
    "North Korea spoke. The Korean carmaker Larn Motors said that it would shut its plant in Victoria.",
    "Glen Trump runs the yard in Dublin. His rival was critical of Trump. Call 614-555-0134, a state trooper said.",
    "Leslie Wimmer runs the yard. Wimmer-backed groups left.",
]


@cache
def knowledge() -> Knowledge:
    return load_knowledge()


def articles() -> list[Article]:
    examples = [item for item in read(sorted(EXAMPLES.glob("*.txt")), root=EXAMPLES) if isinstance(item, Article)]
    assert examples
    return [*map(plain_article, TEXTS), *(reflow(article).article for article in examples)]


def reworded(records: Iterable[Any], words: str) -> tuple[Any, ...]:
    """The records with other words for their reasons, where they have any."""
    return tuple(record and _reworded(record, f"{words} {number}") for number, record in enumerate(records))


def _reworded(record: Any, reason: str) -> Any:
    return replace(record, **{name: reason for name in ("reason", "speaker_reason") if hasattr(record, name)})


def reword_findings(findings: Findings, words: str) -> Findings:
    kinds = ("mentions", "dates", "quotes", "events")
    return replace(findings, **{kind: reworded(getattr(findings, kind), words) for kind in kinds})


def reword_linked(linked: Linked, words: str) -> Linked:
    kinds = ("mentions", "dates", "quotes", "events", "actors")
    speakers = tuple(reworded(speakers, words) for speakers in linked.speakers)
    return replace(linked, speakers=speakers, **{kind: reworded(getattr(linked, kind), words) for kind in kinds})


@pytest.mark.slow
@pytest.mark.parametrize("words", WORDINGS)
def test_reworded_reasons_change_nothing_but_reasons(
    words: str, parses: Parses, monkeypatch: pytest.MonkeyPatch
) -> None:
    origins, rules = set(), set()
    for article in articles():
        doc = parses(article)
        findings = find_all(doc, article, knowledge())
        linked = link_all(findings, article, doc, knowledge())
        with monkeypatch.context() as patched:
            patched.setattr("pipeline.link.name_entities", lambda *args: [*reworded(name_entities(*args), words)])
            relinked = link_all(reword_findings(findings, words), article, doc, knowledge())
        assert reword_linked(relinked, words) == reword_linked(linked, words)
        claims = build_claims(article, linked)
        assert reworded(build_claims(article, reword_linked(relinked, words)), words) == reworded(claims, words)
        origins |= {mention.origin for mention in linked.mentions}
        rules |= {mention.rule for mention in linked.mentions}
    assert origins == set(get_args(MentionOrigin))
    assert {"other country of the name", "seat of a union of states", "open between namesakes"} <= rules


@pytest.mark.slow
def test_no_code_compares_a_reason() -> None:
    wrong = []
    for file in sorted(Path(pipeline.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            compared = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                compared.append(node.func.value)  # mention.reason.startswith("...")
            wrong += [
                f"{file.name}:{value.lineno} compares a reason"
                for value in compared
                if isinstance(value, ast.Attribute) and value.attr == "reason"
            ]
    assert not wrong
