// Decisions: sent at once, one after the other; what is refused stays on the page until it is settled.

import { get, post } from "./api.js";
import { version } from "./claim.js";
import { byId, el } from "./dom.js";
import * as editor from "./editor.js";
import { Unfit } from "./fields.js";
import { DECIDED, LABELS, did, shown } from "./labels.js";
import * as queue from "./queue.js";
import { complain, hush, say } from "./notices.js";
import { draw, inWords, leave, notes, put, show } from "./claim_view.js";
import { reviewer, state, stays } from "./state.js";
import { oneLine } from "./text.js";

const done = []; // ids of the claims decided in this session, the last one last
let turn = Promise.resolve();
let round = 0;

/** Do it when what was begun before has ended. When that fails, what waits is dropped: it was meant for another claim. */
export function inTurn(task) {
  const mine = round;
  turn = turn.then(async () => {
    if (mine !== round) return;
    try {
      await task();
    } catch (error) {
      round += 1;
      if (!(error instanceof Unfit)) complain(error);
    }
  });
  return turn;
}

/** Accept, reject or mark as unsure; corrections and words that there are stay. */
export async function decide(decision) {
  const { claim } = state;
  if (!claim || unsettled()) return;
  await send(claim, { decision, corrected_text: claim.corrected_text, corrections: claim.corrections, note: noteOf(claim) });
}

/** Save the note alone. */
export async function saveNote() {
  const { claim } = state;
  if (!claim || unsettled()) return;
  const body = { decision: claim.decision, corrected_text: claim.corrected_text, corrections: claim.corrections, note: noteOf(claim) };
  await send(claim, body, "Note");
}

const noteOf = (claim) => (notes.get(claim.id) ?? claim.note).trim();

/** Save what the form has. */
export async function saveForm() {
  const body = editor.collect();
  if (state.mode === "add") return add(body);
  if (!body) return say("Nothing differs from what was found. To accept it as it is: Escape, then a.");
  if (unsettled()) return undefined;
  return send(state.claim, { decision: "edit", ...body });
}

/** Send a decision on a claim; then on to the next one. `what` was saved, when it isn't the decision. */
async function send(claim, body, what = "") {
  let saved;
  try {
    saved = await post(`/api/claims/${encodeURIComponent(claim.id)}/decision`, { ...body, reviewer: reviewer(), seen: claim.version });
  } catch (error) {
    refused(error, claim, () => send(claim, body, what), (theirs) => send(theirs, body, what), body);
    return;
  }
  settled();
  notes.delete(claim.id);
  leave(true);
  done.push(saved.id);
  took(claim.decision, saved);
  const words = what || (body.decision ? capital(DECIDED[body.decision].word) : "Decision taken back");
  if (what || stays()) {
    await put(saved);
    say(`${words}: saved.`);
  } else {
    await onward(saved, words);
  }
}

async function onward(saved, words) {
  const id = await queue.undecided();
  if (id) await show(id);
  else await put(saved);
  say(id ? `${words}, saved. Next: ${inWords(state.claim)}` : `${words}, saved. No undecided claim is left in this list.`);
}

/** A claim that the machine missed. */
async function add(body) {
  let saved;
  try {
    saved = await post("/api/claims", { ...body, reviewer: reviewer() });
  } catch (error) {
    if (error.status === 422 && editor.point(error.field, `${error.message} ${error.hint}`)) return;
    complain(error, "failed", error.status === 400 ? null : again(() => add(body)));
    return;
  }
  settled();
  leave(true);
  done.push(saved.id);
  queue.insert(saved);
  queue.progress({ all: queue.counts.all + 1, decided: queue.counts.decided + 1 });
  await put(saved);
  say(`Added and saved: ${inWords(saved)}`);
}

/** Take back the last decision of this session, else that of the shown claim. */
export async function undo() {
  if (unsettled()) return;
  const id = done.at(-1) ?? state.claim?.id;
  if (!id) return;
  const claim = state.claim?.id === id ? state.claim : await get(`/api/claims/${encodeURIComponent(id)}`);
  await takeBack(claim);
}

async function takeBack(claim) {
  let saved;
  try {
    saved = await post(`/api/claims/${encodeURIComponent(claim.id)}/undo`, { seen: claim.version, reviewer: reviewer() });
  } catch (error) {
    if (error.status === 400) done.pop();
    refused(error, claim, () => takeBack(claim), takeBack, null);
    return;
  }
  if (done.at(-1) === claim.id) done.pop();
  settled();
  took(claim.decision, saved);
  await put(saved);
  say(`Undone. ${saved.decision ? `It is ${DECIDED[saved.decision].word} again.` : "It is not decided."}`);
}

/** Bring list and progress up to a claim as it was saved. */
function took(before, saved) {
  const { all, decided } = queue.counts;
  queue.progress({ all, decided: decided + Number(Boolean(saved.decision)) - Number(Boolean(before)) });
  queue.update(saved);
}

/** Show what was refused: a field beside it, another's decision beside one's own, anything else with a way to try again. */
function refused(error, claim, retry, onTop, body) {
  round += 1;
  if (error.status === 409 && error.current) conflict(error, claim, onTop, body);
  else if (error.status === 422 && editor.point(error.field, `${error.message} ${error.hint}`)) say(error.message);
  else complain(error, "failed", error.status === 400 ? null : again(retry));
}

const again = (task) => ["Try again", () => inTurn(task)];

function settled() {
  hush("failed");
  byId("conflict").replaceChildren();
}

/** Whether another's decision waits for an answer; says so. */
export function unsettled() {
  const waiting = byId("conflict").querySelector("button");
  if (!waiting) return false;
  say("Another decision was saved meanwhile: save yours on top, or take theirs.");
  waiting.focus();
  return true;
}

function conflict(error, claim, onTop, body) {
  const theirs = error.current;
  took(claim.decision, theirs);
  const mine = button_("Save mine on top", () => inTurn(() => (byId("conflict").replaceChildren(), onTop(theirs))));
  const take = button_("Take theirs", () => inTurn(() => accept(theirs)));
  byId("conflict").replaceChildren(
    el(
      "section",
      { class: "conflict", role: "alert", "aria-label": "Two decisions on one claim" },
      el("h3", {}, error.message),
      el(
        "div",
        { class: "sides" },
        side("Theirs", theirs),
        side("Yours", body ? { ...body, reviewer: reviewer() } : { decision: "", reviewer: reviewer() }),
      ),
      el("div", { class: "decide" }, mine, take),
    ),
  );
  byId("claim-scroll").scrollTop = 0;
  document.body.dataset.pane = "claim";
  mine.focus();
}

const button_ = (label, onclick) => el("button", { type: "button", onclick }, label);

async function accept(theirs) {
  settled();
  notes.delete(theirs.id);
  leave(true);
  await put(theirs);
  say(`Theirs stands: ${did(theirs.reviewer, theirs.decision)}.`);
}

function side(title, each) {
  const corrections = Object.entries(each.corrections ?? {}).filter(([name]) => name in LABELS);
  return el(
    "div",
    {},
    el("h4", {}, title),
    el("p", {}, version(each)),
    corrections.map(([name, value]) => el("p", { class: "said" }, `${LABELS[name]}: ${oneLine(shown(name, value)) || "nothing"}`)),
  );
}

const capital = (word) => word[0].toUpperCase() + word.slice(1);

/** Draw the shown claim anew when another's version of it came. */
export function replaceShown(claim) {
  state.claim = claim;
  draw();
}
