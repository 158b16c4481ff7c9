"""Who the speaker of a noun or name is: the rules in the order in which they are asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from spacy.tokens import Token

from pipeline.link.noun_names import NounNames
from pipeline.link.referents import Resolution
from pipeline.link.speaker_reasons import reason_of_name, speaker_reason
from pipeline.link.unknown_names import speaker_of_unknown
from pipeline.records import Mention, Span, Speaker
from pipeline.rule_table import Rule, always

if TYPE_CHECKING:
    from pipeline.link.speakers import SpeakerResolver

#: Words for nobody, and the one before those of whom there was none: "no group has claimed responsibility".
_NOBODY, _NO = frozenset({"nobody", "none", "no-one"}), "no"


@dataclass(frozen=True)
class NounCase:
    """A noun or name whose speaker is asked: the ``head`` of a source, and the ``span`` of the source's words.

    What the rules look up is looked up when it is first asked for, and kept.
    """

    resolver: SpeakerResolver
    head: Token
    span: Span

    @cached_property
    def names(self) -> NounNames:
        """The names in and beside the noun."""
        return NounNames(self.resolver.index, self.resolver.people, self.head, self.span)

    @cached_property
    def resolution(self) -> Resolution | None:
        """Whom a description takes up, if anybody: "the senator"."""
        resolution = self.resolver.resolutions.get(self.head.i)
        return resolution if resolution is not None and resolution.referent is not None else None

    def speaker_named(self, mention: Mention | None, reason: str) -> Speaker:
        """The speaker of a name that was looked up; without one what the noun tells."""
        return self.unnamed() if mention is None else self.resolver.speaker_of_name(mention, self.span, reason)

    def unnamed(self) -> Speaker:
        """What the noun tells of a speaker without a name."""
        return self.resolver.describe_unnamed(self.head, self.span)


def _is_nobody(head: Token) -> bool:
    return head.lower_ in _NOBODY or any(_is_no(child) for child in head.lefts)


def _is_no(child: Token) -> bool:
    """Whether the word is "no", and not the "No" of "a No 10 source"."""
    return child.lower_ == _NO and child.dep_ == "det" and not child.nbor(1).like_num


def _speaker_of_nobody(case: NounCase) -> Speaker:
    span = case.span
    return Speaker(span, case.resolver.text[span[0] : span[1]], reason=speaker_reason("no speaker", case.head.text))


def _speaker_of_name(case: NounCase) -> Speaker:
    words, own = case.resolver.text[case.span[0] : case.span[1]], case.names.own
    sharing = case.resolver.referents.bearers_of_surname(own) if own is not None else []
    speaker = case.speaker_named(own, reason_of_name(own, words, sharing))
    return _as_part_of_country(speaker, own, case) if own is not None else speaker


def _as_part_of_country(speaker: Speaker, own: Mention, case: NounCase) -> Speaker:
    """The speaker under the name in the text where that is a part of a country: "Scotland", not the United Kingdom."""
    name = " ".join(case.resolver.text[own.start : own.end].split())
    is_part = own.label == "COUNTRY" and name.lower().split()[-1] in case.resolver.people.parts_of_countries
    if not is_part or own.canonical.split()[-1] in name.split():
        return speaker
    return replace(speaker, name=name, mention=(own.start, own.end))


def _speaker_taken_up(case: NounCase) -> Speaker:
    resolution = case.resolution
    if resolution is None or resolution.referent is None:
        return case.unnamed()
    return case.resolver.speaker_of_referent(resolution, resolution.referent, case.head, case.span)


def _speaker_as_it_stands(case: NounCase) -> Speaker:
    resolver, name_span = case.resolver, case.names.unknown or case.span
    return speaker_of_unknown(name_span, case.head, case.span, resolver.index, resolver.people)


#: Who the speaker of a noun or name is.
NOUN_RULES: tuple[Rule[NounCase, Speaker], ...] = (
    # "no group", "nobody".
    Rule("nobody", lambda case: _is_nobody(case.head), _speaker_of_nobody),
    # "Ruiz".
    Rule("name", lambda case: case.names.own is not None, _speaker_of_name),
    # "the mayor, Ana Ruiz".
    Rule(
        "name beside the noun",
        lambda case: case.names.beside is not None,
        lambda case: case.speaker_named(case.names.beside, speaker_reason("name beside", case.head.text)),
    ),
    # "the senator".
    Rule("description", lambda case: case.resolution is not None, _speaker_taken_up),
    # A name that is no mention.
    Rule("unknown name", lambda case: case.names.unknown is not None, _speaker_as_it_stands),
    # "a spokeswoman".
    Rule("no name", always, NounCase.unnamed),
)
