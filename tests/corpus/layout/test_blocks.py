"""Roles of blocks: a small text tagged line by line, one case each. "!" after a role means said before (repeated)."""

import random
import re
import textwrap
import time
from pathlib import Path

import pytest

from pipeline.corpus.layout.blocks import find_blocks
from pipeline.corpus.layout.boilerplate import classify_line
from pipeline.corpus.layout.datelines import dateline_length
from pipeline.corpus.layout.paragraphs import find_paragraphs
from pipeline.records import Block

BODY = "The mine above the village closed on Tuesday, and three hundred people went home early."
MORE = "Nobody at the ministry answered the telephone, and the gate stayed locked all day."


def tagged(text: str, blocks: tuple[Block, ...]) -> list[str]:
    """Each block as "role: words", blanks collapsed."""
    return [
        f"{block.role}{'!' if block.repeated else ''}: {' '.join(text[block.start : block.end].split())}"
        for block in blocks
    ]


def check(lines: list[str], joint: str = "\n\n") -> None:
    """The words of the tagged lines, joined and cleaned, must give the tags again; a dateline runs on into the body."""
    text = joint.join(line.partition(": ")[2] for line in lines).replace(f" –{joint}", " – ")
    text = re.sub(rf"(\[[\d:]+\]){joint}", r"\1 ", text)
    assert tagged(text, find_blocks(text)) == lines


@pytest.mark.parametrize(
    "line",
    [
        "navigation: Play Live Radio",
        "navigation: Next Up:",
        "navigation: Next Up: Evening Concert",
        "navigation: 0:00 0:00",
        "navigation: Listen · 3:24",
        "navigation: 4-Minute Listen",
        "navigation: Available On Air Stations",
        "navigation: View image in fullscreen",
        "navigation: Skip to main content",
        "navigation: Loading...",
        "navigation: Advertisement",
        "navigation: Story continues below advertisement",
        "navigation: Home | News | Weather | Sport",
        "navigation: Facebook Twitter Flipboard Email",
        "navigation: Share this story on Facebook",
        "navigation: Sign up for our morning newsletter",
        "navigation: Get the day's top stories in your inbox",
        "navigation: Subscribe now",
        "navigation: We use cookies to improve your visit.",
        "navigation: Already a subscriber? Log in",
        "navigation: 128 comments",
        "navigation: Tags: mining, labour, Zambia",
        "navigation: Filed under: Africa",
        "navigation: Read the full story here.",
        "navigation: READ MORE: Village waits for news of the mine",
        "navigation: * * *",
        "links: Read more",
        "links: Related stories",
        "links: More from the Africa desk",
        "links: You may also like",
        "credit: By Jane Doe",
        "credit: By JANE DOE, Staff Writer",
        "credit: By Jane Doe and John van Roe",
        "credit: By Jane Doe | March 3, 2024",
        "credit: Story by Jane Doe",
        "credit: Jane Doe, Africa correspondent",
        "credit: Jane Doe Staff Writer",
        "credit: Published by the Hill District Office",
        "credit: Updated 3:15 p.m. on Tuesday",
        "credit: Updated at 3:15 p.m.",
        "credit: March 3, 2024",
        "credit: Monday, 3 March 2024 10:15",
        "credit: @janedoe",
        "picture credit: Jane Doe/Getty Images",
        "picture credit: Jane Doe / AFP via Getty Images",
        "picture credit: Jane Doe/The Hill Courier",
        "picture credit: Getty Images",
        "picture credit: AP Photo/Jane Doe",
        "picture credit: Photo: Jane Doe",
        "picture credit: Photograph by Jane Doe",
        "picture credit: (Photo by Jane Doe/Getty Images)",
        "picture credit: Courtesy of Hill District",
        "caption: Photo: The gate of the mine stayed locked on Tuesday morning.",
        "caption: FILE - Miners leave the shaft in Kitwe, Zambia, on May 3, 2021.",
        "caption: (Photo by Jane Doe) Miners leave the shaft in Kitwe.",
        "caption: A tanker is seen off the coast of Ghana on Monday. (Reuters)",
        "caption: Miners walk home in Kitwe, Zambia, on Monday. (AP Photo/Jane Doe)",
        "caption: A tanker is seen off the coast of Ghana. Jane Doe/Reuters",
        "caption: Lorries wait at the crossing. Photograph: Jane Doe/Hill Pictures",
        "footer: © 2024 Hill Radio",
        "footer: Copyright 2023 Hill Radio. To see more, visit https://hill.example.",
        "footer: Copyright © 2023 by Hill Radio",
        "footer: All rights reserved.",
        "footer: (Reporting by Jane Doe in Lusaka; Editing by John Roe)",
        "footer: Additional reporting by Jane Doe",
        "footer: Jane Doe in Lusaka contributed to this report.",
        "navigation: BC-Zambia-Mines,2nd Ld-Writethru,0412",
        "navigation: ZAMBIA-MINES/ (UPDATE 1, PIX)",
        "navigation: a0417",
        "navigation: URGENT",
        "navigation: (Adds details, quotes)",
        "navigation: (Recasts; adds comment by analyst)",
        "navigation: Eds: Updates with reaction. With AP Photos",
        "navigation: AP-NY-03-03-24 1015EST",
        "navigation: (END) Hill Newswires",
        "navigation: Page 3 of 9",
        "navigation: View this email in your browser",
        "navigation: Were you forwarded this email? Sign up here.",
        "navigation: You received this email because you signed up for The Hill Briefing.",
        "navigation: Unsubscribe from this list",
        "footer: ((jane.doe@hill.example; +260 55 5010; Hill Messaging))",
        "footer: (c) Copyright Hill News 2024. Click For Restrictions",
        "footer: Contact the writer at jdoe@hill.example",
        "footer: Follow Jane Doe on Twitter @janedoe",
        "footer: This article was originally published by Hill Radio.",
        "footer: Privacy policy",
        "footer: Media contact: Jane Doe, 555 0147",
        "footer: ###",
    ],
)
def test_line_is_known_by_its_words(line: str) -> None:
    kind, _, words = line.partition(": ")
    assert classify_line(words) == kind


