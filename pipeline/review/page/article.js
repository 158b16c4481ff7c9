// The article: its text with the shown claim's words marked and scrolled to, all its claims, and what is selected in it.

import { get } from "./api.js";
import { chosenMissed, claimKeys, claimMark, drawClaimLegend, missedSpans } from "./article_claims.js";
import { byId, el, scrollBehavior } from "./dom.js";
import { ROLE_LABELS } from "./labels.js";
import { state } from "./state.js";
import { articleCharacters, codePoints, foundSpans, snapToWords, splitByRoles, wordSpans } from "./text.js";

/**
 * An article with its text as code points, the spans of its words, and its claims by id.
 * @typedef {{
 *   article: Object, chars: string[], words: import("./text.js").Span[],
 *   claims: Map<string, import("./article_claims.js").MarkedClaim>,
 * }} LoadedArticle
 */

const MAX_CACHED = 50;
const cache = new Map(); // doc_id -> LoadedArticle
let shown = null; // the LoadedArticle in the page with its `blocks`: [{node, start, end, chars, drawn}]

/** The article by its id; asked for once. */
export async function loadArticle(docId) {
  if (!cache.has(docId)) {
    const article = await get(`/api/articles/${encodeURIComponent(docId)}`);
    const chars = articleCharacters(article);
    const claims = new Map(article.claims.map((claim) => [claim.id, claim]));
    cache.set(docId, { article, chars, words: wordSpans(chars), claims });
    if (cache.size > MAX_CACHED) cache.delete(cache.keys().next().value);
  }
  return cache.get(docId);
}

/** Take in claims as they are now: decided, corrected or added; only a whole Claim says where its words stand. */
export function noteClaims(lines) {
  for (const line of lines) {
    const claims = cache.get(line.doc_id)?.claims;
    const spans = line.fields ? marksOf(line).content : claims?.get(line.id)?.spans;
    if (spans) claims?.set(line.id, { ...line, spans });
  }
  redrawMarks();
}

/** Take in that a claim is gone. */
export function dropClaim(id) {
  for (const { claims } of cache.values()) claims.delete(id);
  redrawMarks();
}

/** Forget what was loaded: another run may have read the articles anew. */
export const forgetArticles = () => cache.clear();

/** Show no article. */
export function clearArticle() {
  shown = null;
  for (const id of ["article-head", "article-text", "legend"]) byId(id).replaceChildren();
}

/** The spans to mark for a claim, by role; "content" always has some. */
export function marksOf(claim) {
  const { content, ...others } = claim.spans;
  return { content: content?.length ? content : [[claim.start, claim.end]], ...others };
}

/** Show an article with these spans marked, by role, and bring the claim's words into view. */
export function showArticle(loaded, marks, { scroll = true } = {}) {
  if (shown?.article !== loaded.article) build(loaded);
  shown.marks = marks;
  redrawMarks();
  if (scroll) scrollToWords();
}

/** Draw the marks of the shown article as they are now: those of the shown claim, and of all others where that is on. */
export function redrawMarks() {
  if (!shown) return;
  const missed = missedSpans(shown.loaded);
  const chosen = missed.length ? [chosenMissed(shown.loaded)].filter(Boolean) : [];
  const marks = { ...shown.marks, missed, chosen, ...claimKeys(shown.loaded) };
  for (const block of shown.blocks) drawBlock(block, marks);
  drawLegend(shown.marks, missed);
}

/** The article that is shown; null when there is none. */
export const shownArticle = () => shown?.loaded ?? null;

function build(loaded) {
  const { article, words } = loaded;
  const pane = byId("article-text");
  const blocks = article.blocks.map((block) => ({
    node: el(block.role === "headline" ? "h3" : "p", { class: `block ${block.role}`, "data-role": block.role }),
    start: block.start,
    end: block.end,
    chars: codePoints(block.text),
    drawn: null, // its marks as drawn, as JSON
  }));
  pane.replaceChildren(...blocks.map((block) => block.node));
  pane.scrollTop = 0;
  shown = { loaded, article, words, blocks, marks: {} };
  drawHead(article);
}

function drawHead(article) {
  const facts = [article.publisher, article.published, article.authors.join(", ")].filter(Boolean).join(" · ");
  byId("article-head").replaceChildren(
    el("h2", { id: "article-name" }, article.title || article.file),
    el("p", { class: "quiet" }, facts && `${facts} · `, el("span", { class: "file" }, article.file)),
    article.url && el("p", { class: "quiet file" }, webLink(article.url)),
  );
}

