"""A claim as the review page works with it: what the machine found, what the reviewer made of it, how it is found."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date

from pipeline.records import Article, Claim
from pipeline.store import MANUAL_RULE, StoredDecision, apply_corrections

#: Words for how sure a claim is, each with the least confidence that it stands for. Of claims at 0.8 four in five are
#: right, of those under 0.5 fewer than half, so that these are marked as noise, too.
TRUST_WORDS = (("sure", 0.8), ("likely", 0.5), ("check", 0.0))


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim of the review queue.

    ``claim`` has the reviewer's columns filled in and their corrections applied, ``machine`` is the claim as it was
    found or added. ``version`` is that of the stored decision (0: none yet), ``verdict`` the decision as "accept",
    "reject", "edit" or "unsure", or empty, and ``unknown_word`` what was written instead of these. ``position`` orders
    the queue: the number of the article, then that of the claim in it.

    What filters look at: ``countries`` (ISO 3166 alpha-3 codes of the claim, its speaker and its actor), ``file`` (the
    file's name, readable) and ``search_text`` (in lower case, all words that a search may find).
    """

    claim: Claim
    machine: Claim
    version: int
    position: tuple[int, int]
    verdict: str
    unknown_word: str
    countries: tuple[str, ...]
    file: str
    search_text: str

    @classmethod
    def of(
        cls, machine: Claim, stored: StoredDecision | None, article: Article | None, position: tuple[int, int]
    ) -> Entry:
        """The entry of a claim with the decision on it; ``article`` is needed only to place corrections in."""
        if stored is None:
            claim, version, verdict, unknown_word = machine, 0, "", ""
        else:
            claim = replace(machine, **asdict(stored.decision))
            if article is not None:
                claim = apply_corrections(claim, article)
            version = stored.version
            verdict, unknown_word = stored.decision.verdict, stored.decision.unknown_word
        countries = dict.fromkeys(filter(None, (*claim.countries, claim.speaker_country, claim.actor_country)))
        file = readable_name(claim.file)
        return cls(
            claim, machine, version, position, verdict, unknown_word, tuple(countries), file, _search_text(claim)
        )

    @property
    def added(self) -> bool:
        """Whether a reviewer added the claim."""
        return self.machine.rule == MANUAL_RULE

    @property
    def trust(self) -> str:
        """The confidence as a word."""
        return next(word for word, least in TRUST_WORDS if self.claim.confidence >= least)

    @property
    def is_weak(self) -> bool:
        """Whether the claim is noise and nobody decided on it."""
        return bool(self.claim.noise) and not self.verdict


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
    def of(cls, article: Article, number: int) -> ArticleEntry:
        """The entry of an article that stands at this place in the run."""
        file = readable_name(article.file)
        return cls(article.doc_id, number, file, article.title, article.publisher, article.published)


def readable_name(file: str) -> str:
    """A file's name with "�" for bytes that are no text, which neither JSON nor a browser could show."""
    return file if file.isprintable() else file.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _search_text(claim: Claim) -> str:
    columns = (
        claim.claim_text, claim.sentence, claim.speaker, claim.target, claim.corrected_text, claim.note, claim.title,
    )  # fmt: skip
    return " ".join(columns).casefold()
