"""What the newsroom adds behind what somebody said: "The guild wants to move – [after ten years in Larn]"."""

from __future__ import annotations

from pipeline.extract.quotes.meaning import content_head
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, first_token, tokens_of
from pipeline.extract.quotes.tenses import tense_of
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.reporting_words import ReportingWords

#: Dashes with blanks around them, and words of the shortest addition: "– which looks unlikely now" has four.
_DASHES = frozenset({"-", "–", "—", "--"})
_FEWEST_WORDS = 4
#: Words that open an addition behind a dash, and those behind a number there ("four months after"). Closed classes.
_QUALIFYING = frozenset({"until", "despite", "while", "whereas", "though", "although", "after", "before", "so"})
_SEQUENCE = frozenset({"after", "before"})
#: Relative pronouns that explain behind a comma, and auxiliaries of what somebody foresees, which is still his.
_EXPLAINING = frozenset({"which", "who", "where", "whose", "whom"})
_FORESEEING = frozenset({"would", "could", "will", "may", "might", "should"})
#: Tokens, at most, from what is told of a subject to the quoted words: ', believe that it is "a trap"' has five.
_MAX_TO_QUOTATION = 6
#: Auxiliaries that stay as they are in reported speech.
_UNCHANGING = frozenset({"could", "should", "might", "must"})
#: Relations of what tells of a noun that resumes a clause: "a move that failed", "an announcement bound to hurt".
_CLAUSES_OF_NOUNS = frozenset({"relcl", "acl", "amod"})
#: Articles before an apposition that tells what a name is, words of what else goes on, those before a place
#: from which another is far, and those of a reservation.
_ARTICLES = frozenset({"a", "an", "the"})
_WHILE = frozenset({"while", "whereas"})
_JOINING = frozenset({"and", "but"})
_FROM = frozenset({"of", "from"})
_RESERVATIONS = frozenset({"although", "though"})
#: Tags of the present tense, and auxiliaries of its perfect.
_PRESENT = frozenset({"VBZ", "VBP"})
_PRESENT_PERFECT = frozenset({"has", "have"})
#: Pronouns for whoever speaks, and verbs of what is, not done: "said it would hold and was safe".
_OWN_PRONOUNS = frozenset({"he", "she", "it", "they"})
_STATES = frozenset(
    {"be", "have", "know", "need", "want", "own", "like", "seem", "look", "feel", "believe", "hope", "contain"}
)
#: Verbs of saying, and relations of what they tell.
_SPEAKING = frozenset({"say", "elaborate", "specify"})
_TOLD = frozenset({"dobj", "ccomp", "xcomp", "prep"})
#: Words before a noun of which there is nothing or next to nothing.
_HARDLY_ANY = frozenset({"no", "few", "little"})
#: Words that open the newsroom's own reasons, and those that open the clause of a verb of saying and one joined to it.
_REASONS = frozenset({"as", "after"})
_SUBORDINATING = frozenset({"as", "after", "because", "while", "when", "since", "before", "although", "though"})
#: Relations of an object, and tags of words that open a relative clause.
_OBJECTS = frozenset({"dobj", "pobj"})
_RELATIVE = frozenset({"WDT", "WP", "WRB", "WP$"})
#: Tags of finite verbs, and those that the tagger gives what stands beside "have": "have ordered him out and shut the".
_FINITE = frozenset({"VBD", "VBZ", "VBN"})
_FORMS_BESIDE_PERFECT = ("VBN", "VBD")


def added_tail(para: ParsedParagraph, cue: int, content: int, words: ReportingWords) -> int:
    """The mask of what is added to indirect speech behind its cue; 0 where nothing is.

    That is a clause behind the only dash of the sentence, up to its end, which qualifies the rest, the relative
    clause behind a comma after what is praised or wanted ("praised the club's plan, which has cost a million"), and
    what the sentence ends with behind a comma: what explains a name, and a clause with "while".
    """
    if not content or first_token(content) < cue or content & para.quoted_mask:
        return _aside_before_quotation(para, content)
    return (
        _behind_dash(para, cue, content, words)
        or _relative_clause(para, content)
        or _resuming_noun(para, content, words)
        or _withheld(para, content, words)
        or _second_reason(para, cue, content)
        or _act_of_speaker(para, cue, content)
        or _remark(para, cue, content, words)
    )


