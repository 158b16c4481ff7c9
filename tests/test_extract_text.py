"""extract_text() from Python: an argument of another type is understood, or refused in plain words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline import extract_text

TEXT = "The port of Larnhaven will close its ferry terminal next month, mayor Ada Brandt said."


@pytest.mark.model
@pytest.mark.parametrize(
    "published",
    [
        date(2025, 3, 4),
        "2025-03-04",
        " 2025-03-04 ",
        datetime(2025, 3, 4, 23, 30),
        datetime(2025, 3, 4, 23, 30, tzinfo=UTC),
    ],
)
def test_a_day_may_be_given_as_a_date_a_time_or_iso_text(published: date | str) -> None:
    result = extract_text(TEXT, published=published)
    assert result.article.published == date(2025, 3, 4)
    assert type(result.article.published) is date
    assert all(type(claim.published) is date for claim in result.claims)
    assert any(claim.date_start == date(2025, 4, 1) for claim in result.claims)
    assert result == extract_text(TEXT, published=date(2025, 3, 4))


@pytest.mark.parametrize("published", ["", "4 March 2025", "2025-13-01", "2025-03-04T10:00", "03/04/2025"])
def test_text_that_is_no_iso_day_is_refused(published: str) -> None:
    with pytest.raises(ValueError, match=r"published.*YYYY-MM-DD"):
        extract_text(TEXT, published=published)


@pytest.mark.parametrize("published", [20250304, 0, 1.5, float("nan"), False, (2025, 3, 4)])
def test_what_is_no_day_at_all_is_refused(published: Any) -> None:
    with pytest.raises(TypeError, match=r"published must be a date.* not "):
        extract_text(TEXT, published=published)


def test_pandas_value_for_no_day_is_refused() -> None:
    pandas = pytest.importorskip("pandas")
    with pytest.raises(ValueError, match=r"published.*None"):
        extract_text(TEXT, published=pandas.NaT)


@pytest.mark.parametrize("text", [None, b"The mine closed.", 7, float("nan"), Path("a.txt"), ["The mine closed."]])
def test_a_text_that_is_none_is_refused(text: Any) -> None:
    with pytest.raises(TypeError, match=r"text must be a str, not "):
        extract_text(text)


@pytest.mark.parametrize("name", ["title", "publisher", "url", "model"])
@pytest.mark.parametrize("value", [None, float("nan"), b"Harbour"])
def test_other_parts_must_be_text_too(name: str, value: Any) -> None:
    with pytest.raises(TypeError, match=rf"{name} must be a str, not "):
        extract_text(TEXT, **{name: value})


@pytest.mark.model
@pytest.mark.parametrize("events", ["appointment", Path("appointment"), ["appointment"]])
def test_one_event_file_need_not_be_in_a_list(events: Any) -> None:
    text = "The president appointed Ivo Lang as head of the central bank."
    assert "appointment" in {claim.claim_type for claim in extract_text(text, events=events).claims}
