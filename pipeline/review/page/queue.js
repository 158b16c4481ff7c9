// The list of claims: asked for a hundred at a time, filtered and sorted by the server.

import { get } from "./api.js";
import { byId, el, fill } from "./dom.js";
import { DECIDED, country, spaced } from "./names.js";
import { FILTERS, state } from "./state.js";
import { oneLine } from "./text.js";

const PAGE = 100;
const lines = []; // LINE in the order of the list
const at = new Map(); // id -> its place in `lines`
let total = 0;
let loading = null;
let list = 0; // which list a page belongs to: answers for an older one are dropped

export const counts = { all: 0, decided: 0 };

/** Ask for the list anew, from its beginning. */
export async function reload() {
  list += 1;
  loading = null;
  const answer = await page(0);
  if (!answer) return;
  lines.length = 0;
  at.clear();
  byId("list").replaceChildren();
  byId("lines").scrollTop = 0;
  take(answer);
}

async function page(offset) {
  const mine = list;
  const answer = await get("/api/claims", { ...state.filters, sort: state.sort, offset: String(offset), limit: String(PAGE) });
  return mine === list ? answer : null;
}

function take(answer) {
  total = answer.total;
  state.run = answer.run;
  if (!lines.length) state.change = answer.change;
  progress(answer);
  const fresh = answer.claims.filter((line) => !at.has(line.id));
  for (const line of fresh) at.set(line.id, lines.push(line) - 1);
  byId("list").append(...fresh.map(item));
  matching(answer.matching_decided);
  mark();
}

/** Load the next hundred; whether there were any. */
export async function more() {
  if (offset() >= total) return false;
  loading ??= page(offset())
    .then((answer) => {
      if (!answer) return false;
      const before = lines.length;
      take(answer);
      return lines.length > before;
    })
    .finally(() => (loading = null));
  return loading;
}

/** Where the next page begins: lines that a decision took out of the filter no longer count there. */
function offset() {
  const wanted = state.filters.decision;
  return wanted ? lines.filter((line) => (line.decision || "open") === wanted).length : lines.length;
}

/** "213 of 480 decided" and its bar. */
export function progress({ all, decided }) {
  Object.assign(counts, { all, decided });
  byId("bar").max = Math.max(all, 1);
  byId("bar").value = decided;
  byId("count").textContent = `${decided.toLocaleString("en")} of ${all.toLocaleString("en")} decided`;
}

function matching(decided) {
  const on = FILTERS.filter((name) => state.filters[name]);
  const many = total === 1 ? "1 claim" : `${total.toLocaleString("en")} claims`;
  byId("matching").textContent = on.length ? `${many} in this list, ${decided.toLocaleString("en")} decided` : many;
  byId("clear").hidden = !on.length;
  const hidden = on.filter((name) => name !== "text" && name !== "decision").length;
  byId("on").textContent = hidden ? ` (${hidden} on)` : "";
  byId("none").hidden = total > 0;
  byId("none").textContent = on.length ? "No claim fits these filters." : "No claims yet: put articles into corpus/ and type extract run.";
}

function item(line) {
  const row = el("button", { type: "button", class: "line", "data-id": line.id, tabindex: "-1" });
  fillRow(row, line);
  return el("li", {}, row);
}

function fillRow(row, line) {
  const sign = line.decision ? DECIDED[line.decision].sign : "";
  const kind = [spaced(line.kind), line.status].filter(Boolean).join(", ");
  row.className = `line ${line.decision}`;
  row.replaceChildren(
    el("span", { class: "sign", "aria-hidden": "true" }, sign),
    el("span", { class: "what" }, oneLine(line.words)),
    el(
      "span",
      { class: "quiet" },
      line.speaker && `${oneLine(line.speaker)} · `,
      `${kind} · ${Number(line.confidence).toFixed(2)}`,
      line.added && " · added",
      line.decision && el("span", { class: "unseen" }, `, ${DECIDED[line.decision].word}`),
    ),
  );
}

const rowOf = (id) => byId("list").querySelector(`[data-id="${CSS.escape(id)}"]`);