def _aside_before_quotation(para: ParsedParagraph, content: int) -> int:
    """What the newsroom tells of a subject before quoted words: 'The pier[, which was built in 1902,] is "doomed"'."""
    shed = 0
    for clause in tokens_of(content & ~para.quoted_mask) if content & para.quoted_mask else ():
        start, end = para.left_edge[clause], para.right_edge[clause] + 1
        is_clause = para.dep[clause] == "relcl" or (para.dep[clause] == "acl" and para.tag[clause] == "VBN")
        if not is_clause or end >= len(para) or not (_parts(para, start - 1) and _parts(para, end)):
            continue
        aside = para.mask_between(start, end)
        is_subject = para.dep[para.head[clause]] in SUBJECTS and not aside & (para.quoted_mask | ~content)
        opens = range(end + 1, min(end + _MAX_TO_QUOTATION, len(para)))
        if is_subject and any(para.quotation_of[token] >= 0 for token in opens):
            shed |= aside
    return shed


def _parts(para: ParsedParagraph, token: int) -> bool:
    """Whether the token is a comma or a dash."""
    return para.word[token] == "," or is_dash(para, token)


def _behind_dash(para: ParsedParagraph, cue: int, content: int, words: ReportingWords) -> int:
    low, high = para.sentence_bounds(cue)
    dashes = [token for token in range(low + 1, high - 1) if is_dash(para, token)]
    if content >> high or len(dashes) != 1 or dashes[0] < first_token(content):
        return 0
    whole = para.mask_between(dashes[0], high)
    tail = content & whole
    opens = first_token(tail) if tail else 0
    if para.mask_between(content.bit_length(), high):
        return tail if tail and _describes(para, opens, whole) else 0
    is_aside = _opens_aside(para, opens) or (para.word[opens] == "a" and para.lemma[opens + 1] in words.resuming)
    is_aside = is_aside or _describes(para, opens, tail)
    return tail if tail.bit_count() >= _FEWEST_WORDS and is_aside else 0


def _opens_aside(para: ParsedParagraph, token: int) -> bool:
    """Whether a clause begins that qualifies what somebody said: "which", "until", "four months after"."""
    if para.tag[token] in _RELATIVE or para.word[token] in _QUALIFYING:
        return True
    return para.pos[token] == "NUM" and not _SEQUENCE.isdisjoint(para.word[token + 1 : token + 3])


def _describes(para: ParsedParagraph, opens: int, tail: int) -> bool:
    """Whether a noun with an article and a relative clause explains what stands before: "– a guild that owns mills"."""
    if para.word[opens] not in _ARTICLES:
        return False
    tokens = range(opens, tail.bit_length())
    noun = next((token for token in tokens if para.pos[token] == "NOUN" and para.dep[token] != "compound"), opens)
    return any(
        para.dep[child] == "relcl" and para.subtree[child].bit_length() == tail.bit_length()
        for child in para.children[noun]
    )


def is_dash(para: ParsedParagraph, token: int) -> bool:
    """Whether the token is a dash with a blank before it, not a hyphen within a word."""
    return para.word[token] in _DASHES and para.char_end[token - 1] < para.char_start[token]


def _relative_clause(para: ParsedParagraph, content: int) -> int:
    noun = content_head(para, content)
    if noun is None or not (
        para.dep[noun] in _OBJECTS or para.dep[noun] == "prep"
    ):  # "took issue with the plan, which"
        return 0
    for token in range(noun, content.bit_length()):
        opens = para.left_edge[token]
        ends = para.subtree[token].bit_length() == content.bit_length()
        if para.dep[token] == "relcl" and ends and para.word[opens - 1] == "," and para.tag[opens] in _RELATIVE:
            return content & para.subtree[token]
    return 0


