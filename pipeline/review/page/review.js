// The page of `extract review`: starts it, and says what each action does.

import { get } from "./api.js";
import { listenToArticles, showList } from "./articles.js";
import { forgetArticles, loadArticle, onSelection, redrawMarks, scrollToWords, shownArticle } from "./article.js";
import { drawSwitches, forgetMissed, listenToMarks, nextMissed } from "./article_claims.js";
import { onAction } from "./actions.js";
import { onBatch, openBulk, undoBatch } from "./bulk.js";
import { citationOf } from "./citation.js";
import { startPolling } from "./polling.js";
import { enqueue, enqueueOnShown, isBlockedByConflict, saveDecision, saveForm, saveNote, undoLast } from "./decide.js";
import { byId, el, fillSelect, scrollBehavior } from "./dom.js";
import * as editor from "./editor.js";
import { listenToKeys, showHelp } from "./keys.js";
import * as queue from "./queue.js";
import { announce, showAlert, showError } from "./notices.js";
import { listenToViews, loadViews, markView } from "./views.js";
import { closeForm, openArticle, openClaim, openForm, redrawClaim, showNoClaim, unsavedNotes } from "./claim_view.js";
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
  search: () => enqueue(focusSearch),
  offer: () => byId("take-offer")?.click(),
  tick: tickShown,
  bulk: () => enqueue(() => isBlockedByConflict() || openBulk(enqueue)),
  cite: () => enqueueOnShown(copyCitation),
  missed: () => enqueue(goToMissed),
  articles: () => enqueue(toggleList),
  blur: () => byId("claim").focus({ preventScroll: true }),
  help: showHelp,
};

function runAction(action) {
  const step = editor.STEPS.find(([key]) => action === `step ${key}`);
  if (step) step[2]();
  else ACTIONS[action]();
}

async function focusSearch() {
  showPane("queue");
  await showList("claims");
  byId("text").focus();
}

async function toggleList() {
  showPane("queue");
  await switchList(state.list === "claims" ? "articles" : "claims");
  document.querySelector(state.list === "claims" ? "#list [tabindex='0']" : "#article-list [tabindex='0']")?.focus();
}

/** Open the next article of the run that has a missed sentence, and go to it; null when none has. */
async function openNextMissed(docId) {
  const { articles } = await get("/api/articles");
  const following = articles.slice(articles.findIndex((article) => article.doc_id === docId) + 1);
  for (const [index, { doc_id: nextId }] of following.entries()) {
    if (index % 20 === 19) announce(`Looking for the next article: ${index + 1} of ${following.length} have no such sentence.`);
    const missed = nextMissed(await loadArticle(nextId));
    if (!missed) continue;
    await openArticle(nextId);
    return missed;
  }
  return null;
}

function tickShown() {
  const isTicked = queue.toggleTick();
  if (isTicked !== null) announce(isTicked ? `Ticked: ${queue.ticked.size} in all. b decides them together.` : "The tick is gone.");
}

async function copyCitation() {
  if (!state.claim) return;
  const citation = citationOf(state.claim, shownArticle().article);
  try {
    await navigator.clipboard.writeText(citation);
  } catch {
    showAlert("citation", "The browser doesn't let this page copy. Select the text:", citation);
    return;
  }
  announce(`Copied: ${citation}`);
}

/** Go to the next sentence that may have been missed, in this article or the next that has one: "Add missed" takes it. */
async function goToMissed() {
  const loaded = shownArticle();
  if (!loaded || state.mode !== "read" || isBlockedByConflict()) return;
  state.missed = true;
  drawSwitches();
  const missed = nextMissed(loaded) ?? (await openNextMissed(loaded.article.doc_id));
  redrawMarks();
  writeAddress();
  if (!missed) {
    forgetMissed();
    announce("No further sentence with a reporting verb is without a claim. x begins again with this article.");
    return;
  }
  showPane("article");
  scrollToWords("chosen");
  announce(`Sentence ${missed.number} of ${missed.count} with a reporting verb and no claim. Press m to add it.`);
}

async function switchList(name) {
  await showList(name);
  writeAddress();
}

/** Show an article: with its claims alone in the list, or as it is where it has none. */
async function chooseArticle(article) {
  if (isBlockedByConflict()) return;
  if (article.claims) {
    setFilters({ article: article.file });
    await showList("claims");
    await reloadAll({ claimId: "", docId: "" });
    announce(`${byId("matching").textContent} of ${article.title || article.file}.`);
    return;
  }
  await openArticle(article.doc_id);
  showPane("article");
  announce("This article has no claims. Select words in it and press m to add one.");
}

/** Set these filters, and no others, in the form and in what is asked for, with the order that they name. */
function setFilters(values) {
  for (const name of FILTER_NAMES) state.filters[name] = values[name] ?? "";
  state.sort = values.sort ?? "article";
  fillFilterForm();
}

