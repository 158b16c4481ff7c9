// What others do meanwhile: asked for every few seconds while the page is visible.

import { claimPath, get, post } from "./api.js";
import { dropClaim, noteClaims } from "./article.js";
import { enqueue } from "./decide.js";
import { replaceShownClaim } from "./claim_view.js";
import { describeDecision } from "./labels.js";
import * as queue from "./queue.js";
import { announce, hideAlert, showAlert, showError } from "./notices.js";
import { reviewerName, state } from "./state.js";

const INTERVAL = 4000; // milliseconds

let editedTables = ""; // names of the tables that were edited since the run, as last told
let reloadList = () => {}; // loads the page's list anew

/** Begin to ask. `reloadAll` loads the page's list anew. */
export function startPolling(reloadAll) {
  reloadList = reloadAll;
  const poll = () => document.visibilityState === "visible" && enqueue(() => takeInChanges(reloadAll));
  setInterval(poll, INTERVAL);
  document.addEventListener("visibilitychange", poll);
}

async function takeInChanges(reloadAll) {
  let changes;
  try {
    changes = await get("/api/changes", { since: String(state.change) });
  } catch (error) {
    showError(error, "ended");
    return;
  }
  hideAlert("ended");
  const reloadOffer = ["Reload the list", () => enqueue(reloadAll)];
  if (changes.run !== state.run) {
    state.run = changes.run;
    showAlert("run", "There is a new run: claims may have been added or removed.", "", reloadOffer);
  }
  state.change = changes.change;
  queue.showProgress(changes);
  const byOthers = changes.claims.filter(isNewsByAnother);
  for (const line of changes.claims) queue.updateLine(line);
  noteClaims(changes.claims);
  for (const id of changes.gone) {
    queue.removeLine(id);
    dropClaim(id);
  }
  if (changes.claims.length || changes.gone.length) queue.countAnew();
  tellEditedTables(changes.edited_tables);
  if (changes.gone.includes(state.claim?.id)) {
    showAlert("gone", "The claim that is shown was taken away again by who had added it.", "", reloadOffer);
    return;
  }
  if (byOthers.length) announceChanges(byOthers);
  if (changes.claims.some((line) => line.id === state.claim?.id)) await refreshShownClaim();
  if (changes.more) showAlert("many", "Many claims were decided meanwhile.", "The list is out of date for some of them.", reloadOffer);
}

/** Say that somebody typed into the tables since the run, once for each state of them, and offer to read it. */
function tellEditedTables(names) {
  if (names.join() === editedTables) return;
  editedTables = names.join();
  hideAlert("tables");
  if (!names.length) return;
  const files = names.join(" and ");
  const words = `${files} ${names.length > 1 ? "were" : "was"} edited since the last run.`;
  showAlert("tables", words, "What was typed there is not shown here yet. Save the file, then read it, or run again: extract run", [
    "Read it now",
    () => enqueue(readTables),
  ]);
}

async function readTables() {
  const { decisions, conflicts } = await post("/api/tables", {});
  await reloadList();
  const clash = conflicts ? `, ${conflicts} of them against a decision made here, which they overrule` : "";
  announce(`Read: ${decisions === 1 ? "1 decision is" : `${decisions} decisions are`} new or changed${clash}.`);
}

/** Whether a line tells a decision by somebody else that the list didn't have. */
function isNewsByAnother(line) {
  const listed = queue.lineOf(line.id);
  return line.reviewer !== reviewerName() && listed && (listed.decision !== line.decision || listed.unknown_word !== line.unknown_word || listed.reviewer !== line.reviewer);
}

function announceChanges(lines) {
  const [line] = lines;
  if (lines.length > 1) announce(`Meanwhile ${lines.length} claims were decided by others.`);
  else announce(`Meanwhile ${describeDecision(line, `“${line.words.slice(0, 60)}”`)}.`);
}

async function refreshShownClaim() {
  const claim = await get(claimPath(state.claim.id));
  if (claim.version === state.claim.version) return;
  const words = `Meanwhile ${describeDecision(claim, "this claim")}.`;
  if (state.mode === "read") {
    replaceShownClaim(claim);
    announce(words);
  } else {
    showAlert("meanwhile", words, "What you typed is kept. When you save it, both are shown.");
  }
}
