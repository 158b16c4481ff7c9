// All claims of an article in its text, each in the colour of its decision, and the sentences that may have been missed.

import { byId, el } from "./dom.js";
import { DECISIONS } from "./labels.js";
import { state, writeAddress } from "./state.js";
import { oneLine, unclaimedSentences } from "./text.js";

/**
 * A claim as its article shows it.
 * @typedef {import("./api.js").ClaimSummary & {spans: import("./text.js").Span[]}} MarkedClaim
 */

const OPEN = { sign: "", word: "not decided" };
const missedOf = new WeakMap(); // LoadedArticle -> [its claims as they were, the missed sentences]
let missedSpan = null; // the missed sentence that was gone to last

/** The words of an article's claims by claim id, without the shown one: it has marks of its own. Empty while that is off. */
export function claimKeys({ claims }) {
  if (!state.allClaims || state.mode === "edit") return {};
  const others = [...claims.values()].filter(({ id }) => id !== state.claim?.id);
  return Object.fromEntries(others.map(({ id, spans }) => [id, spans]));
}

/** How a stretch of text looks under these claims; the shortest of them is the innermost, which colours it. */
export function claimMark(claims) {
  if (!claims.length) return { ids: [], classes: [], titles: [] };
  const inner = claims.toSorted((a, b) => length(a) - length(b));
  const titles = inner.map((claim) => `${decisionOf(claim).word}: ${oneLine(claim.speaker || claim.words)}`);
  return { ids: inner.map(({ id }) => id), classes: ["claimed", inner[0].decision || "open", inner.length > 1 && "nested"].filter(Boolean), titles };
}

const length = ({ spans }) => spans.reduce((sum, [start, end]) => sum + end - start, 0);
const decisionOf = ({ decision }) => DECISIONS[decision] ?? OPEN;

/** The sentences with a word of reporting and no claim; none while that is off. */
export function missedSpans(loaded) {
  if (!state.missed || state.mode === "edit") return [];
  const spans = findMissed(loaded);
  byId("missed-count").textContent = ` (${spans.length})`;
  return spans;
}

function findMissed(loaded) {
  const key = [...loaded.claims.values()].map(({ id, spans }) => `${id} ${spans}`).join();
  if (missedOf.get(loaded)?.[0] !== key) {
    const claimed = [...loaded.claims.values()].flatMap(({ spans }) => spans);
    missedOf.set(loaded, [key, unclaimedSentences(loaded.article, claimed, new Set(state.choices?.attributing_forms ?? []))]);
  }
  return missedOf.get(loaded)[1];
}

/** The missed sentence after the one that was gone to last, else the first; null when none follows. */
export function nextMissed(loaded) {
  const spans = findMissed(loaded);
  const last = missedSpan?.loaded === loaded ? missedSpan.span[0] : -1;
  const span = spans.find(([start]) => start > last);
  if (!span) return null;
  missedSpan = { loaded, span };
  return { span, number: spans.indexOf(span) + 1, count: spans.length };
}

/** The missed sentence that was gone to last, if it is of this article: what a claim to add begins with. */
export const chosenMissed = (loaded) => (missedSpan?.loaded === loaded ? missedSpan.span : null);
export const forgetMissed = () => (missedSpan = null);

/** The part of the legend that tells what the colours of claims mean. */
export function drawClaimLegend({ claims }) {
  if (!Object.keys(claimKeys({ claims })).length) return [];
  const decisions = [...new Set([...claims.values()].map(({ decision }) => decision))];
  return decisions.map((decision) => el("li", {}, el("mark", { class: `claimed ${decision || "open"}` }, decisionOf({ decision }).word)));
}

/** Listen to the switches, and to clicks on claims: `choose` gets the claim's id; of several the next inner one. */
export function listenToMarks(choose, redraw) {
  for (const [id, name] of [["all-claims", "allClaims"], ["missed", "missed"]]) {
    const box = byId(id);
    box.addEventListener("change", () => {
      state[name] = box.checked;
      if (!state.missed) byId("missed-count").textContent = "";
      redraw();
      writeAddress();
    });
  }
  byId("article-text").addEventListener("click", ({ target }) => {
    const ids = target.closest("mark[data-claims]")?.dataset.claims.split(" ") ?? [];
    if (!ids.length || state.mode !== "read" || !getSelection().isCollapsed) return;
    choose(ids[ids.indexOf(state.claim?.id) + 1] ?? ids[0]);
  });
}

/** Show the switches as they are. */
export function drawSwitches() {
  byId("all-claims").checked = state.allClaims;
  byId("missed").checked = state.missed;
  if (!state.missed) byId("missed-count").textContent = "";
}
