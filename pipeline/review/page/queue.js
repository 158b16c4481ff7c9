// The list of claims, filtered and sorted by the server. It is asked for in pages of a hundred, and of the lines that
// came only some have a row in the document, so that a list of many thousands stays quick.

import { claimPath, get } from "./api.js";
import { loadArticles } from "./articles.js";
import { byId, el, fillSelect } from "./dom.js";
import { DECISIONS, TRUST, quoteWord, spellOut } from "./labels.js";
import { showError } from "./notices.js";
import { FILTER_NAMES, isFolded, state } from "./state.js";
import { oneLine, splitByFound } from "./text.js";

const PAGE_SIZE = 100;
const LEAP_SIZE = 1000; // asked for at once on the way to a claim far down
const MAX_ROWS = 3 * PAGE_SIZE; // in the document
const COUNT_DELAY = 400; // milliseconds after the last decision: counting anew is no part of deciding
const MAX_OPTION_LENGTH = 70; // characters of an option of a filter
/** @type {import("./api.js").ClaimSummary[]} */
const lines = []; // those that came, in the order of the list
const indexOf = new Map(); // claim id -> index in `lines`
let total = 0; // lines that the list has on the server
let matchingDecided = 0; // so many of these are decided
const strays = new Set(); // ids of lines that stand in the list though its filters leave them out: added meanwhile
let countTimer = 0;
const optionsOf = new Map(); // name of a filter -> its choice and options as drawn, as JSON
const numbers = new Intl.NumberFormat("en"); // toLocaleString makes one for each number
let loading = null; // the promise of the page that is on its way
let firstRow = 0; // the rows in the document are lines[firstRow..endRow)
let endRow = 0;
let listNumber = 0; // counts the lists asked for: answers for an older one are dropped

/** Ids of the lines that are ticked, to be decided together. */
export const ticked = new Set();
/** What was decided in this session, the last step last: the id of a claim, or {batch} of many. Undo takes them back. */
export const steps = [];
/** How many claims the filters leave. */
export const matchCount = () => total;

/** How many claims the run has, and how many of them are decided. */
export const counts = { all: 0, decided: 0 };

/** Ask for the list anew, from its beginning. */
export async function reload() {
  listNumber += 1;
  loading = null;
  const answer = await fetchPage(0, PAGE_SIZE);
  if (!answer) return;
  lines.length = 0;
  indexOf.clear();
  strays.clear();
  ticked.clear();
  showTickCount();
  takePage(answer);
  drawRows(0);
  byId("lines").scrollTop = 0;
}

/** A page of the list; null when another list was asked for meanwhile. */
async function fetchPage(offset, limit) {
  const number = listNumber;
  const answer = await get("/api/claims", { ...state.filters, sort: state.sort, offset: String(offset), limit: String(limit) });
  return number === listNumber ? answer : null;
}

function takePage(answer) {
  total = answer.total;
  state.run = answer.run;
  if (!lines.length) state.change = answer.change;
  showProgress(answer);
  const newLines = answer.claims.filter((line) => !indexOf.has(line.id));
  for (const line of newLines) indexOf.set(line.id, lines.push(line) - 1);
  for (const { id } of answer.claims) strays.delete(id);
  matchingDecided = answer.matching_decided;
  showMatchCount();
}

/** Draw MAX_ROWS lines, beginning with the one at this index. */
function drawRows(start) {
  firstRow = Math.max(Math.min(start, lines.length - MAX_ROWS), 0);
  endRow = Math.min(firstRow + MAX_ROWS, lines.length);
  byId("list").replaceChildren(...lines.slice(firstRow, endRow).map((line, index) => listItem(line, firstRow + index)));
  markShownLine();
}

