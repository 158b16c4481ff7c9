// What people said of an event or a speaker, below its dossier; and what stands there where there is none.

import { byId, el } from "./dom.js";
import { oneLine } from "./text.js";

const EDITS = {
  rename: (edit) => (edit.name ? `named it “${edit.name}”` : "took its name away"),
  merge: (edit) => `merged ${edit.other ? `“${edit.other}”` : "another"}${edit.others > 1 ? ` and ${edit.others - 1} more` : ""} into it`,
  split: (edit) => `split ${edit.other ? `“${edit.other}”` : "claims"} off`,
  undo: () => "undid the edit before",
};

/** The edits, the oldest first, folded; nothing where there are none. */
export function history(edits) {
  if (!edits.length) return [];
  const lines = edits.map((edit) => {
    const who = edit.reviewer || "Somebody";
    return el("li", {}, `${who} ${oneLine(EDITS[edit.kind](edit))}, ${edit.saved_at.slice(0, 16).replace("T", ", ")} (${edit.origin})`);
  });
  return [el("details", {}, el("summary", {}, `History (${lines.length})`), el("ol", { class: "past" }, lines))];
}

/** Draw words in place of a dossier. */
export function renderNone(words, hint = "") {
  byId("dossier-body").replaceChildren(el("div", { class: "empty" }, el("h2", { id: "dossier-name" }, words), el("p", {}, hint)));
}
