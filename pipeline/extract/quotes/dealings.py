"""Verbs of saying whose object or source shows that something is done: "refused the gift", "rebels attacked a convoy".

As in acts.py, of cues whose meaning depends on what stands beside them; the nouns are in models/cues.toml.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.extract.quotes.candidate import Candidate, jaccard
from pipeline.extract.quotes.complements import complement_kind
from pipeline.extract.quotes.meaning import source_type
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.cues import Cues

#: Relations of what a verb is done to.
_OBJECTS = frozenset({"dobj", "nsubjpass"})
#: Relations of a clause or of what something is called, and the word before what it is taken for: "refused it as late".
_CLAUSES = frozenset({"ccomp", "parataxis", "oprd"})
_AS = "as"
#: Entity types of places and of people.
_PLACES = frozenset({"FAC", "LOC"})
_PERSON = "PERSON"
#: "Cast doubt on", and relative pronouns that stand for a thing.
_CAST, _DOUBT = "cast", "doubt"
_RELATIVE = frozenset({"WDT", "WP"})
#: "Welcomed guests", "admitted them to the hall", "dismissed two teachers", "its coach", but not "dismissed critics".
_WELCOME, _DISMISS = "welcome", "dismiss"
_THEM = frozenset({"him", "her", "them", "us", "me"})
_STAFF = frozenset({"nummod", "poss"})
#: Tokens from the first part of "self-described" to the last, and what joins them.
_PARTS, _HYPHENS = 2, frozenset({"-", "‑", "–"})
#: Relations of an infinitive behind a noun, and the stance of verbs that tell no speech.
_INFINITIVES = frozenset({"acl", "relcl", "xcomp"})
_NO_STANCE = "other"
#: Any object, in the table of acts.
_ANYTHING = "*"
#: Kinds of clause with a subject that are no question, see complement_kind, and any that tell what is known.
_STATED = "that"
_KNOWABLE = frozenset({"that", "whether"})
#: Words for nobody, and those of somebody, whoever it is: "nobody knows why", "if anyone fears that".
_NOBODY = frozenset({"nobody", "none", "no-one", "few"})
_ANYBODY = frozenset({"anyone", "anybody", "someone", "somebody", "you"})
_ANY = frozenset({"a", "an", "any"})
_NO, _IF = "no", frozenset({"if", "whenever", "unless"})
#: Verbs whose participle tells on what somebody speaks: "commenting on the sale".
_SPEAKING_OF = frozenset({"comment", "speak", "talk"})
#: The verb of "responded to a call".
_RESPOND = "respond"
#: Auxiliaries of what one may or ought to do.
_MODALS = frozenset({"may", "might", "should", "must"})
#: Share of words, at least, that what is expected has in common with what somebody says.
_SAME = 0.6


def is_dealing(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """Whether the words beside the cue show that something is done, or that nobody says it; not where it is quoted."""
    if candidate.content & para.quoted_mask:
        return False
    return any(rejects(para, candidate, cues) for _, rejects in _DEALINGS)


def without_outlooks(para: ParsedParagraph, attributions: list[Candidate], cues: Cues) -> list[Candidate]:
    """The attributions without those of nobody within somebody's: "It is expected to rain, the office said".

    Who says so expects it; "is feared to be dead, police said" stays two, for others may fear it.
    """
    return [told for told in attributions if not _is_outlook_of_other(para, told, attributions, cues)]


def _is_outlook_of_other(para: ParsedParagraph, told: Candidate, attributions: list[Candidate], cues: Cues) -> bool:
    if told.source is not None or told.source_mask or para.lemma[told.cue] not in cues.words.expecting:
        return False
    cue = para.bit[told.cue]
    return any(
        other is not told and other.content & cue and jaccard(other.content, told.content | cue) >= _SAME
        for other in attributions
    )


def _objects(para: ParsedParagraph, cue: int) -> list[int]:
    return [child for child in para.children[cue] if para.dep[child] in _OBJECTS]


def _is_judged(para: ParsedParagraph, cue: int) -> bool:
    """Whether a clause follows, or what something is called: "rejected the offer as too low"."""
    after = (child for child in para.children[cue] if child > cue)
    return any(para.dep[child] in _CLAUSES or para.word[child] == _AS for child in after)


def _has_done(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Refused the gift", "offered tea", "agreed a fee", "felt the pinch", "identified with the miners"."""
    cue = candidate.cue
    done = cues.acts.get(para.lemma[cue])
    if not done or _is_judged(para, cue) or (para.lemma[cue] in cues.words.directing and _commands(para, cue)):
        return False
    if objects := _objects(para, cue):
        is_done = _ANYTHING in done or any(para.lemma[noun] in done for noun in objects)
        return is_done and not any(_asks_for_words(para, noun, cues) for noun in objects)
    return any(para.dep[child] == "prep" and para.word[child] in done for child in para.children[cue] if child > cue)


def _asks_for_words(para: ParsedParagraph, noun: int, cues: Cues) -> bool:
    """Whether an infinitive tells of speech: "declined an invitation to comment on the film"."""
    deeds = (child for child in para.children[noun] if para.dep[child] in _INFINITIVES)
    return any(cues.stance((para.lemma[deed],)) != _NO_STANCE for deed in deeds)


