// Keys: each does what a button does, and nothing while a field is typed into or a browser's own key is meant.

import { byId, button, el, typing } from "./dom.js";
import { STEPS } from "./editor.js";
import { state } from "./state.js";

const READ = {
  a: "accept", r: "reject", e: "edit", s: "unsure", u: "undo", n: "note", m: "add",
  j: "next", ArrowDown: "next", k: "previous", ArrowUp: "previous",
};
const ONCE = new Set(["accept", "reject", "edit", "unsure", "undo", "add"]);
const HELP = [
  ["a", "accept the claim"], ["r", "reject it"], ["e", "edit it: words, speaker, dates and the rest"], ["s", "unsure: look at it later"],
  ["u", "undo the last decision of this session, else that of this claim"], ["n", "write a note"], ["m", "add a claim that was missed"],
  ["j or ↓", "next claim"], ["k or ↑", "previous claim"], ["/", "search"], ["Esc", "leave a field, then the form"], ["?", "this help"],
];
const FORM = [...STEPS.map(([key, label]) => [key, label.toLowerCase()]), ["Ctrl+Enter", "save"], ["Esc", "leave; what you typed is kept"]];

/** Listen. `run` does an action by its name. */
export function listen(run) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || byId("help").open || event.isComposing) return;
    const act = meant(event);
    if (!act) return;
    event.preventDefault();
    run(act);
  });
  byId("keys").addEventListener("click", () => help());
}

function meant(event) {
  if (event.key === "Enter" && event.ctrlKey && state.mode !== "read") return "save";
  if (event.ctrlKey || event.metaKey || event.altKey) return "";
  if (event.key === "Escape") return typing(event.target) ? "blur" : state.mode === "read" ? "" : "leave";
  if (event.target.id === "note" && event.key === "Enter" && !event.shiftKey) return "saveNote";
  if (typing(event.target)) return "";
  if (event.key === "?") return "help";
  if (event.key === "/") return "search";
  if (state.mode !== "read") return STEPS.some(([key]) => key === event.key) ? `step ${event.key}` : "";
  if (event.key.startsWith("Arrow") && event.target.closest?.("#article-text, #claim-scroll")) return "";
  const act = READ[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? "";
  return event.repeat && ONCE.has(act) ? "" : act;
}

/** The keys, in a dialog that Escape closes. */
export function help() {
  const rows = (keys) => keys.map(([key, does]) => el("tr", {}, el("th", { scope: "row" }, el("kbd", {}, key)), el("td", {}, does)));
  const dialog = byId("help");
  dialog.replaceChildren(
    el("h2", { id: "help-name" }, "Keys"),
    el("table", {}, el("tbody", {}, rows(HELP))),
    el("h3", {}, "In the form, outside its fields"),
    el("table", {}, el("tbody", {}, rows(FORM))),
    el("p", { class: "quiet" }, "Keys do nothing while you type in a field, or with Ctrl, Alt or ⌘."),
    button("Close", "Escape", () => dialog.close()),
  );
  dialog.showModal();
}
