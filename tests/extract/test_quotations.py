"""What stands between quotation marks of any kind, and what is only an apostrophe."""

from __future__ import annotations

import pytest

from pipeline.extract.quotations import attribution_pattern, find_quotations
from tests.helpers.parses import plain_article


def quoted(text: str) -> list[str]:
    return [text[slice(*quotation.inner)] for quotation in find_quotations(plain_article(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'The pier is shut,' Brandt said. 'Nobody may pass.'", ["The pier is shut,", "Nobody may pass."]),
        ("'It isn't safe,' Brandt said of the 'wonder bridge'.", ["It isn't safe,", "wonder bridge"]),
        ("'The boys' club is shut,' Brandt said.", ["The boys' club is shut,"]),
        ("A porter said: 'It's a zoo. They don't care.'", ["It's a zoo. They don't care."]),
        ("‘The boys’ club is shut,’ Brandt said.", ["The boys’ club is shut,"]),
        ("‘It isn’t safe,’ Brandt said.", ["It isn’t safe,"]),
        ("'We sang till the '90s,' he said.", ["We sang till the '90s,"]),
        ("‘We’re goin’ out,’ he said. ‘Nothin’ doin’ here.’", ["We’re goin’ out,", "Nothin’ doin’ here."]),
        ("‘He likes the rain’, she said of ‘Austin’.", ["He likes the rain", "Austin"]),
        ('"We saw "Kit" at the pier." He left.', ['We saw "Kit" at the pier.']),
        ('"We are shut." "Nobody may pass."', ["We are shut.", "Nobody may pass."]),
        # a closing mark that was set before the next sentence
        (
            'The card read "Leave the keys. Do not run. "An officer came. "He ran," Kern said.',
            ["Leave the keys. Do not run. ", "He ran,"],
        ),
        ('"I did it. "The mayor left at noon.', ["I did it. "]),
        # paragraphs of speech that were run together
        ('"I did it. "We all wept. "Nobody left.', ['I did it. "We all wept. "Nobody left.']),
        ("„Der Kai ist zu“, Brandt said.", ["Der Kai ist zu"]),
        ("“The pier is shut,’’ Brandt said. “Nobody may pass.’’", ["The pier is shut,", "Nobody may pass."]),
        ("«The pier is shut», Brandt said.", ["The pier is shut"]),
        ("\"It's 'safe',\" Brandt said.", ["It's 'safe',"]),
    ],
)
def test_marks_are_paired(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The girls' team met the boys' team in the '90s.",
        "It isn't the Brandts' house, the ferrymen's union said; rock 'n' roll was played 'til dawn.",
        "The workers' hall and the teachers' hall are shut.",
        "The firm's shares fell 5' and the harbour's rose.",
    ],
)
def test_apostrophes_are_no_marks(text: str) -> None:
    assert quoted(text) == []


def test_speech_between_single_marks_goes_on_in_the_next_paragraph() -> None:
    first, second = find_quotations(plain_article("'The pier is shut.\n\n'Nobody may pass,' Brandt said."))
    assert (first.closed, second.continues) == (False, True)


def test_a_mark_that_was_forgotten_costs_its_paragraph_at_most() -> None:
    assert quoted("“The pier is shut, Brandt said.\n\n“Nobody may pass,” he said.")[1:] == ["Nobody may pass,"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"The pier is shut, said Oren Blake, who runs it.\n\nHe left.', ["The pier is shut,"]),
        ('"The pier is shut, the harbour master said.\n\n"It fell," he said.', ["The pier is shut,", "It fell,"]),
        ('"The pier is shut, said Blake. "Nobody may pass."', ["The pier is shut,", "Nobody may pass."]),
        ("“It is shut, he said, and so is this.\n\n“It fell.”", ["It is shut, he said, and so is this.", "It fell."]),
        ('"It is shut," said Blake. "Nobody, he said, may pass."', ["It is shut,", "Nobody, he said, may pass."]),
        ("“The pier is ‘shut.’ He also said it would “never open.”", ["The pier is ‘shut.’", "never open."]),
        ("“I met him. He said it would “never open.”” She left.", ["I met him. He said it would “never open.”"]),
        ('"The pier is shut.\n\nNobody came.', ["The pier is shut."]),
    ],
)
def test_a_forgotten_closing_mark_ends_speech_before_its_attribution(text: str, expected: list[str]) -> None:
    quotations = find_quotations(plain_article(text), attribution_pattern(["said", "says"]))
    assert [text[slice(*quotation.inner)] for quotation in quotations] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '"The pier is shut.\n\nNobody may pass," he said.',
            [("The pier is shut.", False), ("Nobody may pass,", True)],
        ),
        ('"It fell."\n\nNobody was hurt down there."', [("It fell.", False), ("Nobody was hurt down there.", False)]),
        ('"It fell."\n\nThe bar is 6" wide.', [("It fell.", False)]),
        ('"It fell," he said.\n\nIt was nobody\'s fault."', [("It fell,", False)]),
    ],
)
def test_a_paragraph_without_an_opening_mark_goes_on_with_speech(text: str, expected: list[tuple[str, bool]]) -> None:
    quotations = find_quotations(plain_article(text))
    assert [(text[slice(*quotation.inner)], quotation.continues) for quotation in quotations] == expected


def test_single_marks_behind_a_colon_go_on_in_the_next_paragraph() -> None:
    text = "Ivo Lund, a porter, said: 'I rang the bell.\n\n'Nobody came. It's a farce.'\n\nThe hotel's owner left."
    assert [quotation.continues for quotation in find_quotations(plain_article(text))] == [False, True]
    assert quoted(text) == ["I rang the bell.", "Nobody came. It's a farce."]
