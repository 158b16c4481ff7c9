// The page of `extract review`: starts it, and says what each action does.

import { get } from "./api.js";
import { forget, onSelect } from "./article.js";
import { onAction } from "./actions.js";
import { watch } from "./polling.js";
import { decide, inTurn, saveForm, saveNote, undo, unsettled } from "./decide.js";
import { byId, el, motion } from "./dom.js";
import * as editor from "./editor.js";
import * as keys from "./keys.js";
import * as queue from "./queue.js";
import { complain, say } from "./notices.js";
import { draw, enter, leave, none, notes, show } from "./claim_view.js";
import { FILTERS, fromAddress, habit, keepHabit, state, toAddress } from "./state.js";

const ACTIONS = {
  accept: () => inTurn(() => decide("accept")),
  reject: () => inTurn(() => decide("reject")),
  unsure: () => inTurn(() => decide("unsure")),
  undo: () => inTurn(undo),
  edit: () => inTurn(() => unsettled() || enter("edit")),
  add: () => inTurn(() => unsettled() || enter("add")),
  save: () => inTurn(saveForm),
  saveNote: () => (ACTIONS.blur(), inTurn(saveNote)),
  leave: () => inTurn(leaveForm),
  next: () => inTurn(() => go(1)),
  previous: () => inTurn(() => go(-1)),
  note: () => byId("note")?.focus(),
  search: () => (pane("queue"), byId("text").focus()),
  blur: () => byId("claim").focus({ preventScroll: true }),
  help: keys.help,
};

function run(act) {
  const step = act.startsWith("step ") && editor.STEPS.find(([key]) => act === `step ${key}`);
  if (step) step[2]();
  else ACTIONS[act]();
}

async function go(by) {
  if (unsettled()) return;
  const id = await queue.beside(by);
  if (id) await show(id);
  else say(by > 0 ? "This is the last claim of the list." : "This is the first claim of the list.");
}

function leaveForm() {
  const kept = editor.dirty();
  leave();
  draw();
  byId("claim").focus({ preventScroll: true });
  say(kept ? "Left. What you typed is kept until you come back to this claim." : "Left.");
}

/** Which pane a narrow screen shows. */
function pane(name) {
  document.body.dataset.pane = name;
  for (const tab of document.querySelectorAll("[data-show]")) tab.setAttribute("aria-pressed", String(tab.dataset.show === name));
  if (name === "article") document.querySelector("#article-text mark.content, #article-text mark.edited")?.scrollIntoView({ block: "center", behavior: motion() });
}

/** The list by the filters, and a claim of it: the one asked for, else the first; then what can be filtered by. */
async function renew(wanted = state.claim?.id ?? "", listed = queue.reload()) {
  forget();
  await listed;
  await showOne(wanted);
  queue.loadFilters().then(people).catch(complain);
}

async function showOne(wanted) {
  try {
    if (wanted) {
      await show(wanted);
      await queue.reach(wanted);
      return;
    }
  } catch (error) {
    if (error.status !== 404) throw error;
    say("The claim that was shown is no longer there.");
  }
  await first();
}

async function first() {
  if (queue.first()) await show(queue.first());
  else none("Nothing to review here", byId("none").textContent);
}

function people(found) {
  byId("names").replaceChildren(...found.speaker.map(([name]) => el("option", { value: name })));
}

async function refilter() {
  const form = byId("filters");
  for (const name of FILTERS) state.filters[name] = form.elements[name].value.trim();
  state.sort = form.elements.sort.value;
  await queue.reload();
  say(byId("matching").textContent);
  if (state.mode !== "read") return toAddress();
  const here = state.claim && queue.lineOf(state.claim.id);
  if (here) queue.mark();
  else await first();
  return toAddress();
}

function fillFilters() {
  const form = byId("filters");
  for (const name of ["text", "low", "high"]) form.elements[name].value = state.filters[name];
  form.elements.sort.value = state.sort;
  const more = ["kind", "status", "speaker", "country", "article", "low", "high"];
  byId("more").open = more.some((name) => state.filters[name]);
}

function listenToFilters() {
  const form = byId("filters");
  let waiting = 0;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => inTurn(refilter), event.target.tagName === "SELECT" ? 0 : 250);
  });
  byId("clear").addEventListener("click", () => {
    for (const name of FILTERS) form.elements[name].value = "";
    inTurn(refilter);
    byId("text").focus();
  });
}

function listenToHabits() {
  const stay = byId("stay");
  stay.checked = habit("stay") === "yes";
  stay.addEventListener("change", () => keepHabit("stay", stay.checked ? "yes" : ""));
  const field = byId("reviewer");
  field.value = habit("reviewer", field.value) || field.value;
  field.addEventListener("change", () => keepHabit("reviewer", field.value.trim()));
}

function listenToPage() {
  queue.listen((id) => inTurn(async () => {
    if (unsettled()) return;
    await show(id);
    pane("claim");
  }));
  onSelect((span) => editor.choose(span));
  onAction(run);
  keys.listen(run);
  document.addEventListener("input", ({ target }) => {
    if (target.id !== "note") return;
    if (target.value === state.claim.note) notes.delete(state.claim.id);
    else notes.set(state.claim.id, target.value);
  });
  for (const tab of document.querySelectorAll("[data-show]")) tab.addEventListener("click", () => pane(tab.dataset.show));
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault(); // the address holds filters and claim
    pane("claim");
    byId("claim").focus();
  });
  addEventListener("hashchange", () => {
    const wanted = fromAddress();
    fillFilters();
    inTurn(() => renew(wanted));
  });
  addEventListener("beforeunload", (event) => (editor.anyDraft() || notes.size) && event.preventDefault());
}

async function start() {
  const wanted = fromAddress();
  fillFilters();
  listenToHabits();
  listenToFilters();
  listenToPage();
  const listed = queue.reload();
  state.choices = await get("/api/choices");
  state.names = new Map(state.choices.country);
  byId("countries").replaceChildren(...state.choices.country.map(([, name]) => el("option", { value: name })));
  await renew(wanted, listed);
  watch(renew);
}

start().catch((error) => complain(error, "failed", ["Reload the page", () => location.reload()]));
