"""Words of English that the rules about quotes ask for, as models/cues.toml lists them under [words]."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pipeline.knowledge.files import check_keys, read_toml


@dataclass(frozen=True, slots=True)
class ReportingWords:
    """Word lists of models/cues.toml, [words]: lemmas in lower case and American spelling, unless noted.

    ``refusals``: verbs that deny the act they govern ("declined to say").
    ``addressing``: verbs whose object is spoken to ("told reporters on the quay that ...").
    ``directing``: verbs of telling somebody to do something ("ordered the crews to stay in port").
    ``accusing``: verbs of accusing somebody of something.
    ``transitive``: verbs of telling or accusing that always have an object unless they are passive ("urged to stay").
    ``admitting``: verbs whose object may be a bare noun for a deed ("denied wrongdoing").
    ``asides``: verbs of what a speaker does beside speaking, as participles (", citing the log").
    ``occasions``: nouns for what somebody says something in ("in a statement", "at a press conference").
    ``withheld``: verbs of what one leaves out ("without giving details").
    ``particulars``: nouns for what one would like to know, of which somebody gives none ("gave no date").
    ``withholding``: verbs of saying behind a refusal ("declined to say whether").
    ``proposition_nouns``: nouns that a clause tells the content of ("rumours that the mill had burnt").
    ``finding``: verbs of what a record tells ("figures which show that sales fell").
    ``raising``: verbs in whose passive the subject is what is told of ("is forecast by the bank to rise").
    ``surveys``, ``publishing``: nouns of what finds things, and verbs of making that known ("in a poll leaked today").
    ``emerging``: verbs of coming to be known, whose "it" is nobody ("it emerged that the guard had slept").
    ``passing_on``: verbs in whose passive "it" is nobody ("the pier will close, it has been announced").
    ``showing_forms``, ``records``: verbs and nouns of who stands at a sentence's end ("court records show").
    ``putting``, ``figures``: verbs and nouns of saying how many ("put the number of dead at 14").
    ``requests``: nouns for what somebody wants or promises ("the union's call for a strike", "her pledge to stay").
    ``campaigns``: nouns before "for", a noun and an infinitive ("a campaign for the council to reopen the baths").
    ``plans``, ``announcing``: nouns for what somebody plans, and verbs of telling it ("announced plans to close").
    ``prescripts``, ``prescribing``: nouns for texts that say what shall be, beside documents, and verbs ("the plan
    calls for trams").
    ``foreseeing``, ``prospects``: verbs of foreseeing a figure ("the 2% growth forecast by economists"), and nouns of
    what goes up and down ("sees inflation at 3%").
    ``call_outs``: nouns of what brings helpers to a place ("responded to a report of a fire").
    ``handing``: verbs by which somebody gets a document that others wrote ("received a letter warning him").
    ``accounts``: nouns that make "by X's ..." an attribution to X ("by his own account"), and "in X's words".
    ``reporting_participles``: participles of speaking, as they stand behind "with some" ("saying").
    ``reported``: verbs of what others say, think or want, also within somebody's words ("said it hopes to win").
    ``lettering``: forms of verbs before what is written or shouted, besides ``speaking_forms`` ("reading").
    ``inverting``: forms of verbs right behind a quotation, before or after whoever speaks ("..., opined the clerk").
    ``voicing``: verbs, some with a preposition, whose object is what somebody says or wants ("recommend a long rest").
    ``findings``: nouns for what is looked for, of which "found no ..." tells a result ("found no link").
    ``convinced``: adjectives of what somebody fears or believes ("are worried that it will flood").
    ``impressions``: verbs of how things look to whoever writes ("the plan seems sound").
    ``adding``: verbs behind which "to" and a noun tell of no speech ("it adds to their troubles").
    ``identifying``: verbs of naming a source, who asks "not to be named".
    ``topical``: verbs whose bare object is what somebody spoke about ("addressed the strike").
    ``platforms``: nouns for where words are spoken or written ("her comments on a talk show").
    ``deeds``: verbs whose bare object is what is done, not said ("signed two orders").
    ``enactments``: nouns of what such a verb makes, though they tell something ("passed a bill").
    ``issuing``: verbs by which somebody makes a document known ("put out a statement saying").
    ``carrying``: verbs of what a text has in it ("the letter included a warning").
    ``posting``, ``posted``: verbs of showing something to others, and nouns of what is shown ("tweeted a link").
    ``speaking_to``: verbs behind which "to" and somebody tell only to whom ("apologised to the family").
    ``holding``: verbs by which somebody has a view or a hope ("took the view that").
    ``judging``: verbs of judging somebody for a deed that a gerund tells ("credited with saving the yard").
    ``condemning``: what nobody wants to be called ("called the vote a sham").
    ``resuming``: nouns that take up what was told before ("left the port, a move that angered the guild").
    ``voicing_feelings``, ``feelings``: verbs and nouns of what one feels about something ("raised concerns over").
    ``inquiring``: verbs of learning and judging that belong to a cue before them ("wants to know why").
    ``listed``: nouns for what somebody wants or minds, of which there are lists ("their demands include").
    ``winning``, ``winnings``: verbs of claiming, and nouns for what is won, not said ("claimed a point").
    ``answering``: verbs of answering, behind which "with" and a noun tell of no speech ("answered with a late goal").
    ``stories``: nouns of what tells a story ("the novel describes a town").
    ``reasoning``: verbs that things perform, too, and then say nothing ("that explains why she left").
    ``tidings``: nouns of what is known already, wherever it is told ("confirmed the news on her blog").
    ``tastes``: verbs of what somebody likes to do ("she likes to cook").
    ``noticing``: verbs of seeing, also with a clause ("noticed that the door was open").
    ``signifying``, ``going``: verbs of standing for something and of going ("four stars mean that").
    ``appointing``: verbs of giving somebody a post ("was nominated to lead the inquiry").
    ``deciding``: verbs of a choice, which is none yet with "will" ("voters will decide whether").
    ``anonymity``: words of not being named ("asked to remain anonymous").
    ``meeting``, ``reactions``: verbs and nouns of being criticised or praised by others ("took fire for").
    ``acting``: verbs of doing or trying whose infinitive is no plan that somebody tells ("voted to close the pool").
    ``judging_as``: verbs of taking something for something ("a frost described by growers as freakish").
    ``phasing``: verbs that govern the verb of what somebody says ("continues to insist that it is safe").
    ``delivering``, ``deliveries``: verbs and nouns of holding forth ("read a speech").
    ``interrogating``: verbs of putting questions to somebody ("questioned the clerk about the fire").
    ``empty_verbs``: verbs that stand for another ("many did").
    ``naming``: verbs of giving a name or a post ("nicknamed 'Flash'", "named her as his deputy").
    ``outlooks``: verbs of an outlook that is nobody's in the passive ("is expected to be close").
    ``hearsay``: adverbs of what others say ("allegedly"), as written.
    ``crediting``: verbs by which a newsroom names its reporters at a story's end ("Ada Brandt reported.").
    ``perceiving``: verbs of seeing and finding ("found the car").
    ``pictures``: nouns of what shows without a word ("the video shows officers").
    ``famous``: verbs of being known for something.
    ``willing``: verbs of a will, which things have only as figures of speech ("requires patience").
    ``menacing``: those of them that documents have no more than things ("the law threatens to ruin the port").
    ``opinions``: nouns that make "in the ... of X" an attribution to X.
    ``quoting``: verbs of which "X quoted Y as saying" holds two attributions.
    ``empty_objects``: verbs whose object "it" stands for what is said elsewhere ("as she put it").
    ``receiving``: verbs with people as their object ("the hospital admitted the driver").
    ``affecting``: verbs of what a deed makes others feel ("the coach angered fans").
    ``musing``: verbs of wishing and thinking, which one may or should do ("hikers may want to bring a coat").
    ``assaulting``, ``assailants``, ``targets``: verbs, sources and objects of fighting ("rebels attacked a convoy").
    ``knowing``: verbs of knowing, which deny a belief when they are denied ("did not know he was ill").
    ``expecting``: verbs of views in the passive, held by whoever tells of them ("is expected to rain, she said").
    ``sought``: nouns for what somebody runs or applies for, which is done and not said ("did not seek re-election").
    ``selecting``: adjectives and participles of a will behind a noun, which tell who it is ("banks willing to do it").
    ``written``: nouns for what authors write, beside ``stories`` ("writes a column for the Gazette").
    ``permitting``: verbs of what one keeps somebody from, or leaves undone, by refusing ("refused to let her in").
    ``certainties``: adjectives of how sure whoever writes is ("it is not clear whether she will run").
    ``question_labels``, ``answer_labels``: labels of an interview's paragraphs that name nobody, as written ("Q", "A").
    ``teasers``: what opens a line that points to another story ("read more").
    ``labels``: labels of a paragraph before a colon that name nobody ("exclusive").
    ``appeals``: phrases by which a newsroom speaks to its readers ("you agree to our").
    ``chamber_titles``: words before a name in capitals in the records of a parliament, as written, without full stop.
    ``speaking_forms``: verbs of speaking as they stand behind or before a speaker ("said", "says").
    ``attributing_forms``: forms of verbs that mostly attribute words to somebody; the review page looks for them.
    ``name_particles``: parts of names that are written small ("van", "of"), as written.
    """

    refusals: frozenset[str] = frozenset()
    addressing: frozenset[str] = frozenset()
    directing: frozenset[str] = frozenset()
    accusing: frozenset[str] = frozenset()
    transitive: frozenset[str] = frozenset()
    admitting: frozenset[str] = frozenset()
    asides: frozenset[str] = frozenset()
    occasions: frozenset[str] = frozenset()
    withheld: frozenset[str] = frozenset()
    particulars: frozenset[str] = frozenset()
    withholding: frozenset[str] = frozenset()
    proposition_nouns: frozenset[str] = frozenset()
    finding: frozenset[str] = frozenset()
    raising: frozenset[str] = frozenset()
    emerging: frozenset[str] = frozenset()
    passing_on: frozenset[str] = frozenset()
    surveys: frozenset[str] = frozenset()
    publishing: frozenset[str] = frozenset()
    showing_forms: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()
    putting: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    requests: frozenset[str] = frozenset()
    campaigns: frozenset[str] = frozenset()
    plans: frozenset[str] = frozenset()
    announcing: frozenset[str] = frozenset()
    prescripts: frozenset[str] = frozenset()
    prescribing: frozenset[str] = frozenset()
    foreseeing: frozenset[str] = frozenset()
    prospects: frozenset[str] = frozenset()
    handing: frozenset[str] = frozenset()
    call_outs: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()
    reporting_participles: frozenset[str] = frozenset()
    reported: frozenset[str] = frozenset()
    lettering: frozenset[str] = frozenset()
    inverting: frozenset[str] = frozenset()
    voicing: frozenset[str] = frozenset()
    findings: frozenset[str] = frozenset()
    convinced: frozenset[str] = frozenset()
    impressions: frozenset[str] = frozenset()
    adding: frozenset[str] = frozenset()
    identifying: frozenset[str] = frozenset()
    topical: frozenset[str] = frozenset()
    platforms: frozenset[str] = frozenset()
    deeds: frozenset[str] = frozenset()
    enactments: frozenset[str] = frozenset()
    carrying: frozenset[str] = frozenset()
    posting: frozenset[str] = frozenset()
    posted: frozenset[str] = frozenset()
    speaking_to: frozenset[str] = frozenset()
    holding: frozenset[str] = frozenset()
    judging: frozenset[str] = frozenset()
    condemning: frozenset[str] = frozenset()
    resuming: frozenset[str] = frozenset()
    voicing_feelings: frozenset[str] = frozenset()
    feelings: frozenset[str] = frozenset()
    inquiring: frozenset[str] = frozenset()
    listed: frozenset[str] = frozenset()
    winning: frozenset[str] = frozenset()
    winnings: frozenset[str] = frozenset()
    issuing: frozenset[str] = frozenset()
    answering: frozenset[str] = frozenset()
    stories: frozenset[str] = frozenset()
    reasoning: frozenset[str] = frozenset()
    tidings: frozenset[str] = frozenset()
    tastes: frozenset[str] = frozenset()
    noticing: frozenset[str] = frozenset()
    signifying: frozenset[str] = frozenset()
    going: frozenset[str] = frozenset()
    appointing: frozenset[str] = frozenset()
    deciding: frozenset[str] = frozenset()
    anonymity: frozenset[str] = frozenset()
    meeting: frozenset[str] = frozenset()
    reactions: frozenset[str] = frozenset()
    acting: frozenset[str] = frozenset()
    judging_as: frozenset[str] = frozenset()
    phasing: frozenset[str] = frozenset()
    delivering: frozenset[str] = frozenset()
    deliveries: frozenset[str] = frozenset()
    interrogating: frozenset[str] = frozenset()
    empty_verbs: frozenset[str] = frozenset()
    naming: frozenset[str] = frozenset()
    outlooks: frozenset[str] = frozenset()
    hearsay: frozenset[str] = frozenset()
    crediting: frozenset[str] = frozenset()
    perceiving: frozenset[str] = frozenset()
    pictures: frozenset[str] = frozenset()
    famous: frozenset[str] = frozenset()
    willing: frozenset[str] = frozenset()
    menacing: frozenset[str] = frozenset()
    opinions: frozenset[str] = frozenset()
    quoting: frozenset[str] = frozenset()
    empty_objects: frozenset[str] = frozenset()
    receiving: frozenset[str] = frozenset()
    affecting: frozenset[str] = frozenset()
    musing: frozenset[str] = frozenset()
    assaulting: frozenset[str] = frozenset()
    assailants: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    knowing: frozenset[str] = frozenset()
    expecting: frozenset[str] = frozenset()
    sought: frozenset[str] = frozenset()
    selecting: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    permitting: frozenset[str] = frozenset()
    certainties: frozenset[str] = frozenset()
    question_labels: frozenset[str] = frozenset()
    answer_labels: frozenset[str] = frozenset()
    teasers: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    appeals: frozenset[str] = frozenset()
    chamber_titles: frozenset[str] = frozenset()
    speaking_forms: frozenset[str] = frozenset()
    attributing_forms: frozenset[str] = frozenset()
    name_particles: frozenset[str] = frozenset()


def read_reporting_words(table: Mapping[str, Any], where: str) -> ReportingWords:
    """The lists of a [words] table; one that is missing is empty. Raises BadKnowledge, naming ``where``, for others."""
    check_keys(table, tuple(field.name for field in fields(ReportingWords)), where)
    return ReportingWords(**{name: frozenset(words) for name, words in table.items()})


def load_reporting_words(folder: Path) -> ReportingWords:
    """The lists of ``folder``/cues.toml alone, for the training that makes the weights beside it.

    Raises BadKnowledge when the file is missing, is no TOML or has an unknown list.
    """
    path = folder / "cues.toml"
    return read_reporting_words(read_toml(path).get("words", {}), f"{path} [words]")
