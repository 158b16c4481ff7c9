"""The reviewer's desk: all claims of the last run with the decisions on them, in memory, kept up to date."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from pipeline.errors import ExtractError
from pipeline.records import Article, Claim, Result, Span
from pipeline.store import MANUAL_RULE, Attachment, Decision, Store, StoredDecision, apply_corrections

ORIGIN = "review"
#: Articles kept beside the claims; the others are read from the store again.
_ARTICLES = 50
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim: ``claim`` with decision and corrections, ``machine`` as it was found or added, ``version`` as in store.

    ``place`` is the number of its article and its own in it, ``verdict`` the decision as one of the four words or
    empty. It is found under ``countries`` and ``file`` (the name in letters), and by the words in ``haystack``.
    """

    claim: Claim
    machine: Claim
    version: int
    place: tuple[int, int]
    verdict: str
    countries: tuple[str, ...]
    file: str
    haystack: str

    @classmethod
    def of(cls, machine: Claim, decided: StoredDecision | None, article: Article, place: tuple[int, int]) -> Entry:
        """The entry of a claim with the decision on it."""
        claim, version = machine, 0
        if decided is not None:
            claim = apply_corrections(replace(machine, **asdict(decided.decision)), article)
            version = decided.version
        countries = dict.fromkeys(filter(None, (*claim.countries, claim.speaker_country, claim.actor_country)))
        verdict = decided.decision.verdict if decided else ""
        return cls(claim, machine, version, place, verdict, tuple(countries), readable(claim.file), _haystack(claim))

    @property
    def added(self) -> bool:
        """Whether a reviewer added it."""
        return self.machine.rule == MANUAL_RULE


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims to show, as the page's filters say; empty: all. ``low``..``high`` is a range of confidence."""

    kind: str = ""
    speaker: str = ""
    country: str = ""
    status: str = ""
    article: str = ""
    decision: str = ""
    text: str = ""
    low: float = 0.0
    high: float = 1.0
    sort: str = "article"

    def tests(self) -> Iterator[Callable[[Entry], bool]]:
        """What an entry must pass."""
        equal = {"claim_type": self.kind, "speaker": self.speaker, "event_status": self.status}
        for name, value in equal.items():
            if value:
                yield lambda entry, name=name, value=value: getattr(entry.claim, name) == value  # type: ignore[misc]
        if self.article:
            yield lambda entry: entry.file == self.article
        if self.country:
            yield lambda entry: self.country in entry.countries
        if self.decision:
            wanted = "" if self.decision == OPEN else self.decision
            yield lambda entry: entry.verdict == wanted
        if words := self.text.casefold().split():
            yield lambda entry: all(word in entry.haystack for word in words)
        if self.low > 0 or self.high < 1:
            yield (
                lambda entry: (
                    self.low <= entry.claim.confidence and (entry.claim.confidence < self.high or self.high >= 1)
                )
            )


#: The orders besides that of the text.
SORTS: Mapping[str, Callable[[Entry], Any]] = {
    "confidence": lambda entry: (entry.claim.confidence, entry.place),
    "-confidence": lambda entry: (-entry.claim.confidence, entry.place),
    "speaker": lambda entry: (not entry.claim.speaker, entry.claim.speaker.casefold(), entry.place),
    "decided": lambda entry: (not entry.claim.decided_at, _backwards(entry.claim.decided_at), entry.place),
}


