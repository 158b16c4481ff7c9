// The form: words by their boundaries in the article, fields that fit the kind. For a claim that is corrected ("edit") or new ("add").

import { rolesOf, selected, show as showArticle } from "./article.js";
import { button, byId, el, fill } from "./dom.js";
import { Unfit, control, problem } from "./fields.js";
import { LABELS, LISTS, ROLE, SPEAKER, fieldsOf, headline, isQuote, same, spaced } from "./labels.js";
import { say } from "./notices.js";
import { state } from "./state.js";
import { find, moved, oneLine, sentences, slice, snapped, wordsOf } from "./text.js";

let form = null; // {mode, claim, loaded, spans, before, chosen, target, controls, marks, taken, fresh}
const drafts = new Map(); // "edit ID" -> what was typed and not saved

/** The steps of the words' ends: key, name, what it does. */
export const STEPS = [
  ["1", "Start one word left", () => step("start", -1)],
  ["2", "Start one word right", () => step("start", 1)],
  ["3", "End one word left", () => step("end", -1)],
  ["4", "End one word right", () => step("end", 1)],
  ["5", "Sentence before", () => sentence(-1)],
  ["6", "Next sentence", () => sentence(1)],
];

/** Open the form for the claim, or beside it for a new one; what was typed into it before and not saved is there again. */
export function open(mode, claim, loaded) {
  const marks = mode === "edit" ? rolesOf(claim) : {};
  const { content = [], ...others } = marks;
  const chosen = mode === "add" ? selected() : null;
  form = { mode, claim, loaded, spans: chosen ? [chosen] : content, before: null, chosen: null, target: "", controls: new Map(), marks: others, taken: {} };
  build(mode === "edit" ? claim.fields.claim_type : "quote");
  setWords(form.spans);
  if (mode === "edit" && claim.corrected_text && !find(loaded.chars, claim.corrected_text, claim.start)) typeWords(claim.corrected_text);
  byId("form-note").value = mode === "edit" ? claim.note : "";
  form.fresh = JSON.stringify(snapshot());
  const draft = drafts.get(key());
  if (draft) restore(draft);
  byId("claim-body").hidden = true;
  draw(mode === "edit" || Boolean(chosen));
  byId("form").querySelector(".steps button").focus();
  return Boolean(draft);
}

/** Close the form. What was typed is kept until the claim is saved, unless it's `done`. */
export function close(done = false) {
  if (!form) return;
  if (done || !dirty()) drafts.delete(key());
  else drafts.set(key(), snapshot());
  form = null;
  byId("form").replaceChildren();
  byId("claim-body").hidden = false;
}

/** Whether something was typed that isn't saved. */
export const dirty = () => Boolean(form) && JSON.stringify(snapshot()) !== form.fresh;
export const anyDraft = () => drafts.size > 0 || dirty();

/** Take the draft away and begin from the claim as it is. */
function startOver() {
  const { mode, claim, loaded } = form;
  drafts.delete(key());
  open(mode, claim, loaded);
  say("The form is as it was before you typed.");
}

const key = () => (form.mode === "edit" ? `edit ${form.claim.id}` : `add ${form.claim.doc_id}`);

function snapshot() {
  const values = [...form.controls].map(([name, each]) => [name, each.get()]);
  return { kind: byId("form-kind")?.value ?? "", spans: form.spans, words: byId("words").value, values, note: byId("form-note").value };
}

function restore(draft) {
  if (form.mode === "add" && draft.kind) refill(draft.kind);
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
  refill(kind);
}

function kindField(kind) {
  const select = el("select", { id: "form-kind", onchange: (event) => refill(event.target.value) });
  fill(select, state.choices.claim_type.map((each) => [each, spaced(each)]), kind);
  return el("div", { class: "field" }, el("label", { for: "form-kind" }, "Kind"), select);
}

function wordsField() {
  const box = el("textarea", { id: "words", rows: 3, "aria-describedby": "words-hint", oninput: (event) => typeWords(event.target.value) });
  const steps = STEPS.map(([step, label, act]) => button(label, step, act));
  return el(
    "div",
    { class: "words" },
    el("label", { for: "words" }, "Words of the claim"),
    el("p", { class: "quiet", id: "words-hint" }, "Select them in the article, move their ends, or type them."),
    el("div", { class: "steps", role: "group", "aria-label": "Move the ends of the words" }, steps),
    box,
    el("p", { class: "problem", id: "problem-words", hidden: true }),
  );
}

/** The controls that fit a kind, with what the claim has in them; what was typed into the others stays. */
function refill(kind) {
  const typed = new Map([...form.controls].map(([name, each]) => [name, each.get()]));
  const values = form.mode === "edit" ? form.claim.fields : {};
  form.controls = new Map();
  const make = (name) => {
    const each = control(name, typed.get(name) ?? values[name], take);
    form.controls.set(name, each);
    return each.node;
  };
  const own = fieldsOf(kind).map(make);
  const who = isQuote(kind) ? "" : el("details", { class: "wide" }, el("summary", {}, "Speaker of the quote that it stands in"), el("div", { class: "grid" }, SPEAKER.map(make)));
  byId("fields").replaceChildren(el("div", { class: "grid" }, own), who);
}

function setWords(spans) {
  form.spans = spans;
  byId("words").value = oneLine(wordsOf(form.loaded.chars, spans));
  warn("");
}