@pytest.mark.parametrize(
    "line",
    [
        "Copyright law in 2019 was changed to protect photographers, the judge said.",
        "The writer said all rights to the story had been reserved for her heirs.",
        "By Tuesday the mine had been closed, and by Friday it was flooded.",
        "By closing the border, the government hopes to stop the smuggling of cattle.",
        "Reporting by the newspaper last year showed that the mine lost money.",
        "Clashes were reported from the north.",
        "Share prices fell after the company said the smelter would close.",
        "Read more books, the minister told pupils whose school had closed.",
        "Sign language teachers said the school would close.",
        "On air pollution, officials promised new rules before the winter",
        "Home owners in the valley said they had not been told.",
        "Published studies show that 3 in 10 mines close within a decade.",
        "Updated maps show the closed crossing in red.",
        "Getty said the museum would reopen in May.",
        "The closing of the plant (and of the railway) was confirmed on Monday.",
        "Email from the ministry confirmed that the consulate would close.",
        "Tags on the gate said that the factory was closed.",
        "Police arrest radio reporter",
        "More than 300 people lost their work.",
        "Contact with the miners was lost at noon.",
        "UPDATE 2-Zambia closes two mines",
        "Unsubscribed readers were told that the paper had closed.",
        "You received a letter saying that the mine would close, the judge told her.",
        "Alert villagers saw the water first.",
        "BC-based firms said they would leave the province.",
        "Adds details, quotes",
        "Was this forwarded to the minister? Nobody knows.",
        "Video shows soldiers closing the bridge.",
        "Next year the smelter will close.",
        "This article of the treaty was first applied in 1984.",
    ],
)
def test_sentence_is_not_taken_for_furniture(line: str) -> None:
    assert classify_line(line) == ""


