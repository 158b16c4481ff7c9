"""Encodings: what English articles come in is read, the rest refused, and mojibake reported."""

import pytest

from pipeline.corpus.detect.decoding import decode_english, require_sound
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
    assert decode_english(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "shift_jis", "gb18030", "euc-kr", "iso8859_7", "cp1256"])
def test_other_scripts_are_refused(encoding: str) -> None:
    texts = {"shift_jis": "鉱山は閉鎖された。", "gb18030": "矿山关闭了。", "euc-kr": "광산이 문을 닫았다."}
    letters = {"iso8859_7": "Το ορυχείο έκλεισε.", "cp1256": "أغلق المنجم."}
    text = texts.get(encoding) or letters.get(encoding) or "Шахта закрыта навсегда."
    with pytest.raises(UnreadableArticle, match="unknown encoding"):
        decode_english((text * 5).encode(encoding))


def test_mojibake_is_reported_with_its_line() -> None:
    twice = STORY.encode().decode("cp1252", errors="ignore")
    with pytest.raises(UnreadableArticle, match=r"garbled letters such as 'Ã¶' \(line 1\)") as caught:
        decode_english(twice.encode())
    assert "again" in caught.value.hint


def test_lost_letters_are_reported() -> None:
    with pytest.raises(UnreadableArticle, match=r"10 characters were lost .* \(line 1\)"):
        decode_english(PLAIN.replace("e", "\ufffd").encode())


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
