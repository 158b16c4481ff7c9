// A page with a list of events or speakers, the dossier of one, and its buttons and keys. What is done runs in order.

import { get, post } from "./api.js";
import { button, byId, el, isTyping } from "./dom.js";
import { announce, hideAlert, showAlert, showError } from "./notices.js";
import { oneLine } from "./text.js";

const INTERVAL = 4000; // milliseconds between questions whether something changed
const MAX_ROWS = 500; // in the document; of more the search finds the rest

/**
 * What tells a page of events from one of speakers.
 * @typedef {Object} Kind
 * @property {string} noun "event"; the address of the list is /api/events, the pane's name "events"
 * @property {string} missing what stands in place of a dossier where there is none
 * @property {function(Object): boolean} fits whether an item passes the filters besides the search
 * @property {string[]} filters ids of their controls
 * @property {function(Object): string} sign what stands before the name of an item in the list
 * @property {function(Object): string} describe what stands below it
 * @property {function(Object): string} spread in how many articles, and on which days
 * @property {function(Object, function(string): void): void} render draws a dossier; the function shows another item
 * @property {function(string, string): void} renderNone draws words and a hint in its place
 * @property {function(Object): string} plainName the name that it has without one given by a person
 * @property {Object<string, function(): void>} actions further buttons by id
 * @property {function(): function(): void} remember what was marked in the dossier: the function marks it again
 * @property {Object<string, string>} keys the action, or the id to focus, of each key
 * @property {string[][]} help keys and what they do
 * @property {string} advice a sentence below the help
 */

/** @type {Kind} */
let kind;
const state = { items: [], shown: [], item: null, numbers: "" };
let queue = Promise.resolve();

/** Do something after all that was begun before; errors are shown. Resolves when it is done. */
export function enqueue(action) {
  queue = queue.then(action).catch((error) => showError(error));
  return queue;
}

export const plural = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
const listPath = () => `/api/${kind.noun}s`;
const itemPath = (id, action = "") => `${listPath()}/${encodeURIComponent(id)}${action && `/${action}`}`;
const numbersOf = ({ run, change, edit }) => [run, change, edit].join(" ");
const titleOf = (item) => oneLine(item.title) || "Not named";

/** Load the list anew, and show the item with this id, else the first. */
async function reload(id = "") {
  const answer = await get(listPath());
  state.items = answer[`${kind.noun}s`];
  state.numbers = numbersOf(answer);
  drawList();
  const wanted = [id, state.item?.id].find((candidate) => state.items.some((item) => item.id === candidate));
  const first = wanted ?? state.shown[0]?.id;
  if (first) await show(first);
  else {
    state.item = null;
    byId("actions").hidden = true;
    kind.renderNone(kind.missing, "Put articles into corpus/ and type extract run.");
  }
}

function drawList() {
  const words = byId("text").value.trim().toLowerCase().split(/\s+/u);
  state.shown = state.items.filter((item) => words.every((word) => item.search.includes(word)) && kind.fits(item));
  const rows = state.shown.slice(0, MAX_ROWS).map((item) => el("li", {}, listLine(item)));
  byId("list").replaceChildren(...rows);
  const count = plural(state.shown.length, kind.noun);
  byId("matching").textContent = rows.length < state.shown.length ? `${count}, the first ${MAX_ROWS} are listed` : count;
  markLine();
}

function listLine(item) {
  const line = el("button", { type: "button", class: "line", "data-id": item.id, tabindex: "-1", onclick: () => enqueue(() => choose(item.id)) });
  line.append(
    el("span", { class: "sign", "aria-hidden": "true" }, kind.sign(item)),
    el("span", { class: "what" }, titleOf(item)),
    el("span", { class: "quiet" }, kind.describe(item)),
  );
  return line;
}

function markLine() {
  for (const line of byId("list").querySelectorAll(".line")) {
    const isShown = line.dataset.id === state.item?.id;
    line.toggleAttribute("aria-current", isShown);
    if (isShown) line.setAttribute("aria-current", "true");
    line.tabIndex = isShown ? 0 : -1;
    if (isShown) line.scrollIntoView({ block: "nearest" });
  }
}

async function choose(id) {
  await show(id);
  showPane("dossier");
}

/** Show the dossier of an item. */
async function show(id) {
  takeDossier(await get(itemPath(id)));
}

function takeDossier(item) {
  const isOther = state.item?.id !== item.id;
  const mark = isOther ? () => {} : kind.remember();
  state.item = item;
  kind.render(item, (id) => enqueue(() => choose(id)));
  mark();
  if (isOther) byId("dossier-scroll").scrollTop = 0;
  byId("actions").hidden = false;
  byId("name").value = item.name;
  byId("name").placeholder = oneLine(kind.plainName(item));
  byId("undo").disabled = !item.undoable;
  drawTargets();
  markLine();
  history.replaceState(null, "", `#${kind.noun}=${encodeURIComponent(item.id)}`);
}

