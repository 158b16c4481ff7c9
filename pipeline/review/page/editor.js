// The form in which a claim is corrected ("edit") or one that was missed is given ("add"): the words by their edges in
// the article, and the fields that fit the kind.

import { marksOf, selectedSpan, showArticle } from "./article.js";
import { chosenMissed, forgetMissed } from "./article_claims.js";
import { button, byId, el, fillSelect } from "./dom.js";
import { InvalidValue, createControl, setProblem } from "./fields.js";
import { FIELD_LABELS, LIST_FIELDS, ROLE_OF_FIELD, SPEAKER_FIELDS, fieldsOf, headline, isQuote, isSameValue, spellOut } from "./labels.js";
import { announce } from "./notices.js";
import { state } from "./state.js";
import { findWords, joinSpans, moveEdge, oneLine, sentenceSpans, sliceText, snapToWords } from "./text.js";

/**
 * The open form; null when there is none.
 * @type {{
 *   mode: "edit"|"add",
 *   claim: import("./api.js").Claim, // the claim to correct, or one of the article to add to
 *   loaded: import("./article.js").LoadedArticle,
 *   spans: import("./text.js").Span[] | null, // of the claim's words; null when the typed words are not in the article
 *   spansBefore: import("./text.js").Span[] | null, // those before the last selection
 *   selection: import("./text.js").Span | null, // taken as the claim's words, but a field may still ask for it
 *   waitingField: string, // the field that gets the next selection
 *   controls: Map<string, import("./fields.js").Control>,
 *   marks: Object<string, import("./text.js").Span[]>, // by role, without the claim's own words
 *   takenSpans: Object<string, import("./text.js").Span[]>, // by role, as selected in this form
 *   pristine: string, // the form as it was opened, to tell whether something was typed
 * } | null}
 */
let form = null;
const drafts = new Map(); // by draftKey: what was typed and not saved

/** Steps that move the edges of the claim's words: key, label, what it does. */
export const STEPS = [
  ["1", "Start one word left", () => moveWords("start", -1)],
  ["2", "Start one word right", () => moveWords("start", 1)],
  ["3", "End one word left", () => moveWords("end", -1)],
  ["4", "End one word right", () => moveWords("end", 1)],
  ["5", "Sentence before", () => takeSentence(-1)],
  ["6", "Next sentence", () => takeSentence(1)],
];

/**
 * Open the form for a claim to correct, or beside it for a new one.
 * @returns {boolean} whether something was typed into it before and not saved, which is there again
 */
export function open(mode, claim, loaded) {
  const { content = [], ...marks } = mode === "edit" ? marksOf(claim) : {};
  const selection = mode === "add" ? selectedSpan() ?? chosenSentence(loaded) : null;
  form = {
    mode, claim, loaded, spans: selection ? [selection] : content, spansBefore: null, selection: null, waitingField: "",
    controls: new Map(), marks, takenSpans: {}, pristine: "",
  };
  build(mode === "edit" ? claim.fields.claim_type : "quote");
  setWords(form.spans);
  const isElsewhere = mode === "edit" && claim.corrected_text && !findWords(loaded.chars, claim.corrected_text, claim.start);
  if (isElsewhere) typeWords(claim.corrected_text);
  byId("form-note").value = mode === "edit" ? claim.note : "";
  form.pristine = JSON.stringify(snapshot());
  const draft = drafts.get(draftKey());
  if (draft) restore(draft);
  byId("claim-body").hidden = true;
  draw(mode === "edit" || Boolean(selection));
  byId("form").querySelector(".steps button").focus();
  return Boolean(draft);
}

/** The missed sentence that was gone to, without white space at its ends. */
function chosenSentence(loaded) {
  const span = chosenMissed(loaded);
  forgetMissed();
  return span && snapToWords(loaded.words, span);
}

/** Close the form. What was typed is kept as a draft, unless it was `saved`. */
export function close(saved = false) {
  if (!form) return;
  if (saved || !isDirty()) drafts.delete(draftKey());
  else drafts.set(draftKey(), snapshot());
  abandon();
}

/** Close the form as it is; a draft stays as it was. */
export function abandon() {
  form = null;
  byId("form").replaceChildren();
  byId("claim-body").hidden = false;
}

/** Whether something was typed that isn't saved. */
export const isDirty = () => Boolean(form) && JSON.stringify(snapshot()) !== form.pristine;
export const hasDrafts = () => drafts.size > 0 || isDirty();

/** Throw the draft away and begin with the claim as it is. */
function startOver() {
  const { mode, claim, loaded } = form;
  drafts.delete(draftKey());
  open(mode, claim, loaded);
  announce("The form is as it was before you typed.");
}

