"""Who goes on speaking after what was said before."""

import re
from dataclasses import replace

from pipeline.link.turns import inherit_speakers
from pipeline.records import Quote, Span, Spans, Speaker

TEXT = (
    "“It is late,” said Ada Brandt, who wrote two books about piers. “They never close.”\n\n"
    "“Go home.”\n\n"
    "Omar Diallo said the harbour was safe. “I have seen worse.”"
)
SENTENCES: Spans = tuple((match.start(), match.end()) for match in re.finditer(r"[^.]+\.”?", TEXT))


def span_of(words: str) -> Span:
    start = TEXT.index(words)
    return (start, start + len(words))


SAID = Quote((span_of("Ada Brandt"),), (span_of("said"),), (span_of("“It is late,”"),), quote_type="direct")
TELLING = TEXT.index("said the harbour")
TOLD = Quote(
    (span_of("Omar Diallo"),),
    ((TEXT.index("said the harbour"), TEXT.index("said the harbour") + 4),),
    (span_of("the harbour was safe"),),
    quote_type="indirect",
)
BRANDT = Speaker(span_of("Ada Brandt"), "Ada Brandt", "Ada Brandt", reason="named here")
DIALLO = Speaker(span_of("Omar Diallo"), "Omar Diallo", "Omar Diallo", reason="named here")


def alone(words: str, quote_type: str = "direct") -> Quote:
    return Quote(source=(), cue=(), content=(span_of(words),), quote_type=quote_type)  # type: ignore[arg-type]


def test_a_quotation_without_source_is_that_of_the_one_before() -> None:
    _, after = inherit_speakers([SAID, alone("“They never close.”")], [(BRANDT,), ()], SENTENCES)
    assert [(speaker.name, speaker.text) for speaker in after] == [("Ada Brandt", "")]
    assert after[0].reason == "goes on after what was said before: named here"


def test_a_speaker_goes_on_in_the_next_paragraph() -> None:
    quotes = [SAID, alone("“They never close.”"), alone("“Go home.”")]
    assert inherit_speakers(quotes, [(BRANDT,), (), ()], SENTENCES)[2][0].name == "Ada Brandt"


def test_somebody_without_a_name_goes_on_under_his_description() -> None:
    spokesman = Speaker(span_of("Ada Brandt"), "a spokesman", description="a spokesman", type="person")
    _, after = inherit_speakers([SAID, alone("“They never close.”")], [(spokesman,), ()], SENTENCES)
    assert after[0].description == "a spokesman"


def test_what_is_told_in_the_sentence_before_introduces_a_quotation() -> None:
    assert TEXT[slice(*TOLD.cue[0])] == "said"
    quotes = [SAID, TOLD, alone("“I have seen worse.”")]
    assert inherit_speakers(quotes, [(BRANDT,), (DIALLO,), ()], SENTENCES)[2][0].name == "Omar Diallo"


def test_speech_in_marks_introduces_a_quotation_before_longer_words_without() -> None:
    text = "“It is late,” Ada Brandt said when Omar Diallo asked about the plan to mend the pier. “They never close.”"
    sentences = ((0, text.index(" “They")), (text.index("“They"), len(text)))

    def at(words: str) -> Span:
        return text.index(words), text.index(words) + len(words)

    said = Quote((at("Ada Brandt"),), (at("said"),), (at("“It is late,”"),), quote_type="direct")
    asked = Quote((at("Omar Diallo"),), (at("asked"),), (at("about the plan to mend the pier"),), quote_type="indirect")
    bare = Quote((), (), (at("“They never close.”"),), quote_type="direct")
    assert inherit_speakers([said, asked, bare], [(BRANDT,), (DIALLO,), ()], sentences)[2][0].name == "Ada Brandt"


def test_indirect_speech_of_nobody_between_leaves_the_turn() -> None:
    quotes = [SAID, alone("who wrote two books", "indirect"), alone("“They never close.”")]
    assert inherit_speakers(quotes, [(BRANDT,), (), ()], SENTENCES)[2][0].name == "Ada Brandt"


def test_nobody_goes_on_where_nobody_spoke() -> None:
    assert inherit_speakers([alone("“Go home.”")], [()], SENTENCES) == ((),)


def test_what_a_document_shows_is_none_of_its_speech() -> None:
    video = replace(BRANDT, type="document")
    showing = replace(TOLD, quote_type="mixed")
    _, after = inherit_speakers([showing, alone("“I have seen worse.”")], [(video,), ()], ())
    assert after == ()


def test_a_quotation_after_what_somebody_did_is_his() -> None:
    did = replace(DIALLO, text="", reason="the subject of the sentence before")
    quotes = [SAID, alone("“Go home.”")]
    before = TEXT.index(" “They never")

    def subject_of(sentence: Span) -> Speaker | None:
        return did if sentence[0] >= before else None

    _, after = inherit_speakers(quotes, [(BRANDT,), ()], SENTENCES, subject_of)
    assert [(speaker.name, speaker.reason) for speaker in after] == [("Omar Diallo", did.reason)]


def test_a_quotation_that_its_own_sentence_leads_up_to_is_the_subjects() -> None:
    did = replace(DIALLO, text="", reason="the subject of the sentence before")
    text = "Omar Diallo could not hide his joy: “They never close.”"
    quotes = [Quote((), (), ((text.index("“"), len(text)),), quote_type="direct")]

    def subject_of(words: Span) -> Speaker | None:
        return did if words == (0, text.index("“")) else None

    ((speaker,),) = inherit_speakers(quotes, [()], ((0, len(text)),), subject_of)
    assert (speaker.name, speaker.span) == ("Omar Diallo", quotes[0].content[0])