/** What the shown item can be merged with: those that the search leaves come first. */
function drawTargets() {
  const others = [...new Set([...state.shown, ...state.items])].filter(({ id }) => id !== state.item.id).slice(0, MAX_ROWS);
  const options = others.map((item) => el("option", { value: item.id }, `${titleOf(item)} (${kind.spread(item)})`));
  byId("into").replaceChildren(el("option", { value: "" }, `choose ${kind.noun === "event" ? "an event" : "a speaker"}`), ...options);
}

/** The items that the search and the filters leave in the list. */
export const listed = () => state.shown;
/** The item whose dossier is shown; null without one. */
export const shownItem = () => state.item;

/** Send an edit of the item that is shown, and show what comes of it. */
export async function edit(action, body, words) {
  if (!state.item) return;
  hideAlert("failed");
  const answer = await post(itemPath(state.item.id, action), { ...body, reviewer: byId("reviewer").value.trim(), seen: state.item.version });
  await reload(answer.id);
  announce(words(answer));
}

const rename = () => edit("rename", { name: byId("name").value }, ({ name }) => (name ? `Named “${name}”. It holds for all later runs.` : "The name is gone."));

function merge() {
  const into = byId("into").value;
  if (!into) return announce(`Choose the ${kind.noun} that this one is one with.`);
  return edit("merge", { into }, ({ title }) => `Merged into “${oneLine(title)}”. It holds for all later runs.`);
}

const undo = () => (state.item?.undoable ? edit("undo", {}, () => `Undid the last edit of this ${kind.noun}.`) : announce("There is nothing to undo."));

async function step(by) {
  const index = state.shown.findIndex(({ id }) => id === state.item?.id);
  const next = state.shown[index + by];
  if (next) await show(next.id);
  else announce(`This is the ${by > 0 ? "last" : "first"} ${kind.noun} of the list.`);
}

const ACTIONS = {
  next: () => enqueue(() => step(1)),
  previous: () => enqueue(() => step(-1)),
  undo: () => enqueue(undo),
  help: showHelp,
};

function runAction(action) {
  const does = ACTIONS[action] ?? kind.actions[action];
  if (does) does();
  else {
    if (action === "text") showPane(`${kind.noun}s`);
    byId(action).focus();
  }
}

function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || byId("help").open || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && isTyping(event.target)) {
      event.preventDefault(); // a browser would empty the search, too
      return event.target.blur();
    }
    if (isTyping(event.target)) return;
    if (event.key.startsWith("Arrow") && event.target.closest("#dossier-scroll")) return;
    const action = kind.keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action || (event.repeat && action !== "next" && action !== "previous")) return;
    event.preventDefault();
    runAction(action);
  });
}

function showHelp() {
  const dialog = byId("help");
  const rows = kind.help.map(([key, does]) => el("tr", {}, el("th", { scope: "row" }, el("kbd", {}, key)), el("td", {}, does)));
  dialog.replaceChildren(
    el("h2", { id: "help-name" }, "Keys"),
    el("table", {}, el("tbody", {}, rows)),
    el("p", { class: "quiet" }, kind.advice),
    button("Close", "Escape", () => dialog.close()),
  );
  dialog.showModal();
}

function showPane(pane) {
  document.body.dataset.pane = pane;
  for (const tab of document.querySelectorAll("[data-show]")) tab.setAttribute("aria-pressed", String(tab.dataset.show === pane));
}

async function takeInChanges() {
  const answer = await get(listPath(), { known: state.numbers }).catch((error) => showError(error, "ended"));
  if (!answer) return;
  hideAlert("ended");
  if (numbersOf(answer) === state.numbers) return;
  state.numbers = numbersOf(answer);
  showAlert("changed", `Claims or ${kind.noun}s changed meanwhile.`, "", ["Reload the list", () => enqueue(() => reload())]);
}

function listen() {
  for (const id of ["text", ...kind.filters]) byId(id).addEventListener("input", drawList);
  byId("find").addEventListener("submit", (event) => event.preventDefault());
  const submits = { rename, merge };
  for (const [id, action] of Object.entries(submits)) {
    byId(id).addEventListener("submit", (event) => {
      event.preventDefault();
      document.activeElement?.blur();
      enqueue(action);
    });
  }
  for (const id of [...Object.keys(kind.actions), "undo", "previous", "next"]) byId(id).addEventListener("click", () => runAction(id));
  byId("keys").addEventListener("click", showHelp);
  for (const tab of document.querySelectorAll("[data-show]")) tab.addEventListener("click", () => showPane(tab.dataset.show));
  addEventListener("hashchange", () => enqueue(() => show(idInAddress())));
  listenToKeys();
  const poll = () => document.visibilityState === "visible" && enqueue(takeInChanges);
  setInterval(poll, INTERVAL);
  document.addEventListener("visibilitychange", poll);
}

const idInAddress = () => new URLSearchParams(location.hash.slice(1)).get(kind.noun) ?? "";

/** Start the page. @param {Kind} of */
export function openCatalogue(of) {
  kind = of;
  listen();
  enqueue(() => reload(idInAddress()));
}
