"""A claim as the review page works with it: what the machine found, what the reviewer made of it, how it is found."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import asdict, dataclass, replace
from datetime import date

from pipeline.records import Article, Claim
from pipeline.store import MANUAL_RULE, ListedArticle, ListedClaim, StoredDecision, apply_corrections

#: Loads the claim of an entry from the store, as it was found.
ClaimLoader = Callable[["Entry"], Claim]

#: Words for how sure a claim is, each with the least confidence that it stands for. Of claims at 0.8 four in five are
#: right, of those under 0.5 fewer than half, so that these are marked as noise, too.
TRUST_WORDS = (("sure", 0.8), ("likely", 0.5), ("check", 0.0))


class Entry:
    """A claim of the review queue; the same one as long as nothing about it changes.

    ``listed`` is what lists and filters look at, with the reviewer's corrections. ``version`` is that of the stored
    decision (0: none yet), ``verdict`` the decision as "accept", "reject", "edit" or "unsure", or empty,
    ``unknown_word`` what was written instead of these, ``reviewer`` and ``decided_at`` who decided and when.
    ``position`` orders the queue: the number of the article, then that of the claim in it. ``speaker`` is what the
    claim's speaker is called in all articles (see ``speaker_names``), ``file`` the file's name, readable, ``added``
    whether a reviewer added the claim.
    """

    __slots__ = (
        "_claims", "_load", "added", "decided_at", "doc_id", "file", "listed", "position", "reviewer",
        "speaker", "title", "unknown_word", "verdict", "version",
    )  # fmt: skip

    def __init__(
        self, listed: ListedClaim, article: ArticleEntry, position: tuple[int, int], load: ClaimLoader | None = None
    ) -> None:
        self.listed, self.position = listed, position
        self.doc_id, self.file, self.title = article.doc_id, article.file, listed.title
        self.version, self.verdict, self.unknown_word, self.reviewer, self.decided_at = 0, "", "", "", ""
        self.speaker = listed.speaker
        self.added = False
        self._load = load
        self._claims: tuple[Claim, Claim] | None = None

    @classmethod
    def of(
        cls,
        machine: Claim,
        stored: StoredDecision | None,
        article: Article | None,
        place: ArticleEntry,
        position: tuple[int, int],
    ) -> Entry:
        """The entry of a claim with the decision on it; ``article`` is needed only to place corrections in."""
        claim = machine
        if stored is not None:
            claim = replace(machine, **asdict(stored.decision))
            if article is not None:
                claim = apply_corrections(claim, article)
        entry = cls(ListedClaim.of(claim), place, position)
        entry._claims = claim, machine
        entry.added = machine.rule == MANUAL_RULE
        entry.reviewer, entry.decided_at = claim.reviewer, claim.decided_at
        if stored is not None:
            entry.version = stored.version
            entry.verdict, entry.unknown_word = stored.decision.verdict, stored.decision.unknown_word
        return entry

    def of_event(self, event_id: str) -> Entry:
        """The entry of the same claim once it is of another event across articles."""
        changed = copy(self)
        changed.listed = self.listed._replace(event_id=event_id)
        if self._claims is not None:
            claim, machine = (replace(claim, event_id=event_id) for claim in self._claims)
            changed._claims = claim, machine
        return changed

    @property
    def claim_id(self) -> str:
        """The claim's id."""
        return self.listed.claim_id

    @property
    def claim(self) -> Claim:
        """The claim with the reviewer's columns filled in and their corrections applied."""
        return self._claims[0] if self._claims else self.machine

    @property
    def machine(self) -> Claim:
        """The claim as it was found or added."""
        if self._claims is not None:
            return self._claims[1]
        assert self._load is not None  # noqa: S101
        return self._load(self)

    @property
    def countries(self) -> tuple[str, ...]:
        """ISO 3166 alpha-3 codes of the claim, its speaker and its actor."""
        return self.listed.countries

    @property
    def trust(self) -> str:
        """The confidence as a word."""
        return next(word for word, least in TRUST_WORDS if self.listed.confidence >= least)

    @property
    def is_weak(self) -> bool:
        """Whether the claim is noise and nobody decided on it."""
        return bool(self.listed.noise) and not self.verdict


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """An article of the run as the list of articles shows it, whether it has claims or not.

    ``number`` is its place in the run, ``file`` the readable name of its file; the rest is as in ``Article``.
    """

    doc_id: str
    number: int
    file: str
    title: str
    publisher: str
    published: date | None

    @classmethod
    def of(cls, article: ListedArticle, number: int) -> ArticleEntry:
        """The entry of an article that stands at this place in the run."""
        file = readable_name(article.file)
        return cls(article.doc_id, number, file, article.title, article.publisher, article.published)


def readable_name(file: str) -> str:
    """A file's name with "�" for bytes that are no text, which neither JSON nor a browser could show."""
    return file if file.isprintable() else file.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
