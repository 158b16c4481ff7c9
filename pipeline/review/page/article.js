// The article: its text with the claim's marks, scrolled to them; what is selected in it, in code points.

import { get } from "./api.js";
import { byId, el, motion } from "./dom.js";
import { ROLES } from "./labels.js";
import { charsOf, points, snapped, stretches, tokens } from "./text.js";

const KEPT = 50;
const cache = new Map();
let shown = null; // {article, chars, words, blocks: [{node, start, end, chars, marks}]}

/** The article by its id, with its text as code points and words; asked for once. */
export async function load(docId) {
  if (!cache.has(docId)) {
    const article = await get(`/api/articles/${encodeURIComponent(docId)}`);
    const chars = charsOf(article);
    cache.set(docId, { article, chars, words: tokens(chars) });
    if (cache.size > KEPT) cache.delete(cache.keys().next().value);
  }
  return cache.get(docId);
}

/** Forget what was loaded: another run may have read the articles anew. */
export const forget = () => cache.clear();

/** Show no article. */
export function clear() {
  shown = null;
  for (const name of ["article-head", "article-text", "legend"]) byId(name).replaceChildren();
}

/** The roles that are drawn for a claim; its words are those that a reviewer corrected, where they did. */
export function rolesOf(claim) {
  const { content, ...others } = claim.spans;
  return { content: content?.length ? content : [[claim.start, claim.end]], ...others };
}

/** Show the article with these marks ({role: spans}) and bring the first words into view. */
export function show(loaded, marks, { scroll = true } = {}) {
  if (shown?.article !== loaded.article) build(loaded);
  for (const block of shown.blocks) draw(block, marks);
  legend(marks);
  if (scroll) reveal();
}

function build({ article, chars, words }) {
  const pane = byId("article-text");
  const blocks = article.blocks.map((block) => ({
    node: el(block.role === "headline" ? "h3" : "p", { class: `block ${block.role}`, "data-role": block.role }),
    start: block.start,
    end: block.end,
    chars: points(block.text),
    marks: null,
  }));
  pane.replaceChildren(...blocks.map((block) => block.node));
  pane.scrollTop = 0;
  shown = { article, chars, words, blocks };
  head(article);
}

function head(article) {
  const facts = [article.publisher, article.published, article.authors.join(", ")].filter(Boolean).join(" · ");
  byId("article-head").replaceChildren(
    el("h2", { id: "article-name" }, article.title || article.file),
    el("p", { class: "quiet" }, facts && `${facts} · `, el("span", { class: "file" }, article.file)),
    article.url && el("p", { class: "quiet file" }, link(article.url)),
  );
}

/** An address as a link when it is one of the web, else as text. */
function link(url) {
  return /^https?:\/\//i.test(url) ? el("a", { href: url, rel: "noreferrer noopener", target: "_blank" }, url) : url;
}

/** Draw a block's text; left alone when its marks are as they were. */
function draw(block, marks) {
  const over = Object.entries(marks)
    .map(([role, parts]) => [role, parts.filter(([s, e]) => s < block.end && block.start < e)])
    .filter(([, parts]) => parts.length);
  const key = JSON.stringify(over);
  if (block.marks === key) return;
  block.marks = key;
  block.node.replaceChildren(...marked(block.chars, block.start, Object.fromEntries(over)));
}

/** Text nodes and marks: each stretch under the same roles is one mark with all of them, never one in another. */
export function marked(chars, start, spans) {
  return stretches(chars, start, spans).map(({ words, roles }) =>
    roles.length
      ? el("mark", { class: roles.join(" "), title: roles.map((role) => ROLES[role] ?? role).join(", ") }, words)
      : document.createTextNode(words),
  );
}

function legend(marks) {
  const roles = Object.keys(marks).filter((role) => marks[role].length);
  byId("legend").replaceChildren(...roles.map((role) => el("li", {}, el("mark", { class: role }, ROLES[role] ?? role))));
}

/** Scroll the article's own pane, and nothing else, until the claim's words stand in its upper part. */
function reveal() {
  const pane = byId("article-text");
  const first = pane.querySelector("mark.content, mark.edited") ?? pane.querySelector("mark");
  if (!first) return;
  const from = first.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
  pane.scrollTo({ top: Math.max(from - pane.clientHeight / 3, 0), behavior: motion() });
}

/** What is selected in the article as [start, end) of whole words; null when nothing is. */
export function selected() {
  const selection = getSelection();
  if (!shown || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const touched = shown.blocks.filter((block) => range.intersectsNode(block.node));
  if (!touched.length) return null;
  const first = touched[0];
  const last = touched.at(-1);
  const inFirst = first.node.contains(range.startContainer);
  const inLast = last.node.contains(range.endContainer);
  const start = inFirst ? first.start + count(first, range.startContainer, range.startOffset) : first.start;
  const end = inLast ? last.start + count(last, range.endContainer, range.endOffset) : last.end;
  return start < end ? snapped(shown.chars, shown.words, [start, end]) : null;
}

/** Code points of the block before a place in it. */
function count(block, node, offset) {
  const range = document.createRange();
  range.setStart(block.node, 0);
  range.setEnd(node, offset);
  return points(range.toString()).length;
}

/** Call `take` with a span whenever something was selected in the article, by mouse, finger or keys. */
export function onSelect(take) {
  let held = false;
  let waiting = 0;
  const look = () => {
    const span = held ? null : selected();
    if (span) take(span);
  };
  byId("article-text").addEventListener("pointerdown", () => (held = true));
  document.addEventListener("pointercancel", () => (held = false));
  document.addEventListener("pointerup", () => {
    held = false;
    look();
  });
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 300);
  });
}
