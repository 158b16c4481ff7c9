// The page of events: a list, the dossier of one, and its buttons and keys. What is done runs in order, one after the other.

import { get, post } from "./api.js";
import { describeSpread, markedClaims, renderDossier, renderNoEvent } from "./dossier.js";
import { button, byId, el, isTyping } from "./dom.js";
import { announce, hideAlert, showAlert, showError } from "./notices.js";
import { oneLine } from "./text.js";

const INTERVAL = 4000; // milliseconds between questions whether something changed
const MAX_ROWS = 500; // in the document; of more the search finds the rest
const HELP = [
  ["j or ↓", "next event"], ["k or ↑", "previous event"], ["n", "name the event"], ["m", "merge it with another"],
  ["s", "split off the claims that are marked"], ["u", "undo the last edit of this event"], ["/", "search"],
  ["Esc", "leave a field"], ["?", "this help"],
];
const ACTION_OF_KEY = { j: "next", ArrowDown: "next", k: "previous", ArrowUp: "previous", n: "name", m: "into", s: "split", u: "undo", "/": "text", "?": "help" };

const state = { events: [], shown: [], event: null, numbers: "" };
let queue = Promise.resolve();

/** Do something after all that was begun before; errors are shown. Resolves when it is done. */
export function enqueue(action) {
  queue = queue.then(action).catch((error) => showError(error));
  return queue;
}

const eventPath = (id, action = "") => `/api/events/${encodeURIComponent(id)}${action && `/${action}`}`;
const numbersOf = ({ run, change, edit }) => [run, change, edit].join(" ");

/** Load the list anew, and show the event with this id, else the first. */
async function reload(id = "") {
  const answer = await get("/api/events");
  state.events = answer.events;
  state.numbers = numbersOf(answer);
  drawList();
  const wanted = [id, state.event?.id].find((candidate) => state.events.some((event) => event.id === candidate));
  const first = wanted ?? state.shown[0]?.id;
  if (first) await show(first);
  else {
    state.event = null;
    byId("actions").hidden = true;
    renderNoEvent("No events yet", "Put articles into corpus/ and type extract run.");
  }
}

function drawList() {
  const words = byId("text").value.trim().toLowerCase().split(/\s+/u);
  const fits = (event) =>
    words.every((word) => event.search.includes(word)) &&
    (!byId("several").checked || event.articles > 1) &&
    (!byId("contradicted").checked || event.contradicted);
  state.shown = state.events.filter(fits);
  const rows = state.shown.slice(0, MAX_ROWS).map((event) => el("li", {}, listLine(event)));
  byId("list").replaceChildren(...rows);
  const count = state.shown.length === 1 ? "1 event" : `${state.shown.length.toLocaleString("en")} events`;
  byId("matching").textContent = rows.length < state.shown.length ? `${count}, the first ${MAX_ROWS} are listed` : count;
  markLine();
}

function listLine(event) {
  const line = el("button", { type: "button", class: "line", "data-id": event.id, tabindex: "-1", onclick: () => enqueue(() => choose(event.id)) });
  const about = [event.status, describeSpread(event), event.contradicted && "contradicted"].filter(Boolean).join(" · ");
  line.append(
    el("span", { class: "sign", "aria-hidden": "true" }, event.contradicted ? "≠" : event.name ? "✎" : ""),
    el("span", { class: "what" }, oneLine(event.title) || "Not named"),
    el("span", { class: "quiet" }, about),
  );
  return line;
}