def _commands(para: ParsedParagraph, cue: int) -> bool:
    """Whether an infinitive tells what is to be done: "ordered the van to stop"."""
    return any(para.dep[child] == "xcomp" for child in para.children[cue])


def _is_assault(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Rebels attacked a convoy", "the fungus attacks the roots": with arms or teeth, not with words."""
    cue, source, words = candidate.cue, candidate.source, cues.words
    if para.lemma[cue] not in words.assaulting or _is_judged(para, cue):
        return False
    if source is not None and para.lemma[source] in words.assailants:
        return True
    return any(para.lemma[noun] in words.targets or para.ent_type[noun] in _PLACES for noun in _objects(para, cue))


def _is_doubt_of_thing(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "The leak, which cast doubt on the regatta": a thing doubts nothing, but findings and documents tell."""
    cue, source = candidate.cue, candidate.source
    has_doubt = any(para.lemma[noun] == _DOUBT for noun in _objects(para, cue))
    if para.lemma[cue] != _CAST or not has_doubt or source is None:
        return False
    if para.tag[source] in _RELATIVE and para.dep[cue] == "relcl":
        source = para.head[cue]
    told = cues.words.records | cues.words.surveys | cues.words.proposition_nouns
    return source_type(para, source, cues.people) == "thing NOUN" and para.lemma[source] not in told


def _receives(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Welcomed guests", "admitted him to the hall", "dismissed two teachers": people, of whom nothing is said."""
    cue, people = candidate.cue, cues.people
    if para.lemma[cue] not in cues.words.receiving | {_DISMISS} or _is_judged(para, cue):
        return False
    for noun in _objects(para, cue):
        is_person = people.is_person(para.lemma[noun]) or para.lemma[noun] in people.crowds
        if para.lemma[cue] == _DISMISS:
            return is_person and any(para.dep[child] in _STAFF for child in para.children[noun])
        if is_person or para.ent_type[noun] == _PERSON or (para.lemma[cue] != _WELCOME and para.word[noun] in _THEM):
            return True
    return False


def _is_compound(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "The self-described king of jazz": one adjective, whose parts are neither source nor cue."""
    cue, source = candidate.cue, candidate.source
    return source is not None and source == cue - _PARTS and para.word[cue - 1] in _HYPHENS


def _affects(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "The coach angered fans": whoever is angry says so no more than he does."""
    cue = candidate.cue
    if para.lemma[cue] not in cues.words.affecting or para.pos[cue] != "VERB":
        return False
    return any(para.dep[child] == "dobj" for child in para.children[cue])


def _is_ignorance(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Many did not know he was ill", "nobody knows why": what is unknown to somebody is not what he says."""
    cue = candidate.cue
    if para.lemma[cue] not in cues.words.knowing:
        return False
    kind = complement_kind(para, cue)
    is_denied = any(para.dep[child] == "neg" for child in para.children[cue])
    return (is_denied and kind == _STATED) or (kind in _KNOWABLE and _is_nobody(para, candidate.source))


def _is_nobody(para: ParsedParagraph, source: int | None) -> bool:
    if source is None:
        return False
    return para.word[source] in _NOBODY or any(para.word[child] == _NO for child in para.children[source])


def _is_advised(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Hikers may want to bring a coat": whoever writes says what others ought to think, or perhaps do."""
    cue = candidate.cue
    if para.lemma[cue] not in cues.words.musing:
        return False
    return any(para.dep[child] == "aux" and para.word[child] in _MODALS for child in para.children[cue])


def _is_imagined(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "If a guest believes that the lock is broken, he should ring": somebody, whoever that may be."""
    cue, source = candidate.cue, candidate.source
    has_if = any(para.dep[child] in ("mark", "advmod") and para.word[child] in _IF for child in para.children[cue])
    if source is None or not has_if or para.dep[cue] != "advcl" or para.dep[source] not in SUBJECTS:
        return False
    if para.word[source] in _ANYBODY:
        return True
    is_any = any(para.word[child] in _ANY for child in para.children[source])
    return is_any and source_type(para, source, cues.people) == "person noun"


def _is_occasion(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Commenting on the sale, she said ...": on what she spoke, before or between what she said."""
    cue = candidate.cue
    if para.tag[cue] != "VBG" or para.lemma[cue] not in _SPEAKING_OF or para.dep[cue] not in ("advcl", "acl"):
        return False
    return any(para.dep[child] == "prep" and child > cue for child in para.children[cue])


def _is_call_out(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Officers responded to a report of a fire": they went there."""
    cue = candidate.cue
    if para.lemma[cue] != _RESPOND or any(para.dep[child] in _CLAUSES | {"neg"} for child in para.children[cue]):
        return False
    phrases = (child for child in para.children[cue] if para.word[child] == "to" and child > cue)
    return any(para.lemma[noun] in cues.words.call_outs for phrase in phrases for noun in para.children[phrase])


#: By name what shows that nothing is said.
_DEALINGS: tuple[tuple[str, Callable[[ParsedParagraph, Candidate, Cues], bool]], ...] = (
    ("dealing", _has_done),
    ("assault", _is_assault),
    ("doubt of a thing", _is_doubt_of_thing),
    ("receiving", _receives),
    ("affecting", _affects),
    ("compound", _is_compound),
    ("ignorance", _is_ignorance),
    ("advised", _is_advised),
    ("imagined", _is_imagined),
    ("occasion", _is_occasion),
    ("call out", _is_call_out),
)