CASES = {
    "web page with player, caption said twice, photographer": [
        "navigation: Play Live Radio",
        "headline: Zambia says it is closing two mines",
        "caption: Miners leave the shaft in Kitwe, Zambia, on Monday. Work stopped at noon.",
        "credit: Jane Doe",
        "caption!: Miners leave the shaft in Kitwe, Zambia, on Monday. Work stopped at noon.",
        "dateline: KITWE, Zambia –",
        f"body: {BODY}",
        "subheading: An uncertain summer",
        f"body: {MORE}",
        "footer: Copyright 2023 Hill Radio. To see more, visit https://hill.example.",
    ],
    "headline with a full stop": ["headline: Zambia closes two mines.", f"body: {BODY}", f"body: {MORE}"],
    "headline in capitals": ["headline: ZAMBIA CLOSES TWO MINES", f"body: {BODY}"],
    "headline that asks": ["headline: Will the mine close for good?", f"body: {BODY}", f"body: {MORE}"],
    "headline of two sentences": ["headline: Two mines closed. What now?", f"body: {BODY}", f"body: {MORE}"],
    "section above, byline below the headline": [
        "navigation: Africa",
        "headline: Zambia says it is closing two mines",
        "credit: Jane Doe",
        "credit: March 3, 2024",
        f"body: {BODY}",
    ],
    "byline with the place": [
        "headline: Zambia says it is closing two mines",
        "credit: Jane Doe in Kitwe",
        f"body: {BODY}",
    ],
    "deck below the headline": [
        "headline: Zambia says it is closing two mines",
        "subheading: Unions promise to fight the decision",
        f"body: {BODY}",
    ],
    "no headline: a long opening paragraph": [f"body: {BODY} {MORE}", f"body: {MORE}"],
    "no headline: the story opens with speech": ['body: "We are closed," she said.', f"body: {BODY}"],
    "caption by its credit": [
        "headline: Zambia says it is closing two mines",
        "caption: Miners leave the shaft in Kitwe, Zambia, on Monday",
        "credit: Jane Doe/Getty Images",
        f"body: {BODY}",
    ],
    "byline shaped like a picture credit leaves the headline alone": [
        "headline: Zambia says it is closing two mines",
        "credit: Jane Doe/Hill Courier",
        f"body: {BODY}",
    ],
    "body said twice": [f"body: {BODY} {MORE}", f"body: {MORE}", f"body!: {BODY} {MORE}"],
    "short speech is body": [
        "headline: Zambia says it is closing two mines",
        f"body: {BODY}",
        'body: "No comment"',
        "body: “Never.”",
        f"body: {MORE}",
    ],
    "transcript is body": [
        "headline: Talking about the mines",
        "body: WALLACE: Will the mine close",
        "body: BANDA: It will",
        "body: WALLACE: When?",
    ],
    "list is body": [
        "headline: What closes and what stays",
        f"body: {BODY}",
        "body: • the smelter",
        "body: • the railway to the smelter",
        "body: The road above the village; and",
        f"body: {MORE}",
    ],
    "signature below speech is body": [
        f"body: {BODY} {MORE}",
        'body: "I would rather be late than under it."',
        "body: -- Jane Doe, engineer",
        f"body: {MORE}",
    ],
    "subheadings": [
        f"body: {BODY} {MORE}",
        "subheading: Fewer Trains",
        f"body: {MORE}",
        "subheading: WHAT COMES NEXT",
        "body: The council meets again in May.",
    ],
    "related links in the middle and at the end": [
        f"body: {BODY} {MORE}",
        "navigation: Related stories",
        "navigation: Village waits for news of its mine",
        "navigation: Ten questions about copper",
        f"body: {MORE}",
        "navigation: Most read",
        "navigation: How to bake bread in a drought",
    ],
    "links without a heading at the end": [
        f"body: {BODY} {MORE}",
        "navigation: Village waits for news of its mine",
        "navigation: Ten questions about copper",
        "navigation: How to bake bread in a drought",
    ],
    "one loose line at the end stays": [f"body: {BODY} {MORE}", "body: The mine, as seen from the church"],
    "writer at the end": [
        f"body: {BODY} {MORE}",
        f"body: {MORE}",
        "footer: Jane Doe is a columnist for the Hill Courier. Follow her on Twitter @janedoe.",
    ],
    "a writer in the story is body": [
        f"body: {BODY} {MORE}",
        "body: Jane Banda is a writer who was born beside the mine.",
        f"body: {MORE}",
    ],
    "dateline on its own line": [
        "headline: Zambia closes two mines",
        "dateline: KITWE, Zambia (AP) --",
        f"body: {BODY}",
    ],
    "second dateline of a round-up": [
        "dateline: KITWE, Zambia –",
        f"body: {BODY}",
        "dateline: LAGOS, Nigeria –",
        f"body: {MORE}",
    ],
    "agency copy with slug, code and sign-off": [
        "navigation: a0417",
        "navigation: BC-Zambia-Mines,2nd Ld-Writethru,0412",
        "headline: UPDATE 2-Zambia closes two mines",
        "navigation: (Adds details, quotes)",
        "credit: By JANE DOE",
        "dateline: KITWE, Zambia (AP) --",
        f"body: {BODY}",
        f"body: {MORE}",
        "navigation: -0-",
        "footer: (Reporting by Jane Doe in Kitwe; Additional reporting by John Roe; Editing by Ann Poe)",
        "navigation: Keywords: ZAMBIA MINES/",
        "navigation: (END) Hill Newswires",
    ],
    "press release with boilerplate": [
        "navigation: FOR IMMEDIATE RELEASE",
        "headline: Hill Copper closes two mines",
        "dateline: KITWE, March 3, 2024 /PRNewswire/ --",
        f"body: {BODY}",
        f"body: {MORE}",
        "footer: About Hill Copper",
        "footer: Hill Copper is a leading producer of copper for homes and industry. It employs 3,000 people.",
        "footer: Media Contact:",
        "footer: Jane Doe",
        "footer: ###",
    ],
    "a subheading with About in a story that is no press release": [
        "headline: Zambia closes two mines",
        f"body: {BODY}",
        "subheading: About the Smelter",
        f"body: {MORE}",
    ],
    "newsletter": [
        "navigation: View this email in your browser",
        "headline: The Hill Briefing for Monday",
        "credit: March 3, 2024",
        f"body: {BODY}",
        f"body: {MORE}",
        "navigation: You are receiving this email because you signed up.",
        "navigation: Unsubscribe | Manage preferences",
    ],
    "header and number on every page": [
        "headline: Zambia says it is closing two mines",
        f"body: {BODY}",
        "navigation: Hill Courier 1",
        f"body: {MORE}",
        "navigation: Hill Courier 2",
        f"body: {BODY} {MORE}",
        "navigation: Hill Courier 3",
    ],
    "a sentence said three times is no header": [
        f"body: {BODY} {MORE}",
        "body: Nobody answered.",
        f"body: {MORE}",
        "body!: Nobody answered.",
        f"body: {BODY}",
        "body!: Nobody answered.",
    ],
    "time codes of a transcript": [
        "headline: Talking about the mines",
        "navigation: [00:00:12]",
        "body: WALLACE: Will the mine close?",
        "navigation: [00:00:15]",
        "body: BANDA: It will.",
    ],
    "a time that opens one paragraph": [f"body: {BODY} {MORE}", "body: 10:30 The council meets again."],
    "nothing but a title": ["headline: Zambia to close two mines"],
    "nothing but a sentence": [f"body: {BODY}"],
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_roles(name: str) -> None:
    check(CASES[name])


@pytest.mark.parametrize("joint", ["\n", "\r\n", "\r\n\r\n", "\n \t\n\n"])
def test_roles_whatever_the_line_breaks(joint: str) -> None:
    check(CASES["web page with player, caption said twice, photographer"], joint)


@pytest.mark.parametrize(
    ("text", "dateline", "first"),
    [
        ("SEOUL, South Korea – The mine closed.", "SEOUL, South Korea –", False),
        ("LONDON (Reuters) - The mine closed.", "LONDON (Reuters) -", False),
        ("London (Reuters) - The mine closed.", "London (Reuters) -", False),
        ("CAIRO, March 3 (AP) -- The mine closed.", "CAIRO, March 3 (AP) --", False),
        ("NEW YORK, Dec. 11 (UPI) — The mine closed.", "NEW YORK, Dec. 11 (UPI) —", False),
        ("LUSAKA, 3 March 2024 – The mine closed.", "LUSAKA, 3 March 2024 –", False),
        ("(Red Bluff) -- The mine closed.", "(Red Bluff) --", False),
        ("WASHINGTON — The mine closed.", "WASHINGTON —", True),
        ("WASHINGTON—The mine closed.", "WASHINGTON—", True),
        ("SÃO PAULO — “The mine is closed.”", "SÃO PAULO —", True),
        ("WASHINGTON — The mine closed.", "", False),
        ("(LNN) The mine closed.", "(LNN)", True),
        ("(LNN) The mine closed.", "", False),
        ("(Reuters) “The mine is closed.”", "(Reuters)", True),
        ("(Late in May) The mine closed.", "", True),
        ("NATO — the alliance — closed its office.", "", True),
        ("COVID-19 closed the mine.", "", True),
        ("UN-led talks closed on Monday.", "", True),
        ("Paris - the city, not the man - closed.", "", True),
        ("The mine – The Deep One – closed.", "", True),
        ("USA – EU talks closed on Monday.", "USA –", True),
        ("I said, John – The mine closed.", "", True),
        ("KITWE, Zambia (AP) --", "KITWE, Zambia (AP) --", False),
        ("Kitwe Hill Wire —", "Kitwe Hill Wire —", True),
        ("Kitwe/Lusaka Hill Wire —", "Kitwe/Lusaka Hill Wire —", True),
        ("Kitwe Hill Wire —", "", False),
        ("Kitwe was quiet —", "", True),
    ],
)
def test_dateline(text: str, dateline: str, first: bool) -> None:
    assert text[: dateline_length(text, first)].strip() == dateline


def test_hard_wrapped_paragraphs_are_joined() -> None:
    paragraphs = [f"{BODY} {MORE} {BODY}", f"{MORE} {MORE}", f'"{BODY}" she said. {MORE}']
    text = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in paragraphs)
    assert [paragraph.line for paragraph in find_paragraphs(text)] == paragraphs