async function showView(filters) {
  setFilters(filters);
  await applyFilters();
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

/** Load the list by its filters, and show what was asked for, a claim or an article; else the first claim of the list. */
async function reloadAll(wanted = whatIsShown(), listed = queue.reload()) {
  forgetArticles();
  markView();
  await listed;
  await openWanted(wanted);
  queue.loadFilterOptions().then(fillNameSuggestions).catch(showError);
}

const whatIsShown = () => ({ claimId: state.claim?.id ?? "", docId: state.docId });

async function openWanted({ claimId, docId }) {
  try {
    if (claimId) {
      await openClaim(claimId);
      await queue.loadUntil(claimId);
    } else if (docId) {
      await openArticle(docId);
    } else {
      await openFirst();
    }
  } catch (error) {
    if (error.status !== 404) throw error;
    await openFirst();
    announce(`The ${claimId ? "claim" : "article"} that was shown is no longer there.`);
  }
}

async function openFirst() {
  if (queue.firstId()) await openClaim(queue.firstId());
  else showNoClaim("Nothing to review here", byId("none").textContent);
}

/** Let fields for names complete to the speakers of the run. */
function fillNameSuggestions(options) {
  byId("names").replaceChildren(...options.speaker.map(([name]) => el("option", { value: name })));
}

async function takeFilters() {
  const { elements } = byId("filters");
  for (const name of FILTER_NAMES) state.filters[name] = elements[name].value.trim();
  state.sort = elements.sort.value;
  await applyFilters();
}

/** Show the list as the filters have it. */
async function applyFilters() {
  markView();
  await queue.reload();
  announce(byId("matching").textContent);
  if (state.mode === "read") {
    if (state.claim && queue.lineOf(state.claim.id)) {
      redrawClaim(); // its searched words are others now
      queue.markShownLine();
    } else {
      await openFirst();
    }
  }
  writeAddress();
}

/** Show the filters that are on in the form, whether the drop-downs have their options yet or not. */
function fillFilterForm() {
  const { elements } = byId("filters");
  for (const name of FILTER_NAMES) {
    const field = elements[name];
    if (field.tagName !== "SELECT") field.value = state.filters[name];
    else fillSelect(field, [...field.options].map(({ value, text }) => [value, text]), state.filters[name]);
  }
  elements.sort.value = state.sort;
  drawSwitches();
  byId("more").open = FILTER_NAMES.some((name) => isFolded(name) && state.filters[name]);
}

function listenToFilters() {
  const form = byId("filters");
  let timer = 0;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    const delay = event.target.tagName === "SELECT" ? 0 : 250; // milliseconds: wait until a word is typed
    timer = setTimeout(() => enqueue(takeFilters), delay);
  });
  byId("clear").addEventListener("click", () => {
    for (const name of FILTER_NAMES) form.elements[name].value = "";
    enqueue(takeFilters);
    byId("text").focus();
  });
}

function listenToPreferences() {
  const stay = byId("stay");
  stay.checked = readPreference("stay") === "yes";
  stay.addEventListener("change", () => savePreference("stay", stay.checked ? "yes" : ""));
  const reviewer = byId("reviewer");
  if (!reviewer.readOnly) reviewer.value = readPreference("reviewer", reviewer.value) || reviewer.value;
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
  listenToArticles((article) => enqueue(() => chooseArticle(article)));
  for (const tab of document.querySelectorAll("[data-list]")) tab.addEventListener("click", () => enqueue(() => switchList(tab.dataset.list)));
  listenToMarks((id) => enqueue(() => chooseLine(id)), redrawMarks);
  byId("next-missed").addEventListener("click", () => enqueue(goToMissed));
  onBatch(() => reloadAll());
  listenToViews((filters) => enqueue(() => showView(filters)), enqueue);
  byId("bulk-open").addEventListener("click", ACTIONS.bulk);
  document.addEventListener("show-claim", ({ detail }) => enqueue(() => chooseLine(detail)));
  document.addEventListener("undo-batch", ({ detail }) => enqueue(() => undoBatch(detail)));
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
    const wanted = readAddress();
    fillFilterForm();
    enqueue(() => Promise.all([showList(state.list), reloadAll(wanted)]));
  });
  addEventListener("beforeunload", (event) => (editor.hasDrafts() || unsavedNotes.size) && event.preventDefault());
}

/** Load what the page needs, and show the list and what the address asks for. */
async function showFirstTime(wanted) {
  const listed = queue.reload();
  state.choices = await get("/api/choices");
  state.countryNames = new Map(state.choices.country);
  byId("countries").replaceChildren(...state.choices.country.map(([, name]) => el("option", { value: name })));
  await Promise.all([showList(state.list), reloadAll(wanted, listed), loadViews()]);
  startPolling(() => reloadAll());
}

function start() {
  const wanted = readAddress();
  fillFilterForm();
  listenToPreferences();
  listenToFilters();
  listenToPage();
  const offerReload = (error) => showError(error, "failed", ["Reload the page", () => location.reload()]);
  // Queued, so that what is clicked meanwhile is shown after the first claim and not below it.
  enqueue(() => showFirstTime(wanted).catch(offerReload));
}

start();