def _resuming_noun(para: ParsedParagraph, content: int, words: ReportingWords) -> int:
    """The noun that resumes the whole at the content's end, and what is told of it: ", a charge" (which she denies).

    So is ", a move that surprised the board" what the newsroom says.
    """
    end = content.bit_length()
    for noun in range(end - 1, first_token(content), -1):
        start = para.left_edge[noun]
        is_resuming = para.lemma[noun] in words.resuming and para.word[start] in _ARTICLES
        if not is_resuming or para.word[start - 1] != ",":
            continue
        has_clause = any(child > noun and para.dep[child] in _CLAUSES_OF_NOUNS for child in para.children[noun])
        is_last = noun == end - 1 or para.subtree[noun].bit_length() == end
        # the parser may break off: "a decision [that angered parents]"
        goes_on = noun + 1 < end and para.tag[noun + 1] in _RELATIVE and "," not in para.word[noun:end]
        return content & para.mask_between(start, end) if (has_clause and is_last) or goes_on else 0
    return 0


def _withheld(para: ParsedParagraph, content: int, words: ReportingWords) -> int:
    """What the speaker did not say, joined to what he said: "the line was safe [but did not elaborate]".

    So with "but gave no details", where the object is a noun for what one would like to know.
    """
    for verb in range(content.bit_length() - 1, first_token(content), -1):
        if not content >> verb & 1 or para.dep[verb] != "conj" or para.lemma[verb] not in words.withheld:
            continue
        children = para.children[verb]
        is_negated = any(para.dep[child] == "neg" for child in children) or _gives_no(para, verb, words)
        has_subject = any(para.dep[child] in SUBJECTS for child in children)
        joint = para.left_edge[verb] - 1
        is_last = para.subtree[verb].bit_length() == content.bit_length()
        is_silent = not has_subject or not any(
            para.dep[child] in _TOLD for child in children
        )  # "but Kern would not say"
        if is_negated and is_last and is_silent and para.word[joint] in _JOINING:
            return content & para.mask_between(joint, content.bit_length())
    return 0


def _second_reason(para: ParsedParagraph, cue: int, content: int) -> int:
    """The clause that "and" joins to the cue's own with the same conjunction: "fell as buyers feared war [and as".

    It repeats the word with which the clause of the cue begins. Behind a noun, "as" or "after" is enough: "rose on
    hopes that rain will come [and as", which is no reason for the hope.
    """
    opens = para.left_edge[cue]
    has_subject = any(para.dep[child] in SUBJECTS and opens < child < cue for child in para.children[cue])
    is_clause = has_subject and para.word[opens] in _SUBORDINATING
    for joint in range(first_token(content) + 1, content.bit_length() - 1):
        word, relation = para.word[joint + 1], para.dep[joint + 1]
        if para.word[joint] != "and" or not content >> joint & 1 or (word == "as" and relation == "prep"):
            continue
        is_behind_noun = para.pos[cue] == "NOUN" and word in _REASONS and relation == "mark"
        if is_behind_noun or (is_clause and word == para.word[opens]):
            return content & para.mask_between(joint, content.bit_length())
    return 0


def _gives_no(para: ParsedParagraph, verb: int, words: ReportingWords) -> bool:
    """ "Gave no date", "offered few further details"."""
    for noun in para.children[verb]:
        if para.dep[noun] == "dobj" and para.lemma[noun] in words.particulars:
            return any(para.word[child] in _HARDLY_ANY for child in para.children[noun])
    return False


def _act_of_speaker(para: ParsedParagraph, cue: int, content: int) -> int:
    """What the speaker did, too, joined by its form to the cue: "ordered crews to stay in port [and shut the quay]".

    An infinitive can't be joined to a finite verb, though the parser may do so.
    """
    for verb in tokens_of(content):
        joint = para.left_edge[verb] - 1
        above = para.head[verb]
        is_joined = para.dep[verb] == "conj" and content >> above & 1 and para.word[joint] in _JOINING
        if not is_joined or any(para.dep[child] in SUBJECTS for child in para.children[verb]):
            continue
        if any(does(para, cue, above, verb) for does in _ACTS):
            return content & para.mask_between(joint, content.bit_length())
    return 0


