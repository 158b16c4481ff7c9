// The page of speakers: what tells it from that of events, and the dossier of a speaker.

import { edit, enqueue, listed, openCatalogue, plural, shownItem } from "./catalogue.js";
import { byId, el } from "./dom.js";
import { history, renderNone } from "./history.js";
import { announce } from "./notices.js";
import { oneLine } from "./text.js";

export { enqueue };

/** "12 claims in 3 articles, 2025-03-01 to 2025-03-09". */
function describe({ claims, articles, first_said: first, last_said: last }) {
  const days = first && (first === last ? first : `${first} to ${last}`);
  return [`${plural(claims, "claim")} in ${plural(articles, "article")}`, days].filter(Boolean).join(", ");
}

function render(speaker) {
  byId("dossier-body").replaceChildren(head(speaker), facts(speaker), claims(speaker), ...history(speaker.history));
}

function head(speaker) {
  return el(
    "header",
    { class: "head" },
    el("p", { class: "tags" }, speaker.types.map((type) => el("span", { class: "tag" }, type)), el("span", { class: "quiet" }, describe(speaker))),
    el("h2", { id: "dossier-name" }, oneLine(speaker.title)),
    speaker.name && el("p", { class: "quiet" }, `Articles say: ${oneLine(speaker.spelling)}`),
  );
}

function facts(speaker) {
  const counted = ([words, count], toClaims) =>
    el("li", {}, toClaims ? el("a", { href: `/#speaker=${encodeURIComponent(words)}` }, oneLine(words)) : oneLine(words), " ", el("span", { class: "quiet" }, plural(count, "claim")));
  const row = (label, values, toClaims = false) =>
    values.length > 0 && el("div", {}, el("dt", {}, label), el("dd", {}, el("ul", {}, values.map((value) => counted(value, toClaims)))));
  const decided = ["accepted", "rejected", "undecided"].filter((word) => speaker[word]).map((word) => `${speaker[word]} ${word}`);
  return el(
    "dl",
    { class: "facts" },
    row("Spellings", speaker.spellings, true),
    row("Roles", speaker.roles),
    el("div", {}, el("dt", {}, "Decisions"), el("dd", {}, decided.join(", "))),
    speaker.merged.length > 0 && el("div", {}, el("dt", {}, "Merged"), el("dd", {}, speaker.merged.map(oneLine).join("; "))),
  );
}

function claims(speaker) {
  const more = speaker.claims - speaker.lines.length;
  const line = ({ id, words, day, title, decision }) =>
    el(
      "li",
      { class: `card ${decision}` },
      el("p", { class: "words" }, el("a", { href: `/#claim=${encodeURIComponent(id)}` }, oneLine(words))),
      el("p", { class: "quiet" }, [day || "undated", oneLine(title), decision].filter(Boolean).join(" · ")),
    );
  return el(
    "section",
    { "aria-labelledby": "claims-name" },
    el("h3", { id: "claims-name" }, "Claims"),
    el("ol", { class: "timeline" }, speaker.lines.map(line)),
    more > 0 && el("p", { class: "quiet" }, `${plural(more, "more claim")} in the list of claims: a spelling above leads there.`),
  );
}

const MOST_GATHERED = 200; // speakers: more are no spellings of one name
let asked = ""; // the speakers that the last press asked about, as JSON

/** Merge all others of the list into the shown speaker: the first press says how many, the second does it. */
function gather() {
  const speaker = shownItem();
  const others = listed().filter(({ id }) => id !== speaker?.id).map(({ id }) => id);
  if (!speaker || !byId("text").value.trim()) return announce("Search for the spellings of one speaker first.");
  if (!others.length) return announce("The search leaves no other speaker.");
  if (others.length > MOST_GATHERED) return announce(`The search leaves ${plural(others.length, "other speaker")}: narrow it down.`);
  const question = JSON.stringify([speaker.id, others]);
  if (asked !== question) {
    asked = question;
    return announce(`Press g again to merge ${plural(others.length, "other speaker")} of the list into “${oneLine(speaker.title)}”.`);
  }
  asked = "";
  return edit("gather", { others }, ({ title }) => `Merged ${plural(others.length, "speaker")} into “${oneLine(title)}”. u takes it back.`);
}

openCatalogue({
  noun: "speaker",
  missing: "Nobody is quoted yet",
  fits: (speaker) => (!byId("several").checked || speaker.articles > 1) && (!byId("open").checked || speaker.undecided > 0),
  filters: ["several", "open"],
  sign: (speaker) => (speaker.name || speaker.is_merged ? "✎" : ""),
  describe,
  spread: describe,
  render,
  renderNone,
  plainName: (speaker) => speaker.spelling,
  actions: { gather: () => enqueue(gather) },
  remember: () => () => {},
  keys: { j: "next", ArrowDown: "next", k: "previous", ArrowUp: "previous", n: "name", m: "into", g: "gather", u: "undo", "/": "text", "?": "help" },
  help: [
    ["j or ↓", "next speaker"], ["k or ↑", "previous speaker"], ["n", "name the speaker"], ["m", "merge with another speaker"],
    ["g", "merge all others that the search leaves into this one"],
    ["u", "undo the last edit of this speaker"], ["/", "search"], ["Esc", "leave a field"], ["?", "this help"],
  ],
  advice: "What you say of speakers holds for all later runs. It can be written into speakers.csv, too.",
});
