// Keys: each does what a button does, and nothing while a field is typed into or a browser's own key is meant.

import { byId, button, el, isTyping } from "./dom.js";
import { STEPS } from "./editor.js";
import { state } from "./state.js";

/** The action of a key while no form is open. */
const ACTION_OF_KEY = {
  a: "accept", r: "reject", e: "edit", s: "unsure", u: "undo", n: "note", m: "add",
  w: "offer", g: "articles", x: "missed", t: "tick", b: "bulk", c: "cite", j: "next", ArrowDown: "next", k: "previous", ArrowUp: "previous",
};
/** Actions that a key held down must not repeat. */
const ONCE = new Set(["accept", "reject", "edit", "unsure", "undo", "add"]);
/** What the help says of each key. */
const READING_HELP = [
  ["a", "accept the claim"], ["r", "reject it"], ["e", "edit it: words, speaker, dates and the rest"], ["s", "unsure: look at it later"],
  ["u", "undo the last decision of this session, else the one on this claim"], ["n", "write a note"], ["m", "add a claim that was missed"],
  ["j or ↓", "next claim"], ["k or ↑", "previous claim"], ["w", "decide what stands in the quote, or around the claim, the same way"], ["t", "tick the claim, or take its tick away"], ["b", "decide several claims: the ticked ones, or all of the list"],
  ["c", "copy the claim with its speaker, publisher, day and address"], ["x", "next sentence with a reporting verb and no claim, also of the articles that follow; m adds it"], ["g", "list of articles, or of claims again"], ["/", "search"], ["Esc", "leave a field, then close the form"], ["?", "this help"],
];
const FORM_HELP = [...STEPS.map(([key, label]) => [key, label.toLowerCase()]), ["Ctrl+Enter", "save"], ["Esc", "close the form; what you typed is kept"]];

/** Listen to keys; `run` carries out an action by its name. */
export function listenToKeys(run) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || document.querySelector("dialog[open]") || event.isComposing) return;
    const action = actionOf(event);
    if (!action) return;
    event.preventDefault();
    run(action);
  });
  byId("keys").addEventListener("click", () => showHelp());
}

/** The name of the action that a key means where it was pressed, "" for none. */
function actionOf(event) {
  if (event.key === "Enter" && event.ctrlKey && state.mode !== "read") return "save";
  if (event.ctrlKey || event.metaKey || event.altKey) return "";
  if (event.key === "Escape") return isTyping(event.target) ? "blur" : state.mode === "read" ? "" : "close";
  if (event.target.id === "note" && event.key === "Enter" && !event.shiftKey) return "saveNote";
  if (isTyping(event.target)) return "";
  if (event.key === "?") return "help";
  if (event.key === "/") return "search";
  if (state.mode !== "read") return STEPS.some(([key]) => key === event.key) ? `step ${event.key}` : "";
  if (event.key.startsWith("Arrow") && event.target.closest?.("#article-text, #claim-scroll")) return "";
  const action = ACTION_OF_KEY[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? "";
  return event.repeat && ONCE.has(action) ? "" : action;
}

/** Show what the keys do, in a dialog that Escape closes. */
export function showHelp() {
  const rows = (keys) => keys.map(([key, does]) => el("tr", {}, el("th", { scope: "row" }, el("kbd", {}, key)), el("td", {}, does)));
  const dialog = byId("help");
  dialog.replaceChildren(
    el("h2", { id: "help-name" }, "Keys"),
    el("table", {}, el("tbody", {}, rows(READING_HELP))),
    el("h3", {}, "In the form, outside its fields"),
    el("table", {}, el("tbody", {}, rows(FORM_HELP))),
    el("p", { class: "quiet" }, "Keys do nothing while you type in a field, or with Ctrl, Alt or ⌘."),
    button("Close", "Escape", () => dialog.close()),
  );
  dialog.showModal();
}