/** Add rows below the last or above the first, and remove as many at the other end; what is seen stays where it is. */
function slideRows(down) {
  const rows = byId("list").children;
  const start = down ? endRow : Math.max(firstRow - PAGE_SIZE, 0);
  const items = lines.slice(start, down ? endRow + PAGE_SIZE : firstRow).map((line, index) => listItem(line, start + index));
  if (!items.length) return;
  const anchor = rows[down ? rows.length - 1 : 0];
  const anchorTop = anchor?.offsetTop ?? 0;
  if (down) byId("list").append(...items);
  else byId("list").prepend(...items);
  for (let extra = rows.length - MAX_ROWS; extra > 0; extra -= 1) rows[down ? 0 : rows.length - 1].remove();
  endRow = down ? endRow + items.length : start + rows.length;
  firstRow = endRow - rows.length;
  if (anchor) byId("lines").scrollTop += anchor.offsetTop - anchorTop;
  markCurrentRow();
}

/** Load the next lines. Returns whether there were any. */
export async function loadMore(limit = PAGE_SIZE) {
  if (nextOffset() >= total) return false;
  loading ??= fetchPage(nextOffset(), limit)
    .then((answer) => {
      if (!answer) return false;
      const before = lines.length;
      takePage(answer);
      return lines.length > before;
    })
    .finally(() => (loading = null));
  return loading;
}

/** Where the next page begins: lines that a decision took out of the filter don't count on the server any more. */
function nextOffset() {
  const wanted = state.filters.decision;
  return lines.filter((line) => !strays.has(line.id) && (!wanted || (line.decision || "open") === wanted)).length;
}

/** Bring the counts of the list, of its filters and of the articles up to date, once deciding pauses. */
export function countAnew() {
  clearTimeout(countTimer);
  const timer = setTimeout(() => countInSteps(timer).catch(showError), COUNT_DELAY);
  countTimer = timer;
}

/** One request after the other, so that a decision never waits for all of them; what was decided meanwhile begins anew. */
async function countInSteps(timer) {
  for (const step of [countMatches, loadFilterOptions, loadArticles]) if (timer === countTimer) await step();
}

async function countMatches() {
  const answer = await fetchPage(0, 0);
  if (!answer) return;
  ({ total, matching_decided: matchingDecided } = answer);
  showMatchCount();
}

/** Show "213 of 480 decided" and its bar. */
export function showProgress({ all, decided }) {
  Object.assign(counts, { all, decided });
  byId("bar").max = Math.max(all, 1);
  byId("bar").value = decided;
  byId("count").textContent = `${decided.toLocaleString("en")} of ${all.toLocaleString("en")} decided`;
}

/** Show how many claims the filters leave, and how many filters are on without being seen. */
function showMatchCount() {
  const active = FILTER_NAMES.filter((name) => state.filters[name]);
  const claims = total === 1 ? "1 claim" : `${total.toLocaleString("en")} claims`;
  byId("matching").textContent = active.length ? `${claims} in this list, ${matchingDecided.toLocaleString("en")} decided` : claims;
  byId("clear").hidden = !active.length;
  byId("bulk-open").disabled = !total;
  const foldedCount = active.filter(isFolded).length;
  byId("folded-count").textContent = foldedCount ? ` (${foldedCount} on)` : "";
  byId("none").hidden = total > 0;
  byId("none").textContent = active.length ? "No claim matches these filters." : "No claims yet: put articles into corpus/ and type extract run.";
}

function listItem(line, index) {
  const row = el("button", { type: "button", class: "line", "data-id": line.id, tabindex: "-1" });
  fillRow(row, line);
  const box = el("input", { type: "checkbox", class: "tick", tabindex: "-1", checked: ticked.has(line.id), "aria-label": `Tick: ${oneLine(line.words)}` });
  return el("li", { "aria-posinset": String(index + 1), "aria-setsize": String(Math.max(total, lines.length)) }, box, row);
}