def _is_beside_infinitive(para: ParsedParagraph, cue: int, above: int, verb: int) -> bool:
    """ "Ordered crews to stay and shut the quay", "defended the plan to wait and dropped two others"."""
    if para.tag[above] != "VB" or not any(para.word[child] == "to" for child in para.children[above]):
        return False
    has_perfect = any(para.lemma[child] == "have" and para.dep[child] == "aux" for child in para.children[cue])
    forms = _FORMS_BESIDE_PERFECT if has_perfect else (para.tag[cue],)
    return para.tag[verb] in forms and para.tag[verb] in _FINITE


def _is_beside_present(para: ParsedParagraph, cue: int, above: int, verb: int) -> bool:
    """ "Insists there was a thief and has hired a guard": after what was, what he has done has the cue's tense."""
    is_perfect = any(para.word[child] in _PRESENT_PERFECT for child in para.children[verb])
    return para.tag[cue] in _PRESENT and is_perfect and tense_of(para, above) == "past"


def _is_beside_intention(para: ParsedParagraph, cue: int, above: int, verb: int) -> bool:
    """ "The board said it would shut the mill and fired the manager": what it said it would do, and what it did."""
    is_own = any(para.dep[child] in SUBJECTS and para.word[child] in _OWN_PRONOUNS for child in para.children[above])
    is_done = para.tag[cue] == para.tag[verb] == "VBD" and para.lemma[verb] not in _STATES
    return is_own and is_done and any(para.tag[child] == "MD" for child in para.children[above])


def _remark(para: ParsedParagraph, cue: int, content: int, words: ReportingWords) -> int:
    """The last words of the sentence from a comma on, where they explain what somebody says."""
    low, high = para.sentence_bounds(cue)
    if content >> high or para.mask_between(content.bit_length(), high):
        return 0
    for comma in range(high - _FEWEST_WORDS, max(first_token(content) + _FEWEST_WORDS, low), -1):
        opens = comma + 1
        if para.word[comma] != "," or not content >> opens & 1:
            continue
        tail = content & para.mask_between(comma, high)
        if (
            _is_distance(para, opens, high)
            or _resumes(para, opens, high, words)
            or _is_remark(para, cue, opens, tail, words)
        ):
            return tail
    return 0


def _is_remark(para: ParsedParagraph, cue: int, opens: int, tail: int, words: ReportingWords) -> bool:
    """Whether the tokens from ``opens`` on, the mask ``tail``, are one clause or noun that explains."""
    head = opens
    while tail >> para.head[head] & 1 and para.head[head] != head:
        head = para.head[head]
    if para.subtree[head] & ~tail or tail & ~para.subtree[head]:
        return False
    if para.dep[head] == "relcl":
        return _explains(para, cue, opens, head)
    if para.dep[head] == "appos":
        above = para.head[head]
        is_list = any(para.dep[child] in ("cc", "conj") for child in (*para.children[above], *para.children[head]))
        is_name = _is_name(para, above) and para.pos[head] == "NOUN" and para.word[opens] in _ARTICLES
        return not is_list and (is_name or para.lemma[head] in words.resuming)
    if para.dep[head] == "acl":  # "Cape Larn, known for its seals"
        return opens == head and para.tag[head] == "VBN" and _is_name(para, para.head[head])
    if para.dep[head] != "advcl":
        return False
    if para.word[opens] in _RESERVATIONS | _WHILE and _wants_deed(para, cue, opens):
        return True
    if para.word[opens] in _RESERVATIONS:
        return _is_unshifted(para, cue, head)
    return para.word[opens] in _WHILE and _goes_on_meanwhile(para, head, words)


