"""Descriptions of the outputs for programs: schema.json (JSON Schema) and datapackage.json (Frictionless Data Package).

Both are made of the columns in ``write.dictionary``, which are those of the records, and of nothing that differs from
run to run: the same outputs are described by the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import unwritable
from pipeline.outputs import (
    ARTICLES,
    CLAIMS,
    CLAIMS_JSONL,
    CONFLICTS,
    DATAPACKAGE,
    EVENTS,
    EVENTS_JSONL,
    MENTIONS,
    ORPHANS,
    REPORT,
    SCHEMA,
    SPEAKERS,
)
from pipeline.text.identifiers import ID_PATTERN
from pipeline.write.atomic import OutputFiles, write_atomically
from pipeline.write.dictionary import SCHEMA_VERSION, Column, Kind, is_optional, tables

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SPAN = {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}
_JSON_TYPES: Mapping[Kind, dict[str, Any]] = {
    "text": {"type": "string"},
    "day": {"type": "string", "format": "date"},
    "list": {"type": "array", "items": {"type": "string"}},
    "whole number": {"type": "integer"},
    "number": {"type": "number", "minimum": 0, "maximum": 1},
    "yes or no": {"type": "boolean"},
    "places": {"type": "object", "additionalProperties": {"type": "array", "items": _SPAN}},
}
#: Types of Table Schema in a CSV, where a list is one text and a day ISO 8601.
_CSV_TYPES: Mapping[Kind, dict[str, Any]] = {
    "text": {"type": "string"},
    "day": {"type": "date"},
    "list": {"type": "string"},
    "whole number": {"type": "integer"},
    "number": {"type": "number"},
    "yes or no": {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]},
}
#: Types of Table Schema in a line of JSON.
_LINE_TYPES: Mapping[Kind, dict[str, Any]] = {
    **_CSV_TYPES, "list": {"type": "array"}, "places": {"type": "object"}, "yes or no": {"type": "boolean"},
}  # fmt: skip
#: The files that are described, in their order; claims.xlsx has the same tables once more.
_TITLES = {
    CLAIMS: "Claims: quotes and events, each with its place in the text",
    EVENTS: "Events over all articles",
    SPEAKERS: "Speakers over all articles",
    MENTIONS: "Persons, organisations, countries, places and time expressions",
    ARTICLES: "Articles, copies and rejected files",
    CLAIMS_JSONL: "Claims with raw values and all spans",
    EVENTS_JSONL: "Events with raw values",
    ORPHANS: "Decisions whose claim is in no table",
    CONFLICTS: "Decisions that were made in two ways",
    REPORT: "The whole run on one page",
}
#: The columns that tell rows apart, and those that refer to a row of another table.
_KEYS = {
    CLAIMS: "claim_id", EVENTS: "event_id", SPEAKERS: "speaker_id", CLAIMS_JSONL: "claim_id", EVENTS_JSONL: "event_id",
}  # fmt: skip
_MEDIA_TYPES = {
    ".csv": ("csv", "text/csv"),
    ".jsonl": ("jsonl", "application/x-ndjson"),
    ".html": ("html", "text/html"),
}


def write_schemas(outputs: Path, output_files: OutputFiles) -> None:
    """Write schema.json and datapackage.json into the folder, which has the other outputs of the run already.

    Raises ExtractError when a file can't be written.
    """
    names = tuple(name for name in _TITLES if (outputs / name).exists())
    try:
        for name, text in ((SCHEMA, _schema_text()), (DATAPACKAGE, _package_text(names))):
            with write_atomically(outputs / name, output_files) as file:
                file.write(text)
    except OSError as error:
        raise unwritable(outputs, error) from error


@cache
def _schema_text() -> str:
    return _to_text(json_schema())


@cache
def _package_text(names: tuple[str, ...]) -> str:
    return _to_text(data_package(names))


def _to_text(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a line of claims.jsonl or events.jsonl; each has its own under ``$defs``."""
    return {
        "$schema": _DIALECT,
        "title": "A line of claims.jsonl or events.jsonl, as newsclaims writes them",
        "schema_version": SCHEMA_VERSION,
        "anyOf": [{"$ref": "#/$defs/claim"}, {"$ref": "#/$defs/event"}],
        "$defs": {"claim": _object_schema(CLAIMS_JSONL), "event": _object_schema(EVENTS_JSONL)},
    }


def data_package(names: tuple[str, ...]) -> dict[str, Any]:
    """The Frictionless Data Package that describes the files of these names in one folder."""
    return {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "name": "newsclaims",
        "title": "Who claims what: quotes and events of news articles",
        "schema_version": SCHEMA_VERSION,
        "resources": [_resource(name) for name in _TITLES if name in names],
    }


def _object_schema(table: str) -> dict[str, Any]:
    columns = tables()[table]
    return {
        "title": _TITLES[table],
        "type": "object",
        "properties": {column.name: _property(column, table) for column in columns},
        "required": [column.name for column in columns],
        "additionalProperties": False,
    }


def _property(column: Column, table: str) -> dict[str, Any]:
    kind = _SPAN if column.name == "speaker_mention" else _JSON_TYPES[column.kind]
    if is_optional(column):
        kind = {**kind, "type": [kind["type"], "null"]}
    if column.name == _KEYS[table]:
        kind = {**kind, "pattern": f"^[ce]{ID_PATTERN}$"}
    return {**kind, "description": column.note}


def _resource(name: str) -> dict[str, Any]:
    ending = Path(name).suffix
    file_format, media_type = _MEDIA_TYPES[ending]
    resource: dict[str, Any] = {
        "name": name.replace(".", "-").replace("_", "-"), "path": name, "title": _TITLES[name], "format": file_format,
        "mediatype": media_type,
    }  # fmt: skip
    columns = tables().get(name)
    if columns is None:
        return resource
    types = _CSV_TYPES if ending == ".csv" else _LINE_TYPES
    schema: dict[str, Any] = {
        "fields": [{"name": column.name, **_line_type(column, types), "description": column.note} for column in columns]
    }
    if name in _KEYS:
        schema["primaryKey"] = [_KEYS[name]]
    return {**resource, "type": "table", "profile": "tabular-data-resource", "encoding": "utf-8", "schema": schema}


def _line_type(column: Column, types: Mapping[Kind, dict[str, Any]]) -> dict[str, Any]:
    return {"type": "array"} if column.name == "speaker_mention" else types[column.kind]