function fillRow(row, line) {
  const sign = line.decision ? DECISIONS[line.decision].sign : "";
  const kind = [spellOut(line.kind), line.status].filter(Boolean).join(", ");
  const { sign: trustSign, word: trust } = TRUST[line.trust];
  row.className = `line ${line.decision}`;
  row.replaceChildren(
    el("span", { class: "sign", "aria-hidden": "true" }, sign),
    el("span", { class: "what" }, markFound(oneLine(line.words))),
    el(
      "span",
      { class: "quiet" },
      el("span", { class: `trusted ${line.trust}` }, el("span", { "aria-hidden": "true" }, trustSign), trust),
      " · ",
      line.speaker && [...markFound(oneLine(line.speaker)), " · "],
      kind,
      line.added && " · added",
      line.decision && el("span", { class: "unseen" }, `, ${DECISIONS[line.decision].word}`),
      line.unknown_word && ` · ${quoteWord(line.unknown_word)}`,
    ),
  );
}

const rowOf = (id) => byId("list").querySelector(`[data-id="${CSS.escape(id)}"]`);
const shownIndex = () => indexOf.get(state.listId);

/** Mark the line of the claim that is shown, and bring it into view. */
export function markShownLine() {
  const index = shownIndex();
  if (index !== undefined && (index < firstRow || index >= endRow)) {
    drawRows(index - PAGE_SIZE); // and mark it then
    return;
  }
  const row = markCurrentRow();
  if (row) scrollIntoPane(row);
}

/** Mark the row of the shown claim; only it can be reached by Tab, or else the first. Null when it isn't in the page. */
function markCurrentRow() {
  const old = byId("list").querySelector("[aria-current]");
  const hadFocus = old !== null && old === document.activeElement;
  old?.removeAttribute("aria-current");
  old?.setAttribute("tabindex", "-1");
  const row = state.listId && rowOf(state.listId);
  const reachable = row || byId("list").querySelector(".line");
  reachable?.setAttribute("tabindex", "0");
  if (row) row.setAttribute("aria-current", "true");
  if (row && hadFocus) row.focus({ preventScroll: true });
  return row;
}

/** Scroll the list so far that a row is seen with a little room (pixels) around it. */
function scrollIntoPane(row) {
  const pane = byId("lines");
  const { top: paneTop } = pane.getBoundingClientRect();
  const { top, bottom } = row.getBoundingClientRect(); // not offsetTop: the list item around the row is where that begins
  const above = paneTop + 8 - top;
  const below = bottom + 48 - paneTop - pane.clientHeight;
  if (above > 0) pane.scrollTop -= above;
  else if (below > 0) pane.scrollTop += Math.min(below, -above);
}

/** The text as nodes, the words that were searched for marked in it. */
function markFound(text) {
  return splitByFound(text, state.filters.text).map(([part, isFound]) => (isFound ? el("mark", { class: "found" }, part) : part));
}

/** Tick the line of the shown claim, or take its tick away. Returns whether it is ticked now; null when it isn't there. */
export function toggleTick() {
  const box = rowOf(state.listId)?.previousSibling;
  if (!box) return null;
  box.checked = !box.checked;
  takeTick(box);
  return box.checked;
}

function takeTick(box) {
  const { id } = box.nextSibling.dataset;
  if (box.checked) ticked.add(id);
  else ticked.delete(id);
  showTickCount();
}

const showTickCount = () => (byId("tick-count").textContent = ticked.size ? ` (${ticked.size.toLocaleString("en")} ticked)` : "");

/** Bring a line up to date. */
export function updateLine(line) {
  if (!indexOf.has(line.id)) return;
  lines[indexOf.get(line.id)] = line;
  const row = rowOf(line.id);
  if (row) fillRow(row, line);
}

/** Put a claim that was added into the list where its order has it, unless that part of it hasn't come yet. */
export async function insertLine(line) {
  const { listed, after } = await get(claimPath(line.id, "place"), { ...state.filters, sort: state.sort });
  if (indexOf.has(line.id)) return;
  total += Number(listed);
  matchingDecided += Number(listed && Boolean(line.decision));
  showMatchCount();
  if (after && !indexOf.has(after)) return;
  if (!listed) strays.add(line.id);
  lines.splice(after ? indexOf.get(after) + 1 : 0, 0, line);
  renumber();
  drawRows(firstRow);
}

