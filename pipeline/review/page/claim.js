// The claim that is shown: who says what, with what is known of it, what was decided and by whom.

import { rolesOf, marked } from "./article.js";
import { byId, el } from "./dom.js";
import { DECIDED, LABELS, country, did, fieldsOf, headline, isQuote, shown, spaced, when } from "./labels.js";
import { oneLine, sentences } from "./text.js";

/** What stands in the claim's head and needs no line of its own, unless it was corrected. */
const HEADED = {
  quote: ["speaker", "speaker_role", "speaker_type", "speaker_country"],
  event: ["target", "target_kind", "actor", "countries"],
};

/** Draw the claim beside its article. `draft` is a note that was typed and not yet saved. */
export function render(claim, loaded, draft) {
  byId("claim-body").replaceChildren(
    head(claim),
    passage(claim, loaded),
    words(claim),
    facts(claim),
    trust(claim),
    noteBox(claim, draft),
    ...lost(claim),
    ...past(claim),
  );
}

/** Where no claim is shown. */
export function renderNone(words, hint = "") {
  byId("claim-body").replaceChildren(el("div", { class: "empty" }, el("h2", { id: "claim-name" }, words), el("p", {}, hint)));
}

function head(claim) {
  const { fields } = claim;
  const about = isQuote(fields.claim_type)
    ? [fields.speaker_role, fields.speaker_type, country(fields.speaker_country)]
    : [fields.target_kind, fields.actor && `by ${fields.actor}`, shown("countries", fields.countries)];
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
  const kind = [fields.quote_type, spaced(fields.claim_type)].filter(Boolean).join(" ");
  return [
    el("span", { class: "tag" }, kind),
    fields.event_status && el("span", { class: "tag" }, fields.event_status),
    claim.added && el("span", { class: "tag" }, "added by hand"),
    standing(claim),
  ];
}

function standing(claim) {
  if (!claim.decision) return el("span", { class: "quiet" }, "not decided");
  const { sign, word } = DECIDED[claim.decision];
  const by = [claim.reviewer && `by ${claim.reviewer}`, claim.decided_at && when(claim.decided_at)].filter(Boolean).join(", ");
  return [el("span", { class: `tag ${claim.decision}` }, `${sign} ${word}`), " ", el("span", { class: "quiet" }, by)];
}

/** The sentences of the article that hold the claim and what belongs to it, and a sentence on either side. */
function passage(claim, loaded) {
  const marks = rolesOf(claim);
  const start = Math.min(...marks.content.map(([s]) => s));
  const block = loaded.article.blocks.find((each) => each.start <= start && start < each.end);
  if (!block) return el("blockquote", {}, claim.corrected_text || claim.fields.claim_text);
  const near = Object.entries(marks).filter(([role]) => role !== "speaker_mention").flatMap(([, spans]) => spans);
  const held = near.filter(([s]) => block.start <= s && s < block.end);
  const all = sentences(block);
  const inside = all.map(([s, e]) => held.some(([a, b]) => a < e && s < b));
  const first = inside.indexOf(true);
  const last = inside.lastIndexOf(true);
  const part = ([s, e]) => marked(loaded.chars.slice(s, e), s, marks);
  const before = all.slice(Math.max(first - 1, 0), first).flatMap(part);
  const after = all.slice(last + 1, last + 2).flatMap(part);
  return el(
    "blockquote",
    { "aria-label": "The claim in its sentence" },
    before.length > 0 && el("span", { class: "context" }, before),
    all.slice(first, last + 1).flatMap(part),
    after.length > 0 && el("span", { class: "context" }, after),
  );
}

function words(claim) {
  if (!claim.corrected_text) return "";
  return el(
    "dl",
    { class: "facts changed" },
    pair("Words", el("ins", {}, oneLine(claim.corrected_text))),
    pair("as found", el("del", {}, oneLine(claim.fields.claim_text))),
  );
}

const pair = (term, ...values) => el("div", {}, el("dt", {}, term), el("dd", {}, values));

function facts(claim) {
  const kind = claim.fields.claim_type;
  const names = [...fieldsOf(kind), "people", "organisations", "published"];
  const headed = isQuote(kind) ? HEADED.quote : HEADED.event;
  const corrected = (name) => Object.hasOwn(claim.machine, name);
  const days = ["date_start", "date_end"];
  const listed = names.filter((name) => corrected(name) || (!headed.includes(name) && (days.some(corrected) || !days.includes(name))));
  const dated = !days.some(corrected) && span(claim.fields);
  return el("dl", { class: "facts" }, listed.map((name) => [fact(claim, name), name === "date_text" && dated]));
}

/** Both days in one line. */
function span({ date_start: start, date_end: end }) {
  return start || end ? pair("Date", start === end ? start : `${start || "…"} to ${end || "…"}`) : "";
}

function fact(claim, name) {
  const corrected = Object.hasOwn(claim.machine, name);
  const value = oneLine(shown(name, claim.fields[name]));
  if (!value && !corrected) return "";
  const negated = name === "stance" && claim.fields.negated ? ", negated" : "";
  if (!corrected) return pair(LABELS[name], value + negated);
  const before = oneLine(shown(name, claim.machine[name])) || "nothing";
  const now = value ? el("ins", {}, value) : el("em", {}, "taken out");
  return pair(LABELS[name], now, " ", el("span", { class: "machine" }, "found: ", el("del", {}, before)));
}

function trust(claim) {
  const { confidence, reason, rule, copies } = claim.fields;
  return el(
    "p",
    { class: "trust" },
    "Confidence ",
    el("strong", {}, Number(confidence).toFixed(2)),
    rule && [", by rule ", el("code", {}, rule)],
    copies > 0 && `, in ${copies + 1} copies of the story`,
    reason && el("span", { class: "quiet" }, oneLine(reason)),
  );
}

function noteBox(claim, draft) {
  return el(
    "div",
    { class: "notebox" },
    el("label", { for: "note" }, "Note"),
    note(draft ?? claim.note),
    el("p", { class: "quiet hint", id: "note-hint" }, "Enter saves it, Shift+Enter starts a line; the next decision takes it along."),
  );
}

function note(value) {
  const box = el("textarea", { id: "note", rows: 1, "aria-keyshortcuts": "n", "aria-describedby": "note-hint" });
  box.value = value;
  return box;
}

/** Versions that lost against this one. */
function lost(claim) {
  if (!claim.conflicts.length) return [];
  return [
    el("h3", {}, "Another version was overruled"),
    el("ol", { class: "past" }, claim.conflicts.map((each) => el("li", {}, version(each)))),
  ];
}

function past(claim) {
  if (!claim.history.length) return [];
  const list = el("ol", { class: "past" }, claim.history.map((each) => el("li", {}, version(each))));
  return [el("details", {}, el("summary", {}, `History (${claim.history.length})`), list)];
}

/** One version of a decision in words. */
export function version(change) {
  const at = change.saved_at || change.decided_at || "";
  const from = change.origin && ` (${change.origin})`;
  return [
    `${did(change.reviewer, change.decision)}${at && `, ${when(at)}`}${from || ""}`,
    change.corrected_text && el("span", { class: "said" }, `Words: ${oneLine(change.corrected_text)}`),
    change.note && el("span", { class: "said" }, `Note: ${oneLine(change.note)}`),
  ];
}
