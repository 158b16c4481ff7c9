// The dossier of an event: what it is, who affirms and who denies it, day by day, and what people said of it.

import { plural } from "./catalogue.js";
import { byId, el } from "./dom.js";
import { history } from "./history.js";
import { oneLine } from "./text.js";

/**
 * A claim in a dossier.
 * @typedef {Object} TimelineLine
 * @property {string} id
 * @property {string|null} day of publication
 * @property {"affirmed"|"denied"|""} side whether it says that the event is, or that it is not
 * @property {string} status
 * @property {string} reporter
 * @property {string} sentence
 * @property {string} title of the article
 * @property {string} publisher
 * @property {string} file
 * @property {string} decision
 * @property {string[]} contradicts ids of the claims that contradict it
 */

/**
 * An event with all that the page shows of it.
 * @typedef {Object} Dossier
 * @property {string} id
 * @property {string} title
 * @property {string} name that a person gave it
 * @property {TimelineLine[]} timeline in order of days, undated last
 * @property {number} version number of the last edit, sent back as "seen"
 */

/** Draw the dossier. @param {Dossier} event @param {function(string): void} open shows another event */
export function renderDossier(event, open) {
  byId("dossier-body").replaceChildren(head(event), relations(event, open), ...sides(event), timeline(event), ...statements(event), ...history(event.history));
}

/** The ids of the claims that are marked in the timeline. */
export const markedClaims = () => [...byId("dossier-body").querySelectorAll("input[data-mark]:checked")].map((box) => box.dataset.mark);

/** "told in 3 articles, 2025-03-01 to 2025-03-09". */
export function describeSpread(event) {
  const { first_told: first, last_told: last } = event;
  const days = first && (first === last ? first : `${first} to ${last}`);
  return [plural(event.articles, "article"), days].filter(Boolean).join(", ");
}

function head(event) {
  const about = [event.kinds.join(", "), event.actors.length && `by ${event.actors.join(", ")}`, event.places.join(", "), event.date_texts.join(", ")];
  return el(
    "header",
    { class: "head" },
    el(
      "p",
      { class: "tags" },
      el("span", { class: "tag" }, event.type),
      event.status && el("span", { class: "tag" }, event.status),
      event.contradicted && el("span", { class: "tag unsure" }, "contradicted"),
      event.rejected && el("span", { class: "tag reject" }, "rejected"),
      el("span", { class: "quiet" }, `${plural(event.claims, "claim")} in ${describeSpread(event)}`),
    ),
    el("h2", { id: "dossier-name" }, oneLine(event.title) || "Not named"),
    el("p", { class: "quiet" }, oneLine(about.filter(Boolean).join("; "))),
    event.name && event.target && el("p", { class: "quiet" }, `Articles say: ${oneLine(event.target)}`),
  );
}

/** Of what the event is a part, and its own parts. */
function relations(event, open) {
  if (!event.part_of && !event.parts.length) return "";
  const link = ({ id, title }) => el("button", { type: "button", class: "link", onclick: () => open(id) }, oneLine(title) || "not named");
  return el(
    "dl",
    { class: "facts" },
    event.part_of && el("div", {}, el("dt", {}, "Part of"), el("dd", {}, link(event.part_of))),
    event.parts.length > 0 && el("div", {}, el("dt", {}, "Parts"), el("dd", {}, event.parts.map((part) => [link(part), " "]))),
  );
}

/** Who affirms and who denies, side by side. */
function sides(event) {
  const side = (label, names) => el("div", {}, el("h3", {}, label), names.length ? el("ul", {}, names.map((name) => el("li", {}, oneLine(name)))) : el("p", { class: "quiet" }, "nobody"));
  return [el("div", { class: "sides who-says" }, side("Affirmed by", event.affirmed_by), side("Denied by", event.denied_by))];
}

/** The claims by days of publication: what affirms on the left, what denies on the right. */
function timeline(event) {
  const days = new Map();
  for (const line of event.timeline) days.set(line.day, [...(days.get(line.day) ?? []), line]);
  const rows = [...days].map(([day, lines]) => {
    const denied = lines.filter(({ side }) => side === "denied");
    const others = lines.filter(({ side }) => side !== "denied");
    return el(
      "li",
      { class: "day" },
      el("h4", {}, day || "undated"),
      el("div", { class: "sides" }, el("ol", { class: "affirming" }, others.map(claimCard)), el("ol", { class: "denying" }, denied.map(claimCard))),
    );
  });
  return el("section", { "aria-label": "Timeline" }, el("h3", {}, "Timeline"), el("ol", { class: "timeline" }, rows));
}

function claimCard(line) {
  const article = [line.publisher, line.title].filter(Boolean).join(": ") || line.file;
  const words = `${line.status} · ${oneLine(line.reporter) || "the article"}`;
  return el(
    "li",
    { class: `card ${line.decision}`, id: `card-${line.id}` },
    el("label", { class: "mark" }, el("input", { type: "checkbox", "data-mark": line.id, "aria-label": `Mark: ${oneLine(line.sentence).slice(0, 80)}` }), el("strong", {}, words)),
    el("p", { class: "words" }, oneLine(line.sentence)),
    el("p", { class: "quiet file" }, el("a", { href: `/#claim=${encodeURIComponent(line.id)}` }, oneLine(article))),
    line.contradicts.length > 0 && el("p", { class: "contradicts" }, `Contradicted by ${plural(line.contradicts.length, "claim")}: `, line.contradicts.map((id) => [crossLink(id), " "])),
  );
}

/** A button that brings the other claim into view. */
function crossLink(id) {
  const show = () => {
    const card = byId(`card-${id}`);
    card?.scrollIntoView({ block: "center" });
    card?.querySelector("input")?.focus({ preventScroll: true });
  };
  return el("button", { type: "button", class: "link", onclick: show }, "show");
}

/** What each speaker says of the event; the same words in several articles are one statement. */
function statements(event) {
  if (!event.statements.length) return [];
  const said = ({ id, words, day, articles }) =>
    el(
      "li",
      {},
      el("a", { href: `/#claim=${encodeURIComponent(id)}` }, oneLine(words)),
      " ",
      el("span", { class: "quiet" }, [day, articles > 1 && `in ${plural(articles, "article")}`].filter(Boolean).join(", ")),
    );
  const rows = event.statements.map(({ speaker, statements: list }) => el("div", {}, el("dt", {}, oneLine(speaker)), el("dd", {}, el("ul", {}, list.map(said)))));
  return [el("section", { "aria-label": "Statements" }, el("h3", {}, "Statements"), el("dl", { class: "facts statements" }, rows))];
}
