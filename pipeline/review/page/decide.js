// Decisions: sent at once, one after the other; what the server refuses stays on the page until it is settled.

import { claimPath, get, post } from "./api.js";
import { dropClaim, noteClaims } from "./article.js";
import { undoBatch } from "./bulk.js";
import { describeVersion } from "./claim.js";
import { button, byId, el } from "./dom.js";
import * as editor from "./editor.js";
import { InvalidValue } from "./fields.js";
import { DECISIONS, FIELD_LABELS, describeDecision, formatValue, isQuote, spellOut } from "./labels.js";
import * as queue from "./queue.js";
import { announce, hideAlert, showError } from "./notices.js";
import { closeForm, describeClaim, openArticle, openClaim, redrawClaim, showClaim, unsavedNotes } from "./claim_view.js";
import { reviewerName, state, staysAfterDeciding } from "./state.js";
import { oneLine } from "./text.js";

let lastTask = Promise.resolve();
let failures = 0;

/** Run a task when all before it have ended. After a failure those that wait are dropped: they were meant for another claim. */
export function enqueue(task) {
  const failuresBefore = failures;
  lastTask = lastTask.then(async () => {
    if (failuresBefore !== failures) return;
    try {
      await task();
    } catch (error) {
      failures += 1;
      if (!(error instanceof InvalidValue)) showError(error);
    }
  });
  return lastTask;
}

/**
 * Run a task on the shown claim when all tasks before it have ended, unless another claim is shown by then: what a key
 * was meant for is the claim that stood there when it was pressed.
 */
export function enqueueOnShown(task) {
  const id = state.claim?.id;
  return enqueue(() => (state.claim?.id === id ? task() : announce("The last key came before this claim was shown: it did nothing.")));
}

/** Accept, reject or mark the shown claim as unsure; its corrections stay. */
export async function saveDecision(decision) {
  const { claim } = state;
  if (!claim || isBlockedByConflict()) return;
  await send(claim, withCorrections(claim, decision));
}

/** Save the note alone; the decision stays. */
export async function saveNote() {
  const { claim } = state;
  if (!claim || isBlockedByConflict()) return;
  await send(claim, withCorrections(claim, claim.decision || claim.unknown_word), true);
}

function withCorrections(claim, decision) {
  const note = (unsavedNotes.get(claim.id) ?? claim.note).trim();
  return { decision, corrected_text: claim.corrected_text, corrections: claim.corrections, note };
}

/** Save what the form has: a correction of the shown claim, or a new claim. */
export async function saveForm() {
  if (state.mode === "read") return undefined; // it was closed while this waited
  const body = editor.readForm();
  if (state.mode === "add") return addClaim(body);
  if (!body) return announce("You changed nothing. To accept the claim as it is, press Escape, then a.");
  if (isBlockedByConflict()) return undefined;
  return send(state.claim, { decision: "edit", ...body });
}

/**
 * Send a decision on a claim; then go on to the next undecided one, unless only a note was saved or the page stays.
 * @param {import("./api.js").Claim} claim as it was seen
 * @param {Object} body the decision with words, corrections and note
 * @param {boolean} isNote whether only the note was meant
 */
async function send(claim, body, isNote = false) {
  let saved;
  try {
    saved = await post(claimPath(claim.id, "decision"), { ...body, reviewer: reviewerName(), seen: claim.version });
  } catch (error) {
    const decision = body.decision in DECISIONS ? body.decision : ""; // a word that is none of them can't overrule one
    const overrule = (theirs) => send(theirs, { ...body, decision }, isNote);
    showRefusal(error, claim, { retry: () => send(claim, body, isNote), overrule, body });
    return;
  }
  clearRefusals();
  unsavedNotes.delete(claim.id);
  closeForm(true);
  queue.steps.push(saved.id);
  updateList(claim.decision, saved);
  if (!isNote) offerLinked(saved);
  const words = isNote ? "Note" : body.decision ? capitalize(DECISIONS[body.decision].word) : "Decision undone";
  if (isNote || staysAfterDeciding()) {
    await showClaim(saved);
    announce(isNote ? "Note saved." : `${words}, saved.`);
  } else {
    await goOn(saved, words);
  }
}

