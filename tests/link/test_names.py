"""One name for one entity: text, a name in it, and the canonical name it gets."""

import pytest

from pipeline.extract.entities import find_entities
from pipeline.link.names import name_entities
from tests.helpers.knowledge import shared_people, shared_places
from tests.helpers.parses import Parses, plain_article

#: Over 600 characters between a full name and a misspelt surname.
FAR_AWAY = "The harbour was shut for weeks because the ferries could not leave and the market was under water. " * 7


def names(text: str, parses: Parses) -> list[tuple[str, str]]:
    article = plain_article(text)
    doc = parses(article)
    named = name_entities(find_entities(doc, article, shared_places()), doc, article, shared_people())
    return [(text[m.start : m.end], m.canonical) for m in named if m.label in ("PERSON", "ORG")]


@pytest.mark.parametrize(
    ("text", "surface", "canonical"),
    [
        ("President Emmanuel Macron spoke. Macron left early.", "Macron", "Emmanuel Macron"),
        ("Maria Lopez's lawyer left. Lopez stayed.", "Lopez", "Maria Lopez"),
        ("Maria Lopez's lawyer left. Lopez stayed.", "Maria Lopez", "Maria Lopez"),
        ("Ms. Carter won. Helen Carter lives in Leeds.", "Carter", "Helen Carter"),
        # namesakes: the subject just named, the sex of a title, the one named first
        ("Adam Reed met Helen Reed. Reed smiled.", "Reed", "Adam Reed"),
        ("Adam Reed met Helen Reed. Ms. Reed smiled.", "Reed", "Helen Reed"),
        ("Adam Reed met Helen Reed. Helen smiled.", "Helen", "Helen Reed"),
        ("Helen Reed spoke for her brother Adam Reed. Reed smiled.", "Reed", "Helen Reed"),
        ("Mr. Reed left. Helen Reed smiled. Mr. Reed came back.", "Reed", "Reed"),
        ("Adam Reed and his son Ivar Reed left. Ivar fell. Ivar wept. Reed smiled.", "Reed", "Adam Reed"),
        ("Ivar Reed and his father Adam Reed left. Ivar fell. Ivar wept. Reed smiled.", "Reed", "Adam Reed"),
        ("Oren Trumble and his son Oren Trumble Jr. left. Trumble wept.", "Trumble", "Oren Trumble"),
        ("Oren Trumble and his son Oren Trumble Jr. left. Trumble wept.", "Oren Trumble Jr.", "Oren Trumble Jr."),
        ("Oren Trumble Jr. left. Trumble wept.", "Trumble", "Oren Trumble Jr."),
        ("Oren Trumble III has a mill. Few recall the late Oren Trumble. Trumble left.", "Trumble", "Oren Trumble III"),
        ("Oren Trumble III has a mill. Few recall the late Oren Trumble.", "Oren Trumble", "Oren Trumble"),
        ("Jennifer Welsh runs the trust. Ms Welsh left.", "Welsh", "Jennifer Welsh"),
        ("Oren French left. Mr. French came back.", "French", "Oren French"),
        ("Sen. Lindsey Groom left. Mr. Groom came back.", "Groom", "Lindsey Groom"),
        ("President Brandt met his wife, Ada Brandt. Brandt waved.", "Brandt", "Brandt"),
        ("President Brandt met his wife, Ada Brandt. Brandt waved.", "Ada Brandt", "Ada Brandt"),
        ("President Ada Brandt left. Brandt waved.", "Brandt", "Ada Brandt"),
        ("Vice President Brandt left. Ada Brandt waved again.", "Brandt", "Ada Brandt"),
        ("Larn Steel Corp. shut. Larn Steel Beach stayed open. Larn Steel said no.", "Larn Steel", "Larn Steel Corp."),
        ("J. Sunil Rao, a grocer, left. Mr. Sunil Rao came back.", "Sunil Rao", "J. Sunil Rao"),
        # a headline's verb is no name, a misspelt surname is its bearer's
        ("Brandt Warns Of Storm. Ada Brandt said so on Monday.", "Brandt", "Ada Brandt"),
        ("Comments on: Nora Whitfield Fired From Larn College.\n\nWhitfield left.", "Whitfield", "Nora Whitfield"),
        ("Boats of the north by Emily Holm Read more\n\nHolm was born in Aue.", "Holm", "Emily Holm"),
        ("A post titled Victor Amsel Denied Entry To Larn was read. Amsel left.", "Amsel", "Victor Amsel"),
        ("Leslie Wimmer closed the shop. Wimer said the rent was too high.", "Wimer", "Leslie Wimmer"),
        ("Leslie Wimmer closed the shop. Walker said the rent was too high.", "Walker", "Walker"),
        (f"Delcy Marrquez left. {FAR_AWAY}Marrques said the rent was too high.", "Marrques", "Delcy Marrquez"),
        (f"Delcy Marrquez left. {FAR_AWAY}Meyers said the rent was too high.", "Meyers", "Meyers"),
        (f"Ada Hanson left. {FAR_AWAY}Hansen said it was. Hansen was tired.", "Hansen", "Hansen"),
        (f"Nadia Jantzen left. {FAR_AWAY}Jansen said the rent was too high.", "Jansen", "Nadia Jantzen"),
        (f"Lars Petersen left. {FAR_AWAY}Peterson said the rent was too high.", "Peterson", "Lars Petersen"),
        (f"Feng Luo left. {FAR_AWAY}Dr Lou said the rent was too high.", "Lou", "Feng Luo"),
        (f"Kate Barton left. {FAR_AWAY}Burten said the rent was too high.", "Burten", "Burten"),
        ("Oren Blake and Ivar Holm left. Blake and Holm were tired.", "Holm", "Ivar Holm"),
        ("Ada Brandt Backs Dam And Slams Foes\n\nAda Brandt backs the dam.", "Ada Brandt", "Ada Brandt"),
        ("Holm Claims That Ada Brandt Is In Larn\n\nAda Brandt left. Brandt wept.", "Brandt", "Ada Brandt"),
        ("Debts Of Ada Holm Brandt Rise Once More\n\nHolm Brandt left.", "Holm Brandt", "Ada Holm Brandt"),
        ("It made Tarn, New Jersey’s first mayor, laugh. Ole Tarn left.", "Tarn", "Ole Tarn"),
        # a role that a capital joined to the name, a name that the parser took for a firm
        ("Campaigner Ada Brandt spoke. Brandt left.", "Brandt", "Ada Brandt"),
        # nor is a picture's credit one
        ("Getty Brandt sees a storm ahead.\n\nSenator Ada Brandt said so.", "Brandt", "Ada Brandt"),
        # organisations
        ("Larn Fire Command met. Fircom said it was dry.", "Fircom", "Larn Fire Command"),
        ("The Larn Department of Transport met. The DOT said it was icy.", "DOT", "Larn Department of Transport"),
        ("The European Dam Safety Agency, known as DASA, met. DASA said no.", "DASA", "European Dam Safety Agency"),
        ("The Ministry of Defence met. The MoD said the ship was late.", "MoD", "Ministry of Defence"),
        ("The Northern Fishing Council met. The NFC said the quota was too low.", "NFC", "Northern Fishing Council"),
        ("The European Union met. The EU said the quota was too low.", "EU", "European Union"),
        ("Larn Shipping Inc. made a loss. Larn said the yard was too old.", "Larn", "Larn Shipping Inc."),
        ("Larn Shipping Inc. made a loss. Mr. Larn said the yard was too old.", "Larn", "Larn"),
        ("Larn Shipping and Larn Motors made a loss. Larn said no.", "Larn", "Larn"),
        ("KLR closed. Jobs go to KLR Harbour LLC, a unit in Aue. KLR said no.", "KLR", "KLR"),
        ("KLR Energy shut. KLR said no.", "KLR", "KLR Energy"),
        ("Larnix Corp. shut. Larnix X200 radios failed. Larnix said no.", "Larnix", "Larnix Corp."),
        ("The Fjord Gazette broke the story. The Gazette said it stood by it.", "Gazette", "Fjord Gazette"),
    ],
)  # fmt: skip
def test_a_name_gets_the_fullest_form(text: str, surface: str, canonical: str, parses: Parses) -> None:
    forms = names(text, parses)
    assert (surface, canonical) in forms
    assert {full for short, full in forms if short == surface} == {canonical}


@pytest.mark.parametrize(
    ("first", "alone", "sex"),
    [("Ada", False, "f"), ("Oren", False, "m"), ("José", False, "m"), ("Robin", False, ""), ("Xqzt", False, ""),
     ("Melanie", True, "f"), ("Clinton", True, "")],
)  # fmt: skip
def test_first_names_tell_the_sex_where_one_sex_bears_them(first: str, alone: bool, sex: str) -> None:
    assert shared_people().sex_of_name(first, alone) == sex


@pytest.mark.parametrize(
    ("word", "sex"), [("mrs.", "f"), ("spokeswoman", "f"), ("fireman", "m"), ("human", ""), ("mayor", "")]
)
def test_titles_and_nouns_tell_the_sex(word: str, sex: str) -> None:
    assert shared_people().sex_of_word(word) == sex


@pytest.mark.parametrize("noun", ["senator", "teacher", "economist", "fisherman", "widow", "critic"])
def test_nouns_for_people(noun: str) -> None:
    assert shared_people().is_person(noun)


@pytest.mark.parametrize("noun", ["newspaper", "harbour", "letter", "ministry", "pier", "list"])
def test_nouns_for_things(noun: str) -> None:
    assert not shared_people().is_person(noun)
