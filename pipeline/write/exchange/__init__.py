"""Files for other tools: whole articles with the places of their claims, or the claims as another tool's records.

Each format is a module with a function ``write`` that takes what a run gave and a file open for writing bytes in
which it may seek. To add one, write such a module and a row in EXCHANGE_FORMATS: the command line offers it, and
tests/write/exchange/test_formats.py runs it. A module is loaded when its format is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO, Literal

from pipeline.write.exchange.annotated import AnnotatedArticle, ExportedRun

__all__ = ["EXCHANGE_FORMATS", "AnnotatedArticle", "ExchangeFormat", "ExportedRun"]


@dataclass(frozen=True, slots=True)
class ExchangeFormat:
    """A format of ``extract export``: what writes it, what the file's name ends in, and which claims it takes."""

    module: str  #: the module of this folder that writes it
    suffix: str  #: "labelstudio.json": the file is claims_export.labelstudio.json
    claims: Literal["all", "not rejected", "accepted"] = "not rejected"

    def load_writer(self) -> Callable[[ExportedRun, BinaryIO], None]:
        """The function that writes a run to a file; raises ExtractError when called without a library that it needs."""
        writer: Callable[[ExportedRun, BinaryIO], None] = import_module(f"{__name__}.{self.module}").write
        return writer


#: Every format by its name, the value of ``--format``.
EXCHANGE_FORMATS: Mapping[str, ExchangeFormat] = {
    "sqlite": ExchangeFormat("sqlite", "sqlite", "all"),
    "webannotation": ExchangeFormat("webannotation", "webannotation.jsonld"),
    "labelstudio": ExchangeFormat("labelstudio", "labelstudio.json"),
    "prodigy": ExchangeFormat("prodigy", "prodigy.jsonl"),
    "doccano": ExchangeFormat("doccano", "doccano.jsonl"),
    "brat": ExchangeFormat("brat", "brat.zip"),
    "cas": ExchangeFormat("cas", "cas.zip"),
    "docbin": ExchangeFormat("docbin", "spacy"),
    "ftm": ExchangeFormat("ftm", "ftm.json"),
    "claimreview": ExchangeFormat("claimreview", "claimreview.jsonld", "accepted"),
    "gexf": ExchangeFormat("gexf", "gexf"),
}
