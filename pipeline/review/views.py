"""Views of the review page: filters and an order under a name, some of them given, others saved by people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ExtractError
from pipeline.outputs import REVIEW_VIEWS
from pipeline.review.requests import BadRequest
from pipeline.review.saved_json import save_json

#: Characters of a view's name: what a drop-down shows.
_MAX_NAME = 60
#: Views that may be saved; more couldn't be found in a drop-down.
_MAX_VIEWS = 200


@dataclass(frozen=True, slots=True)
class View:
    """A name and the filters that it stands for, as in the page's address: {"kind": "quote", "sort": "confidence"}."""

    name: str
    filters: Mapping[str, str]


#: Views that every review has. To add one, add a row; the keys are names of filters, and "sort".
PRESETS = (
    View("sure direct quotes", {"kind": "quote", "quote_type": "direct", "trust": "sure", "decision": "open"}),
    View("closings", {"kind": "closure"}),
    View("weak rows", {"noise": "weak"}),
    View("not decided, least sure first", {"decision": "open", "sort": "confidence"}),
)


def load_views(outputs: Path) -> list[View]:
    """The saved views of a folder by name; none while there is no file. Raises ExtractError for a file that is none."""
    path = outputs / REVIEW_VIEWS
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
        views = [View(str(name), _checked_filters(filters)) for name, filters in saved.items()]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, AttributeError, RecursionError) as error:
        raise ExtractError(
            f"The saved views in {path} can't be read.", "Mend the file, or delete it: it holds nothing else."
        ) from error
    return sorted(views, key=lambda view: view.name.casefold())


def save_view(outputs: Path, name: str, filters: Mapping[str, str]) -> None:
    """Save a view, in place of one of the same name. Raises BadRequest for a name that can't be one."""
    name = " ".join(name.split())
    views = {view.name: view.filters for view in load_views(outputs)}
    if not name or len(name) > _MAX_NAME:
        raise BadRequest("A view needs a name.", f"Type one of at most {_MAX_NAME} characters.", "name")
    if name in {preset.name for preset in PRESETS}:
        raise BadRequest(f'"{name}" is a view that every review has.', "Type another name.", "name")
    if len(views) >= _MAX_VIEWS and name not in views:
        raise BadRequest(f"There are {_MAX_VIEWS} views already.", "Delete one first.", "name")
    save_json(outputs / REVIEW_VIEWS, {**views, name: dict(filters)})


def delete_view(outputs: Path, name: str) -> None:
    """Delete a saved view. Raises BadRequest when there is none of that name."""
    views = {view.name: view.filters for view in load_views(outputs)}
    if name not in views:
        raise BadRequest("There is no such view.", "Reload the page.", "name")
    save_json(outputs / REVIEW_VIEWS, {other: filters for other, filters in views.items() if other != name})


def _checked_filters(filters: object) -> Mapping[str, str]:
    if not isinstance(filters, dict) or not all(isinstance(value, str) for value in filters.values()):
        raise ValueError("filters of a view must be texts")
    return filters
