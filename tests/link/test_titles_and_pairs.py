"""Offices of other places, two named together, doctors, names that the mentions lack; the source stands in [[ ]].

Expected is the name, else the description; then for some the role.
"""

import pytest

from tests.helpers.parses import Parses, plain_article
from tests.link.test_speakers import resolver, speakers

OFFICES = [
    # an office of another place is somebody else's, wherever the place stands
    ("Ohio's governor, Lena Pell, spoke first. [[Utah's governor]] said no.", "Utah's governor"),
    ("Ohio's Democratic governor Lena Pell opened the shops. [[Texas' governor]] said no.", "Texas' governor"),
    ("New York Mayor Lena Quist opened the pier. [[The mayor of Boston]] said no.", "The mayor of Boston"),
    ("Leeds mayor Lena Quist opened the bridge. [[The York mayor]] said no.", "The York mayor"),
    ("The mayor of Leeds, Lena Quist, opened the bridge. [[The mayor of York]] said no.", "The mayor of York"),
    ("The sheriff of Dublin, Oren Vane, left. [[The sheriff of Galway]] said no.", "The sheriff of Galway"),
    ("Ohio's governor, Lena Pell, spoke first. [[The Ohio governor]] said no.", "Lena Pell"),
    ("Leeds mayor Lena Quist opened the bridge. [[The mayor of Leeds]] said no.", "Lena Quist"),
    ("Leeds mayor Lena Quist opened the bridge. [[The mayor]] said no.", "Lena Quist"),
    ("Governor Lena Pell of Ohio spoke first. [[The governor]] said no.", "Lena Pell"),
    # a doctor may be a surgeon where the article tells no other trade of his
    ("Dr. Piet Lyle raised his hand. “Stay out of the sun,” says [[the Leeds dermatologist]].", "Piet Lyle"),
    ("Dr Dana Vane runs the ward. “Beds are full,” says [[the plastic surgeon]].", "Dana Vane"),
    ("Dr Dana Vane, an economist, spoke first. [[The surgeon]] said beds were full.", "The surgeon"),
    ("Mr Piet Lyle raised his hand. Ann Moss sat down. [[The surgeon]] said beds were full.", "The surgeon"),
    # below the lead whoever is brought up with an age is somebody new
    (
        "The fair drew crowds to the old mill on Sunday. Stalls sold pies, jam and cider, and a brass band played "
        "until dusk in the yard behind the barn. Children rode ponies along the river while their parents queued for "
        "tea and cakes under the old chestnut trees near the gate. It rained twice. [[A teacher at the village "
        "school]] said it was late. Oren Quill, 61, said no.",
        "A teacher at the village school",
    ),
    # "the owner" is no firm that is only named in passing
    ("Photo by Lars Quint of Larnpix Ltd. Shoppers queued outside. [[The owner]] said no.", "The owner"),
    # the subject of the sentence before, however often somebody else was named
    (
        "Police Commissioner William Kern spoke first. Kern left. Kern sold boats. Kern called them late. "
        "Charlie Holm bristled at Kern's words. [[He]] said no.",
        "Charlie Holm",
    ),
    # a resolution says something, and goes on
    ("Norway bans trawls. The resolution says cod is rare. [[It]] also mentions that nets are long.", "The resolution"),
    # whoever was arrested or charged, where it was one
    ("Police arrested Omar Diallo, 34, on Monday. [[The suspect]] said no.", "Omar Diallo"),
    ("Omar Diallo, 34, was charged with theft on Monday. [[The defendant]] said no.", "Omar Diallo"),
    ("Omar Diallo was sentenced to ten years. [[The killer]] said no.", "Omar Diallo"),
    ("Omar Diallo and Oren Blake were arrested on Monday. [[The suspect]] said no.", "The suspect"),
    ("Police arrested Omar Diallo and charged Oren Blake. [[The suspect]] said no.", "The suspect"),
    ("Omar Diallo was not charged. [[The defendant]] said no.", "The defendant"),
    ("Larn Foods Inc. opened a shop. [[The team]] said no.", "The team"),
    # whoever a letter is from is named, not "they"
    (
        "The government was urged to act by a group of teachers. In an open letter, they argue that it is late. "
        "[[The letter]] said no.",
        "a group of teachers",
    ),
    # those who work together are no college
    ("Researchers filmed fish. Tom Brandt of Osk College was away. [[The team]] said no.", "The team"),
    # a newspaper is not whose it is, nor its language
    ("[[The Green League daily Larna]] said no.", "Larna"),
    ("[[The Swahili newspaper Uhuru]] said no.", "Uhuru"),
    # what somebody writes and how he talks is his
    ("Ada Brandt ran for mayor. [[Brandt's rhetoric]] said no.", "Ada Brandt"),
    # a verb before its subject is no first name
    ('Larn shut the quay. Said [[Ada Holm]], "It was never safe."', "Ada Holm"),
    # initials leave out what makes a name a firm's
    ("Larn Motors Co. will cut jobs. [[LM]] said no.", "Larn Motors Co."),
    # a town is not its police
    ("Tulsa Police shut the road. [[Tulsa]] said the roads were open.", "Tulsa"),
    ("Larn Shipping shut the quay. [[Larn]] said the boats were old.", "Larn Shipping"),
    # a president is not the woman of that surname beside whom a relative is told of
    ("Marta Quist opened the school with her husband. [[President Quist]] said no.", "Quist"),
    ("First lady Marta Quist opened the school. [[President Quist]] said no.", "Quist"),
    ("Marta Quist spoke first. [[President Quist]] said no.", "Marta Quist"),
    ("After the presidential ball Marta Quist and her husband left. [[President Quist]] said no.", "Quist"),
    ("President Marta Quist opened the school with her husband. [[President Quist]] said no.", "Marta Quist"),
    ("Ivar Quist opened the school with his wife. [[President Quist]] said no.", "Ivar Quist"),
    # an organisation of two places is one
    ("[[The Canal League of Scotland and Wales]] said no.", "Canal League of Scotland and Wales"),
    ("[[The Labour Federation of Kenya and Uganda]] said no.", "Labour Federation of Kenya and Uganda"),
    # whoever was called the maker may be called the firm
    ("Chatwell has raised its prices. The app-maker said costs were up. [[The firm]] said no.", "Chatwell"),
    ("The roof fell in, [[eyewitnesses]] said.", "eyewitnesses"),
]

