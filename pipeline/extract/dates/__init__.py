"""Time expressions of an article, with their TIMEX3 values and the days they denote.

One pass with one combined pattern finds candidates (``finder``); the function of the one that matched reads the value
from the words, the publication date, the dates said before and the verb's tense (``tense``). Values follow TimeML's
TIMEX3 (Pustejovsky et al. 2003). Conventions, where news usage leaves a choice:

- A week is Monday to Sunday, a weekend Saturday and Sunday, a season three northern months (``periods``).
- "Early", "mid" and "late" (and the beginning, middle and end of) keep the value of the whole month, season or year and
  narrow the days to its first, middle or last third; "earlier" and "later this year" are cut at publication.
- "Two years ago" is a whole year, "six weeks ago" a whole week: the unit named is the grain.
- The 20th century is 1900 to 1999.
- A fiscal quarter or year has a value and no days.
"""

from __future__ import annotations

from pipeline.extract.dates.finder import TracedDate, find_dates, trace_dates

__all__ = ["TracedDate", "find_dates", "trace_dates"]