function markLine() {
  for (const line of byId("list").querySelectorAll(".line")) {
    const isShown = line.dataset.id === state.event?.id;
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

/** Show the dossier of an event. */
async function show(id) {
  takeDossier(await get(eventPath(id)));
}

function takeDossier(event) {
  const isOther = state.event?.id !== event.id;
  const marked = isOther ? [] : markedClaims();
  state.event = event;
  renderDossier(event, (id) => enqueue(() => choose(id)));
  for (const id of marked) byId(`card-${id}`)?.querySelector("input")?.click();
  if (isOther) byId("dossier-scroll").scrollTop = 0;
  byId("actions").hidden = false;
  byId("name").value = event.name;
  byId("name").placeholder = oneLine(event.target);
  byId("undo").disabled = !event.undoable;
  drawTargets();
  markLine();
  history.replaceState(null, "", `#event=${encodeURIComponent(event.id)}`);
}

/** The events that this one can be merged with: those that the search leaves come first. */
function drawTargets() {
  const others = [...new Set([...state.shown, ...state.events])].filter(({ id }) => id !== state.event.id).slice(0, MAX_ROWS);
  const options = others.map((event) => el("option", { value: event.id }, `${oneLine(event.title) || "Not named"} (${describeSpread(event)})`));
  byId("into").replaceChildren(el("option", { value: "" }, "choose an event"), ...options);
}

/** Send an edit of the event that is shown, and show what comes of it. */
async function edit(action, body, words) {
  if (!state.event) return;
  hideAlert("failed");
  const answer = await post(eventPath(state.event.id, action), { ...body, reviewer: byId("reviewer").value.trim(), seen: state.event.version });
  await reload(answer.id);
  announce(words(answer));
}

const rename = () => edit("rename", { name: byId("name").value }, ({ name }) => (name ? `Named “${name}”. It holds for all later runs.` : "The name is gone."));

function merge() {
  const into = byId("into").value;
  if (!into) return announce("Choose the event that this one is one with.");
  return edit("merge", { into }, ({ title }) => `Merged into “${oneLine(title)}”. It holds for all later runs.`);
}

function split() {
  const claims = markedClaims();
  if (!claims.length) return announce("Mark in the timeline what is another event.");
  return edit("split", { claims }, () => "Split off. It holds for all later runs.");
}

const undo = () => (state.event?.undoable ? edit("undo", {}, () => "Undid the last edit of this event.") : announce("There is nothing to undo."));

async function step(by) {
  const index = state.shown.findIndex(({ id }) => id === state.event?.id);
  const next = state.shown[index + by];
  if (next) await show(next.id);
  else announce(by > 0 ? "This is the last event of the list." : "This is the first event of the list.");
}

const ACTIONS = {
  next: () => enqueue(() => step(1)),
  previous: () => enqueue(() => step(-1)),
  split: () => enqueue(split),
  undo: () => enqueue(undo),
  help: showHelp,
};

function runAction(action) {
  if (ACTIONS[action]) ACTIONS[action]();
  else {
    if (action === "text") showPane("events");
    byId(action).focus();
  }
}

function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || byId("help").open || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && isTyping(event.target)) return event.target.blur();
    if (isTyping(event.target)) return;
    if (event.key.startsWith("Arrow") && event.target.closest("#dossier-scroll")) return;
    const action = ACTION_OF_KEY[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action || (event.repeat && action !== "next" && action !== "previous")) return;
    event.preventDefault();
    runAction(action);
  });
}

function showHelp() {
  const dialog = byId("help");
  const rows = HELP.map(([key, does]) => el("tr", {}, el("th", { scope: "row" }, el("kbd", {}, key)), el("td", {}, does)));
  dialog.replaceChildren(
    el("h2", { id: "help-name" }, "Keys"),
    el("table", {}, el("tbody", {}, rows)),
    el("p", { class: "quiet" }, "What you say of events holds for all later runs. It can be written into events.csv, too."),
    button("Close", "Escape", () => dialog.close()),
  );
  dialog.showModal();
}

function showPane(pane) {
  document.body.dataset.pane = pane;
  for (const tab of document.querySelectorAll("[data-show]")) tab.setAttribute("aria-pressed", String(tab.dataset.show === pane));
}

async function takeInChanges() {
  const answer = await get("/api/events").catch((error) => showError(error, "ended"));
  if (!answer) return;
  hideAlert("ended");
  if (numbersOf(answer) === state.numbers) return;
  state.numbers = numbersOf(answer);
  showAlert("changed", "Claims or events changed meanwhile.", "", ["Reload the list", () => enqueue(() => reload())]);
}

function listen() {
  for (const id of ["text", "several", "contradicted"]) byId(id).addEventListener("input", drawList);
  byId("find").addEventListener("submit", (event) => event.preventDefault());
  const submits = { rename, merge };
  for (const [id, action] of Object.entries(submits)) {
    byId(id).addEventListener("submit", (event) => {
      event.preventDefault();
      document.activeElement?.blur();
      enqueue(action);
    });
  }
  for (const id of ["split", "undo", "previous", "next"]) byId(id).addEventListener("click", () => runAction(id));
  byId("keys").addEventListener("click", showHelp);
  for (const tab of document.querySelectorAll("[data-show]")) tab.addEventListener("click", () => showPane(tab.dataset.show));
  addEventListener("hashchange", () => enqueue(() => show(idInAddress())));
  listenToKeys();
  const poll = () => document.visibilityState === "visible" && enqueue(takeInChanges);
  setInterval(poll, INTERVAL);
  document.addEventListener("visibilitychange", poll);
}

const idInAddress = () => new URLSearchParams(location.hash.slice(1)).get("event") ?? "";

listen();
enqueue(() => reload(idInAddress()));