def test_hard_wrapped_paragraphs_without_blank_lines_between() -> None:
    paragraphs = ["Zambia closes two mines", f"{BODY} {MORE} {BODY}", f"{MORE} {MORE} {BODY}", "- one more thing"]
    text = "\r\n".join(textwrap.fill(paragraph, 64).replace("\n", "\r\n") for paragraph in paragraphs)
    assert [paragraph.line for paragraph in find_paragraphs(text)] == paragraphs


WRAPPED = [f"{BODY} {MORE}", f'"{MORE}" said Jane Banda. {BODY}', f"{MORE} {BODY} {MORE}", f"{BODY} {BODY} {MORE}"]


def test_newspaper_columns_are_joined() -> None:
    text = "\n\n".join(textwrap.fill(paragraph, 32) for paragraph in WRAPPED)
    assert [paragraph.line for paragraph in find_paragraphs(text)] == WRAPPED


@pytest.mark.parametrize("rest", ["", "  "])
def test_indented_paragraphs_without_blank_lines(rest: str) -> None:
    text = "\n".join(textwrap.fill(line, 72, initial_indent="     ", subsequent_indent=rest) for line in WRAPPED)
    assert [paragraph.line for paragraph in find_paragraphs(text)] == WRAPPED


def test_typescript_with_every_other_line_blank() -> None:
    text = "\n\n\n".join("\n\n".join(textwrap.wrap(paragraph, 64)) for paragraph in WRAPPED)
    assert [paragraph.line for paragraph in find_paragraphs(text)] == WRAPPED