/** Offer the same decision for what stands in the quote, or for the quote around it, where that is still open. */
function offerLinked(saved) {
  byId("offer").replaceChildren();
  const open = saved.linked.filter(({ decision, unknown_word: word }) => !decision && !word);
  const choice = { accept: "Accept", reject: "Reject" }[saved.decision];
  if (!open.length || !choice) return;
  const place = isQuote(saved.kind) ? "in that quote" : `around that ${spellOut(saved.kind)}`;
  const what = open.length === 1 ? `The ${spellOut(open[0].kind)} ${place} is still open` : `${open.length} claims ${place} are still open`;
  const take = () => (byId("offer").replaceChildren(), enqueue(() => decideLinked(open, saved.decision)));
  byId("offer").replaceChildren(
    el("p", {}, `${what}: “${oneLine(open[0].words)}”`),
    button(`${choice} ${open.length === 1 ? "it" : "them"}, too`, "w", take, { class: "strong", id: "take-offer" }),
    button("Leave it", "", () => byId("offer").replaceChildren()),
  );
}

async function decideLinked(open, decision) {
  const claims = open.map(({ id }) => id);
  const saved = await post("/api/decisions", { claims, decision, expected: claims.length, reviewer: reviewerName() });
  queue.steps.push({ batch: saved.batch });
  for (const id of claims) {
    const claim = await get(claimPath(id));
    queue.updateLine(claim);
    noteClaims([claim]);
    if (id === state.claim?.id) await goOn(claim, capitalize(DECISIONS[decision].word));
  }
  queue.showProgress(saved);
  queue.countAnew();
  if (state.claim) redrawClaim();
  announce(`${capitalize(DECISIONS[decision].word)}, too, saved.`);
}

async function goOn(saved, words) {
  let id;
  try {
    id = await queue.nextUndecided();
    if (id) await openClaim(id);
    else await showClaim(saved);
  } catch (error) {
    announce(`${words}, saved.`);
    throw error;
  }
  announce(id ? `${words}, saved. Next: ${describeClaim(state.claim)}` : `${words}, saved. No undecided claim is left in this list.`);
}

/** Add a claim that the machine missed. */
async function addClaim(body) {
  let saved;
  try {
    saved = await post("/api/claims", { ...body, reviewer: reviewerName() });
  } catch (error) {
    if (!isShownInForm(error)) showError(error, "failed", retryOffer(error, () => addClaim(body)));
    return;
  }
  clearRefusals();
  closeForm(true);
  queue.steps.push(saved.id);
  queue.showProgress({ all: queue.counts.all + 1, decided: queue.counts.decided + 1 });
  noteClaims([saved]);
  await queue.insertLine(saved);
  queue.countAnew();
  await showClaim(saved);
  announce(`Added and saved: ${describeClaim(saved)}`);
}

/** Undo the last step of this session, be it a decision or many at once, else the last decision on the shown claim. */
export async function undoLast() {
  if (isBlockedByConflict()) return;
  const id = queue.steps.at(-1) ?? state.claim?.id;
  if (!id) return;
  if (id.batch) {
    queue.steps.pop(); // also where there is nothing left to undo of it
    await undoBatch(id.batch);
    return;
  }
  await undo(state.claim?.id === id ? state.claim : await get(claimPath(id)));
}

/** Take back the last decision on a claim, or at last its addition. */
async function undo(claim) {
  let saved;
  try {
    saved = await post(claimPath(claim.id, "undo"), { seen: claim.version, reviewer: reviewerName() });
  } catch (error) {
    if (error.status === 400) queue.steps.pop(); // there is nothing to undo
    showRefusal(error, claim, { retry: () => undo(claim), overrule: undo, body: null });
    return undefined;
  }
  if (queue.steps.at(-1) === claim.id) queue.steps.pop();
  clearRefusals();
  if (saved.gone) return showGone(claim, saved);
  updateList(claim.decision, saved);
  await showClaim(saved);
  announce(`Undone. The claim is ${saved.decision ? DECISIONS[saved.decision].word : "undecided"} again.`);
  return undefined;
}

