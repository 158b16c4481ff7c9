"""Credits and captions by their own words: who wrote, who took the picture, when it was updated, what it shows."""

from __future__ import annotations

import re

from pipeline.corpus.layout.datelines import DATE

#: International news and picture agencies, as they sign pictures.
AGENCIES = (
    r"(?:The Associated Press|Associated Press|AP|Reuters|REUTERS|AFP|Agence France-Presse|Getty Images|Getty|EPA-EFE"
    r"|EPA|Xinhua|Yonhap|Kyodo(?: News)?|TASS|ANSA|dpa|DPA|PA Media|PA|Bloomberg|Shutterstock|iStock|Alamy|UPI)"
)
#: Characters of the longest caption; captions of galleries tell whole stories.
CAPTION_LIMIT = 1000
#: Characters of the longest line that is nothing but a person's name.
_LONGEST_PERSON = 50
#: Characters at a caption's end in which its credit is looked for.
_CREDIT_CHARS = 120

#: A capitalised word: "Brandt", "St.", "O’Hara".
_WORD = r"[A-ZÀ-Þ][\w.'’-]*"
#: Small words inside names: "Inge van der Holm".
_PARTICLE = r"(?:de|da|dos|del|della|der|den|van|von|bin|bint|al|el|la|le|y|e)\b"
#: One to five words of a name; then two to five; then several names.
_NAME = rf"{_WORD}(?: (?:{_WORD}|{_PARTICLE})){{0,4}}"
_FULL_NAME = rf"{_WORD}(?: (?:{_WORD}|{_PARTICLE})){{1,4}}"
_NAMES = rf"{_NAME}(?:(?:, and |, | and | & ){_NAME}){{0,4}}"
#: What people are who write or take pictures for news.
_JOB = (
    r"(?:correspondent|reporter|writer|editor|columnist|contributor|producer|photographer|photojournalist|journalist"
    r"|bureau chief|staff)s?"
)
#: A day of the week before a date.
_WEEKDAY = r"(?i:(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?,? )?"
#: A time of day: "at 9:30 a.m.", "14.05".
_TIME = r"(?i:at )?\d{1,2}[:.]\d\d(?::\d\d)?\s*(?i:[ap]\.?m\.?)?"

