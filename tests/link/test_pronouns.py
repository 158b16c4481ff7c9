"""Whom a pronoun means, and who it does not; the source stands in [[ ]], expected is the name, else the description."""

import pytest

from pipeline.link.first_names import with_first_names
from pipeline.records import Mention
from tests.helpers.knowledge import shared_people
from tests.helpers.parses import Parses
from tests.link.test_speakers import speakers

PRONOUNS = [
    # whoever is quoted within somebody's words has no turn
    (
        "Peter Vane spoke first. Vane ran the yard. Vane sold it. In May Vane left. Quaid Tarn said some people think "
        "that Vane has lied. “We see it everywhere,” [[he]] said.",
        "Quaid Tarn",
    ),
    # but the words are one's own where the source comes behind them
    (
        "Lena Pell told the board that it was late. The board sat on. Kim Quaid plans to close the pier, [[she]] said.",
        "Kim Quaid",
    ),
    # the subject of the sentence right before words in quotation marks, not whoever spoke last
    (
        "“Plums are late this year,” Oren Vane said. Vane has an orchard. Vane owns two mules. Tarn Quaid sold the "
        "last crate at noon. “Nobody haggled,” [[he]] said.",
        "Tarn Quaid",
    ),
    # nobody in particular is no antecedent in another sentence
    (
        "Diving school owner Oren Vane unlocked the shed. Rain fell. Every pupil owns a mask. “It is a cheap hobby,” "
        "[[he]] said.",
        "Oren Vane",
    ),
    ("Piet Lyle waited. Each juror said [[he]] was tired.", "Each juror"),
    # "she" is nobody whom the article calls "he"
    (
        "The court freed Quaid. In May he left Larn. The press wrote of him for weeks. Lena Pell lost. Quaid laughed. "
        "“I am not for sale,” [[she]] said.",
        "Lena Pell",
    ),
    # nor the subject of a sentence before in somebody's speech if that was "he"
    (
        "Ada Brandt and Robin Holm met.\n\n“I think he's mending it,” Tom Lund said of Holm. “I like Brandt. But "
        "[[she]] says that it is late.”",
        "Ada Brandt",
    ),
    # nor somebody with a first name that mostly men have
    ("Bernie Quaid rowed on Monday while Lena Pell swam, after which [[she]] said it was cold.", "Lena Pell"),
    # a label before a quotation looks back at the whole article
    (
        "Bishop Lena Pell told guests that the roof had a hole. She passed a hat round.\n\nRain is due.\n\nSenator "
        "Quaid has climbed the tower. Quaid has said the bells are safe.\n\nWhat [[she]]'s saying: “Bring a bucket.”",
        "Lena Pell",
    ),
    # the subject of the clause on which a relative clause hangs
    (
        "Musicians planned to sue. They hired a lawyer. Songs filled the hall while the dancers kept up their old feud "
        "over a piano, which [[they]] say is out of tune.",
        "the dancers",
    ),
    # what says something is taken up, though the mentions know nothing of it
    (
        "Norway has few shipyards. It lost two in May. Voltgo warned of closures in Norway. [[It]] also hopes that "
        "wages fall.",
        "Voltgo",
    ),
    (
        "Norsk Steel and its rivals met. Some bakeries praised the rule that guests must leave a deposit. But [[they]] "
        "doubt that it will last.",
        "Some bakeries",
    ),
    (
        "Norway opened an inquiry. The hearing was told of floods in the mine. The inquest heard that pumps had "
        "failed. [[It]] also heard that nobody was told.",
        "The inquest",
    ),
    # who was asked, unless to do something
    ("Carl Dunn asked Tom Reyes about the sale. [[He]] said it was legal.", "Tom Reyes"),
    ("Carl Dunn asked Tom Reyes to leave. [[He]] said it was late.", "Carl Dunn"),
    ("Carl Dunn asked Tom Reyes about the sale. Dunn gave no details. [[He]] said it was legal.", "Carl Dunn"),
    # nobody whom the rest of the clause has by name, unless the name belongs to a noun or is quoted
    (
        "Carl Dunn is suing Speaker Tom Reyes. Reyes bought his farm, the suit says. In fact, [[he]] says that Reyes "
        "never paid.",
        "Carl Dunn",
    ),
    ("Ann Poole asked Kate Orr about the tour. Orr wept. [[She]] said Orr was tired.", "Ann Poole"),
    (
        "Carl Dunn saw Ida Reyes. Reyes smiled. “You winning?” [[she]] said, but Dunn was asleep, and Reyes said no.",
        "Ida Reyes",
    ),
    ("Carl Dunn saw Tom Reyes. Reyes smiled. [[He]] said the Reyes family had farmed there for years.", "Tom Reyes"),
    (
        "Carl Dunn saw Tom Reyes. Reyes smiled. [[He]] said “one of us must win and it will be Reyes” and left.",
        "Tom Reyes",
    ),
    ("President Reyes met his wife, Ida Reyes. Ida Reyes laughed. [[She]] said Reyes was kind.", "Ida Reyes"),
    ("Ida Reyes, the bishop, wept. [[The bishop]] met Reyes on Friday and said no.", "The bishop"),
    ("Tom Reyes fell ill. [[The bishop]] did not come to help Reyes and said no.", "The bishop"),
    ("Tom Reyes, the bishop, wept. [[The bishop]] said that he, Reyes, was best.", "Tom Reyes"),
    ("Norsk Steel sold a mill. [[It]] said Norsk Steel was broke.", ""),
    ("Norsk Steel sold a mill. [[It]] said the Norsk Steel mill was old.", "Norsk Steel"),
    ("The Larn Guild met. [[The union]] wrote to the Larn Guild and said no.", "The union"),
    ("The Larn Guild met. [[The union]] said the Larn Guild's hall was old.", "Larn Guild"),
    # "it" and "they" in speech are nobody whom that speech does not speak of, nor the speaker with another one
    ("Norsk Steel sold a mill. Rain fell. “Did [[it]] say so? I saw no note,” Oren Vane said.", ""),
    (
        "Growers from Norway shut the road. Oren Vane and Piet Lyle met. “No,” Vane said. “[[They]] said the road was "
        "theirs.”",
        "",
    ),
]


