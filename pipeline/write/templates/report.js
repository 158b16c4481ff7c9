"use strict";
// Only comfort: without it every claim is there, and the browser itself opens what a link leads to.
(() => {
  const filter = document.getElementById("filter");
  const claims = [...document.querySelectorAll(".claim")];
  const articles = [...document.querySelectorAll("details.article")];
  const open = articles.map((article) => article.open);
  const text = document.getElementById("filter-text");
  const kind = document.getElementById("filter-kind");
  const decision = document.getElementById("filter-decision");
  const count = document.getElementById("filter-count");

  function apply() {
    const words = text.value.trim().toLowerCase();
    const narrowed = Boolean(words || kind.value || decision.value);
    let left = 0;
    for (const claim of claims) {
      const fits =
        (!kind.value || claim.dataset.kind === kind.value) &&
        (!decision.value || claim.dataset.decision === decision.value) &&
        (!words || claim.textContent.toLowerCase().includes(words));
      claim.hidden = !fits;
      left += fits ? 1 : 0;
    }
    articles.forEach((article, at) => {
      article.hidden = narrowed && !article.querySelector(".claim:not([hidden])");
      article.open = narrowed || open[at];
    });
    count.textContent = narrowed ? `${left} of ${claims.length} shown` : "";
  }

  function reveal() {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    target.hidden = false;
    const article = target.closest("details.article");
    if (article) {
      article.hidden = false;
      article.open = true;
      target.scrollIntoView();
    }
  }

  document.addEventListener("click", (event) => {
    for (const list of document.querySelectorAll("details.list[open]")) {
      if (!list.contains(event.target) || event.target.closest("a")) list.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const list of document.querySelectorAll("details.list[open]")) {
      list.open = false;
      list.querySelector("summary").focus();
    }
  });
  addEventListener("hashchange", reveal);
  reveal();
  if (!filter) return;
  filter.hidden = false;
  for (const control of [text, kind, decision]) control.addEventListener("input", apply);
})();