const draftKey = () => (form.mode === "edit" ? `edit ${form.claim.id}` : `add ${form.claim.doc_id}`);

function snapshot() {
  const values = [...form.controls].map(([name, control]) => [name, control.get()]);
  return { kind: byId("form-kind")?.value ?? "", spans: form.spans, words: byId("words").value, values, note: byId("form-note").value };
}

function restore(draft) {
  if (form.mode === "add" && draft.kind) drawFields(draft.kind);
  for (const [name, value] of draft.values) form.controls.get(name)?.set(value);
  if (draft.spans && !(form.mode === "add" && form.spans.length)) setWords(draft.spans);
  else if (!draft.spans) typeWords(draft.words);
  byId("form-note").value = draft.note;
}

function build(kind) {
  const { mode, claim } = form;
  const title = mode === "edit" ? `Edit: ${oneLine(headline(claim.fields))}` : "Add a missed claim";
  byId("form").replaceChildren(
    el(
      "form",
      { id: "claim-form", "aria-labelledby": "form-name", onsubmit: (event) => event.preventDefault() },
      el("header", { class: "titled" }, el("h2", { id: "form-name" }, title), button("Start over", "", startOver)),
      mode === "add" && kindField(kind),
      wordsField(),
      el("div", { id: "fields" }),
      el("div", { class: "field wide" }, el("label", { for: "form-note" }, "Note"), el("textarea", { id: "form-note", rows: 2 })),
    ),
  );
  drawFields(kind);
}

function kindField(kind) {
  const select = el("select", { id: "form-kind", onchange: (event) => drawFields(event.target.value) });
  fillSelect(select, state.choices.claim_type.map((type) => [type, spellOut(type)]), kind);
  return el("div", { class: "field" }, el("label", { for: "form-kind" }, "Kind"), select);
}

function wordsField() {
  const box = el("textarea", { id: "words", rows: 3, "aria-describedby": "words-hint", oninput: (event) => typeWords(event.target.value) });
  const steps = STEPS.map(([key, label, move]) => button(label, key, move));
  return el(
    "div",
    { class: "words" },
    el("label", { for: "words" }, "Words of the claim"),
    el("p", { class: "quiet", id: "words-hint" }, "Select them in the article, move their edges, or type them."),
    el("div", { class: "steps", role: "group", "aria-label": "Move the edges of the words" }, steps),
    box,
    el("p", { class: "problem", id: "problem-words", hidden: true }),
  );
}

/** Draw the controls that fit a kind, with what the claim has in them; what was typed into those that stay is kept. */
function drawFields(kind) {
  const typed = new Map([...form.controls].map(([name, control]) => [name, control.get()]));
  const values = form.mode === "edit" ? form.claim.fields : {};
  form.controls = new Map();
  const draw = (name) => {
    const control = createControl(name, typed.get(name) ?? values[name], takeSelection);
    form.controls.set(name, control);
    return control.node;
  };
  const ownFields = el("div", { class: "grid" }, fieldsOf(kind).map(draw));
  const summary = () => el("summary", {}, "Speaker of the quote that it stands in");
  const speaker = isQuote(kind) ? "" : el("details", { class: "wide" }, summary(), el("div", { class: "grid" }, SPEAKER_FIELDS.map(draw)));
  byId("fields").replaceChildren(ownFields, speaker);
}

function setWords(spans) {
  form.spans = spans;
  byId("words").value = oneLine(joinSpans(form.loaded.chars, spans));
  setWordsProblem("");
}

/** Take words as typed: where the article has them they are marked in it, else they are kept as they are. */
function typeWords(words) {
  form.selection = null;
  form.spans = words.trim() ? findWords(form.loaded.chars, words, form.claim.start) : [];
  if (byId("words").value !== words) byId("words").value = words;
  setWordsProblem(form.spans ? "" : form.mode === "edit" ? "Not word for word in the article: kept as written." : "These words are not in the article.");
  draw(Boolean(form.spans?.length));
}

function setWordsProblem(words) {
  byId("problem-words").textContent = words;
  byId("problem-words").hidden = !words;
}

function moveWords(edge, direction) {
  if (form.spans?.length) takeWords(moveEdge(form.loaded.words, form.spans, edge, direction));
  else takeSentence(1);
}

/** Take the whole sentence before or after the start of the words. */
function takeSentence(direction) {
  const { loaded, claim } = form;
  const sentences = loaded.article.blocks.flatMap(sentenceSpans).map((span) => snapToWords(loaded.words, span)).filter(Boolean);
  const start = form.spans?.length ? form.spans[0][0] : claim.end - 1;
  const sentence = direction < 0 ? sentences.findLast(([s]) => s < start) : sentences.find(([s]) => s > start) ?? sentences.at(-1);
  if (sentence) takeWords([sentence]);
}

