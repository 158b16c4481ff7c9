"""Mutation fuzzing of every reader: ``python -m tests.helpers.fuzz --inputs 500 --seed 1 [--kind paper.pdf]``.

Each input is a seed file of tests/helpers/formats.py with a few bytes or stretches changed, read as a run reads it: by
the reading process, then through cleaning and dating. Inputs depend only on seed, kind and number, so that each can be
made again. Unexpected exceptions, crashes and time-outs of a reader are printed with the number of the input; a broken
invariant of the result (offsets, roles, encodable text) stops the fuzzer.
"""

from __future__ import annotations

import argparse
import io
import random
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from pipeline.corpus.document import Document, UnreadablePart
from pipeline.corpus.metadata import Metadata
from pipeline.corpus.process.reading_process import ReadingProcess
from pipeline.corpus.reading import build_article
from pipeline.errors import UnreadableArticle
from tests.helpers.formats import SEEDS, docx, pdf, zipped

#: Building blocks of the formats: more likely than random bytes to reach new code.
TOKENS = (
    b"\x00", b"\xff\xff\xff\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"<", b">", b"</", b"<!--", b"]]>",
    b"<![CDATA[", b"&#0;", b"&#x110000;", b"&nbsp;", b"<!DOCTYPE x [", b"{", b"}", b"[" * 50, b"\\u0000", b"\\ud800",
    b"\\'ff", b"\\bin99999 ", b"\\par", b"\"", b",", b"\r\n\r\n", b"\n---\n", b"From x@y 10:00 2025\n",
    b"endobj", b"stream", b"/Length 99999999", b"/Kids", b"1 0 R",
    b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"BZh9", b"WARC/1.0\r\n",
    b"Content-Length: 99999999\r\n", b"Content-Type: text/html; charset=x-none\r\n", b"=?utf-8?B?////?=",
    b"-1", b"1e999",
    b"9" * 400, b"\xe2\x80\xae", b"\xf0\x9f\x99\x82", b"Content-Encoding: gzip\r\n", b"Transfer-Encoding: chunked\r\n",
)  # fmt: skip


def mutate(data: bytes, rng: random.Random) -> bytes:
    """``data`` with one to eight changes."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 5, 8))):
        offset = rng.randrange(len(out) + 1)
        length = min(rng.choice((1, 1, 2, 4, 16, 64, 400)), len(out) - offset)
        change = rng.randrange(7)
        if change == 0 and offset < len(out):
            out[offset] ^= 1 << rng.randrange(8)
        elif change == 1:
            out[offset : offset + length] = rng.randbytes(length)
        elif change == 2:
            del out[offset : offset + length]
        elif change == 3:
            out[offset:offset] = out[offset : offset + length] * rng.choice((1, 2, 50))
        elif change == 4:
            out[offset : offset + rng.choice((0, length))] = rng.choice(TOKENS)
        elif change == 5:
            source = rng.randrange(len(out) + 1)
            out[offset : offset + length] = out[source : source + length]
        else:
            del out[max(offset, len(out) // 20) :]
    return bytes(out)


def _in_zip(seed: bytes, rng: random.Random) -> bytes:
    """A ZIP with one member changed and packed again: its checksum is right, so the change reaches the reader."""
    archive = zipfile.ZipFile(io.BytesIO(seed))
    members = {name: archive.read(name) for name in archive.namelist()}
    chosen = rng.choice(sorted(members))
    members[chosen] = mutate(members[chosen], rng)
    return zipped(*members.items())


def _unpacked_pdf() -> bytes:
    """A PDF with uncompressed streams, so that changes reach the drawing commands."""
    return pdf(compress=False)


#: Besides the seeds themselves: what is packed inside them.
INSIDE: dict[str, tuple[Callable[[], bytes], Callable[[bytes, random.Random], bytes]]] = {
    "inside.docx": (docx, _in_zip),
    "plain.pdf": (_unpacked_pdf, mutate),
    "inside.zip": (SEEDS["box.zip"], _in_zip),
    "inside.xlsx": (SEEDS["found.xlsx"], _in_zip),
    "inside.ods": (SEEDS["found.ods"], _in_zip),
    "inside.nexis.docx": (SEEDS["nexis.docx"], _in_zip),
}


def inputs(kind: str, count: int, seed: int) -> Iterator[bytes]:
    """``count`` mutations of a kind's seed, the same for the same arguments."""
    make, change = INSIDE.get(kind) or (SEEDS[kind], mutate)
    data = make()
    for number in range(count):
        yield change(data, random.Random(f"{seed} {kind} {number}"))  # noqa: S311


def check_document(document: Document) -> None:
    """Check what must hold for every document, whatever the file. Raises AssertionError."""
    article = build_article(document, "x", Metadata(), None, stored=True)
    article.text.encode("utf-8")
    assert article.text.strip()
    assert all(0 <= block.start < block.end <= len(article.text) for block in article.blocks)
    assert all(above.end <= below.start for above, below in pairwise(article.blocks))
    for block in article.blocks:
        words = article.text[block.start : block.end]
        assert words == words.strip()
    for value in (article.title, article.publisher, article.url, article.language, *article.authors):
        value.encode("utf-8")


def describe_outcome(item: Document | UnreadablePart) -> str:
    """For the tally: "read", "refused", or the reason when somebody should look at it."""
    if isinstance(item, Document):
        check_document(item)
        return "read"
    for sign in ("broken or of an unusual kind", "reading it took over", "its reader broke down", "more memory"):
        if sign in item.reason:
            return item.reason
    return "refused"


def fuzz(kind: str, count: int, seed: int, reader: ReadingProcess, folder: Path) -> Iterator[tuple[int, str]]:
    """Number and outcome of every item read from each input."""
    path = folder / kind.replace("inside", "paper").replace("plain", "paper")
    for number, data in enumerate(inputs(kind, count, seed)):
        path.write_bytes(data)
        try:
            for item in reader.read(path):
                yield number, describe_outcome(item)
        except UnreadableArticle:
            yield number, "refused"


def main() -> None:
    """Fuzz one kind, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=[*SEEDS, *INSIDE])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ReadingProcess(seconds=20) as reader:
        for kind in [options.kind] if options.kind else [*SEEDS, *INSIDE]:
            started, tally, odd = time.perf_counter(), Counter[str](), Counter[str]()
            for number, what in fuzz(kind, options.inputs, options.seed, reader, Path(folder)):
                tally[what if what in ("read", "refused") else "odd"] += 1
                if what not in ("read", "refused"):
                    odd[what] += 1
                    if odd[what] == 1:
                        print(f"    {kind} {number}: {what}", flush=True)
            spent = time.perf_counter() - started
            print(f"{kind:16} {options.inputs} inputs, {dict(sorted(tally.items()))}, {spent:.0f} s", flush=True)


if __name__ == "__main__":
    main()
