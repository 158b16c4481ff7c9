// Many claims at once: those that are ticked, or all of the list; the number is asked back, and one undo takes all back.

import { post } from "./api.js";
import { byId, button, el } from "./dom.js";
import { DECISIONS } from "./labels.js";
import { announce, showError } from "./notices.js";
import * as queue from "./queue.js";
import { reviewerName, state } from "./state.js";

/** What many claims may be decided, as [decision, what the button says]. */
const CHOICES = [["accept", "Accept"], ["reject", "Reject"], ["unsure", "Unsure"]];
let reloadList = async () => {}; // loads the page's list anew

/** Set the function that loads the list anew. */
export const onBatch = (reload) => (reloadList = reload);

const counted = (number) => (number === 1 ? "1 claim" : `${number.toLocaleString("en")} claims`);

/** What a request says of the claims that are meant: the ticked ones, or all that pass the filters. */
const chosenClaims = (scope) => (scope === "ticked" ? { claims: [...queue.ticked] } : { filters: activeFilters() });
const activeFilters = () => Object.fromEntries(Object.entries(state.filters).filter(([, value]) => value));

/** Open the dialog in which many claims are decided; `run` carries out a task when all before it have ended. */
export function openBulk(run) {
  const dialog = byId("bulk");
  const choose = (scope) => run(() => drawCount(dialog, scope, run));
  const option = (scope, words, isOn, isOff) =>
    el("label", { class: "option" }, el("input", { type: "radio", name: "scope", value: scope, checked: isOn, disabled: isOff, onchange: () => choose(scope) }), words);
  const ticked = queue.ticked.size;
  const scope = ticked ? "ticked" : "all";
  dialog.replaceChildren(
    el("h2", { id: "bulk-name" }, "Decide several claims"),
    el(
      "fieldset",
      {},
      el("legend", { class: "unseen" }, "Which claims"),
      option("ticked", ticked ? `The ${counted(ticked)} that you ticked` : "Those that you tick in the list: none yet", scope === "ticked", !ticked),
      option("all", `All ${counted(queue.matchCount())} of this list`, scope === "all", false),
    ),
    el("div", { id: "bulk-step", role: "status" }),
    el("div", { class: "decide" }, button("Cancel", "Escape", () => dialog.close())),
  );
  dialog.showModal();
  choose(scope);
}

/** Say how many claims are meant, and offer the decisions. */
async function drawCount(dialog, scope, run) {
  const counts = await postOr(dialog, "/api/decisions/count", chosenClaims(scope));
  if (!counts) return;
  const { open, decided } = counts;
  const stay = decided ? ` ${counted(decided)} of them ${decided === 1 ? "is decided and stays" : "are decided and stay"} as they are.` : "";
  const ask = (decision, label) => drawQuestion(dialog, scope, decision, `${label} ${counted(open)}`, open, run);
  byId("bulk-step").replaceChildren(
    el("p", {}, open ? `${counted(open)} ${open === 1 ? "is" : "are"} not decided yet.${stay}` : `None of them is open.${stay}`),
    open > 0 && el("div", { class: "decide" }, CHOICES.map(([decision, label]) => button(`${label} …`, "", () => ask(decision, label), { class: decision, "data-bulk": decision }))),
  );
}

/** Ask the number back before anything is saved. */
function drawQuestion(dialog, scope, decision, words, expected, run) {
  const yes = button(words, "", () => run(() => decideAll(dialog, scope, decision, expected)), { class: `strong ${decision}`, id: "bulk-yes" });
  const back = button("Back", "", () => run(() => drawCount(dialog, scope, run)));
  byId("bulk-step").replaceChildren(el("p", {}, `${words}? ${expected === 1 ? "It is saved" : "They are saved as one step"}, which u takes back.`), el("div", { class: "decide" }, yes, back));
  yes.focus();
}

async function decideAll(dialog, scope, decision, expected) {
  const saved = await postOr(dialog, "/api/decisions", { ...chosenClaims(scope), decision, expected, reviewer: reviewerName() });
  if (!saved) return;
  dialog.close();
  queue.ticked.clear();
  queue.steps.push({ batch: saved.batch });
  await reloadList();
  announce(`${counted(saved.decided_now)} ${DECISIONS[decision].word}, saved as one step. u undoes them.`);
}

/** Undo many decisions that were saved as one step. */
export async function undoBatch(batch) {
  const answer = await post("/api/decisions/undo", { batch });
  await reloadList();
  const kept = answer.kept ? ` ${counted(answer.kept)} decided anew since ${answer.kept === 1 ? "stays" : "stay"}.` : "";
  announce(`Undone: ${counted(answer.undone)} ${answer.undone === 1 ? "is" : "are"} as before.${kept}`);
}

/** What the server answers; null after an error, which closes the dialog so that the alert can be read. */
async function postOr(dialog, path, body) {
  try {
    return await post(path, body);
  } catch (error) {
    dialog.close();
    showError(error);
    return null;
  }
}