def test_a_release_with_every_other_line_blank_below_its_short_headings() -> None:
    headings = [f"Item {number} of the hill watch" for number in range(12)]
    lines = [line for paragraph in WRAPPED for line in textwrap.wrap(paragraph, 64)]
    paragraphs = [paragraph.line for paragraph in find_paragraphs("\n\n".join([*headings, *lines]))]
    assert paragraphs == [*headings, *WRAPPED]


def test_a_label_within_a_wrapped_sentence_begins_nothing() -> None:
    paragraph = (
        f"She is the author of a book on copper and the villages beside it, called The Long Red Hill: A Life. {BODY}"
    )
    text = f"{textwrap.fill(paragraph, 76)}\n\n{textwrap.fill(' '.join(WRAPPED), 76)}"
    assert "\nLong Red Hill: A" in text
    assert find_paragraphs(text)[0].line == paragraph


def test_a_page_header_within_a_paragraph_is_no_part_of_it() -> None:
    lines = textwrap.wrap(" ".join(WRAPPED), 60)
    pages = [[f"Hill Courier {start}", *lines[start : start + 4]] for start in range(0, len(lines), 4)]
    text = "\n".join(line for page in pages for line in page)
    blocks = find_blocks(text)
    assert all(re.fullmatch(r"Hill Courier \d+", text[b.start : b.end]) for b in blocks if b.role == "navigation")
    assert not [b for b in blocks if b.role != "navigation" and "Courier" in text[b.start : b.end]]
    assert len(blocks) == 2 * len(pages)


