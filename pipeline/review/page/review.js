// The page of `extract review`: starts it, and says what each action does.

import { get } from "./api.js";
import { forgetArticles, onSelection } from "./article.js";
import { onAction } from "./actions.js";
import { startPolling } from "./polling.js";
import { enqueue, enqueueOnShown, isBlockedByConflict, saveDecision, saveForm, saveNote, undoLast } from "./decide.js";
import { byId, el, scrollBehavior } from "./dom.js";
import * as editor from "./editor.js";
import { listenToKeys, showHelp } from "./keys.js";
import * as queue from "./queue.js";
import { announce, showError } from "./notices.js";
import { closeForm, openClaim, openForm, redrawClaim, showNoClaim, unsavedNotes } from "./claim_view.js";
import { FILTER_NAMES, isFolded, readAddress, readPreference, savePreference, state, writeAddress } from "./state.js";

/** What each action does, whether a button or a key calls it. */
const ACTIONS = {
  accept: () => enqueueOnShown(() => saveDecision("accept")),
  reject: () => enqueueOnShown(() => saveDecision("reject")),
  unsure: () => enqueueOnShown(() => saveDecision("unsure")),
  undo: () => enqueue(undoLast),
  edit: () => enqueueOnShown(() => isBlockedByConflict() || openForm("edit")),
  add: () => enqueueOnShown(() => isBlockedByConflict() || openForm("add")),
  save: () => enqueueOnShown(saveForm),
  saveNote: () => (ACTIONS.blur(), enqueueOnShown(saveNote)),
  close: () => enqueue(leaveForm),
  next: () => enqueue(() => goToNeighbour(1)),
  previous: () => enqueue(() => goToNeighbour(-1)),
  note: () => byId("note")?.focus(),
  search: () => (showPane("queue"), byId("text").focus()),
  blur: () => byId("claim").focus({ preventScroll: true }),
  help: showHelp,
};

function runAction(action) {
  const step = editor.STEPS.find(([key]) => action === `step ${key}`);
  if (step) step[2]();
  else ACTIONS[action]();
}

async function goToNeighbour(step) {
  if (isBlockedByConflict()) return;
  const id = await queue.neighbourId(step);
  if (id) await openClaim(id);
  else announce(step > 0 ? "This is the last claim of the list." : "This is the first claim of the list.");
}

function leaveForm() {
  const isDraftKept = editor.isDirty();
  closeForm();
  redrawClaim();
  byId("claim").focus({ preventScroll: true });
  announce(isDraftKept ? "Form closed. What you typed is kept until you come back to this claim." : "Form closed.");
}

/** Choose the pane that a narrow screen shows: "queue", "claim" or "article". */
function showPane(name) {
  document.body.dataset.pane = name;
  for (const tab of document.querySelectorAll("[data-show]")) tab.setAttribute("aria-pressed", String(tab.dataset.show === name));
  const words = document.querySelector("#article-text mark.content, #article-text mark.edited");
  if (name === "article") words?.scrollIntoView({ block: "center", behavior: scrollBehavior() });
}

/** Load the list by its filters, and show a claim of it: the one asked for, else the first. */
async function reloadAll(id = state.claim?.id ?? "", listed = queue.reload()) {
  forgetArticles();
  await listed;
  await openClaimOrFirst(id);
  queue.loadFilterOptions().then(fillNameSuggestions).catch(showError);
}

async function openClaimOrFirst(id) {
  try {
    if (id) {
      await openClaim(id);
      await queue.loadUntil(id);
      return;
    }
  } catch (error) {
    if (error.status !== 404) throw error;
    announce("The claim that was shown is no longer there.");
  }
  await openFirst();
}

async function openFirst() {
  if (queue.firstId()) await openClaim(queue.firstId());
  else showNoClaim("Nothing to review here", byId("none").textContent);
}

/** Let fields for names complete to the speakers of the run. */
function fillNameSuggestions(options) {
  byId("names").replaceChildren(...options.speaker.map(([name]) => el("option", { value: name })));
}

async function applyFilters() {
  const { elements } = byId("filters");
  for (const name of FILTER_NAMES) state.filters[name] = elements[name].value.trim();
  state.sort = elements.sort.value;
  await queue.reload();
  announce(byId("matching").textContent);
  if (state.mode === "read") {
    if (state.claim && queue.lineOf(state.claim.id)) queue.markShownLine();
    else await openFirst();
  }
  writeAddress();
}

/** Show the filters of the address in the form; drop-downs get theirs with their options. */
function fillFilterForm() {
  const { elements } = byId("filters");
  for (const name of FILTER_NAMES) if (elements[name].tagName !== "SELECT") elements[name].value = state.filters[name];
  elements.sort.value = state.sort;
  byId("more").open = FILTER_NAMES.some((name) => isFolded(name) && state.filters[name]);
}

function listenToFilters() {
  const form = byId("filters");
  let timer = 0;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    const delay = event.target.tagName === "SELECT" ? 0 : 250; // milliseconds: wait until a word is typed
    timer = setTimeout(() => enqueue(applyFilters), delay);
  });
  byId("clear").addEventListener("click", () => {
    for (const name of FILTER_NAMES) form.elements[name].value = "";
    enqueue(applyFilters);
    byId("text").focus();
  });
}

function listenToPreferences() {
  const stay = byId("stay");
  stay.checked = readPreference("stay") === "yes";
  stay.addEventListener("change", () => savePreference("stay", stay.checked ? "yes" : ""));
  const reviewer = byId("reviewer");
  reviewer.value = readPreference("reviewer", reviewer.value) || reviewer.value;
  reviewer.addEventListener("change", () => savePreference("reviewer", reviewer.value.trim()));
}

/** Keep what is typed into the note until it is saved. */
function keepUnsavedNote({ target }) {
  if (target.id !== "note") return;
  if (target.value === state.claim.note) unsavedNotes.delete(state.claim.id);
  else unsavedNotes.set(state.claim.id, target.value);
}

async function chooseLine(id) {
  if (isBlockedByConflict()) return;
  await openClaim(id);
  showPane("claim");
}

function listenToPage() {
  queue.listenToList((id) => enqueue(() => chooseLine(id)));
  onSelection((span) => editor.takeArticleSelection(span));
  onAction(runAction);
  listenToKeys(runAction);
  document.addEventListener("input", keepUnsavedNote);
  for (const tab of document.querySelectorAll("[data-show]")) tab.addEventListener("click", () => showPane(tab.dataset.show));
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault(); // its own target would replace filters and claim in the address
    showPane("claim");
    byId("claim").focus();
  });
  addEventListener("hashchange", () => {
    const id = readAddress();
    fillFilterForm();
    enqueue(() => reloadAll(id));
  });
  addEventListener("beforeunload", (event) => (editor.hasDrafts() || unsavedNotes.size) && event.preventDefault());
}

/** Load what the page needs, and show the list and the claim with that id, or the first. */
async function showFirstTime(id) {
  const listed = queue.reload();
  state.choices = await get("/api/choices");
  state.countryNames = new Map(state.choices.country);
  byId("countries").replaceChildren(...state.choices.country.map(([, name]) => el("option", { value: name })));
  await reloadAll(id, listed);
  startPolling(() => reloadAll());
}

function start() {
  const id = readAddress();
  fillFilterForm();
  listenToPreferences();
  listenToFilters();
  listenToPage();
  const offerReload = (error) => showError(error, "failed", ["Reload the page", () => location.reload()]);
  // Queued, so that what is clicked meanwhile is shown after the first claim and not below it.
  enqueue(() => showFirstTime(id).catch(offerReload));
}

start();