function takeWords(spans) {
  form.selection = null;
  setWords(spans);
  draw(true);
  announce(`Words: ${byId("words").value}`);
}

/** Take what was selected in the article: for the field that waits for it, else as the claim's words. */
export function takeArticleSelection(span) {
  if (!form) return;
  getSelection().removeAllRanges();
  if (form.waitingField) {
    fillField(form.waitingField, span);
    form.waitingField = "";
  } else {
    form.spansBefore = form.spans;
    takeWords([span]);
    form.selection = span;
  }
}

/** Put the last selection into a field (it had become the claim's words: these are as before), or else the next one. */
function takeSelection(name) {
  const current = selectedSpan();
  if (current || form.selection) {
    const span = current ?? form.selection;
    if (!current) setWords(form.spansBefore ?? []);
    getSelection().removeAllRanges();
    fillField(name, span);
  } else {
    form.waitingField = name;
    announce(`Now select the words in the article: ${FIELD_LABELS[name]}.`);
  }
}

function fillField(name, span) {
  const words = oneLine(sliceText(form.loaded.chars, span));
  form.controls.get(name).put(words);
  const role = ROLE_OF_FIELD[name];
  form.takenSpans[role] = LIST_FIELDS.has(name) ? [...(form.marks[role] ?? []), span] : [span];
  form.marks = { ...form.marks, [role]: form.takenSpans[role] };
  form.selection = null;
  draw(false);
  announce(`${FIELD_LABELS[name]}: ${words}`);
}

function draw(scroll) {
  showArticle(form.loaded, { content: [], edited: form.spans ?? [], ...form.marks }, { scroll });
}

/**
 * What is to be saved: for "edit" the body of a decision, null when it changes nothing; for "add" that of a new claim.
 * Throws InvalidValue, and shows it beside its field, for what can't be sent.
 */
export function readForm() {
  for (const name of form.controls.keys()) setProblem(name, "");
  try {
    return form.mode === "edit" ? readCorrection() : readNewClaim();
  } catch (error) {
    if (error instanceof InvalidValue) showFieldProblem(error.field, error.message);
    throw error;
  }
}

/** Show what is wrong with a field, and go there. Returns whether the form has that field. */
export function showFieldProblem(name, words) {
  if (!form) return false;
  if (name === "words" || name === "corrected_text" || name === "start") {
    setWordsProblem(words);
    byId("words").focus();
    return true;
  }
  const control = form.controls.get(name);
  if (!control) return false;
  control.node.closest("details")?.setAttribute("open", "");
  setProblem(name, words);
  control.focus();
  return true;
}

function readCorrection() {
  const { claim, loaded, controls } = form;
  const machine = { ...claim.fields, ...claim.machine };
  const notInForm = Object.entries(claim.corrections).filter(([name]) => name !== "spans" && !controls.has(name));
  const values = [...controls.values()].map((control) => [control.name, control.value()]);
  const changed = values.filter(([name, value]) => !isSameValue(value, machine[name]));
  const words = form.spans ? joinSpans(loaded.chars, form.spans) : byId("words").value.trim();
  const isAsFound = !words || isSameValue(words, claim.fields.claim_text);
  const spans = correctedSpans(isAsFound, changed.map(([name]) => name));
  const corrections = { ...Object.fromEntries([...notInForm, ...changed]), ...spans };
  const body = { corrected_text: isAsFound ? "" : words, corrections, note: byId("form-note").value.trim() };
  return body.corrected_text || Object.keys(body.corrections).length || claim.decision === "edit" ? body : null;
}

/** Where corrected words stand, by role, as far as they were selected: the same words may stand elsewhere, too. */
function correctedSpans(isAsFound, changedFields) {
  const roles = changedFields.map((name) => ROLE_OF_FIELD[name]);
  const selected = { ...form.claim.corrections.spans, ...form.takenSpans };
  const entries = Object.entries(selected).filter(([role]) => roles.includes(role));
  if (!isAsFound && form.spans) entries.push(["content", form.spans]);
  return entries.length ? { spans: Object.fromEntries(entries) } : {};
}

function readNewClaim() {
  const { spans, controls, claim } = form;
  if (!spans?.length) throw new InvalidValue("words", "Select the claim's words in the article first, or type them as they stand there.");
  const values = [...controls.values()].map((control) => [control.name, control.value()]);
  return {
    doc_id: claim.doc_id,
    claim_type: byId("form-kind").value,
    start: spans[0][0],
    end: spans.at(-1)[1],
    fields: Object.fromEntries(values.filter(([, value]) => value.length > 0)),
    note: byId("form-note").value.trim(),
  };
}
