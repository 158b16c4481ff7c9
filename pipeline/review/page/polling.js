// What others do meanwhile: asked for every few seconds while the page is visible.

import { claimPath, get } from "./api.js";
import { enqueue } from "./decide.js";
import { replaceShownClaim } from "./claim_view.js";
import { describeDecision } from "./labels.js";
import * as queue from "./queue.js";
import { announce, hideAlert, showAlert, showError } from "./notices.js";
import { reviewerName, state } from "./state.js";

const INTERVAL = 4000; // milliseconds

/** Begin to ask. `reloadAll` loads the page's list anew. */
export function startPolling(reloadAll) {
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
  if (byOthers.length) announceChanges(byOthers);
  if (changes.claims.some((line) => line.id === state.claim?.id)) await refreshShownClaim();
  if (changes.more) showAlert("many", "Many claims were decided meanwhile.", "The list is out of date for some of them.", reloadOffer);
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