def test_words_that_stand_alone_on_a_columns_line_again_and_again_are_no_header() -> None:
    column = (
        "The council of the hill said\nthat it would go to court in\nKitwe and Ndola\nwhere the owners of the mine\n"
    )
    blocks = find_blocks(column * 4)
    assert [block.role for block in blocks if block.role == "navigation"] == []


def test_one_paragraph_a_line_stays_so() -> None:
    paragraphs = [BODY, MORE, f"{BODY} {MORE}", MORE]
    assert [paragraph.line for paragraph in find_paragraphs("\n".join(paragraphs))] == paragraphs


def test_short_lines_stay_apart() -> None:
    lines = ["Play Live Radio", "Next Up:", "0:00 0:00", "the weather", "about us"]
    assert [paragraph.line for paragraph in find_paragraphs("\n".join(lines))] == lines


def test_what_lies_before_start_is_in_no_block() -> None:
    text = f"title: x\n\nZambia closes two mines\n\n{BODY}"
    blocks = find_blocks(text, start=10)
    assert blocks[0].start == 10
    assert [block.role for block in blocks] == ["headline", "body"]


def check_cover(text: str) -> None:
    """Ordered, disjoint, trimmed, and nothing but blanks left over."""
    end = 0
    for block in find_blocks(text):
        assert not text[end : block.start].strip()
        inside = text[block.start : block.end]
        assert inside
        assert inside == inside.strip()
        end = block.end
    assert not text[end:].strip()


PIECES = [
    BODY, MORE, "Jane Doe", "Play Live Radio", "KITWE, Zambia –", "KITWE, Zambia – " + MORE, "\n", "\n\n", "\r\n", " ",
    "\u2028", "\ufeff", "© 2024 Hill", "•", "“No,”", "\t", "---", "Related", "\x0c", "\xa0", "mine", "🙂",
    "By Jane Doe", "(AP)", "WASHINGTON --",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_blocks_cover_the_text(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    check_cover("".join(chance.choice(PIECES) for _ in range(40)))


@pytest.mark.parametrize(
    "text", ["", " \n ", "x", '"', "\u200b", "—", "a" * 100_000, "word and " * 12_000, "\n" * 10_000]
)
def test_odd_texts_are_covered(text: str) -> None:
    check_cover(text)


@pytest.mark.parametrize(
    "path",
    sorted((Path(__file__).resolve().parents[3] / "corpus" / "examples").glob("*.txt")),
    ids=lambda path: path.name,
)
def test_examples_are_covered(path: Path) -> None:
    check_cover(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by " + "By Editing " * 40 + "x!",
        "Jane Doe, " * 40,
        "A. " * 160,
        "by and in " * 45,
        "| a " * 39,
        "Copyright A " * 40,
    ],
)
def test_patterns_stay_linear(line: str) -> None:
    start = time.process_time()
    for length in range(0, len(line), 8):
        classify_line(line[length:])
    assert time.process_time() - start < 2  # milliseconds, were no pattern to backtrack without end
