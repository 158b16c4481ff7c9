"""Who is to review which articles: kept beside the tables, in a file that people can read and delete."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.errors import ExtractError
from pipeline.outputs import REVIEW_ASSIGNMENTS
from pipeline.review.requests import BadRequest
from pipeline.review.saved_json import save_json

#: Characters of a reviewer's name, as in the page's field for it.
_MAX_NAME = 80


class Assignments:
    """The reviewer of each article of a folder of outputs, by doc_id; articles that are nobody's have none."""

    def __init__(self, outputs: Path) -> None:
        self._path = outputs / REVIEW_ASSIGNMENTS
        self._stamp: tuple[int, int] | None = None
        self._reviewers: dict[str, str] = {}

    def by_article(self) -> Mapping[str, str]:
        """The reviewer by doc_id, as the file has it now. Raises ExtractError for a file that can't be used."""
        try:
            facts = self._path.stat()
            stamp = facts.st_mtime_ns, facts.st_size
            if stamp != self._stamp:
                self._reviewers = _checked(json.loads(self._path.read_text(encoding="utf-8")))
                self._stamp = stamp
        except FileNotFoundError:
            self._reviewers, self._stamp = {}, None
        except (OSError, ValueError, RecursionError) as error:
            raise ExtractError(
                f"The assignments in {self._path} can't be read.", "Mend the file, or delete it: it holds nothing else."
            ) from error
        return self._reviewers

    def articles_of(self, reviewer: str) -> frozenset[str]:
        """The ids of the articles that a reviewer is to read."""
        return frozenset(doc_id for doc_id, name in self.by_article().items() if name == reviewer)

    def assign(self, doc_ids: Iterable[str], reviewer: str) -> None:
        """Give articles to a reviewer, or with an empty name to nobody."""
        if len(reviewer) > _MAX_NAME:
            raise BadRequest("This name is too long.", f"Type one of at most {_MAX_NAME} characters.", "reviewer")
        changed = dict.fromkeys(doc_ids, reviewer)
        self._save({**self.by_article(), **changed})

    def share_out(self, open_claims: Mapping[str, int], team: Sequence[str]) -> int:
        """Share the articles out that are nobody's, so that each of the team has about as many claims to decide.

        ``open_claims`` has the number of undecided claims by doc_id. Returns how many articles were given. The longest
        go first, each to whoever has least so far, in the order of the team.
        """
        before = self.by_article()
        load = dict.fromkeys(team, 0)
        for doc_id, reviewer in before.items():
            if reviewer in load:
                load[reviewer] += open_claims.get(doc_id, 0)
        waiting = [doc_id for doc_id, count in open_claims.items() if count and not before.get(doc_id)]
        given = {}
        for doc_id in sorted(waiting, key=lambda doc_id: -open_claims[doc_id]):
            given[doc_id] = min(load, key=lambda reviewer: load[reviewer])
            load[given[doc_id]] += open_claims[doc_id]
        self._save({**before, **given})
        return len(given)

    def _save(self, reviewers: Mapping[str, str]) -> None:
        save_json(self._path, {doc_id: name for doc_id, name in reviewers.items() if name})


def _checked(saved: object) -> dict[str, str]:
    if not isinstance(saved, dict) or not all(isinstance(name, str) for name in saved.values()):
        raise ValueError("assignments must be names by the id of an article")
    return saved
