"""Credits and captions by their own words: who wrote, who took the picture, when it was updated, what it shows."""

from __future__ import annotations

import re

from pipeline.corpus.layout.datelines import DATE

#: International news and picture agencies, as they sign pictures.
AGENCIES = (
    r"(?:The Associated Press|Associated Press|AP|Reuters|REUTERS|AFP|Agence France-Presse|Getty Images|Getty|EPA-EFE"
    r"|EPA|Xinhua|Yonhap|Kyodo(?: News)?|TASS|ANSA|dpa|DPA|PA Media|PA|Bloomberg|Shutterstock|iStock|Alamy|UPI)"
)
#: Longer paragraphs are no captions.
CAPTION_LIMIT = 1000

_WORD = r"[A-ZÀ-Þ][\w.'’-]*"
_PARTICLE = r"(?:de|da|dos|del|della|der|den|van|von|bin|bint|al|el|la|le|y|e)\b"
_NAME = rf"{_WORD}(?: (?:{_WORD}|{_PARTICLE})){{0,4}}"
_FULL = rf"{_WORD}(?: (?:{_WORD}|{_PARTICLE})){{1,4}}"
_NAMES = rf"{_NAME}(?:(?:, and |, | and | & ){_NAME}){{0,4}}"
_JOB = (
    r"(?:correspondent|reporter|writer|editor|columnist|contributor|producer|photographer|photojournalist|journalist"
    r"|bureau chief|staff)s?"
)
_DAY = r"(?i:(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?,? )?"
_TIME = r"(?i:at )?\d{1,2}[:.]\d\d(?::\d\d)?\s*(?i:[ap]\.?m\.?)?"

_PICTURE_CREDIT = re.compile(
    rf"{AGENCIES}(?: ?(?:Photo|Images|File|via {_NAME}|/ ?{_NAME}))*"
    rf"|{_FULL}(?:, {_NAME})? ?(?:/|\bvia\b) ?{_NAME}(?:(?: ?/ ?| via | for ){_NAME}){{0,2}}"
    rf"|{_NAME} ?(?:/| via | for |, ) ?{AGENCIES}(?: Photo)?"
    rf"|{AGENCIES} Photo ?/ ?{_NAME}"
    r"|(?i:(?:file )?(?:photo|image|picture|photograph|video|illustration|graphic|map|art)s?"
    rf"(?: credits?)?(?: by| courtesy(?: of)?|:| from| via| ©)+) ?{_NAMES}(?: ?[/|,] ?{_NAME}){{0,2}}"
    rf"|(?i:credit|courtesy|handout|image|source)(?: of|:)+ ?{_NAME}(?: ?[/|,] ?{_NAME}){{0,2}}"
    r"|\((?i:(?:file )?photo|image|picture|ap photo|credit|courtesy|handout)\b[^()]{0,80}\)"
    r"|(?i:file photo|stock photo|handout|photo|image credit|courtesy photo|supplied)"
)
_BYLINE = re.compile(
    r"(?i:by|(?:story|words|text|report|opinion|analysis|video|photos|reported|written|published|issued) by)"
    rf"[: ]+(?:the )?{_NAMES}"
    r"(?: ?(?:[|,/·•–—-]|\bin\b|\bfor\b|\bof\b|\bat\b) ?.{0,80})?(?<![.!?:;])"
    rf"|{_NAME}(?:, | ?[|·•] ?| [–—-] | \()(?:[A-Z]?[\w&'’-]+ ){{0,4}}(?i:{_JOB})\)?"
    rf"|{_FULL} (?i:(?:staff|senior|special) {_JOB})"
    rf"|(?i:(?:staff|senior|chief|special|foreign|political|business|guest)(?: \w+){{0,2}} {_JOB})"
    r"|(?i:(?:last |first )?(?:updated?(?! ?\d+ ?[-–])|published|posted|modified)\b:?(?: on| at)?.{0,40}\d.{0,60})"
    r"(?:(?<![.!?])|(?<=[ap]\.m\.))"
    rf"|{_DAY}(?:{DATE}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}})(?:,? \d{{4}})?"
    rf"(?:\W{{0,3}}{_TIME})?(?: ?[A-Z]{{2,4}})?(?:\W{{1,3}}\d+ min read)?"
    r"|@\w+"
)
_CAPTION_LABEL = re.compile(
    r"(?:FILE\s*(?:PHOTO)?\s*[-–—:]|(?:File )?(?:Photo|Picture|Image|Caption)(?: caption)?\s*[:|]|\(?(?:AP )?Photo by\b"
    r"|Pictured\s*:|In this (?:\w+ )?(?:file |handout )?(?:photo|photograph|picture|image)\b"
    r"|(?:Photo|Image) caption\b)",
    re.IGNORECASE,
)
_SEEN = re.compile(
    r"\b(?:is|are) (?:seen|shown|pictured)\b|\bin this (?:\w+ )?(?:photo|picture|image)\b", re.IGNORECASE
)
_CREDIT_AT_END = re.compile(
    rf"(?:[(\[](?:{AGENCIES}|(?:{_FULL}|{AGENCIES})(?:, {_NAME})? ?/ ?{_NAME}(?: via {_NAME})?"
    r"|(?i:photo|credit|image|courtesy|handout|picture)\b[^()\[\]]{0,60})[)\]]"
    r"|[.”\"] (?i:photo|photograph|picture|image)(?i: by|:) [^.]{3,60}"
    rf"|[.”\"] ?{_FULL} ?/ ?{_NAME}|[.”\"] {AGENCIES})\.?$"
)
_SIGNED = re.compile(r"/|photo|image|picture|credit|courtesy|handout", re.IGNORECASE)
_PERSON = re.compile(rf"{_WORD}(?: (?:{_WORD}|{_PARTICLE})){{1,3}}(?:(?<!\.)|(?<=[JS]r\.))")
_NO_NAME = frozenset(
    ("The", "A", "An", "In", "On", "At", "Of", "For", "To", "And", "Or", "But", "By", "With", "From", "About", "How",
     "Why", "What", "When", "Who", "Where", "Is", "Are", "Was", "No", "New", "More", "News", "World", "Latest", "Top",
     "Live", "Our", "Your")
)  # fmt: skip


def is_picture_credit(line: str) -> bool:
    """Whether the whole line credits a picture: "Jane Doe/Agency", "Photo: Jane Doe", an agency's name."""
    return bool(_PICTURE_CREDIT.fullmatch(line))


def is_byline(line: str) -> bool:
    """Whether the whole line says who wrote the story, or when it was published or updated."""
    return bool(_BYLINE.fullmatch(line))


def is_person(line: str) -> bool:
    """Whether the line has the shape of a person's bare name: two to four capitalised words."""
    return len(line) <= 50 and bool(_PERSON.fullmatch(line)) and _NO_NAME.isdisjoint(line.split())


def is_caption(line: str) -> bool:
    """Whether the paragraph is a picture's description: labelled so, or signed by who took the picture."""
    if len(line) > CAPTION_LIMIT:
        return False
    if _CAPTION_LABEL.match(line):
        return True
    signed = _CREDIT_AT_END.search(line[-120:])
    return signed is not None and bool(_SIGNED.search(signed[0]) or _SEEN.search(line))