class ReviewSession:
    """The claims of one store, for one thread. Who asks first gets what runs and other reviewers changed, too."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._entries: dict[str, Entry] = {}
        self._order: list[tuple[tuple[int, int], str]] = []
        self._numbers: dict[str, int] = {}
        self._articles: dict[str, Article] = {}
        self._decided = 0
        self.run, self.change = -1, -1
        self.refresh()

    def refresh(self) -> None:
        """Take in what changed: everything after a new run or an added claim, else the claims that were decided."""
        run, change = self._store.last_numbers()
        fresh = self._store.claims_changed_since(self.change) if run == self.run and change != self.change else []
        # One that isn't known was added in another session.
        if run != self.run or not all(claim_id in self._entries for claim_id in fresh):
            self._load()
        else:
            for claim_id in fresh:
                self._renew(claim_id)
        if (run, change) != (self.run, self.change):
            self._decided = sum(bool(entry.verdict) for entry in self._entries.values())
        self.run, self.change = run, change

    def find(self, wanted: ClaimFilter) -> list[Entry]:
        """The claims that are wanted, in the order that is wanted."""
        found = self.all()
        for test in wanted.tests():
            found = [entry for entry in found if test(entry)]
        by = SORTS.get(wanted.sort)
        return sorted(found, key=by) if by else found

    def all(self) -> list[Entry]:
        """Every claim, in the order of the text."""
        self.refresh()
        return [self._entries[claim_id] for _, claim_id in self._order]

    @property
    def decided(self) -> int:
        """How many claims are decided."""
        self.refresh()
        return self._decided

    def get(self, claim_id: str) -> Entry | None:
        """One claim."""
        self.refresh()
        return self._entries.get(claim_id)

    def beside(self, claim_id: str) -> tuple[str | None, str | None]:
        """The ids of the claims before and after it in the order of the text."""
        at = bisect_left(self._order, (self._entries[claim_id].place, claim_id))
        around = [self._order[each][1] if 0 <= each < len(self._order) else None for each in (at - 1, at + 1)]
        return around[0], around[1]

    def changed_since(self, change: int) -> list[Entry]:
        """The claims decided after that change."""
        self.refresh()
        return [self._entries[each] for each in self._store.claims_changed_since(change) if each in self._entries]

    def article(self, doc_id: str) -> Article | None:
        """An article of the run."""
        found = self._articles.get(doc_id) or self._store.find_article(doc_id)
        if found is not None:
            while len(self._articles) >= _ARTICLES:
                del self._articles[next(iter(self._articles))]
            self._articles[doc_id] = found
        return found

    def decide(self, claim_id: str, decision: Decision, seen: int) -> Entry:
        """Save a decision with the time. Raises ChangedMeanwhile when it isn't on top of the version ``seen``."""
        entry = self._entries[claim_id]
        self._store.decide(entry.machine, replace(decision, decided_at=_now()), ORIGIN, seen=seen)
        return self._after(claim_id)

    def undo(self, claim_id: str, seen: int) -> Entry:
        """Take the last decision on a claim back. Raises as the store does."""
        self._store.undo(claim_id, seen=seen)
        return self._after(claim_id)

    def add(
        self, article: Article, claim_type: str, span: Span, values: Mapping[str, str], decision: Decision
    ) -> Entry:
        """Add a claim that the machine missed. Raises ExtractError when it is there already."""
        if any(each.claim.claim_type == claim_type and (each.claim.start, each.claim.end) == span
               and each.claim.speaker_text == values.get("speaker_text", each.claim.speaker_text)
               for each in self._of(article.doc_id)):  # fmt: skip
            raise ExtractError("This claim is there already.", "Look for it in the article: its words are marked.")
        claim_id = self._store.add_claim(article, claim_type, span, values, replace(decision, decided_at=_now()))
        result = self._store.find_last_result(article.doc_id)
        if result is not None:
            self._order = [each for each in self._order if self._entries[each[1]].claim.doc_id != article.doc_id]
            self._lay(result, self._store.open_attachment(), self._store.decisions())
            self._order.sort()
        return self._after(claim_id)

    def _after(self, claim_id: str) -> Entry:
        self.refresh()
        return self._entries[claim_id]

    def _of(self, doc_id: str) -> Iterator[Entry]:
        return (entry for entry in self._entries.values() if entry.claim.doc_id == doc_id)

    def of_article(self, doc_id: str) -> list[Entry]:
        """The claims of one article, in the order of the text."""
        self.refresh()
        return sorted(self._of(doc_id), key=lambda entry: entry.place)

    def _load(self) -> None:
        """Everything anew, as the tables of the last run show it."""
        self._entries, self._order, self._numbers = {}, [], {}
        self._articles.clear()
        attachment, decided = self._store.open_attachment(), self._store.decisions()
        for result in self._store.last_results():
            self._lay(result, attachment, decided)

    def _lay(self, result: Result, attachment: Attachment, decided: Mapping[str, StoredDecision]) -> None:
        """Put the claims of one article where they belong."""
        number = self._numbers.setdefault(result.article.doc_id, len(self._numbers))
        for at, machine in enumerate(attachment.place_manual_claims(result).claims):
            self._entries[machine.claim_id] = Entry.of(
                machine, decided.get(machine.claim_id), result.article, (number, at)
            )
            self._order.append(((number, at), machine.claim_id))

    def _renew(self, claim_id: str) -> None:
        """Take in another decision on a claim."""
        entry, decided = self._entries.get(claim_id), self._store.find_decision(claim_id)
        if entry is None or decided is None:
            return  # a claim of an article that is in the tables no more
        article = self.article(entry.claim.doc_id)
        if article is None:
            return  # its article was forgotten
        self._entries[claim_id] = Entry.of(entry.machine, decided, article, entry.place)


def readable(file: str) -> str:
    """A file's name without what is no character."""
    return file if file.isprintable() else file.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _haystack(claim: Claim) -> str:
    fields = (
        claim.claim_text,
        claim.sentence,
        claim.speaker,
        claim.target,
        claim.corrected_text,
        claim.note,
        claim.title,
    )
    return " ".join(fields).casefold()


def _backwards(text: str) -> tuple[int, ...]:
    return tuple(-ord(ch) for ch in text)


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