#: A whole line that credits a picture.
_PICTURE_CREDIT = re.compile(
    # "Reuters", "AP Photo", "Getty Images / Tove Lund"
    rf"{AGENCIES}(?: ?(?:Photo|Images|File|via {_NAME}|/ ?{_NAME}))*"
    # "Tove Lund/Example Wire", "Tove Lund via Hill Radio", "Tove Lund, Larn / Example Wire for Hill Radio"
    rf"|{_FULL_NAME}(?:, {_NAME})? ?(?:/|\bvia\b) ?{_NAME}(?:(?: ?/ ?| via | for ){_NAME}){{0,2}}"
    # "Lund for Reuters", "Tove Lund, AFP"
    rf"|{_NAME} ?(?:/| via | for |, ) ?{AGENCIES}(?: Photo)?"
    # "AP Photo/Tove Lund"
    rf"|{AGENCIES} Photo ?/ ?{_NAME}"
    # "Photo by Tove Lund", "File photo courtesy of Larn Ferries", "Illustration: Per Holm"
    r"|(?i:(?:file )?(?:photo|image|picture|photograph|video|illustration|graphic|map|art)s?"
    rf"(?: credits?)?(?: by| courtesy(?: of)?|:| from| via| ©)+) ?{_NAMES}(?: ?[/|,] ?{_NAME}){{0,2}}"
    # "Credit: Tove Lund / Hill Radio", "Courtesy of Larn Ferries"
    rf"|(?i:credit|courtesy|handout|image|source)(?: of|:)+ ?{_NAME}(?: ?[/|,] ?{_NAME}){{0,2}}"
    # "(Photo by Tove Lund)", "(AP Photo, File)"
    r"|\((?i:(?:file )?photo|image|picture|ap photo|credit|courtesy|handout)\b[^()]{0,80}\)"
    # "File photo", "Handout"
    r"|(?i:file photo|stock photo|handout|photo|image credit|courtesy photo|supplied)"
)
#: A whole line that says who wrote the story, or when it was published or updated.
_BYLINE = re.compile(
    # "By Ada Brandt and Tove Lund", "Words by Ada Brandt, Harbour Correspondent", "By Ada Brandt in Larnhaven"
    r"(?i:by|(?:story|words|text|report|opinion|analysis|video|photos|reported|written|published|issued) by)"
    rf"[: ]+(?:the )?{_NAMES}"
    r"(?: ?(?:[|,/·•–—-]|\bin\b|\bfor\b|\bof\b|\bat\b) ?.{0,80})?(?<![.!?:;])"
    # "Ada Brandt, senior reporter", "Ada Brandt | Harbour Correspondent"
    rf"|{_NAME}(?:, | ?[|·•] ?| [–—-] | \()(?:[A-Z]?[\w&'’-]+ ){{0,4}}(?i:{_JOB})\)?"
    # "Ada Brandt Staff Writer"
    rf"|{_FULL_NAME} (?i:(?:staff|senior|special) {_JOB})"
    # "Chief political correspondent"
    rf"|(?i:(?:staff|senior|chief|special|foreign|political|business|guest)(?: \w+){{0,2}} {_JOB})"
    # "Updated 3:05 p.m. Tuesday", "First published on 4 March 2025"
    r"|(?i:(?:last |first )?(?:updated?(?! ?\d+ ?[-–])|published|posted|modified)\b:?(?: on| at)?.{0,40}\d.{0,60})"
    r"(?:(?<![.!?])|(?<=[ap]\.m\.))"
    # "Tuesday, March 4, 2025 at 9:30 a.m. EST", "2025-03-04 09:30", "4 March 2025 · 5 min read"
    rf"|{_WEEKDAY}(?:{DATE}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}})(?:,? \d{{4}})?"
    rf"(?:\W{{0,3}}{_TIME})?(?: ?[A-Z]{{2,4}})?(?:\W{{1,3}}\d+ min read)?"
    # "@adabrandt"
    r"|@\w+"
)
#: What opens a caption that says so: "FILE - The ferry", "Photo: The ferry", "Pictured: ...", "In this handout photo".
_CAPTION_LABEL = re.compile(
    r"(?:FILE\s*(?:PHOTO)?\s*[-–—:]|(?:File )?(?:Photo|Picture|Image|Caption)(?: caption)?\s*[:|]|\(?(?:AP )?Photo by\b"
    r"|Pictured\s*:|In this (?:\w+ )?(?:file |handout )?(?:photo|photograph|picture|image)\b"
    r"|(?:Photo|Image) caption\b)",
    re.IGNORECASE,
)
#: What only captions say: "The ferry is seen at Larnhaven".
_DESCRIBES_PICTURE = re.compile(
    r"\b(?:is|are) (?:seen|shown|pictured)\b|\bin this (?:\w+ )?(?:photo|picture|image)\b", re.IGNORECASE
)
#: The credit at a caption's end: "(Tove Lund/Example Wire)", "[AFP]", ". Photo by Tove Lund", ". Tove Lund/Hill Radio".
_CREDIT_AT_END = re.compile(
    rf"(?:[(\[](?:{AGENCIES}|(?:{_FULL_NAME}|{AGENCIES})(?:, {_NAME})? ?/ ?{_NAME}(?: via {_NAME})?"
    r"|(?i:photo|credit|image|courtesy|handout|picture)\b[^()\[\]]{0,60})[)\]]"
    r"|[.”\"] (?i:photo|photograph|picture|image)(?i: by|:) [^.]{3,60}"
    rf"|[.”\"] ?{_FULL_NAME} ?/ ?{_NAME}|[.”\"] {AGENCIES})\.?$"
)
#: What such a credit must have to be one by itself: "(AFP)" may stand at the end of a story too.
_SURE_CREDIT = re.compile(r"/|photo|image|picture|credit|courtesy|handout", re.IGNORECASE)
_PERSON = re.compile(rf"{_WORD}(?: (?:{_WORD}|{_PARTICLE})){{1,3}}(?:(?<!\.)|(?<=[JS]r\.))")
#: Words that lines of two to four capitalised words have when they are no name: "Latest News", "Why The Mine".
_NOT_IN_NAMES = frozenset(
    ("The", "A", "An", "In", "On", "At", "Of", "For", "To", "And", "Or", "But", "By", "With", "From", "About", "How",
     "Why", "What", "When", "Who", "Where", "Is", "Are", "Was", "No", "New", "More", "News", "World", "Latest", "Top",
     "Live", "Our", "Your")
)  # fmt: skip


def is_picture_credit(line: str) -> bool:
    """Whether the whole line credits a picture: "Jane Doe/Agency", "Photo: Jane Doe", an agency's name."""
    return bool(_PICTURE_CREDIT.fullmatch(line))


def is_byline(line: str) -> bool:
    """Whether the whole line says who wrote the story ("By Ada Brandt"), or when it was published or updated."""
    return bool(_BYLINE.fullmatch(line))


def is_person(line: str) -> bool:
    """Whether the line has the shape of a person's bare name: two to four capitalised words."""
    return len(line) <= _LONGEST_PERSON and bool(_PERSON.fullmatch(line)) and _NOT_IN_NAMES.isdisjoint(line.split())


def is_caption(line: str) -> bool:
    """Whether the paragraph is a picture's description: labelled so, or signed by who took the picture.

    An agency's name in brackets at its end is enough only where the words speak of a picture, too.
    """
    if len(line) > CAPTION_LIMIT:
        return False
    if _CAPTION_LABEL.match(line):
        return True
    credit = _CREDIT_AT_END.search(line[-_CREDIT_CHARS:])
    return credit is not None and bool(_SURE_CREDIT.search(credit[0]) or _DESCRIBES_PICTURE.search(line))