PAIRS = [
    ("Talks opened between Skybridge and Polar Airways in May. [[Both airlines]] said no.", "Skybridge, Polar Airways"),
    ("American Freight and Larn Rail share the line. [[The two companies]] said no.", "American Freight, Larn Rail"),
    ("Police charged Tom Hale and Luis Ortega with theft. [[Both men]] said no.", "Tom Hale, Luis Ortega"),
    ("The mayor met Ana Ruiz and Karl Lund. [[The two officials]] said no.", "Ana Ruiz, Karl Lund"),
    ("Norway and Sweden met in Oslo. [[The two countries]] said no.", "Norway, Sweden"),
    ("Norway and Sweden met in Oslo. [[The two sides]] said no.", "Norway, Sweden"),
    ("Kenya and Uganda signed a pact. [[Both governments]] said no.", "Kenya, Uganda"),
    ("Ana Ruiz and Vera Lund run the shop. [[The two women]] said no.", "Ana Ruiz, Vera Lund"),
    # of another kind or sex, more than two, or narrowed down
    ("Ana Ruiz and Ben Lund run the shop. [[The two women]] said no.", "The two women"),
    ("Norway and Sweden met in Oslo. [[Two men]] said no.", "Two men"),
    ("Norway and Sweden met in Oslo. [[Both men]] said no.", "Both men"),
    ("Kenya, Uganda and Chad met in Oslo. [[The two countries]] said no.", "The two countries"),
    ("Ana Ruiz met Ben Lund in Oslo. [[Both lawyers from Leeds]] said no.", "Both lawyers from Leeds"),
    ("Norway and Sweden met in Oslo. [[The two rival airlines]] said no.", "The two rival airlines"),
    ("Ana Ruiz and Karl Lund fell. [[Both sides]] said no.", "Both sides"),
    ("[[Both carriers]] said no.", "Both carriers"),
]

OVERLOOKED = [
    # in the clause of a name that the mentions lack, "it" is that name
    ("Lowe's agency left. Parton, director-general of the BKL, spoke. “It is late,” [[he]] said.", "Parton"),
    (
        "Bo Overland, spokesman for the Orchard Union, spoke first. The plums are late, [[he]] said.",
        "Bo Overland",
    ),
    ("KTRB was silent. Skyfare said [[it]] wants to sell its jets in March.", "Skyfare"),
    ("The Larn Board met. Ada Brandt said [[it]] was tired.", "Larn Board"),
    ("Fire marshal Tom Vane left. Gus Ebling said no. Ladders hang at the back, [[he]] said.", "Gus Ebling"),
]


