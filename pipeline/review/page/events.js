// The page of events: what tells it from that of speakers.

import { edit, enqueue, openCatalogue } from "./catalogue.js";
import { describeSpread, markedClaims, renderDossier } from "./dossier.js";
import { byId } from "./dom.js";
import { renderNone } from "./history.js";
import { announce } from "./notices.js";

export { enqueue };

function split() {
  const claims = markedClaims();
  if (!claims.length) return announce("Mark in the timeline what is another event.");
  return edit("split", { claims }, () => "Split off. It holds for all later runs.");
}

openCatalogue({
  noun: "event",
  missing: "No events yet",
  fits: (event) => (!byId("several").checked || event.articles > 1) && (!byId("contradicted").checked || event.contradicted),
  filters: ["several", "contradicted"],
  sign: (event) => (event.contradicted ? "≠" : event.name ? "✎" : ""),
  describe: (event) => [event.status, describeSpread(event), event.contradicted && "contradicted"].filter(Boolean).join(" · "),
  spread: describeSpread,
  render: renderDossier,
  renderNone,
  plainName: (event) => event.target,
  actions: { split: () => enqueue(split) },
  remember: () => {
    const marked = markedClaims();
    return () => marked.forEach((id) => byId(`card-${id}`)?.querySelector("input")?.click());
  },
  keys: { j: "next", ArrowDown: "next", k: "previous", ArrowUp: "previous", n: "name", m: "into", s: "split", u: "undo", "/": "text", "?": "help" },
  help: [
    ["j or ↓", "next event"], ["k or ↑", "previous event"], ["n", "name the event"], ["m", "merge it with another"],
    ["s", "split off the claims that are marked"], ["u", "undo the last edit of this event"], ["/", "search"],
    ["Esc", "leave a field"], ["?", "this help"],
  ],
  advice: "What you say of events holds for all later runs. It can be written into events.csv, too.",
});
