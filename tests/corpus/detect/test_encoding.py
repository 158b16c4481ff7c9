"""Encodings: what English articles come in is read, the rest refused, and mojibake reported."""

import pytest

from pipeline.corpus.detect.encoding import require_sound, to_text
from pipeline.errors import UnreadableArticle

STORY = (
    "The mine at Kötschach closed on Tuesday – for good.\n\n“We had no choice,” said Zoë Müller. “It’s over.”\n"
    "A café beside the gate, André’s, stayed open…"
)
POLISH = (
    "Mayor Paweł Wąsik of Łódź said the mill would close. Bożena Świątek, who works there, said she’d heard nothing."
)
PLAIN = "The mine closed on Tuesday.\nNobody answered the telephone."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (STORY, "utf-8"),
        (STORY, "utf-8-sig"),
        (STORY, "utf-16"),
        (STORY, "utf-32"),
        (PLAIN, "utf-16-le"),
        (PLAIN, "utf-16-be"),
        (STORY, "cp1252"),
        (STORY, "mac_roman"),
        (POLISH, "cp1250"),
        (POLISH.replace("’", "'"), "iso8859_2"),
        ("The director of the Musée d’Art said: «It closes.»", "cp1252"),
        ("Entry costs £5, or €6 at the gate; it’s 30° inside.", "cp1252"),
        ("© Hill Courier", "cp1252"),
    ],
)
def test_text_is_read(text: str, encoding: str) -> None:
    assert to_text(text.encode(encoding)) == text


def test_what_a_format_declares_goes_before_guessing_but_not_before_utf_8() -> None:
    assert to_text("Шахта".encode("koi8-r"), "koi8-r") == "Шахта"
    assert to_text("“Café”".encode(), "cp1252") == "“Café”"
    assert to_text(STORY.encode("cp1252"), "no-such-encoding") == STORY


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "shift_jis", "gb18030", "euc-kr", "iso8859_7", "cp1256"])
def test_other_scripts_are_refused(encoding: str) -> None:
    texts = {"shift_jis": "鉱山は閉鎖された。", "gb18030": "矿山关闭了。", "euc-kr": "광산이 문을 닫았다."}
    letters = {"iso8859_7": "Το ορυχείο έκλεισε.", "cp1256": "أغلق المنجم."}
    text = texts.get(encoding) or letters.get(encoding) or "Шахта закрыта навсегда."
    with pytest.raises(UnreadableArticle, match="unknown encoding"):
        to_text((text * 5).encode(encoding))


def test_mojibake_is_reported_with_its_line() -> None:
    twice = STORY.encode().decode("cp1252", errors="ignore")
    with pytest.raises(UnreadableArticle, match=r"garbled letters such as 'Ã¶' \(line 1\)") as caught:
        to_text(twice.encode())
    assert "again" in caught.value.hint


def test_lost_letters_are_reported() -> None:
    with pytest.raises(UnreadableArticle, match=r"10 characters were lost .* \(line 1\)"):
        to_text(PLAIN.replace("e", "\ufffd").encode())


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        POLISH,
        "“Café”—the Ä’s and Ö’s of the Zürich “Ä”—closed; “É”… à “Â”.",
        "The word garçon was printed garÃ§on in 1995, “an odd mistake,” the editor said – and “a costly one.”",
        "🔴 Live: the mine closes 👩‍🚒",
        "Cliché after cliché; résumé, naïve, façade, Ångström, Ærø, Łódź, Dvořák",
        "Шахта закрыта",
    ],
)
def test_sound_text_is_left_alone(text: str) -> None:
    require_sound(text)