@pytest.mark.parametrize(("marked", "name"), [*OFFICES, *OVERLOOKED])
def test_who_is_meant(marked: str, name: str, parses: Parses) -> None:
    assert [speaker.name or speaker.description for speaker in speakers(marked, parses)] == [name]


@pytest.mark.parametrize(("marked", "names"), PAIRS)
def test_two_named_together_are_taken_up(marked: str, names: str, parses: Parses) -> None:
    assert ", ".join(speaker.name or speaker.description for speaker in speakers(marked, parses)) == names


@pytest.mark.parametrize(
    ("marked", "roles"),
    [
        # with the field behind the noun that takes somebody up
        ("[[The head of Larnpress]] said no. Ines Holt told reporters that it was late.", ["head of Larnpress"]),
        (
            "[[The head of Larnpress, a chain of papers that failed]], said no. Ines Holt told reporters of it.",
            ["head of Larnpress"],
        ),
        ("Ines Holt left. [[The founder of a road-safety group]] said no.", ["founder of a road-safety group"]),
        ("Marta Quist opened the school. [[The first lady]] said no.", ["first lady"]),
        ("Marta Quist opened the school. [[The lady]] said no.", [""]),
        # a title of several
        ("[[Iowa Reps. Dan Stone and Joe Lamb]] said no.", ["Iowa Reps.", "Iowa Reps."]),
        ("[[Commissioners Stan Holm and John Kern]] said no.", ["Commissioners", "Commissioners"]),
        ("[[Maj Gen Oren Quill]] said no.", ["Maj Gen"]),
        ("[[Det Sgt Ann Moss, of Larn Police]], said no.", ["Det Sgt"]),
        ("Ursula von der Holm left. [[von der Holm]] said no.", [""]),
        ("[[Sens. Ada Brandt and Joe Lamb]] said no.", ["Sens.", "Sens."]),
        ("[[Mayor Ada Brandt and Joe Lamb]] said no.", ["Mayor", ""]),
        ("[[His Honour Judge Oren Ford]] said no.", ["Judge"]),
        # a family and the rest of a list are no role
        ("Luis Ortega, his close family and two others fly home. [[Ortega]] said no.", [""]),
        (
            "Sheriff Mara Lind, Regional Doctor in Charge Oren B. Tull, Fire Marshal Piet Lyle opened the ward. "
            "[[Lind]] said no.",
            ["Sheriff"],
        ),
        # nor is a text beside its title
        ('Ida Dale\'s column, "Ada, tell it all," is kind. Tom Holm left. [[Ada]] said no.', [""]),
        # nor is what a dash sums up
        ("They expect a race between Ada Brandt and Tom Holm — a rare spectacle. [[Brandt]] said no.", [""]),
        # a surname is none
        ("[[Marner]], who chairs the guild, said no.", ["chairs the guild"]),
        ("[[Whistleblower]] said no.", ["Whistleblower"]),
        ("[[Larn County Undersheriff Karl Weil]] said no.", ["Larn County Undersheriff"]),
        ("Sales rose, [[data provider Quantis]] said. Quantis tracks ships.", ["data provider"]),
    ],
)
def test_roles(marked: str, roles: list[str], parses: Parses) -> None:
    assert [speaker.role for speaker in speakers(marked, parses)] == roles


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        # whoever makes a text known says what is quoted in the next sentence
        ("The airline issued a statement on Sunday.", "The airline"),
        ("Larn Harbour Board published a letter in May.", "Larn Harbour Board"),
        ("A guild of bakers, the Larn Ovens, posted a notice on its door.", "Larn Ovens"),
        ("Vera Quist left town.", "Vera Quist"),
        # other acts of no person tell nothing
        ("The airline issued shares on Sunday.", ""),
        ("The airline flew to Oslo on Sunday.", ""),
        ("The storm sent a letter box into the sea.", ""),
    ],
)
def test_whose_a_quotation_in_the_next_sentence_is(sentence: str, name: str, parses: Parses) -> None:
    speaker = resolver(plain_article(sentence), parses).subject_of((0, len(sentence)))
    assert (speaker.name or speaker.description if speaker is not None else "") == name
