// The list of articles, those without claims included: how far each is decided, and the way to its text.

import { get, post } from "./api.js";
import { byId, el } from "./dom.js";
import { announce, showError } from "./notices.js";
import { state } from "./state.js";
import { oneLine } from "./text.js";

/**
 * An article as the list has it.
 * @typedef {{doc_id: string, file: string, title: string, publisher: string, published: string, claims: number, decided: number, assigned: string}} ArticleLine
 */

const MAX_ROWS = 500; // in the document; more are found by their words
const NOBODY = "-"; // the choice of articles that are nobody's
/** @type {ArticleLine[]} */
let articles = [];
/** @type {ArticleLine[]} those that are listed */
let fitting = [];

/** Show the list of articles in place of that of claims, or the other way round. */
export async function showList(name) {
  state.list = name;
  for (const tab of document.querySelectorAll("[data-list]")) tab.setAttribute("aria-pressed", String(tab.dataset.list === name));
  for (const part of document.querySelectorAll("[data-in-list]")) part.hidden = part.dataset.inList !== name;
  if (name === "articles") await loadArticles();
}

/** Ask for the articles anew, if they are shown. */
export async function loadArticles() {
  if (state.list !== "articles") return;
  ({ articles } = await get("/api/articles"));
  draw();
}

function draw() {
  const words = byId("article-words").value.toLowerCase().split(/\s+/u).filter(Boolean);
  const fits = ({ title, file, publisher }) => words.every((word) => `${title} ${file} ${publisher}`.toLowerCase().includes(word));
  const wanted = byId("article-reviewer")?.value || "";
  const isAssigned = ({ assigned }) => !wanted || assigned === (wanted === NOBODY ? "" : wanted);
  fitting = articles.filter((article) => fits(article) && isAssigned(article));
  byId("article-list").replaceChildren(...fitting.slice(0, MAX_ROWS).map(item));
  markShownArticle();
  const whole = articles.filter((article) => article.claims && article.decided === article.claims).length;
  const more = fitting.length > MAX_ROWS ? ` The first ${MAX_ROWS} are shown.` : "";
  const number = (count) => count.toLocaleString("en");
  byId("article-count").textContent = `${number(fitting.length)} of ${number(articles.length)} articles, ${number(whole)} wholly decided.${more}`;
}

function item(article) {
  const reader = article.assigned && `for ${article.assigned}`;
  const facts = [reader, article.publisher, article.published, article.title && article.file].filter(Boolean).join(" · ");
  const line = el(
    "button",
    { type: "button", class: "line", "data-doc": article.doc_id, tabindex: "-1" },
    el("span", { class: "sign", "aria-hidden": "true" }, sign(article)),
    el("span", { class: "what" }, oneLine(article.title || article.file)),
    el("span", { class: "quiet" }, progress(article)),
    facts && el("span", { class: "quiet" }, facts),
  );
  return el("li", {}, line);
}

const sign = ({ claims, decided }) => (claims && decided === claims ? "✓" : "");
const progress = ({ claims, decided }) => (claims ? `${decided.toLocaleString("en")} of ${claims.toLocaleString("en")} decided` : "no claims");

/** Mark the line of the article that is shown; only it can be reached by Tab, or else the first. */
export function markShownArticle() {
  const list = byId("article-list");
  for (const line of list.querySelectorAll("[aria-current], [tabindex='0']")) {
    line.removeAttribute("aria-current");
    line.setAttribute("tabindex", "-1");
  }
  const shown = state.docId && list.querySelector(`[data-doc="${CSS.escape(state.docId)}"]`);
  if (shown) shown.setAttribute("aria-current", "true");
  (shown || list.querySelector(".line"))?.setAttribute("tabindex", "0");
}

/** Listen to the list: a click calls `choose` with the article, arrows go from line to line. */
export function listenToArticles(choose) {
  const list = byId("article-list");
  list.addEventListener("click", (event) => {
    const line = event.target.closest(".line");
    if (line) choose(articles.find((article) => article.doc_id === line.dataset.doc));
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (!step) return;
    event.preventDefault();
    event.target.closest("li")?.[step]?.querySelector(".line").focus();
  });
  byId("article-words").addEventListener("input", draw);
  if (byId("team")) listenToTeam();
}

function listenToTeam() {
  byId("article-reviewer").addEventListener("change", draw);
  byId("give").addEventListener("click", () => {
    const reviewer = byId("give-to").value;
    giveOut("/api/assignments", { articles: fitting.map(({ doc_id: docId }) => docId), reviewer }, reviewer || "nobody");
  });
  byId("share-out").addEventListener("click", () => giveOut("/api/assignments/share", {}, "the team"));
}

/** Ask for articles to be given to somebody, and show what they are then. */
async function giveOut(path, body, toWhom) {
  try {
    const { given } = await post(path, body);
    announce(`${given.toLocaleString("en")} ${given === 1 ? "article" : "articles"} given to ${toWhom}.`);
    await loadArticles();
  } catch (error) {
    showError(error);
  }
}
