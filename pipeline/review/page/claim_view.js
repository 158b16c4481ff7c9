// Which claim is shown: the claim, its article and its line in the list are always changed together.

import { claimPath, get } from "./api.js";
import { clearArticle, loadArticle, marksOf, showArticle } from "./article.js";
import { markShownArticle } from "./articles.js";
import { byId } from "./dom.js";
import { renderClaim, renderNoClaim } from "./claim.js";
import * as editor from "./editor.js";
import { drawActions } from "./actions.js";
import { headline } from "./labels.js";
import { lineOf, markShownLine } from "./queue.js";
import { announce } from "./notices.js";
import { state, writeAddress } from "./state.js";
import { oneLine } from "./text.js";

/** Notes that were typed and not saved, by claim id. */
export const unsavedNotes = new Map();
const UNDRAWABLE = "This claim can't be shown";
let loadedArticle = null; // the article that is shown: of the shown claim, or alone

/** Fetch a claim by its id and show it. */
export async function openClaim(id) {
  const line = lineOf(id);
  // Its article is asked for at the same time, where the list tells which it is.
  const [claim] = await Promise.all([get(claimPath(id)), line && loadArticle(line.doc_id)]);
  await showClaim(claim);
}

/** Show a claim as the server gave it. */
export async function showClaim(claim) {
  const article = await loadArticle(claim.doc_id);
  closeForm();
  byId("claim-scroll").scrollTop = 0;
  drawClaim(claim, article, true);
  markShownLine();
  markShownArticle();
  writeAddress();
}

/** Show an article without any claim of it, as one that has none: claims can be added to it. */
export async function openArticle(docId) {
  const loaded = await loadArticle(docId);
  closeForm();
  state.claim = null;
  state.listId = "";
  loadedArticle = loaded;
  state.docId = docId;
  drawArticleAlone();
  markShownLine();
  markShownArticle();
  writeAddress();
}

function drawArticleAlone() {
  renderNoClaim("No claim is shown", "Select words in the article and press m to add a claim that was missed.");
  showArticle(loadedArticle, {}, { scroll: false });
  drawActions();
}

/** Draw what is shown as it is now. */
export const redrawClaim = () => (state.claim ? drawClaim(state.claim, loadedArticle) : drawArticleAlone());

/** Draw another version of the shown claim. */
export const replaceShownClaim = (claim) => drawClaim(claim, loadedArticle);

/** Make a claim the shown one, and draw it. Where that fails none is shown, so that no key decides one that isn't seen. */
function drawClaim(claim, article, scroll = false) {
  state.claim = claim;
  state.listId = claim.id;
  state.docId = claim.doc_id;
  loadedArticle = article;
  try {
    drawParts(scroll);
  } catch (error) {
    showNoClaim(UNDRAWABLE, "Go on with the next one: press j.", claim.id);
    throw new DrawingError(error);
  }
}

/** An error of the page itself while it drew a claim. */
class DrawingError extends Error {
  constructor(cause) {
    super(`${UNDRAWABLE}.`, { cause });
    this.hint = `Nothing was decided on it. Please report this error of the page: ${cause.message}`;
  }
}

function drawParts(scroll) {
  const wasInNote = document.activeElement?.id === "note";
  renderClaim(state.claim, loadedArticle, unsavedNotes.get(state.claim.id));
  showArticle(loadedArticle, marksOf(state.claim), { scroll });
  drawActions();
  if (wasInNote) byId("note").focus();
}

/** Say that there is no claim to show, and why; the list stands at `listId`. */
export function showNoClaim(words, hint, listId = "") {
  closeForm();
  state.claim = null;
  state.listId = listId;
  state.docId = "";
  loadedArticle = null;
  renderNoClaim(words, hint);
  clearArticle();
  drawActions();
  markShownLine();
  writeAddress();
}

/** Open the form: to correct the shown claim ("edit"), or for one that the machine missed in its article ("add"). */
export function openForm(mode) {
  if (!(mode === "add" ? loadedArticle : state.claim) || state.mode !== "read") return;
  state.mode = mode;
  let hasDraft;
  try {
    hasDraft = editor.open(mode, state.claim ?? claimOfArticle(), loadedArticle);
  } catch (error) {
    editor.abandon();
    state.mode = "read";
    throw error;
  }
  drawActions(mode);
  byId("claim-scroll").scrollTop = 0;
  if (hasDraft) announce("What you typed here before is back.");
  else announce(mode === "edit" ? "Editing. Escape closes the form." : "Adding a claim. Select its words in the article.");
}

/** What stands for a claim of an article that is shown alone, when one is added to it. */
const claimOfArticle = () => ({ id: "", doc_id: state.docId, start: 0, end: 0, fields: {}, corrections: {}, spans: {}, note: "" });

/** Close the form. What was typed is there again when it is opened next, unless it was `saved`. */
export function closeForm(saved = false) {
  if (state.mode === "read") return;
  editor.close(saved);
  state.mode = "read";
}

/** The claim in a few words, to be spoken. */
export const describeClaim = (claim) =>
  `${oneLine(headline(claim.fields))}: ${oneLine(claim.corrected_text || claim.fields.claim_text).slice(0, 120)}`;
