// The claim that is shown: who says what, with what is known of it, what was decided and by whom.

import { markedText, marksOf } from "./article.js";
import { button, byId, el } from "./dom.js";
import { DECISIONS, FIELD_LABELS, TRUST, countryName, describeDecision, fieldsOf, formatTime, formatValue, headline, isQuote, quoteWord, spellOut } from "./labels.js";
import { state } from "./state.js";
import { foundSpans, oneLine, sentenceSpans, sliceText } from "./text.js";

/** Fields that stand in the claim's head and need no line of their own, unless they were corrected. */
const HEAD_FIELDS = {
  quote: ["speaker", "speaker_role", "speaker_type", "speaker_country"],
  event: ["target", "target_kind", "actor", "countries"],
};

/** The origin of a version that was one of many at once. */
const BATCH = /, (\d+) at once, step \d+$/u;
const DAY_FIELDS = ["date_start", "date_end"];

/**
 * Draw the claim beside its article.
 * @param {import("./api.js").Claim} claim
 * @param {import("./article.js").LoadedArticle} loaded its article
 * @param {string} [unsavedNote] a note that was typed and not yet saved
 */
export function renderClaim(claim, loaded, unsavedNote) {
  byId("claim-body").replaceChildren(
    head(claim),
    passage(claim, loaded),
    correctedWords(claim),
    linkedClaims(claim),
    facts(claim),
    trust(claim),
    noteBox(unsavedNote ?? claim.note),
    ...overruledVersions(claim),
    ...history(claim),
  );
}

/** Draw words in place of a claim. */
export function renderNoClaim(words, hint = "") {
  byId("claim-body").replaceChildren(el("div", { class: "empty" }, el("h2", { id: "claim-name" }, words), el("p", {}, hint)));
}

function head(claim) {
  const { fields } = claim;
  const about = isQuote(fields.claim_type)
    ? [fields.speaker_role, fields.speaker_type, countryName(fields.speaker_country)]
    : [fields.target_kind, fields.actor && `by ${fields.actor}`, formatValue("countries", fields.countries)];
  return el(
    "header",
    { class: "head" },
    el("p", { class: "tags" }, tags(claim)),
    el("h2", { id: "claim-name" }, oneLine(headline(fields))),
    el("p", { class: "quiet" }, oneLine(about.filter(Boolean).join(", "))),
  );
}

function tags(claim) {
  const { fields } = claim;
  const kind = [fields.quote_type, spellOut(fields.claim_type)].filter(Boolean).join(" ");
  return [
    el("span", { class: "tag" }, kind),
    fields.event_status && el("span", { class: "tag" }, fields.event_status),
    claim.added && el("span", { class: "tag" }, "added by hand"),
    verdict(claim),
  ];
}

function verdict(claim) {
  const by = [claim.reviewer && `by ${claim.reviewer}`, claim.decided_at && formatTime(claim.decided_at)].filter(Boolean).join(", ");
  if (claim.unknown_word) return [el("span", { class: "tag unknown" }, `not decided: ${quoteWord(claim.unknown_word)}`), " ", el("span", { class: "quiet" }, by)];
  if (!claim.decision) return el("span", { class: "quiet" }, "not decided");
  const { sign, word } = DECISIONS[claim.decision];
  return [el("span", { class: `tag ${claim.decision}` }, `${sign} ${word}`), " ", el("span", { class: "quiet" }, by)];
}

/** The sentences of the article that hold the claim and its arguments, and a sentence on either side. */
function passage(claim, loaded) {
  const marks = marksOf(claim);
  const start = Math.min(...marks.content.map(([contentStart]) => contentStart));
  const block = loaded.article.blocks.find((candidate) => candidate.start <= start && start < candidate.end);
  if (!block) return el("blockquote", {}, claim.corrected_text || claim.fields.claim_text);
  // The speaker's full name may stand far above.
  const spans = Object.entries(marks).filter(([role]) => role !== "speaker_mention").flatMap(([, roleSpans]) => roleSpans);
  const inBlock = spans.filter(([spanStart]) => block.start <= spanStart && spanStart < block.end);
  const sentences = sentenceSpans(block);
  const holdsClaim = sentences.map(([s, e]) => inBlock.some(([a, b]) => a < e && s < b));
  const first = holdsClaim.indexOf(true);
  const last = holdsClaim.lastIndexOf(true);
  const draw = ([s, e]) => {
    const found = state.filters.text ? foundSpans(sliceText(loaded.chars, [s, e]), s, state.filters.text) : [];
    return markedText(loaded.chars.slice(s, e), s, { ...marks, found });
  };
  const before = sentences.slice(Math.max(first - 1, 0), first).flatMap(draw);
  const after = sentences.slice(last + 1, last + 2).flatMap(draw);
  return el(
    "blockquote",
    { "aria-label": "The claim in its sentence" },
    before.length > 0 && el("span", { class: "context" }, before),
    sentences.slice(first, last + 1).flatMap(draw),
    after.length > 0 && el("span", { class: "context" }, after),
  );
}

function correctedWords(claim) {
  if (!claim.corrected_text) return "";
  return el(
    "dl",
    { class: "facts changed" },
    pair("Words", el("ins", {}, oneLine(claim.corrected_text))),
    pair("as found", el("del", {}, oneLine(claim.fields.claim_text))),
  );
}

const pair = (term, ...values) => el("div", {}, el("dt", {}, term), el("dd", {}, values));

