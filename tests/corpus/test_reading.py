"""Files to articles: what is read, in which order, with which date and key, and why a file is refused."""

import hashlib
import io
import json
import os
import socket
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.corpus import make_article, read
from pipeline.corpus.limits import MAX_BYTES
from pipeline.records import READ_ROLES, Article, Rejected
from tests.helpers.formats import HEADLINE, PAGE, PLAIN, json_lines

TEXT = "Zambia closes two mines\n\nThe mine above the village closed on Tuesday, the company said.\n"
DAY = date(2023, 11, 6)


def put(folder: Path, name: str, content: str | bytes = TEXT) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read_all(folder: Path, *paths: Path, published: date | None = None) -> list[Article | Rejected]:
    return list(read(paths or (folder,), root=folder, published=published))


def read_one(folder: Path, *paths: Path, published: date | None = None) -> Article:
    items = read_all(folder, *paths, published=published)
    assert len(items) == 1
    assert isinstance(items[0], Article), items[0]
    return items[0]


def refused(folder: Path, *paths: Path) -> Rejected:
    items = read_all(folder, *paths)
    assert len(items) == 1
    assert isinstance(items[0], Rejected), items[0]
    return items[0]


# What is read


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (TEXT.encode(), TEXT),
        (b"\xef\xbb\xbf" + TEXT.encode(), TEXT),
        (("\ufeff" + TEXT).encode("utf-16-le"), TEXT),
        (("\ufeff" + TEXT).encode("utf-16-be"), TEXT),
        ("“Caf\u00e9” – closed, he said.".encode("cp1252"), "“Caf\u00e9” – closed, he said."),
        (b"One.\r\n\r\nTwo.\rThree.\n", "One.\r\n\r\nTwo.\rThree.\n"),
        (b'"We close," she said. "Now.', '"We close," she said. "Now.'),
        (b"[Updated] The mine is closed.", "[Updated] The mine is closed."),
        (b"[1] The mine is closed.", "[1] The mine is closed."),
        (b"{sic} The mine is closed.", "{sic} The mine is closed."),
        (b"<b>The mine</b> is closed.", "<b>The mine</b> is closed."),
        (b"The bell \x07 rang at the closed mine.", "The bell \x07 rang at the closed mine."),
        (b"The mine is closed \xe2\x80\x93 for good.\x1a", "The mine is closed – for good.\x1a"),
    ],
)
def test_decoded_text_is_kept_as_it_is(tmp_path: Path, content: bytes, text: str) -> None:
    put(tmp_path, "a.txt", content)
    assert read_one(tmp_path).text == text


