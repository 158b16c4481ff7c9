"""First names whose surname the article tells later; the source stands in [[ ]], expected is the name."""

import pytest

from tests.helpers.parses import Parses
from tests.link.test_speakers import speakers

FAMILIES = [
    # a relative by first name, then by title and surname
    ("Oren Quill, 31, drowned in May. [[His widow, Lena]], told the inquest it was late.", "Lena"),
    (
        "Oren Quill, 31, drowned in May. His widow, Lena, told a judge he could swim. [[Mrs Quill]] said it was late.",
        "Lena Quill",
    ),
    (
        "Oren Quill, 31, drowned in May. [[His widow, Lena]], told a judge he could swim. Mrs Quill said it was late.",
        "Lena Quill",
    ),
    ("Omar Vane, 7, is ill. His dad Tom said so. [[Mr Vane]], 41, said it was late.", "Tom Vane"),
    # the same title and surname may be that of the one named in full
    ("Lena Quill, 62, died in May. Her daughter, Ada, wept. [[Mrs Quill]] had said it was late.", "Lena Quill"),
    ("Oren Quill, 31, drowned in May. His friend Lena said so. [[Mrs Quill]] said it was late.", "Quill"),
    # couples
    ("[[Tom]] and Helen Lyle said it was late. Mr Lyle sold boats.", "Tom Lyle"),
    ("Tom and Helen Lyle sold boats. [[Mr Lyle]] said it was late.", "Tom Lyle"),
    ("Tom and Helen Lyle sold boats. [[Mrs Lyle]] said it was late.", "Helen Lyle"),
    ("Tom Vane wept. Tom and Helen Lyle sold boats. [[Mr Vane]] said it was late.", "Tom Vane"),
    # nobody who is known by a surname alone shares another's
    ("[[Quaid]] and Helen Vane said it was late.", "Quaid"),
    # a relative of one named in full gets no name that is another's
    ("Tom and Helen Lyle, whose daughter Ada drowned in May, wept. [[Mrs Lyle]] said it was late.", "Helen Lyle"),
    # "Mr" and "Mrs" with one surname and no first name are two
    ("Mr Lyle said no. [[Mrs Lyle]] said it was late.", "Mrs Lyle"),
    ("[[Mr Lyle]] said it was late. Mrs Lyle said no.", "Mr Lyle"),
    ("Mr Vane said no. [[Mrs Lyle]] said it was late.", "Lyle"),
]


@pytest.mark.parametrize(("marked", "name"), FAMILIES)
def test_names_in_a_family(marked: str, name: str, parses: Parses) -> None:
    assert [speaker.name or speaker.description for speaker in speakers(marked, parses)] == [name]


NAMESAKES = [
    # whoever has just spoken of somebody to whom something was done
    (
        "Police arrested Oren Quill. His sister, Lena Quill, said he was ill.\n\n“It is late,” [[Quill]] said.",
        "Lena Quill",
    ),
    ("Oren Quill was shot in May. His sister, Lena Quill, said he lived.\n\n[[Quill]] said it was late.", "Lena Quill"),
    ("Oren Quill was shot in May. His sister, Lena Quill, said he lived.\n\n[[Quill]] was hit twice.", "Oren Quill"),
    ("Senator Oren Quill lost. His sister, Lena Quill, said he wept.\n\n[[Quill]] said it was late.", "Oren Quill"),
    # a particle with a capital where nothing stands before it
    ("“It is late,” Piet van Lyle said. [[Van Lyle]] said no.", "Piet van Lyle"),
    ("Lena de Quist, a baker, spoke. [[De Quist]] warned that it was late.", "Lena de Quist"),
    ("Lena Quist, a baker, spoke. [[De Quist]] warned that it was late.", "De Quist"),
]


@pytest.mark.parametrize(("marked", "name"), NAMESAKES)
def test_surnames(marked: str, name: str, parses: Parses) -> None:
    assert [speaker.name or speaker.description for speaker in speakers(marked, parses)] == [name]


def test_no_role_is_a_part_of_the_name(parses: Parses) -> None:
    marked = "Oren Baker-Quill, 8, is ill. Oren's mother, Lena, said so. [[Mrs Baker-Quill]] said it was late."
    (speaker,) = speakers(marked, parses)
    assert (speaker.name, speaker.role) == ("Lena Baker-Quill", "Oren's mother")