@pytest.mark.parametrize(("marked", "name"), PRONOUNS)
def test_whom_a_pronoun_means(marked: str, name: str, parses: Parses) -> None:
    assert [speaker.name or speaker.description for speaker in speakers(marked, parses)] == [name]


@pytest.mark.parametrize(("first_name", "sex"), [("Bernie", "m"), ("Bernice", "f"), ("Tibor", "m"), ("Xyzra", "")])
def test_likely_sex_of_first_names(first_name: str, sex: str) -> None:
    assert shared_people().likely_sex_of_name(first_name) == sex


@pytest.mark.parametrize(
    ("text", "surname", "names"),
    [
        (
            "The glaciologist Tibor Larsk said no. Larsk gave no reason.",
            "Larsk",
            [("Tibor Larsk", "PERSON"), ("Larsk", "PERSON")],
        ),
        ("Fog was seen by port engineer Radu B. Vimsk.", "Vimsk", [("Radu B. Vimsk", "PERSON")]),
        # letters are no surname, a broadcaster is a firm, too, and behind a noun for nobody all may be one
        ("It was the grid manager Caldera ISO that called.", "ISO", [("ISO", "ORG")]),
        ("The state broadcaster Larn Ntv said so.", "Ntv", [("Ntv", "ORG")]),
        ("It was the harbour Tibor Larsk that sank.", "Larsk", [("Larsk", "ORG")]),
    ],
)
def test_first_names_that_the_parser_left_out(text: str, surname: str, names: list[tuple[str, str]]) -> None:
    starts = [start for start in range(len(text)) if text.startswith(surname, start)]
    mentions = [Mention(start, start + len(surname), "ORG", surname, origin="parser") for start in starts]
    found = with_first_names(mentions, text, shared_people())
    assert [(mention.canonical, mention.label) for mention in found] == names
    assert all(text[mention.start : mention.end] == mention.canonical for mention in found)
