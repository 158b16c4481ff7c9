from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import BadSettings
from pipeline.settings import ARTICLE_SECONDS, load_settings, parse_day


def test_flags_override_the_file(tmp_path: Path) -> None:
    (tmp_path / "extract.toml").write_text('model = "en_core_web_md"\noutputs = "out"\n')
    settings = load_settings(tmp_path, outputs=Path("elsewhere"), model=None)
    assert (settings.model, settings.outputs) == ("en_core_web_md", Path("elsewhere"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("modle = 'x'", "unknown key 'modle'"),
        ("model = 3", "model must be text"),
        ("model =", "extract.toml"),
        ("events = 'strikes.toml'", "events must be a list of files"),
        ("article_seconds = '9'", "article_seconds must be a number above 0"),
        ("article_seconds = 0", "article_seconds must be a number above 0"),
        ("article_seconds = true", "article_seconds must be a number above 0"),
        ("article_seconds = inf", "article_seconds must be a number above 0"),
        ("article_seconds = nan", "article_seconds must be a number above 0"),
        ("min_confidence = '.5'", "min_confidence must be a number from 0 to 1"),
        ("min_confidence = -0.1", "min_confidence must be a number from 0 to 1"),
        ("min_confidence = 1.1", "min_confidence must be a number from 0 to 1"),
        ("min_confidence = nan", "min_confidence must be a number from 0 to 1"),
        ("min_confidence = false", "min_confidence must be a number from 0 to 1"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "extract.toml").write_text(text)
    with pytest.raises(BadSettings, match=said):
        load_settings(tmp_path)


def test_the_seconds_of_an_article(tmp_path: Path) -> None:
    assert load_settings(tmp_path).article_seconds == ARTICLE_SECONDS
    (tmp_path / "extract.toml").write_text("article_seconds = 600\n")
    assert load_settings(tmp_path).article_seconds == 600.0


def test_the_least_confidence(tmp_path: Path) -> None:
    assert load_settings(tmp_path).min_confidence == 0
    (tmp_path / "extract.toml").write_text("min_confidence = 0.6\n")
    assert load_settings(tmp_path).min_confidence == 0.6
    assert load_settings(tmp_path, min_confidence=0.0).min_confidence == 0


def test_event_files_count_from_the_settings_file_and_flags_replace_them(tmp_path: Path) -> None:
    (tmp_path / "extract.toml").write_text('events = ["strikes.toml"]\n')
    assert load_settings(tmp_path).events == (tmp_path / "strikes.toml",)
    assert load_settings(tmp_path, events=(Path("sackings.toml"),)).events == (Path("sackings.toml"),)


def test_days() -> None:
    assert parse_day("2024-02-29") == date(2024, 2, 29)
    with pytest.raises(BadSettings, match="is not a date"):
        parse_day("31/02/2024")
    with pytest.raises(BadSettings, match="is in the future"):
        parse_day("9999-01-01")
