"""The picture of claims.xlsx in the README, made by LibreOffice with --screenshots."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from pipeline.run_job import run
from pipeline.settings import Settings
from tests.helpers.workbooks import convert

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "tests" / "screenshots" / "sheet.png"
WIDTH, HEIGHT = 1280, 620
HEAVIEST = 250_000


@pytest.mark.usefixtures("workbook")
def test_the_picture_of_the_sheet(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """Made anew from the shipped corpus with --screenshots, else only looked at: size and weight."""
    if pytestconfig.getoption("--screenshots"):
        run(Settings(corpus=ROOT / "corpus" / "examples", outputs=tmp_path / "outputs"))
        take_picture(convert(tmp_path / "outputs" / "claims.xlsx", "pdf", tmp_path))
    image = PICTURE.read_bytes()
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", image[16:24]) == (WIDTH, HEIGHT)
    assert len(image) < HEAVIEST


def take_picture(pdf: Path) -> None:
    """The upper part of the first page without its margins, in few colours."""
    import pypdfium2

    page = pypdfium2.PdfDocument(pdf)[0]
    image = page.render(scale=2).to_pil().convert("L").point(lambda grey: 255 * (grey < 250))
    left, top, right, _ = image.getbbox()
    whole = page.render(scale=2 * WIDTH / (right - left)).to_pil()
    left, top = (round(edge * WIDTH / (right - left)) for edge in (left, top))
    whole.crop((left, top, left + WIDTH, top + HEIGHT)).convert("RGB").quantize(64).save(PICTURE, optimize=True)
