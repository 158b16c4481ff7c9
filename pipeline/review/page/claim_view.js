// Which claim is shown: the claim, its article and its place in the list go together.

import { get } from "./api.js";
import { clear, load, rolesOf, show as showArticle } from "./article.js";
import { byId } from "./dom.js";
import { render, renderNone } from "./claim.js";
import * as editor from "./editor.js";
import { bar } from "./actions.js";
import { headline } from "./labels.js";
import { mark } from "./queue.js";
import { say } from "./notices.js";
import { state, toAddress } from "./state.js";
import { oneLine } from "./text.js";

export const notes = new Map(); // id -> a note that was typed and not saved
let loaded = null;

/** Show a claim by its id. */
export async function show(id) {
  const claim = await get(`/api/claims/${encodeURIComponent(id)}`);
  await put(claim);
}

/** Show a claim as the server gave it. */
export async function put(claim) {
  const article = await load(claim.doc_id);
  leave();
  state.claim = claim;
  loaded = article;
  byId("claim-scroll").scrollTop = 0;
  draw(true);
  mark();
  toAddress();
}

/** Draw the shown claim as it is now. */
export function draw(scroll = false) {
  const typed = document.activeElement?.id === "note";
  render(state.claim, loaded, notes.get(state.claim.id));
  showArticle(loaded, rolesOf(state.claim), { scroll });
  bar();
  if (typed) byId("note").focus();
}

/** Say that there is none to show. */
export function none(words, hint) {
  leave();
  state.claim = null;
  loaded = null;
  renderNone(words, hint);
  clear();
  bar();
  mark();
  toAddress();
}

/** Open the form for the shown claim ("edit") or for one that the machine missed in its article ("add"). */
export function enter(mode) {
  if (!state.claim || state.mode !== "read") return;
  state.mode = mode;
  const back = editor.open(mode, state.claim, loaded);
  bar(mode);
  byId("claim-scroll").scrollTop = 0;
  say(back ? "What you had typed here is back." : mode === "edit" ? "Editing. Escape leaves the form." : "Adding a claim. Select its words in the article.");
}

/** Leave the form; what was typed is there again when it's opened next, unless it's `done`. */
export function leave(done = false) {
  if (state.mode === "read") return;
  editor.close(done);
  state.mode = "read";
}

/** The claim in a few words, to be spoken. */
export const inWords = (claim) => `${oneLine(headline(claim.fields))}: ${oneLine(claim.corrected_text || claim.fields.claim_text).slice(0, 120)}`;