/** Words as typed: where they stand in the article they are its words, else they are kept as they are. */
function typeWords(words) {
  form.chosen = null;
  form.spans = words.trim() ? find(form.loaded.chars, words, form.claim.start) : [];
  if (byId("words").value !== words) byId("words").value = words;
  warn(form.spans ? "" : form.mode === "edit" ? "Not word for word in the article: kept as written." : "These words are not in the article.");
  draw(Boolean(form.spans?.length));
}

function warn(words) {
  byId("problem-words").textContent = words;
  byId("problem-words").hidden = !words;
}

function step(edge, by) {
  const spans = form.spans?.length ? moved(form.loaded.words, form.spans, edge, by) : null;
  if (!spans) return sentence(1);
  return settle(spans);
}

/** Take the whole sentence before or after where the words begin. */
function sentence(by) {
  const { loaded, claim } = form;
  const all = loaded.article.blocks.flatMap(sentences).map((span) => snapped(loaded.chars, loaded.words, span)).filter(Boolean);
  const here = form.spans?.length ? form.spans[0][0] : claim.end - 1;
  const to = by < 0 ? all.findLast(([s]) => s < here) : all.find(([s]) => s > here) ?? all.at(-1);
  if (to) settle([to]);
}

function settle(spans) {
  form.chosen = null;
  setWords(spans);
  draw(true);
  say(`Words: ${byId("words").value}`);
}

/** What was selected in the article: the claim's words, or those of the field that waits for them. */
export function choose(span) {
  if (!form) return;
  getSelection().removeAllRanges();
  if (form.target) {
    give(form.target, span);
    form.target = "";
  } else {
    form.before = form.spans;
    settle([span]);
    form.chosen = span;
  }
}

/** Put the last selection into a field, or else the next one. */
function take(name) {
  const live = selected();
  if (live || form.chosen) {
    const span = live ?? form.chosen;
    if (!live) setWords(form.before ?? []);
    getSelection().removeAllRanges();
    give(name, span);
  } else {
    form.target = name;
    say(`Now select in the article: ${LABELS[name]}.`);
  }
}

function give(name, span) {
  const words = oneLine(slice(form.loaded.chars, span));
  form.controls.get(name).put(words);
  const role = ROLE[name];
  form.taken[role] = LISTS.has(name) ? [...(form.marks[role] ?? []), span] : [span];
  form.marks = { ...form.marks, [role]: form.taken[role] };
  form.chosen = null;
  draw(false);
  say(`${LABELS[name]}: ${words}`);
}

function draw(scroll) {
  showArticle(form.loaded, { content: [], edited: form.spans ?? [], ...form.marks }, { scroll });
}

/** What is to be saved; throws Unfit with the field that can't be. Null when nothing differs from what is saved. */
export function collect() {
  for (const name of form.controls.keys()) problem(name, "");
  try {
    return form.mode === "edit" ? correction() : addition();
  } catch (error) {
    if (error instanceof Unfit) point(error.field, error.message);
    throw error;
  }
}

/** Show what is wrong with a field, and go there; whether the form has it. */
export function point(name, words) {
  if (!form) return false;
  if (name === "words" || name === "corrected_text" || name === "start") {
    warn(words);
    byId("words").focus();
    return true;
  }
  const found = form.controls.get(name);
  if (!found) return false;
  found.node.closest("details")?.setAttribute("open", "");
  problem(name, words);
  found.focus();
  return true;
}

function correction() {
  const { claim, loaded, controls } = form;
  const machine = { ...claim.fields, ...claim.machine };
  const others = Object.entries(claim.corrections).filter(([name]) => name !== "spans" && !controls.has(name));
  const now = [...controls.values()].map((each) => [each.name, each.value()]).filter(([name, value]) => !same(value, machine[name]));
  const words = form.spans ? wordsOf(loaded.chars, form.spans) : byId("words").value.trim();
  const asFound = !words || same(words, claim.fields.claim_text);
  const corrections = { ...Object.fromEntries([...others, ...now]), ...places(asFound, now.map(([name]) => name)) };
  const body = { corrected_text: asFound ? "" : words, corrections, note: byId("form-note").value.trim() };
  return body.corrected_text || Object.keys(body.corrections).length || claim.decision === "edit" ? body : null;
}

/** Where corrected words stand, by role, as far as they were selected: the same words may stand elsewhere, too. */
function places(asFound, changed) {
  const before = form.claim.corrections.spans ?? {};
  const roles = changed.map((name) => ROLE[name]);
  const held = Object.entries({ ...before, ...form.taken }).filter(([role]) => roles.includes(role));
  if (!asFound && form.spans) held.push(["content", form.spans]);
  return held.length ? { spans: Object.fromEntries(held) } : {};
}

function addition() {
  const { spans, controls, claim } = form;
  if (!spans?.length) throw new Unfit("words", "Select the claim's words in the article first, or type them as they stand there.");
  const given = [...controls.values()].map((each) => [each.name, each.value()]).filter(([, value]) => value.length > 0);
  return {
    doc_id: claim.doc_id,
    claim_type: byId("form-kind").value,
    start: spans[0][0],
    end: spans.at(-1)[1],
    fields: Object.fromEntries(given),
    note: byId("form-note").value.trim(),
  };
}
