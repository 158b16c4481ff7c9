// The row of buttons under a claim. What each does is set by whoever starts the page.

import { button, byId, el } from "./dom.js";
import { state } from "./state.js";

const DECIDE = [["accept", "Accept", "a"], ["reject", "Reject", "r"], ["edit", "Edit", "e"], ["unsure", "Unsure", "s"]];
const OTHER = [["undo", "Undo", "u"], ["note", "Note", "n"], ["add", "Add missed", "m"], ["previous", "Previous", "k"], ["next", "Next", "j"]];
const FORM = [["save", "Save", "Control+Enter"], ["leave", "Leave", "Escape"]];
let run = () => {};
let drawn = "";

export const onAction = (act) => (run = act);

/** Draw the buttons for reading or for the form; those that stay keep their focus. */
export function bar(mode = "read") {
  const wanted = mode === "read" ? "read" : "form";
  if (drawn !== wanted) byId("actions").replaceChildren(...(wanted === "read" ? [group(DECIDE, "decide"), group(OTHER, "other")] : [group(FORM, "decide")]));
  drawn = wanted;
  for (const each of byId("actions").querySelectorAll("[data-act]")) {
    const act = each.dataset.act;
    each.disabled = !state.claim && act !== "undo";
    if (DECIDE.some(([name]) => name === act)) each.setAttribute("aria-pressed", String(state.claim?.decision === act));
  }
}

function group(actions, name) {
  const shown = (key) => (key === "Control+Enter" ? "Ctrl ↵" : key === "Escape" ? "Esc" : key);
  const make = ([act, label, key]) => {
    const made = button(label, shown(key), () => run(act), { "data-act": act, class: act });
    made.setAttribute("aria-keyshortcuts", key);
    return made;
  };
  return el("div", { class: name }, actions.map(make));
}

