// The row of buttons under a claim. What each does is set by review.js, which starts the page.

import { button, byId, el } from "./dom.js";
import { state } from "./state.js";

/** Buttons as [name of the action, label, key]. */
const DECIDE = [["accept", "Accept", "a"], ["reject", "Reject", "r"], ["edit", "Edit", "e"], ["unsure", "Unsure", "s"]];
const OTHER = [["undo", "Undo", "u"], ["note", "Note", "n"], ["add", "Add missed", "m"], ["previous", "Previous", "k"], ["next", "Next", "j"]];
const FORM = [["save", "Save", "Control+Enter"], ["close", "Close", "Escape"]];
const WITHOUT_CLAIM = ["undo", "previous", "next"]; // what can be done while no claim is shown
const FOR_ARTICLE = ["add", "save", "close"]; // what can be done while an article is shown without a claim
const SHORT_KEYS = { "Control+Enter": "Ctrl ↵", Escape: "Esc" };
let runAction = () => {};
let drawnRow = ""; // "read" or "form"

/** Set the function that every button calls with the name of its action. */
export const onAction = (run) => (runAction = run);

/** Draw the buttons for reading or for the form; those that stay keep their focus. */
export function drawActions(mode = "read") {
  const row = mode === "read" ? "read" : "form";
  if (drawnRow !== row) {
    const groups = row === "read" ? [group(DECIDE, "decide"), group(OTHER, "other")] : [group(FORM, "decide")];
    byId("actions").replaceChildren(...groups);
  }
  drawnRow = row;
  for (const node of byId("actions").querySelectorAll("[data-act]")) {
    const action = node.dataset.act;
    node.disabled = !state.claim && !WITHOUT_CLAIM.includes(action) && !(state.docId && FOR_ARTICLE.includes(action));
    if (DECIDE.some(([name]) => name === action)) node.setAttribute("aria-pressed", String(state.claim?.decision === action));
  }
}

function group(actions, className) {
  const draw = ([action, label, key]) => {
    const node = button(label, SHORT_KEYS[key] ?? key, () => runAction(action), { "data-act": action, class: action });
    node.setAttribute("aria-keyshortcuts", key);
    return node;
  };
  return el("div", { class: className }, actions.map(draw));
}
