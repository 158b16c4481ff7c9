// The list of claims: asked for a hundred at a time, filtered and sorted by the server; of those only some stand in the page.

import { get } from "./api.js";
import { byId, el, fill } from "./dom.js";
import { DECIDED, country, spaced } from "./labels.js";
import { complain } from "./notices.js";
import { FILTERS, state } from "./state.js";
import { oneLine } from "./text.js";

const PAGE = 100;
const LEAP = 1000; // asked for at once on the way to a claim far down
const ROWS = 3 * PAGE; // at most so many in the page
const lines = []; // LINE in the order of the list
const at = new Map(); // id -> its place in `lines`
let total = 0;
let loading = null;
let from = 0; // the rows in the page are lines[from..to)
let to = 0;
let list = 0; // which list a page belongs to: answers for an older one are dropped

export const counts = { all: 0, decided: 0 };

/** Ask for the list anew, from its beginning. */
export async function reload() {
  list += 1;
  loading = null;
  const answer = await page(0, PAGE);
  if (!answer) return;
  lines.length = 0;
  at.clear();
  take(answer);
  paint(0);
  byId("lines").scrollTop = 0;
}

async function page(offset, limit) {
  const mine = list;
  const answer = await get("/api/claims", { ...state.filters, sort: state.sort, offset: String(offset), limit: String(limit) });
  return mine === list ? answer : null;
}

function take(answer) {
  total = answer.total;
  state.run = answer.run;
  if (!lines.length) state.change = answer.change;
  progress(answer);
  const fresh = answer.claims.filter((line) => !at.has(line.id));
  for (const line of fresh) at.set(line.id, lines.push(line) - 1);
  matching(answer.matching_decided);
}

/** Put ROWS lines into the page, beginning with this one. */
function paint(start) {
  from = Math.max(Math.min(start, lines.length - ROWS), 0);
  to = Math.min(from + ROWS, lines.length);
  byId("list").replaceChildren(...lines.slice(from, to).map((line, index) => item(line, from + index)));
  mark();
}

/** Go on below the last row, above the first, and take away as many at the other end; what is seen stays where it is. */
function slide(down) {
  const rows = byId("list").children;
  const start = down ? to : Math.max(from - PAGE, 0);
  const fresh = lines.slice(start, down ? to + PAGE : from).map((line, index) => item(line, start + index));
  if (!fresh.length) return;
  const stays = rows[down ? rows.length - 1 : 0];
  const before = stays?.offsetTop ?? 0;
  if (down) byId("list").append(...fresh);
  else byId("list").prepend(...fresh);
  for (let extra = rows.length - ROWS; extra > 0; extra -= 1) rows[down ? 0 : rows.length - 1].remove();
  to = down ? to + fresh.length : start + rows.length;
  from = to - rows.length;
  if (stays) byId("lines").scrollTop += stays.offsetTop - before;
  light();
}

/** Load the next lines; whether there were any. */
export async function more(limit = PAGE) {
  if (offset() >= total) return false;
  loading ??= page(offset(), limit)
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

function item(line, place) {
  const row = el("button", { type: "button", class: "line", "data-id": line.id, tabindex: "-1" });
  fillRow(row, line);
  return el("li", { "aria-posinset": String(place + 1), "aria-setsize": String(Math.max(total, lines.length)) }, row);
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

/** Mark the claim that is shown, and bring its line into view. */
export function mark() {
  const place = state.claim ? at.get(state.claim.id) : undefined;
  if (place !== undefined && (place < from || place >= to)) return paint(place - PAGE);
  const row = light();
  return row && keepInView(row);
}

/** The line of the shown claim, marked; only it can be reached by Tab, or else the first. Null when it isn't in the page. */
function light() {
  const old = byId("list").querySelector("[aria-current]");
  const focused = old !== null && old === document.activeElement;
  old?.removeAttribute("aria-current");
  old?.setAttribute("tabindex", "-1");
  const row = state.claim && rowOf(state.claim.id);
  const reached = row || byId("list").querySelector(".line");
  reached?.setAttribute("tabindex", "0");
  if (row) row.setAttribute("aria-current", "true");
  if (row && focused) row.focus({ preventScroll: true });
  return row;
}

function keepInView(row) {
  const pane = byId("lines");
  const top = row.offsetTop - pane.offsetTop;
  if (top < pane.scrollTop + 8) pane.scrollTop = top - 8;
  const low = top + row.offsetHeight - pane.clientHeight + 48;
  if (low > pane.scrollTop) pane.scrollTop = low;
}

/** Bring a line up to date. */
export function update(line) {
  if (!at.has(line.id)) return;
  lines[at.get(line.id)] = line;
  const row = rowOf(line.id);
  if (row) fillRow(row, line);
}

/** Put a claim that was added into the list, after the one that is shown. */
export function insert(line) {
  if (at.has(line.id)) return;
  const place = state.claim && at.has(state.claim.id) ? at.get(state.claim.id) + 1 : lines.length;
  lines.splice(place, 0, line);
  lines.forEach((each, index) => at.set(each.id, index));
  total += 1;
  paint(from);
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

/** Load lines until a claim is among them, and go there. */
export async function reach(id) {
  while (!at.has(id) && (await more(LEAP)));
  if (at.has(id)) mark();
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

/** Near an end of what is in the page there come more rows. */
async function scrolled() {
  const pane = byId("lines");
  if (pane.scrollTop < pane.clientHeight && from > 0) return slide(false);
  if (pane.scrollTop + pane.clientHeight * 2 < pane.scrollHeight) return undefined;
  if (to < lines.length || (await more())) slide(true);
  return undefined;
}

/** Listen to the list: a click shows a claim, its end loads more. */
export function listen(choose) {
  byId("list").addEventListener("click", (event) => {
    const row = event.target.closest(".line");
    if (row) choose(row.dataset.id);
  });
  byId("lines").addEventListener("scroll", () => scrolled().catch((error) => complain(error)), { passive: true });
}