/** After the addition of a claim was undone: show what stands in its place, or else its article. */
async function showGone(claim, progress) {
  queue.showProgress(progress);
  dropClaim(claim.id);
  const id = queue.removeLine(claim.id);
  queue.countAnew();
  if (id && state.list === "claims") await openClaim(id);
  else await openArticle(claim.doc_id);
  announce("Undone. The claim that was added is gone.");
}

/** Bring list and progress up to a claim as it was saved. */
function updateList(decisionBefore, saved) {
  const { all, decided } = queue.counts;
  queue.showProgress({ all, decided: decided + Number(Boolean(saved.decision)) - Number(Boolean(decisionBefore)) });
  queue.updateLine(saved);
  noteClaims([saved]);
  queue.countAnew();
}

/**
 * Show what was refused: a wrong field in the form, another's decision beside one's own, anything else as an alert.
 * @param {import("./api.js").RequestError} error
 * @param {import("./api.js").Claim} claim as it was seen
 * @param {{retry: function(): void, overrule: function(Object): void, body: Object | null}} ways to go on: `retry` sends
 *   the same again, `overrule` sends it on top of the claim as it is now; `body` is what was sent (null for an undo)
 */
function showRefusal(error, claim, { retry, overrule, body }) {
  failures += 1;
  if (error.status === 409 && error.current) showConflict(error, claim, overrule, body);
  else if (isShownInForm(error)) announce(error.message);
  else showError(error, "failed", retryOffer(error, retry));
}

/** Show the error beside its field in the form; whether the form has that field. */
const isShownInForm = (error) => error.status === 422 && editor.showFieldProblem(error.field, `${error.message} ${error.hint}`.trim());

/** What an alert offers; nothing where the same request would fail again. */
const retryOffer = (error, task) => (error.status === 400 ? null : ["Try again", () => enqueue(task)]);

function clearRefusals() {
  hideAlert("failed");
  byId("conflict").replaceChildren();
}

/** Whether another's decision waits for an answer; if so, says it and goes there. */
export function isBlockedByConflict() {
  const answer = byId("conflict").querySelector("button");
  if (!answer) return false;
  announce("Another decision was saved meanwhile: save yours on top, or take theirs.");
  answer.focus();
  return true;
}

function showConflict(error, claim, overrule, body) {
  const theirs = error.current;
  updateList(claim.decision, theirs);
  const yours = { decision: "", ...body, reviewer: reviewerName() };
  const saveYours = button("Save mine on top", "", () => enqueue(() => (byId("conflict").replaceChildren(), overrule(theirs))));
  const takeTheirs = button("Take theirs", "", () => enqueue(() => acceptTheirs(theirs)));
  byId("conflict").replaceChildren(
    el(
      "section",
      { class: "conflict", role: "alert", "aria-label": "Two decisions on one claim" },
      el("h3", {}, error.message),
      el("div", { class: "sides" }, conflictSide("Theirs", theirs), conflictSide("Yours", yours)),
      el("div", { class: "decide" }, saveYours, takeTheirs),
    ),
  );
  byId("claim-scroll").scrollTop = 0;
  document.body.dataset.pane = "claim";
  saveYours.focus();
}

async function acceptTheirs(theirs) {
  clearRefusals();
  unsavedNotes.delete(theirs.id);
  closeForm(true);
  await showClaim(theirs);
  announce(`Their decision stands: ${describeDecision(theirs, "it")}.`);
}

function conflictSide(title, version) {
  const corrections = Object.entries(version.corrections ?? {}).filter(([name]) => name in FIELD_LABELS);
  return el(
    "div",
    {},
    el("h4", {}, title),
    el("p", {}, describeVersion(version)),
    corrections.map(([name, value]) => el("p", { class: "said" }, `${FIELD_LABELS[name]}: ${oneLine(formatValue(name, value)) || "nothing"}`)),
  );
}

const capitalize = (word) => word[0].toUpperCase() + word.slice(1);