/** The claim's fields as a list; both days stand in one line as long as neither was corrected. */
function facts(claim) {
  const kind = claim.fields.claim_type;
  const headFields = isQuote(kind) ? HEAD_FIELDS.quote : HEAD_FIELDS.event;
  const isCorrected = (name) => Object.hasOwn(claim.machine, name);
  const dayCorrected = DAY_FIELDS.some(isCorrected);
  const isListed = (name) => isCorrected(name) || (!headFields.includes(name) && (dayCorrected || !DAY_FIELDS.includes(name)));
  const names = [...fieldsOf(kind), "people", "organisations", "published"].filter(isListed);
  const days = !dayCorrected && dayRange(claim.fields);
  return el("dl", { class: "facts" }, names.map((name) => [fact(claim, name), name === "date_text" && days]));
}

function dayRange({ date_start: first, date_end: last }) {
  return first || last ? pair("Date", first === last ? first : `${first || "…"} to ${last || "…"}`) : "";
}

/** A field with its value and, where it was corrected, what the machine had. */
function fact(claim, name) {
  const isCorrected = Object.hasOwn(claim.machine, name);
  const value = oneLine(formatValue(name, claim.fields[name]));
  if (!value && !isCorrected) return "";
  const negated = name === "stance" && claim.fields.negated ? ", negated" : "";
  if (!isCorrected) return pair(FIELD_LABELS[name], value + negated);
  const before = oneLine(formatValue(name, claim.machine[name])) || "nothing";
  const now = value ? el("ins", {}, value) : el("em", {}, "removed");
  return pair(FIELD_LABELS[name], now, " ", el("span", { class: "machine" }, "found: ", el("del", {}, before)));
}

/** How sure the claim is and why, in sentences; the numbers are folded away. */
function trust(claim) {
  const { confidence: value, noise, reason, rule, copies, speaker_reason: speakerReason } = claim.fields;
  const sentence = claim.added ? "Added by hand" : TRUST[claim.trust].sentence;
  const inTen = Math.round(value * 10);
  const share = claim.added ? "" : `: ${inTen === 10 ? "nearly all" : `about ${inTen} of 10`} such claims are right`;
  const why = [reason, speakerReason && `the speaker: ${speakerReason}`].filter(Boolean).map((words) => asSentence(oneLine(words)));
  return el(
    "div",
    { class: "trust" },
    el("p", {}, el("strong", { class: `trusted ${claim.trust}` }, sentence), `${share}${noise ? `, and weak: ${noise}` : ""}.`),
    why.length > 0 && el("p", { class: "quiet" }, why.join(" ")),
    copies > 0 && el("p", { class: "quiet" }, `It stands in ${copies + 1} copies of the story.`),
    el("details", {}, el("summary", {}, "Numbers"), el("p", { class: "quiet" }, `Confidence ${Number(value).toFixed(2)}`, rule && [", by rule ", el("code", {}, rule)])),
  );
}

const asSentence = (words) => `${words[0].toUpperCase()}${words.slice(1)}${/[.!?]$/u.test(words) ? "" : "."}`;

/** The quote that a claim stands in, or the events that it tells of: decided together. */
function linkedClaims(claim) {
  if (!claim.linked.length) return "";
  const title = isQuote(claim.fields.claim_type) ? "In this quote" : "Said in";
  const item = (other) =>
    el(
      "li",
      {},
      button(oneLine(other.words), "", () => document.dispatchEvent(new CustomEvent("show-claim", { detail: other.id })), { class: "linked" }),
      el("span", { class: "quiet" }, `${[spellOut(other.kind), other.status].filter(Boolean).join(", ")} · ${other.decision ? DECISIONS[other.decision].word : "not decided"}`),
    );
  return el("section", { class: "together", "aria-labelledby": "linked-name" }, el("h3", { id: "linked-name" }, title), el("ul", {}, claim.linked.map(item)));
}

function noteBox(note) {
  const box = el("textarea", { id: "note", rows: 1, "aria-keyshortcuts": "n", "aria-describedby": "note-hint" });
  box.value = note;
  return el(
    "div",
    { class: "notebox" },
    el("label", { for: "note" }, "Note"),
    box,
    el("p", { class: "quiet hint", id: "note-hint" }, "Enter saves it, Shift+Enter starts a line; the next decision saves it, too."),
  );
}

/** Versions that lost against this one. */
function overruledVersions(claim) {
  if (!claim.conflicts.length) return [];
  return [el("h3", {}, "Another version was overruled"), versionList(claim.conflicts)];
}

function history(claim) {
  if (!claim.history.length) return [];
  const { origin } = claim.history.at(-1);
  const many = BATCH.exec(origin);
  const undo = () => document.dispatchEvent(new CustomEvent("undo-batch", { detail: origin }));
  return [
    el("details", {}, el("summary", {}, `History (${claim.history.length})`), versionList(claim.history)),
    ...(many ? [el("p", {}, button(`Undo all ${many[1]} of this step`, "", undo))] : []),
  ];
}

const versionList = (versions) => el("ol", { class: "past" }, versions.map((version) => el("li", {}, describeVersion(version))));

/** One version of a decision in words: who decided what, when and where, with the words and note that it gave. */
export function describeVersion(version) {
  const time = version.saved_at || version.decided_at || "";
  const origin = version.origin ? ` (${version.origin})` : "";
  return [
    `${describeDecision(version, "it")}${time && `, ${formatTime(time)}`}${origin}`,
    version.corrected_text && el("span", { class: "said" }, `Words: ${oneLine(version.corrected_text)}`),
    version.note && el("span", { class: "said" }, `Note: ${oneLine(version.note)}`),
  ];
}