def _goes_on_meanwhile(para: ParsedParagraph, verb: int, words: ReportingWords) -> bool:
    """Whether a clause with "while" tells of somebody else who speaks, or is in another tense than what was said.

    "The navy said the strait was shut, while the army denied it"; "said two men were hurt, while police are searching".
    """
    if para.lemma[verb] in words.reported | words.judging:
        return True
    if any(para.word[child] in _FORESEEING for child in para.children[verb] if para.dep[child] == "aux"):
        return False
    return tense_of(para, verb) != tense_of(para, para.head[verb])


def _explains(para: ParsedParagraph, cue: int, opens: int, verb: int) -> bool:
    """Whether a relative clause is the newsroom's: about a name or a deed that is planned, or in a tense of its own."""
    helpers = [para.word[child] for child in para.children[verb] if para.dep[child] == "aux"]
    if para.word[opens] not in _EXPLAINING or not _FORESEEING.isdisjoint(helpers):
        return False
    above = para.head[verb]
    if para.pos[above] in VERBAL and para.tag[verb] == "VBD":  # "was lost, which angered the guild"
        return True
    is_outside = _is_unshifted(para, cue, verb) and not _may_stay(para, cue)
    return is_outside or _is_name(para, above) or _wants_deed(para, cue, opens)


def _resumes(para: ParsedParagraph, opens: int, high: int, words: ReportingWords) -> bool:
    """Whether a noun takes up the whole and a clause judges it: ", a charge that the mayor denies"."""
    if para.word[opens] not in _ARTICLES:
        return False
    noun = next((token for token in range(opens + 1, min(opens + 4, high)) if para.pos[token] == "NOUN"), opens)
    clauses = [child for child in para.children[noun] if child > noun and para.dep[child] in ("relcl", "acl")]
    return para.lemma[noun] in words.resuming and any(tense_of(para, verb) != "shifted" for verb in clauses)


def _is_distance(para: ParsedParagraph, opens: int, high: int) -> bool:
    """Whether the rest tells how far a named place is from another: "in Osk, some 20 miles north of Larn"."""
    number = next((token for token in range(opens, opens + 2) if para.pos[token] == "NUM"), high)
    is_far = number + 3 < high and para.ent_type[number] == "QUANTITY" and _is_name(para, opens - 2)
    rest = range(number + 1, high)
    has_place = any(para.word[token] in _FROM and para.pos[token + 1] in ("PROPN", "DET") for token in rest[:-1])
    return is_far and has_place and not any(para.pos[token] in VERBAL for token in rest)


def _is_unshifted(para: ParsedParagraph, cue: int, verb: int) -> bool:
    """Whether a verb stands in the present behind a cue and its clause in the past: "said it would, though it has not".

    What somebody said would have become "though it had not".
    """
    clause = next((child for child in para.children[cue] if para.dep[child] == "ccomp" and child > cue), None)
    if clause is None or para.tag[cue] != "VBD" or tense_of(para, verb) != "present":
        return False
    return tense_of(para, clause) in ("past", "shifted")


def _may_stay(para: ParsedParagraph, cue: int) -> bool:
    """Whether the cue's clause has an auxiliary that is no sign of a past: "said it should close, which costs much"."""
    clauses = (child for child in para.children[cue] if para.dep[child] == "ccomp" and child > cue)
    return any(para.word[child] in _UNCHANGING for clause in clauses for child in para.children[clause])


def _wants_deed(para: ParsedParagraph, cue: int, end: int) -> bool:
    """Whether an infinitive before the token ``end`` tells what somebody wants or plans: "plans to close the line"."""
    infinitives = (child for child in para.children[cue] if para.dep[child] == "xcomp" and cue < child < end)
    return any(para.tag[child] == "VB" and para.word[para.left_edge[child]] == "to" for child in infinitives)


def _is_name(para: ParsedParagraph, noun: int) -> bool:
    """ "Larn Steel", "the Larn channel"."""
    return para.pos[noun] == "PROPN" or any(
        para.dep[child] == "compound" and para.pos[child] == "PROPN" for child in para.children[noun]
    )


#: What tells that a verb behind "and" is an act of whoever speaks.
_ACTS = (_is_beside_infinitive, _is_beside_present, _is_beside_intention)