/** Mark the claim that is shown; only its line can be reached by Tab. */
export function mark() {
  const old = byId("list").querySelector("[aria-current]");
  const focused = old !== null && old === document.activeElement;
  old?.removeAttribute("aria-current");
  old?.setAttribute("tabindex", "-1");
  const row = state.claim && rowOf(state.claim.id);
  const reached = row || byId("list").querySelector(".line");
  reached?.setAttribute("tabindex", "0");
  if (!row) return;
  row.setAttribute("aria-current", "true");
  keepInView(row);
  if (focused) row.focus({ preventScroll: true });
}

function keepInView(row) {
  const pane = byId("lines");
  const top = row.offsetTop - pane.offsetTop;
  if (top < pane.scrollTop + 8) pane.scrollTop = top - 8;
  const low = top + row.offsetHeight - pane.clientHeight + 48;
  if (low > pane.scrollTop) pane.scrollTop = low;
}

/** Bring a line up to date; one that is new (an added claim) is put after the shown one. */
export function update(line) {
  if (!at.has(line.id)) return;
  lines[at.get(line.id)] = line;
  fillRow(rowOf(line.id), line);
}

/** Put a claim that was added into the list, after the one that is shown. */
export function insert(line) {
  if (at.has(line.id)) return;
  const place = state.claim && at.has(state.claim.id) ? at.get(state.claim.id) + 1 : lines.length;
  lines.splice(place, 0, line);
  lines.forEach((each, index) => at.set(each.id, index));
  byId("list").insertBefore(item(line), byId("list").children[place] ?? null);
  total += 1;
}

export const first = () => lines[0]?.id ?? "";
export const lineOf = (id) => lines[at.get(id)];

/** The id before (-1) or after (1) the shown claim, "" at an end. */
export async function beside(step) {
  const here = state.claim ? at.get(state.claim.id) ?? -1 : -1;
  const place = here + step;
  if (place >= lines.length) await more();
  return lines[place]?.id ?? "";
}

/** The next claim that nobody decided: after the shown one, else from the top; "" when none is left. */
export async function undecided() {
  const here = state.claim ? at.get(state.claim.id) ?? -1 : -1;
  let place = here + 1;
  do {
    for (; place < lines.length; place += 1) if (!lines[place].decision) return lines[place].id;
  } while (await more());
  return lines.slice(0, Math.max(here, 0)).find((line) => !line.decision)?.id ?? "";
}

/** Load pages until a claim is in the list; gives up after `pages`. */
export async function reach(id, pages = 30) {
  while (!at.has(id) && pages-- > 0 && (await more()));
  mark();
}

/** The choices of the filters, with how many claims each leaves. */
export async function loadFilters() {
  const found = await get("/api/filters");
  const select = (name, none, options) =>
    fill(document.querySelector(`#filters [name="${name}"]`), [["", none], ...options], state.filters[name]);
  const many = (value, count) => `${value} (${count.toLocaleString("en")})`;
  const short = (words) => (words.length > 70 ? `${words.slice(0, 68)} …` : words);
  const decisions = [["open", "not decided"], ...Object.entries(DECIDED).map(([key, { word }]) => [key, word])];
  const decided = new Map(found.decision);
  select("decision", "any", decisions.map(([key, word]) => [key, decided.has(key) ? many(word, decided.get(key)) : word]));
  select("kind", "any", found.kind.map(([value, count]) => [value, many(spaced(value), count)]));
  select("status", "any", found.status.map(([value, count]) => [value, many(value, count)]));
  select("speaker", "anybody", found.speaker.map(([value, count]) => [value, many(short(oneLine(value)), count)]));
  select("country", "any", found.country.map(([code, name, count]) => [code, many(name || country(code), count)]));
  select("article", "all", found.article.map(([file, title, count]) => [file, many(short(oneLine(title || file)), count)]));
  return found;
}

/** Listen to the list: a click shows a claim, its end loads more. */
export function listen(choose) {
  byId("list").addEventListener("click", (event) => {
    const row = event.target.closest(".line");
    if (row) choose(row.dataset.id);
  });
  byId("lines").addEventListener(
    "scroll",
    () => {
      const pane = byId("lines");
      if (pane.scrollTop + pane.clientHeight * 2 > pane.scrollHeight) more().catch(() => {});
    },
    { passive: true },
  );
}
