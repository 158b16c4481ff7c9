"""Agency copy as sent over wires, framed by control characters: IPTC 7901 (dpa, Reuters, AFP) and ANPA 1312 (AP).

SOH eca0124 3 i 93  dpa 1888          SYN SYN SOH z6715 US _-----
Larn/ferries/                         r z DC3 DC1 BC-Larn--Ferry 03-04 0500
STX Larnhaven to lose its ferry =     STX ^BC-Larn--Ferry,416<
Larnhaven (dpa) - The port ...        ^Larnhaven to lose its ferry<
ETX 041730 GMT Mar 25                 ^By ADA BRANDT=
                                          LARNHAVEN (AP) _ The port ...
                                      ETX AP-WF-03-04-25 0337GMT<
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial

from pipeline.corpus.detect.decoding import decode_like_browser
from pipeline.corpus.document import Document
from pipeline.corpus.metadata import Metadata, split_authors
from pipeline.corpus.metadata.days import find_worded_day, is_plausible
from pipeline.corpus.readers.arrange import Paragraph, arrange_paragraphs
from pipeline.corpus.readers.source import FilePart, ReadTask, Source
from pipeline.errors import UnreadableArticle
from pipeline.text.normalize import collapse_whitespace

#: Controls that stand before a line.
_FRAMING = "\x00\x01\x02\x11\x12\x13\x14\x16\x1f"
#: Where the text begins and ends, and where a message does.
_STX, _ETX, _EOT = "\x02", "\x03", "\x04"
#: "041730 GMT Mar 25": day, hour, minute, month, year.
_SENT_IPTC = re.compile(r"(\d\d)\d{4} ?[A-Z]{0,4} ([A-Za-z]{3})[a-z]* (\d\d(?:\d\d)?)\b")
#: "AP-WF-03-04-25 0337GMT": month, day, year.
_SENT_ANPA = re.compile(r"[A-Z-]{0,12}?(\d\d)-(\d\d)-(\d\d)\b")
#: "LARNHAVEN (AP) _ ", "Larnhaven (dpa) - ".
_AGENCY = re.compile(r"\s*[A-ZÀ-Þ][\w .,'’/-]{1,60} \(([A-Za-z]{2,12})\) ?(?:[-–—_]|--)")
#: Notes to editors and pictures: "Eds: Updates.", "AP Photo GATK105".
_NOTE = re.compile(
    r"\s*(?:Eds?[:.]|AP Photo|AP Video|AP Graphic|With |Note |Attention |EDITORS?|Notebook|\[)", re.IGNORECASE
)
#: The line with keywords on top: "BC-Larn--Ferry,416", "Larn/ferries/".
_SLUG = re.compile(r"(?:[A-Z]{2}-\S.*|[\w -]+/[\w /-]*)")
_BYLINE = re.compile(r"\s*By\b", re.IGNORECASE)
#: What follows the story in dpa's copy: links, notes, who wrote it.
_BEHIND_TEXT = re.compile(r"\s*#+ (?:Notebook|Editorial|Internet)", re.IGNORECASE)
#: Marks that stand for others in ANPA: an underscore for a dash, doubled strokes for quotation marks.
_MARKS = ((re.compile(r"(?<=\s)_(?=\s)"), "—"), (re.compile("``"), "“"), (re.compile("\x27\x27"), "”"))
#: Controls inside lines: shifts, separators, thin spaces.
_CONTROLS = re.compile(r"[\x00-\x07\x0b-\x1f\x7f]")

#: Why a message gives no article, and what to do about it.
NO_TEXT = ("there is no text in the agency's message", "Ask the sender for the text.")


def iter_wire_parts(source: Source) -> Iterator[FilePart]:
    """The messages of a wire file as tasks, "#1" the first where there are several."""
    text = decode_like_browser(source.read_all(), "cp1252")
    messages = [message for message in text.split(_EOT) if _STX in message]
    for number, message in enumerate(messages, start=1):
        part = f"{source.part}#{number}" if len(messages) > 1 else source.part
        yield ReadTask(part, partial(_read_message, message), "agency copy")


def _read_message(message: str) -> Document:
    """The story between STX and ETX. Raises UnreadableArticle for a message without one."""
    _, _, rest = message.partition(_STX)
    body, _, end = rest.partition(_ETX)
    is_anpa = "^" in body or "<" in body
    lines = list(_read_lines(body.split("\n")))
    paragraphs = _anpa_paragraphs(lines) if is_anpa else _iptc_paragraphs(lines)
    if not any(role is None for _, role in paragraphs):
        raise UnreadableArticle(*NO_TEXT)
    title = next((words for words, role in paragraphs if role == "headline"), "")
    byline = next((words for words, role in paragraphs if role == "credit" and _BYLINE.match(words)), "")
    opening = next((words for words, role in paragraphs if role is None), "")
    agency = _AGENCY.match(opening)
    day = _day_of(end)
    metadata = Metadata(
        title=title,
        published=day,
        published_source="metadata" if day else "",
        publisher=agency[1] if agency else "",
        authors=tuple(split_authors(byline)),
    )
    return arrange_paragraphs(paragraphs, metadata)


def _read_lines(lines: list[str]) -> Iterator[str]:
    """The lines with marks as they are meant; rows of tables, which begin with a backspace, left out."""
    for line in lines:
        if line.startswith("\x08"):
            continue
        line = _CONTROLS.sub(" ", line.lstrip(_FRAMING)).rstrip()
        for mark, meant in _MARKS:
            line = mark.sub(meant, line)
        yield line


def _anpa_paragraphs(lines: list[str]) -> list[Paragraph]:
    """Lines that begin with "^" or end with "<" or "=" stand above the story; an indented line begins a paragraph."""
    paragraphs: list[Paragraph] = []
    has_title = False
    for line in lines:
        is_field = line.startswith("^") or line.endswith(("<", "="))
        words = line.strip().lstrip("^").rstrip("<=").strip()
        if not words or words.strip("_—-") == "":
            continue
        if is_field and not line[:1].isspace():
            role = "headline" if not has_title and not _is_above_title(words) else "credit"
            has_title = has_title or role == "headline"
            paragraphs.append((words, "headline" if role == "headline" else "credit"))
        elif line[:1].isspace() or not paragraphs or paragraphs[-1][1] is not None:
            paragraphs.append((words, None))
        else:
            paragraphs[-1] = (f"{paragraphs[-1][0]} {words}", None)
    return paragraphs


def _is_above_title(words: str) -> bool:
    return bool(_SLUG.fullmatch(words) or _NOTE.match(words) or _BYLINE.match(words))


def _iptc_paragraphs(lines: list[str]) -> list[Paragraph]:
    """Paragraphs parted by blank lines; the headline's last line ends with "=", a word in capitals stands above."""
    end = next((index for index, line in enumerate(lines) if _BEHIND_TEXT.match(line)), len(lines))
    stretches = "\n".join(lines[:end]).strip("\n").split("\n\n")
    paragraphs: list[Paragraph] = []
    for stretch in stretches:
        words = collapse_whitespace(stretch)
        if not paragraphs and words.endswith("="):
            above = [line.strip() for line in stretch.splitlines() if line.strip()]
            title = [line for line in above if not line.isupper() or len(above) == 1]
            paragraphs.append((collapse_whitespace(" ".join(title)).rstrip("= "), "headline"))
        elif words:
            paragraphs.append((words, None))
    return paragraphs


def _day_of(end: str) -> date | None:
    """The day on which the message was sent, as stands behind its text."""
    if match := _SENT_IPTC.search(end[:200]):
        return find_worded_day(f"{match[1]} {match[2]} {_whole_year(match[3])}")
    match = _SENT_ANPA.search(end[:200])
    try:
        day = date(int(_whole_year(match[3])), int(match[1]), int(match[2])) if match else None
    except ValueError:
        return None
    return day if day and is_plausible(day) else None


def _whole_year(year: str) -> str:
    """The year with its century: wires of this kind have been kept since about 1970."""
    return year if len(year) == 4 else f"{'19' if int(year) >= 70 else '20'}{year}"