/** Take a claim out of the list: its addition was undone. Returns the id of the line that now stands there, or "". */
export function removeLine(id) {
  const index = indexOf.get(id);
  if (index === undefined) return "";
  lines.splice(index, 1);
  indexOf.delete(id);
  if (!strays.delete(id)) total = Math.max(total - 1, 0);
  renumber();
  drawRows(firstRow);
  return (lines[index] ?? lines[index - 1])?.id ?? "";
}

const renumber = () => lines.forEach(({ id }, number) => indexOf.set(id, number));

/** The id of the first claim in the list, "" when it is empty. */
export const firstId = () => lines[0]?.id ?? "";
export const lineOf = (id) => lines[indexOf.get(id)];

/** The id before (-1) or after (1) the shown claim, "" at an end. */
export async function neighbourId(step) {
  const index = (shownIndex() ?? -1) + step;
  if (index >= lines.length) await loadMore();
  return lines[index]?.id ?? "";
}

/** The next claim that nobody decided: after the shown one, else from the top; "" when none is left. */
export async function nextUndecided() {
  const shown = shownIndex() ?? -1;
  let index = shown + 1;
  do {
    for (; index < lines.length; index += 1) if (!lines[index].decision) return lines[index].id;
  } while (await loadMore());
  return lines.slice(0, Math.max(shown, 0)).find((line) => !line.decision)?.id ?? "";
}

/** Load lines until a claim is among them, and go there. */
export async function loadUntil(id) {
  while (!indexOf.has(id) && (await loadMore(LEAP_SIZE)));
  if (indexOf.has(id)) markShownLine();
}

/**
 * Fill every drop-down filter with the values that occur; the server says how each reads and how many claims have it.
 * @returns {Promise<Object<string, [value: string, label: string, count: number][]>>} the options by filter
 */
export async function loadFilterOptions() {
  const options = await get("/api/filters");
  for (const [name, values] of Object.entries(options)) {
    const select = byId("filters").elements[name];
    const chosen = state.filters[name];
    const key = JSON.stringify([chosen, values]);
    if (optionsOf.get(name) === key) continue; // a decision changes few of them
    optionsOf.set(name, key);
    const shown = name === "decision" ? decisionOptions(values) : values.map(([value, label, count]) => [value, withCount(label, count)]);
    fillSelect(select, [["", select.dataset.any], ...shown], chosen);
  }
  return options;
}

/** All decisions in their own order, also those that nobody made. */
function decisionOptions(values) {
  const countOf = new Map(values.map(([value, , count]) => [value, count]));
  const labels = [["open", "not decided"], ...Object.entries(DECISIONS).map(([value, { word }]) => [value, word])];
  return labels.map(([value, label]) => [value, countOf.has(value) ? withCount(label, countOf.get(value)) : label]);
}

function withCount(label, count) {
  const line = oneLine(label);
  const short = line.length > MAX_OPTION_LENGTH ? `${line.slice(0, MAX_OPTION_LENGTH - 2)} …` : line;
  return `${short} (${numbers.format(count)})`;
}

/** Near an end of the rows in the document, draw or load more. */
async function onScroll() {
  const pane = byId("lines");
  if (pane.scrollTop < pane.clientHeight && firstRow > 0) {
    slideRows(false);
    return;
  }
  if (pane.scrollTop + pane.clientHeight * 2 < pane.scrollHeight) return;
  if (endRow < lines.length || (await loadMore())) slideRows(true);
}

/** Listen to the list: a click calls `choose` with the claim's id, scrolling loads more. */
export function listenToList(choose) {
  byId("list").addEventListener("click", (event) => {
    const row = event.target.closest(".line");
    if (row) choose(row.dataset.id);
  });
  byId("list").addEventListener("change", ({ target }) => target.matches(".tick") && takeTick(target));
  byId("lines").addEventListener("scroll", () => onScroll().catch((error) => showError(error)), { passive: true });
}
