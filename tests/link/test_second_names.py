"""Second names for somebody: by country, trade, family, office and letters; the source stands in [[ ]].

Expected is the name, else the description.
"""

import pytest

from tests.helpers.parses import Parses
from tests.link.test_speakers import speakers

CASES = [
    # by country, region and town; not a whole people, nor of another country than the person's
    ("Emmanuel Vane hit the bar. “I was already dancing,” [[the Ghanaian]] said.", ["Emmanuel Vane"]),
    ("Marta Holm drew up the plan. “Doing nothing is no answer,” [[the Pole]] told reporters.", ["Marta Holm"]),
    ("Kirsty Vane spoke first. [[The Glaswegian]] said the yard would stay open.", ["Kirsty Vane"]),
    ("Oren Blake spoke first. [[The French]] said it was late.", ["France"]),
    ("Kenyan runner Oren Blake fell on Sunday. “It was wet,” [[the Norwegian]] said.", ["the Norwegian"]),
    ("Bob Dane runs the port. “It is late,” [[Dane]] said.", ["Bob Dane"]),
    # by trade, for whoever was spoken of last; not for somebody brought up without a name, or of the other sex
    ("Keith Marsh has run the Plough since May. “He had the whole joint,” said [[the publican]].", ["Keith Marsh"]),
    ("Ewan Lyle grew up on an island. “I cannot swim,” [[the playwright]] laughs.", ["Ewan Lyle"]),
    (
        "Nora Vane left. A publican shut his bar. Keith Marsh wept. [[The publican]] said the rent was too high.",
        ["A publican"],
    ),
    ("Keith Marsh wept. [[The widow]] said the rent was too high.", ["The widow"]),
    ("Keith Marsh wept. [[The grandmother]] said the rent was too high.", ["The grandmother"]),
    # what somebody has been; another's is somebody new
    ("Linda Vane was on the ward all night. “It is late,” said [[the retired teacher]].", ["Linda Vane"]),
    ("Linda Vane spoke first. [[The city's former engineer]] said he was never asked.", ["The city's former engineer"]),
    # by the number of children
    ("Rosa Holm sells fruit. [[The mother of four]] said she was afraid.", ["Rosa Holm"]),
    ("Rosa Holm sells fruit. “I just ran,” [[the mum-of-two]] said.", ["Rosa Holm"]),
    ("Rosa Holm sells fruit. [[The mother of the driver]] said she was afraid.", ["The mother of the driver"]),
    ("A mother whose son fell urged care. Lisa Vane looked away. “One second,” [[the sad mum]] said.", ["Lisa Vane"]),
    # a head of state
    ("President Ivar Holm flew to the coast. [[The head of state]] said the army would help.", ["Ivar Holm"]),
    # a title that one person of the article has is no other's
    (
        "[[The museum's new director]] wants visitors to touch. Yara Holm, who started in May, has plans.",
        ["Yara Holm"],
    ),
    (
        "[[A neighbour]] said no. Oren Blake, who chairs the council, told the Gazette that it was late.",
        ["A neighbour"],
    ),
    # kin of one surname, where just one fits
    (
        "Ivar Holm met Oren Holm at the gate. “It is over,” Ivar Holm said. [[His younger brother]] said it was late.",
        ["Oren Holm"],
    ),
    (
        "Ivar Holm met Oren Holm at the gate. “It is over,” Ivar Holm said. [[His sister]] said it was late.",
        ["His sister"],
    ),
    # letters of an office and of a name
    ("Circle Officer Sunita Vohra saw the note. “It is late,” [[the CO]] said.", ["Sunita Vohra"]),
    ("Deputy commissioner of police (ports) Amit Vohra spoke. “It is late,” [[the DCP]] said.", ["Amit Vohra"]),
    ("[[The PM]] said no to the plan. Prime Minister Ada Brandt left the chamber.", ["Ada Brandt"]),
    ("Superintendent of Police (SP) Ravi Anand saw the note. [[The SP]] said it was late.", ["Ravi Anand"]),
    (
        "He was booked by the Harlow County Sheriff's Office. [[HCSO]] said it was late.",
        ["Harlow County Sheriff's Office"],
    ),
    # a name that somebody gave, and one behind two commas
    ("“It is late,” said [[a driver, who gave his name as Tom Vane]].", ["Tom Vane"]),
    ("“It is late,” said [[one, who gave his name only as Michel]].", ["Michel"]),
    ("[[Her son, the novelist Ben Holm,]] said she had read his book.", ["Ben Holm"]),
    ("[[Reacting, the chairman of the party, Chief Ade Kuma]], said it was a stunt.", ["Ade Kuma"]),
    ("[[The mill's head of innovation, Marieke de Vane,]] said no.", ["Marieke de Vane"]),
    # a statement is by whoever is named with the office
    ("The mayor's aide, Oren Blake, in a statement said no. [[The statement]] said it was late.", ["Oren Blake"]),
    # offices held for a place; a deputy is not the mayor, nor a Liberal president somebody of whom no party is told
    ("Abena Vane spoke first. “They did worse,” [[the MP for Larn East]] said.", ["Abena Vane"]),
    ("[[Larn's mayor]] said no. Deputy mayor Oren Blake opened the quay.", ["Larn's mayor"]),
    (
        "[[The Liberal president]] said no. Vice President Ivar Holm met tribal President Oren Blake.",
        ["The Liberal president"],
    ),
    # a title that fits one person is no other's second name
    (
        "The singer Kid Vane was freed. His lawyer, Sheila Holm, said no. On Monday [[the star]] wrote a song.",
        ["Kid Vane"],
    ),
    # roles in capitals at the end of an "organisation"
    ("Arden Kreft walked in. [[The Harbor Kings QB]] said on Monday that it was late.", ["Arden Kreft"]),
    # whom the headline or lead is about is named next; anybody is not
    ("A plumber dug himself out. Reto Vane was in the hills. [[The plumber]] said it was late.", ["Reto Vane"]),
    ("A man set off a siren. Reto Vane was in the hills. [[The man]] said it was late.", ["A man"]),
    # one person with several titles is one speaker; a country at the end of a name is not who speaks
    ("“It is late,” said [[Felicia Vane, Programmes Manager, World Ports Campaign]].", ["Felicia Vane"]),
    ("The march was called off. [[Safe Harbours Scotland]] said it was late.", ["Safe Harbours Scotland"]),
    # what is named before the longer name is no short form of it
    (
        "The United Ports warned of floods. The United Ports High Office for Boats sent aid. [[The United Ports]] said "
        "it was late.",
        ["United Ports"],
    ),
    # nobody else has been told of; whoever speaks for somebody is not he, nor is what he owns
    ("Anil Vane led the work from Leeds. “It felt near,” said [[the urologist]].", ["Anil Vane"]),
    ("Anil Vane led the work from Leeds. “It felt near,” said [[the prosecutor]].", ["the prosecutor"]),
    ("Anil Vane sang in Leeds. [[Vane's manager]] said it was late.", ["Vane's manager"]),
    # by his age, with a clause
    ("Miles Vane is back. The 47-year-old, [[who]] plays a father, said he had lost weight.", ["Miles Vane"]),
    # several beside a plural noun
    ("[[Two clerks, Ada Brandt and Oren Blake]], said it was late.", ["Ada Brandt", "Oren Blake"]),
    # the only person of whom the article has told so far
    ("The shop is Paula Vane's pride. Rain fell all day long. “It is late,” [[the baker]] said.", ["Paula Vane"]),
    # a country of which the text has gone on to tell
    (
        "The Kenyan government met on Monday. In Uganda, schools stayed shut. [[The government]] said it was late.",
        ["government of Uganda"],
    ),
    # firms
    ("Fashion chain Merrow Group grew. [[The High Street retailer]] said it was late.", ["Merrow Group"]),
    ("The [[Bishop of Garstowe]] said it was late.", ["Bishop of Garstowe"]),
    ("[[The bank’s biggest shareholder, the pension fund Norrfond]], said no.", ["Norrfond"]),
    ("Crypto exchange Bithaven has frozen its accounts. [[Bithaven]] said they were safe.", ["Bithaven"]),
    ("The airline that he flies for, Larnjet Airways, blamed the wind. [[It]] said it would pay.", ["Larnjet Airways"]),
    ("Vela Pharma said its pill worked. [[The Danish group]] said it would ask for approval.", ["Vela Pharma"]),
    ("Robotics startup Quill sacked a clerk. Quill wants to grow. [[The company]] said it had no choice.", ["Quill"]),
    # whose words it is, without the "'s"
    ("The strike goes on. [[The union’s]] answer was that it would not pay.", ["The union"]),
    # somebody without a name: as he was brought up, and by another word
    ("A spokeswoman for the port said no. Later [[the spokeswoman]] said it was late.", ["A spokeswoman for the port"]),
    ("A source close to the singer said no. [[The insider]] said it was late.", ["A source close to the singer"]),
    ("A port spokesman said no. Later [[the railway spokesman]] said it was late.", ["the railway spokesman"]),
    # the sex of whoever said something is known from then on
    ("Pat Lyle saw it first. “It was dark,” he said. His wife Nora laughed. “He slept,” [[she]] said.", ["Nora"]),
]


@pytest.mark.parametrize(("marked", "expected"), CASES)
def test_who_is_taken_up(marked: str, expected: list[str], parses: Parses) -> None:
    assert [speaker.name or speaker.description for speaker in speakers(marked, parses)] == expected