/** An address as a link if it is one of the web, else as text: nothing that an article names may run. */
function webLink(url) {
  return /^https?:\/\//i.test(url) ? el("a", { href: url, rel: "noreferrer noopener", target: "_blank" }, url) : url;
}

/** Draw a block's text; left alone when its marks are as they were. */
function drawBlock(block, marks) {
  const found = state.filters.text ? foundSpans(block.chars.join(""), block.start, state.filters.text) : [];
  const inBlock = Object.entries({ ...marks, found })
    .map(([role, spans]) => [role, spans.filter(([start, end]) => start < block.end && block.start < end)])
    .filter(([, spans]) => spans.length);
  const { claims } = shown.loaded;
  const key = JSON.stringify([inBlock, inBlock.map(([role]) => claims.get(role)?.decision)]);
  if (block.drawn === key) return;
  block.drawn = key;
  block.node.replaceChildren(...markedText(block.chars, block.start, Object.fromEntries(inBlock), claims));
}

/**
 * A text as nodes; each stretch under the same roles is one mark with all of them, never one mark inside another.
 * @param {Map<string, import("./article_claims.js").MarkedClaim>} [claims] those that `marks` has under their ids
 */
export function markedText(chars, start, marks, claims = new Map()) {
  return splitByRoles(chars, start, marks).map(({ words, roles }) => {
    if (!roles.length) return document.createTextNode(words);
    const about = claimMark(roles.map((role) => claims.get(role)).filter(Boolean));
    const own = roles.filter((role) => !claims.has(role));
    const titles = [...own.map((role) => ROLE_LABELS[role] ?? role), ...about.titles];
    return el("mark", { class: [...own, ...about.classes].join(" "), title: titles.join(", "), "data-claims": about.ids.join(" ") }, words);
  });
}

function drawLegend(marks, missed) {
  const roles = Object.keys(marks).filter((role) => marks[role].length);
  if (missed.length) roles.push("missed");
  const items = roles.map((role) => el("li", {}, el("mark", { class: role }, ROLE_LABELS[role] ?? role)));
  byId("legend").replaceChildren(...items, ...drawClaimLegend(shown.loaded));
}

/** Scroll the article's own pane, and nothing else, until the claim's words stand in its upper part, or those of a role. */
export function scrollToWords(role = "") {
  const pane = byId("article-text");
  const first = pane.querySelector("mark.content, mark.edited") ?? pane.querySelector("mark:not(.claimed, .missed, .found)");
  bringIntoView(role ? pane.querySelector(`mark.${role}`) : first);
}

function bringIntoView(mark) {
  if (!mark) return;
  const pane = byId("article-text");
  const top = mark.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
  pane.scrollTo({ top: Math.max(top - pane.clientHeight / 3, 0), behavior: scrollBehavior() });
}

/** The span of whole words that is selected in the article; null when nothing is. */
export function selectedSpan() {
  const selection = getSelection();
  if (!shown || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const touched = shown.blocks.filter((block) => range.intersectsNode(block.node));
  if (!touched.length) return null;
  const first = touched[0];
  const last = touched.at(-1);
  const startsInside = first.node.contains(range.startContainer);
  const endsInside = last.node.contains(range.endContainer);
  const start = startsInside ? first.start + lengthBefore(first, range.startContainer, range.startOffset) : first.start;
  const end = endsInside ? last.start + lengthBefore(last, range.endContainer, range.endOffset) : last.end;
  return start < end ? snapToWords(shown.words, [start, end]) : null;
}

/** How many code points of a block stand before a boundary of a DOM range in it. */
function lengthBefore(block, node, offset) {
  const range = document.createRange();
  range.setStart(block.node, 0);
  range.setEnd(node, offset);
  return codePoints(range.toString()).length;
}

/** Call `take` with a span whenever something was selected in the article: by mouse, finger or keys. */
export function onSelection(take) {
  let isHeld = false; // while the mouse or finger is down the selection still grows
  let timer = 0;
  const report = () => {
    const span = isHeld ? null : selectedSpan();
    if (span) take(span);
  };
  byId("article-text").addEventListener("pointerdown", () => (isHeld = true));
  document.addEventListener("pointercancel", () => (isHeld = false));
  document.addEventListener("pointerup", () => {
    isHeld = false;
    report();
  });
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(report, 300); // milliseconds: keys extend a selection one step after the other
  });
}
