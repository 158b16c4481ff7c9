// What others do meanwhile: asked for every few seconds while the page is seen.

import { get } from "./api.js";
import { inTurn, replaceShown } from "./decide.js";
import { did } from "./labels.js";
import * as queue from "./queue.js";
import { alert, complain, hush, say } from "./notices.js";
import { reviewer, state } from "./state.js";

const EVERY = 4000;

/** Begin to ask. `renew` loads the page's list anew. */
export function watch(renew) {
  setInterval(() => document.visibilityState === "visible" && inTurn(() => look(renew)), EVERY);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && inTurn(() => look(renew)));
}

async function look(renew) {
  let news;
  try {
    news = await get("/api/changes", { since: String(state.change) });
  } catch (error) {
    complain(error, "ended");
    return;
  }
  hush("ended");
  if (news.run !== state.run) {
    state.run = news.run;
    alert("run", "A new run was made: claims may have come or gone.", "", ["Reload the list", () => inTurn(renew)]);
  }
  state.change = news.change;
  queue.progress(news);
  const others = news.claims.filter(differs);
  for (const line of news.claims) queue.update(line);
  if (others.length) tell(others);
  if (news.claims.some((line) => line.id === state.claim?.id)) await renewShown();
  if (news.more) alert("many", "Many claims were decided meanwhile.", "The list shows some of them as they were.", ["Reload the list", () => inTurn(renew)]);
}

/** Whether a line says what the list didn't know, by somebody else. */
function differs(line) {
  const known = queue.lineOf(line.id);
  return line.reviewer !== reviewer() && known && (known.decision !== line.decision || known.reviewer !== line.reviewer);
}

function tell(lines) {
  const [line] = lines;
  const one = `${did(line.reviewer, line.decision)} “${line.words.slice(0, 60)}” meanwhile.`;
  say(lines.length === 1 ? one : `${lines.length} claims were decided by others meanwhile.`);
}

async function renewShown() {
  const now = await get(`/api/claims/${encodeURIComponent(state.claim.id)}`);
  if (now.version === state.claim.version) return;
  const words = `${did(now.reviewer, now.decision)} this claim meanwhile.`.replace("is unsure this", "is unsure about this");
  if (state.mode === "read") {
    replaceShown(now);
    say(words);
  } else {
    alert("meanwhile", words, "What you typed is kept. When you save it, both are shown.");
  }
}
