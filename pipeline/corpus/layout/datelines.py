"""Datelines: the place, date and agency that open a news story before its first sentence.

Forms after the style books of the Associated Press and Reuters: "LAGOS, Nigeria (AP) — ", "PARIS, May 3 - ", and of
local radio: "(Red Bluff) -- ".
"""

from __future__ import annotations

import re

#: Characters of the longest dateline: no more of a paragraph is looked at.
LONGEST_DATELINE = 120

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
#: "March 4, 2025", "Mar. 4", "4 March 2025".
DATE = rf"(?:{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?)"
#: A day with its year, in words or numbers: "March 4, 2025", "4/3/2025", "2025-03-04".
_WHOLE_DATE = (
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?, \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}-\d\d-\d\d)"
)
#: A place in capitals: "LARNHAVEN", "PORT OF LARN".
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ.'’-]*){0,4}"
#: A place, state or country as written elsewhere: "Larnhaven", "Isle of Larn".
_NAME = r"[A-ZÀ-Þ][\w.'’-]*(?: (?:of|the|and|de|du|la|al|el|[A-ZÀ-Þ][\w.'’-]*)){0,4}"
#: "(AP)", "(Example Wire)", "/Example Newswire/".
_AGENCY = r"(?:\([A-Z][\w .&/-]{1,40}\)|/ ?[A-Z][\w .-]{1,40}/)"
#: The dash before the story; a hyphen or en dash needs a blank before it.
_DASH = r"(?:\s*(?:--+|[—―])|\s+[–-])(?=[\s\"“‘'A-ZÀ-Þ]|$)"

#: Marked beyond doubt by a country, state, date or agency: "LARNHAVEN, Larn, May 3 (AP) — ", "Larnhaven (AP) — ",
#: "Larnhaven, May 3 - ", "(Larnhaven) -- ".
_SURE_DATELINE = re.compile(
    rf"(?:(?:{_CAPITALS}(?:(?:, {_NAME}){{1,2}}(?:,? {DATE})?|, {DATE})(?:,? {_AGENCY})?"
    rf"|(?:{_CAPITALS}|{_NAME}(?:, {_NAME}){{0,2}}(?:, {DATE})?),? {_AGENCY}"
    rf"|{_NAME}(?:, {_NAME}){{0,2}}, {DATE}(?: {_AGENCY})?){_DASH}"
    rf"|\({_NAME}(?:, {_NAME}){{0,2}}\)\s*(?:--+|[–—])(?=\s|$)"
    # "March 4, 2025 (LARNHAVEN) - ", "4 March 2025, Larnhaven - ", "March 4, 2025 - LARNHAVEN - "
    rf"|{_WHOLE_DATE}(?:,? \(?{_NAME}(?:, {_NAME}){{0,2}}\)?| ?[|–—-] ?{_CAPITALS})?(?: {_AGENCY})?{_DASH}"
    # "LARNHAVEN (4/3/2025) - ", "Larnhaven - March 4, 2025 - ", "LARNHAVEN | 4 March 2025 | "
    rf"|(?:{_CAPITALS}|{_NAME})(?:, {_NAME}){{0,2}}"
    rf"(?: \({_WHOLE_DATE}\)| ?[|–—-] ?{_WHOLE_DATE}| {_AGENCY},? {_WHOLE_DATE})(?:{_DASH}| ?[|:](?=\s))"
    # "(Larnhaven, 4 March 2025) - ", "4 March 2025, Larnhaven: "
    rf"|\({_NAME}(?:, {_NAME}){{0,2}}, {_WHOLE_DATE}\)\s*(?:--+|[–—:-])(?=\s|$)|{_WHOLE_DATE}, {_NAME}:(?=\s))"
)
#: A place in capitals alone: only where a story begins.
_BARE_PLACE = re.compile(rf"{_CAPITALS}{_DASH}")
#: An agency in brackets alone: "(AP) Two ferries sank", "(Reuters) The mayor said". Only where a story begins.
_BARE_AGENCY = re.compile(r"\((?:[A-Z]{2,6}|Reuters|Bloomberg|Xinhua)\)\s(?=[A-Z\"“])")
#: A line of its own that opens the story: "Larnhaven Hill Wire — ", "Larnhaven/Oru CNN —".
_LINE_OF_ITS_OWN = re.compile(rf"{_NAME}(?:[,/] ?{_NAME}){{0,2}}\s*(?:--+|[—―–])\s*$")
#: What one of these signs ends or parts: without any there is no dateline.
_SIGN = re.compile(r"[|:–—―-]")
#: What follows a dateline begins a sentence.
_SENTENCE_START = re.compile(r"\s*[\"“‘'`(\[$€£]{0,2}[A-ZÀ-Þ0-9]")


def dateline_length(paragraph: str, first: bool) -> int:
    """The length in characters of the dateline that ``paragraph`` begins with, dash included, or 0.

    ``first`` says that the paragraph opens the story: a bare place in capitals or agency counts only there. A paragraph
    that is nothing but a dateline gives its whole length.
    """
    head = re.sub(r"\s", " ", paragraph[:LONGEST_DATELINE])
    if not _SIGN.search(head) and not (first and head.startswith("(")):
        return 0
    match = _SURE_DATELINE.match(head)
    if match is None and first:
        match = _BARE_PLACE.match(head) or _BARE_AGENCY.match(head) or _LINE_OF_ITS_OWN.match(head)
    if match is None:
        return 0
    rest = paragraph[match.end() : match.end() + 20]
    if not rest.strip():
        return len(paragraph)
    return match.end() if _SENTENCE_START.match(rest) else 0