@pytest.mark.parametrize(
    "name", ["two words, and a comma.txt", "grève 🙂.txt", "no-ending", "-rf.txt", "a;b'c\"d.md", "CON.TXT"]
)
def test_odd_names_are_read(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    assert read_one(tmp_path).file == name


def test_name_that_is_no_utf8_can_be_written(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(TEXT)
    assert read_one(tmp_path).file.encode("utf-8").startswith(b"caf")


def test_folders_are_walked_by_name_without_what_is_hidden(tmp_path: Path) -> None:
    for number, name in enumerate(["b/2.txt", "b/1.txt", "a.txt", "c.txt", ".git/x.txt", "b/.hidden.txt"]):
        put(tmp_path, name, f"{TEXT}{number}")
    assert [item.file for item in read_all(tmp_path)] == ["a.txt", "b/1.txt", "b/2.txt", "c.txt"]


def test_what_is_named_is_read_in_that_order_and_once(tmp_path: Path) -> None:
    a, b = put(tmp_path, "a.txt"), put(tmp_path, ".b.txt", f"{TEXT}2")
    assert [item.file for item in read_all(tmp_path, b, a, tmp_path, a)] == [".b.txt", "a.txt"]


def test_file_outside_root_is_shown_as_given(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt")
    item = next(iter(read([path], root=tmp_path / "elsewhere")))
    assert item.file == path.as_posix()


def test_one_article_at_a_time(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    late = put(tmp_path, "b.txt", "")
    stream = read([tmp_path], root=tmp_path)
    next(stream)
    late.write_text(f"{TEXT}2")
    assert isinstance(next(stream), Article)


@pytest.mark.slow
def test_article_of_5_mb(tmp_path: Path) -> None:
    sentence = "The mine above the village closed on Tuesday, the company said. "
    put(tmp_path, "long.txt", "\n\n".join(sentence * 5 for _ in range(16_000)))
    assert len(read_one(tmp_path).blocks) == 16_000


@pytest.mark.slow
def test_reading_takes_no_more_memory_than_twelve_times_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = "“The mine above the village closed,” the company said on Tuesday. Nobody was told. "
    size = put(tmp_path, "long.txt", "\n\n".join(f"{n}: {sentences * 4}" for n in range(4_000))).stat().st_size
    # So much is asked for when a file is read, and given back untouched where the file is shorter.
    monkeypatch.setattr("pipeline.corpus.reading.MAX_BYTES", size)
    tracemalloc.start()
    try:
        read_one(tmp_path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 12 * size


def test_100_000_characters_without_a_full_stop(tmp_path: Path) -> None:
    put(tmp_path, "long.txt", "word and " * 12_000)
    article = read_one(tmp_path)
    assert [block.role for block in article.blocks] == ["body"]


# What is refused


def huge(path: Path) -> None:
    with path.open("wb") as stream:
        stream.write(TEXT.encode())
        stream.truncate(MAX_BYTES + 1)


def link_to_nothing(path: Path) -> None:
    path.symlink_to("nowhere.txt")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def open_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        working_folder = Path.cwd()
        os.chdir(path.parent)  # the name of a socket may be no longer than about 100 bytes
        server.bind(path.name)
        os.chdir(working_folder)


def bytes_of(content: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


#: Bytes of every value in a fixed order without pattern.
NOISE = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(150))

BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "empty": (bytes_of(b""), "the file is empty"),
    "blanks": (bytes_of(b" \r\n\t\n"), "the file is empty"),
    "only a byte order mark": (bytes_of(b"\xef\xbb\xbf"), "the file holds nothing but white space"),
    "only front matter": (bytes_of(b"---\ntitle: x\n---\n\n"), "nothing but front matter"),
    "random bytes": (bytes_of(NOISE), "not a text file: it looks like binary data"),
    "one NUL": (bytes_of(b"The mine\nis \x00 closed."), "not a text file: a NUL character in line 2"),
    "PNG": (bytes_of(b"\x89PNG\r\n\x1a\n\x00\x00"), "it looks like an image (PNG)"),
    "JPEG": (bytes_of(b"\xff\xd8\xff\xe0\x00\x10JFIF"), "it looks like an image (JPEG)"),
    "broken UTF-8": (bytes_of("“Closed” –\n“shut”".encode()[:-1] + b" x"), "broken UTF-8 at byte 24 (line 2)"),
    "no cp1252": (
        bytes_of(b"The mine\nis \x81 closed"),
        "unknown encoding: line 2 is neither UTF-8 nor English in another encoding",
    ),
    "Russian in KOI8-R": (bytes_of("Шахта закрыта навсегда".encode("koi8-r")), "unknown encoding"),
    "broken UTF-16": (bytes_of(b"\xff\xfeT\x00h"), "broken UTF-16"),
    "too large": (huge, "larger than 50 MB"),
    "link to nothing": (link_to_nothing, "a link to a file that isn't there"),
    "link to itself": (link_to_itself, "a link that leads back to itself"),
    "FIFO": (os.mkfifo, "not an ordinary file: a named pipe (FIFO)"),
    "socket": (open_socket, "not an ordinary file: a socket"),
    "front matter without end": (bytes_of(b"---\ntitle: x\n\nThe mine is closed."), "is never closed"),
    "front matter with a date that is none": (
        bytes_of(b"---\ntitle: x\npublished: last Tuesday\n---\n\nThe mine is closed."),
        'line 3: "published" is not a date: last Tuesday',
    ),
    "front matter with an impossible date": (
        bytes_of(b"---\npublished: 2023-02-30\n---\n\nThe mine is closed."),
        'line 2: "published" is not a date: 2023-02-30',
    ),
    "front matter with a future date": (
        bytes_of(b"---\npublished: 2999-01-01\n---\n\nThe mine is closed."),
        'line 2: "published" lies in the future',
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_refused_and_its_neighbours_are_read(tmp_path: Path, name: str) -> None:
    make, reason = BAD[name]
    put(tmp_path, "a.txt")
    make(tmp_path / "b.txt")
    put(tmp_path, "c.txt", f"{TEXT}2")
    before, bad, after = read_all(tmp_path)
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert isinstance(bad, Rejected)
    assert (bad.file, bad.copies_of) == ("b.txt", "")
    assert reason in bad.reason
    assert bad.hint


def test_deeply_nested_brackets_are_text(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "[" * 100_000 + " The mine is closed.")
    assert isinstance(read_one(tmp_path), Article)


def test_device_is_not_opened(tmp_path: Path) -> None:
    assert refused(tmp_path, Path("/dev/zero")).reason == "not an ordinary file: a device"


def test_named_path_that_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path, tmp_path / "nowhere") == Rejected(
        "nowhere", "there is no such file or folder", "Check the name."
    )


@pytest.mark.parametrize("name", ["x" * 300, "a\x00b"])
def test_name_that_no_file_can_have(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path, tmp_path / name).reason


def test_folder_with_an_ending_is_a_folder(tmp_path: Path) -> None:
    put(tmp_path, "x.txt/a.txt")
    assert read_one(tmp_path).file == "x.txt/a.txt"


def test_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.txt").chmod(0)
    put(tmp_path, "b.txt", f"{TEXT}2")
    if os.geteuid() == 0:  # root may read everything, so the refusal is made by hand
        plain_open = Path.open

        def refuse(path: Path, mode: str) -> object:
            if path.name == "a.txt":
                raise PermissionError(13, "Permission denied")
            return plain_open(path, mode)

        monkeypatch.setattr(Path, "open", refuse)
    bad, good = read_all(tmp_path)
    assert isinstance(bad, Rejected)
    assert bad.reason == "no permission to read it"
    assert isinstance(good, Article)


def test_folder_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = put(tmp_path, "closed/a.txt").parent
    put(tmp_path, "open.txt")
    closed.chmod(0)
    if os.geteuid() == 0:
        plain_scandir = os.scandir

        def refuse(path: Path) -> object:
            if Path(path).name == "closed":
                raise PermissionError(13, "Permission denied")
            return plain_scandir(path)

        monkeypatch.setattr(os, "scandir", refuse)
    bad, good = read_all(tmp_path)
    closed.chmod(0o700)
    assert (bad.file, isinstance(good, Article)) == ("closed", True)
    assert isinstance(bad, Rejected)
    assert bad.reason == "no permission to read it"


def test_link_to_a_folder_is_followed_once(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    put(corpus / ".hidden", "a.txt")
    (corpus / "one").symlink_to(".hidden")
    (corpus / "two").symlink_to(corpus / ".hidden")
    good, bad = read_all(corpus)
    assert (good.file, bad.file) == ("one/a.txt", "two")
    assert isinstance(bad, Rejected)
    assert "read anyway" in bad.reason


def test_a_link_out_of_the_corpus_is_a_row_unless_it_was_named(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    put(corpus, "a.txt")
    put(tmp_path / "corpus of another", "b.txt")
    (corpus / "file.txt").symlink_to(tmp_path / "corpus of another" / "b.txt")
    (corpus / "folder").symlink_to("../corpus of another")
    (corpus / "chain.txt").symlink_to("file.txt")
    (corpus / "top").symlink_to("/")
    rows = {item.file: item for item in read_all(corpus)}
    assert isinstance(rows.pop("a.txt"), Article)
    assert set(rows) == {"file.txt", "folder", "chain.txt", "top"}
    for row in rows.values():
        assert isinstance(row, Rejected)
        assert "leads out of the corpus" in row.reason
    for name, shown in (("file.txt", "file.txt"), ("folder", "folder/b.txt")):
        (good,) = read([corpus / name], root=corpus)
        assert isinstance(good, Article)
        assert good.file == shown
    link = tmp_path / "link"
    link.symlink_to(corpus)
    assert sum(isinstance(item, Article) for item in read([link], root=tmp_path)) == 1
    (row,) = read([corpus / "file.txt"], root=corpus, bounds=[corpus])
    assert isinstance(row, Rejected)


@pytest.mark.parametrize("name", ["a.meta.json", "a.txt.meta.json"])
@pytest.mark.parametrize("named", ["", "a.txt"], ids=["a folder", "a file"])
def test_a_sidecar_that_leads_out_of_the_corpus_is_a_row_and_not_used(tmp_path: Path, name: str, named: str) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    put(corpus, "a.txt")
    put(tmp_path, "secret.json", '{"title": "Secret"}')
    (corpus / name).symlink_to("../secret.json")
    items = list(read([corpus / named], root=corpus, bounds=[corpus]))
    (article,) = (item for item in items if isinstance(item, Article))
    assert article.title == "Zambia closes two mines"
    (row,) = (item for item in items if isinstance(item, Rejected))
    assert (row.file, row.reason.partition(":")[0]) == (name, "a link that leads out of the corpus")
    # Where it was named, too, it may lead there.
    for bounds in ([corpus, tmp_path / "secret.json"], [tmp_path]):
        (item,) = read([corpus / named], root=corpus, bounds=bounds)
        assert isinstance(item, Article)
        assert item.title == "Secret"


def test_link_back_to_a_folder_above(tmp_path: Path) -> None:
    put(tmp_path, "sub/a.txt")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    good, bad = read_all(tmp_path)
    assert (good.file, bad.file) == ("sub/a.txt", "sub/up")
    assert isinstance(bad, Rejected)


# Copies and keys


def test_copy_names_what_it_repeats(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "b.txt", TEXT.replace("\n", "\r\n"))
    good, copy = read_all(tmp_path)
    assert isinstance(good, Article)
    assert isinstance(copy, Rejected)
    assert (copy.file, copy.reason, copy.copies_of) == ("b.txt", "the same text as a.txt", "a.txt")


def test_two_articles_never_share_a_key(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "b.txt", f"{TEXT}\nNobody answered the telephone, and the gate stayed locked.")
    first, second = read_all(tmp_path)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.key == "zambia closes two mines"
    assert second.key == f"{first.key} {second.doc_id}"


def test_doc_id_is_of_the_words() -> None:
    article = make_article("Café closed.\n", file="a.txt")
    assert article.doc_id == make_article("  Cafe\u0301\r\nclosed.", file="b.txt", url="https://x.example").doc_id
    assert article.doc_id != make_article("Café closed", file="a.txt").doc_id
    assert article.doc_id[0] == "d"
    assert len(article.doc_id) == 16
    assert article.doc_id.isalnum()
    assert article.doc_id.islower()


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"url": "https://x.example/1#top", "title": "T", "publisher": "P"}, "https://x.example/1"),
        ({"title": "The  Title.", "publisher": "Hill Radio"}, "hill radio | the title"),
        ({"publisher": "Hill Radio"}, "hill radio | zambia closes two mines"),
        ({"title": "“Closed”"}, '"closed"'),
        ({}, "zambia closes two mines"),
    ],
)
def test_key(fields: dict[str, Any], key: str) -> None:
    assert make_article(TEXT, file="a.txt", **fields).key == key


def test_key_without_a_headline_is_the_opening_of_the_body() -> None:
    body = "The mine above the village closed on Tuesday, and three hundred people went home early."
    assert make_article(body, file="a.txt").key == body[:60].lower().strip()


def test_key_outlives_edits_further_down_and_a_new_name(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    before = read_one(tmp_path)
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    put(tmp_path, "b.txt", TEXT.replace("Tuesday", "Wednesday"))
    after = read_one(tmp_path)
    assert after.key == before.key
    assert after.doc_id != before.doc_id


# Front matter and sidecars


def test_front_matter(tmp_path: Path) -> None:
    front = "---\r\ntitle: \"Two mines: closed\"\r\npublished: '2023-11-06T10:00:00Z'  # Monday\r\n" + (
        "Publisher: Hill Radio\r\ntags:\r\n  - mines\r\nurl: https://x.example/1#a\r\n---\r\n"
    )
    put(tmp_path, "a.txt", front + TEXT)
    article = read_one(tmp_path, published=date(2020, 1, 1))
    assert article.text == front + TEXT
    assert article.title == "Two mines: closed"
    assert (article.published, article.published_source) == (DAY, "front matter")
    assert (article.publisher, article.url) == ("Hill Radio", "https://x.example/1#a")
    assert article.blocks[0].start == len(front)
    assert article.block_at(5) is None


def test_authors_and_language_in_front_matter_and_sidecar(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", f"---\nauthors: Tove Lund and Per Holm\nlanguage: en-GB\n---\n{TEXT}")
    article = read_one(tmp_path)
    assert (article.authors, article.language) == (("Tove Lund", "Per Holm"), "en")
    put(tmp_path, "a.meta.json", '{"authors": ["Ada Brandt", "Óscar Villalba"]}')
    assert read_one(tmp_path).authors == ("Ada Brandt", "Óscar Villalba")


@pytest.mark.parametrize(
    "top", ["---\nThe mine is closed.\n---\n", "---\n---\n", "----\ntitle: x\n---\n", "\n---\ntitle: x\n---\n"]
)
def test_rule_at_the_top_is_no_front_matter(tmp_path: Path, top: str) -> None:
    put(tmp_path, "a.txt", top + TEXT)
    article = read_one(tmp_path)
    assert article.title != "x"
    assert "".join(article.text[block.start : block.end] for block in article.blocks).startswith("---")


@pytest.mark.parametrize("name", ["a.meta.json", "a.txt.meta.json"])
def test_sidecar(tmp_path: Path, name: str) -> None:
    facts = {"title": "Mines", "published": "2023-11-06", "publisher": None, "url": "https://x.example", "other": [1]}
    put(tmp_path, "a.txt")
    put(tmp_path, name, json.dumps(facts))
    article = read_one(tmp_path, *sorted(tmp_path.iterdir()))
    assert (article.title, article.url, article.publisher) == ("Mines", "https://x.example", "")
    assert (article.published, article.published_source) == (DAY, "sidecar")


def test_sidecar_goes_before_front_matter_field_by_field(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", f"---\ntitle: Front\npublisher: Hill Radio\npublished: 2020-01-01\n---\n{TEXT}")
    put(tmp_path, "a.meta.json", '{"title": "Side", "published": "2023-11-06"}')
    article = read_one(tmp_path)
    assert (article.title, article.publisher) == ("Side", "Hill Radio")
    assert (article.published, article.published_source) == (DAY, "sidecar")


def test_published_flag_is_for_articles_without_a_date(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    article = read_one(tmp_path, published=DAY)
    assert (article.published, article.published_source) == (DAY, "--published")
    assert (read_one(tmp_path).published, read_one(tmp_path).published_source) == (None, "")


def test_title_falls_back_to_the_headline(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    assert read_one(tmp_path).title == "Zambia closes two mines"


def test_today_is_not_the_future(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "a.meta.json", json.dumps({"published": date.today().isoformat()}))
    assert read_one(tmp_path).published == date.today()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"title": "x",\n}', "its sidecar a.meta.json is not JSON: line 2"),
        ("", "its sidecar a.meta.json is not JSON: line 1"),
        ("[1]", "its sidecar a.meta.json is not a JSON object"),
        ('{"title": 3}', 'its sidecar a.meta.json: "title" is not text'),
        ('{"published": "6/11/23"}', 'its sidecar a.meta.json: "published" is not a date: 6/11/23'),
        ('{"published": 20231106}', '"published" is not text'),
        (json.dumps({"published": str(date.today() + timedelta(days=2))}), '"published" lies in the future'),
        (b"\xff\xfe", "can't be read"),
        (b"[" * 100_000, "can't be read"),
    ],
)
def test_bad_sidecar_refuses_its_article(tmp_path: Path, content: str | bytes, reason: str) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "a.meta.json", content)
    bad = refused(tmp_path)
    assert bad.file == "a.txt"
    assert reason in bad.reason
    assert bad.hint


def test_sidecar_that_is_a_pipe_is_not_opened(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "a.meta.json")
    assert "not an ordinary file" in refused(tmp_path, tmp_path / "a.txt").reason


def test_sidecar_without_its_article(tmp_path: Path) -> None:
    put(tmp_path, "a.meta.json", "{}")
    assert refused(tmp_path) == Rejected(
        "a.meta.json", "a sidecar without its article", "Put its article beside it, or delete it."
    )


# The shipped examples


def test_shipped_examples() -> None:
    folder = Path(__file__).resolve().parents[2] / "corpus" / "examples"
    articles = [item for item in read([folder], root=folder.parent) if isinstance(item, Article)]
    assert [article.file for article in articles] == sorted(
        f"examples/{path.name}" for path in folder.iterdir() if path.suffix == ".txt"
    )
    assert len(articles) == 3
    assert [article.published_source for article in articles] == ["front matter", "sidecar", ""]
    for article in articles:
        assert article.title
        assert sum(block.role in READ_ROLES for block in article.blocks) > 8


@pytest.mark.parametrize("data", [PLAIN.encode(), PAGE.encode()])
def test_a_hyphen_stands_for_standard_input(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    (article,) = read([Path("-")], root=tmp_path)
    assert isinstance(article, Article)
    assert (article.file, article.title, article.stored) == ("standard input", HEADLINE, True)


def test_several_articles_and_nothing_on_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json_lines())))
    assert [item.file for item in read([Path("-")], root=tmp_path)] == ["standard input#1", "standard input#2"]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    (rejected,) = read([Path("-")], root=tmp_path)
    assert isinstance(rejected, Rejected)
    assert rejected.reason == "the file is empty"


def test_a_file_called_as_a_hyphen_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-").write_text(PLAIN)
    (article,) = read([Path("-")], root=tmp_path)
    assert article.file == "-"
