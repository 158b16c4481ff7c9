// What the page knows, and what of it stays: filters and claim in the address, the reviewer's preferences in the browser.

import { byId } from "./dom.js";

/** The names of all filters, in the order in which they stand in the page (which the server draws). */
export const FILTER_NAMES = [...byId("filters").elements].map(({ name }) => name).filter((name) => name && name !== "sort");

/** Whether a filter stands under "More filters", where it can be on without being seen. */
export const isFolded = (name) => byId("more").contains(byId("filters").elements[name]);

export const state = {
  filters: Object.fromEntries(FILTER_NAMES.map((name) => [name, ""])),
  sort: "article",
  claim: null, // the Claim that is shown: what keys and buttons act on; null while none is
  allClaims: true, // whether the article has all its claims marked, and
  missed: false, // whether the sentences that may have been missed
  list: "claims", // or "articles": what the left column lists
  docId: "", // id of the article that is shown: of the shown claim, or alone
  listId: "", // id of the claim at which the list stands: the shown one, or one that could not be drawn
  mode: "read", // or "edit", "add": which form is open
  run: null, // number of the run whose claims are listed
  change: 0, // number of the last change of a decision that the page knows
  choices: null, // values that fields can be corrected to, by field
  countryNames: new Map(), // by ISO 3166 alpha-3 code
};

/** Take filters and sort order from the address. Returns the id of the claim in it, or "", and that of an article. */
export function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const name of FILTER_NAMES) state.filters[name] = given.get(name) || "";
  state.sort = given.get("sort") || "article";
  state.allClaims = given.get("marks") !== "one";
  state.missed = given.get("missed") === "yes";
  state.list = given.get("list") === "articles" ? "articles" : "claims";
  return { claimId: given.get("claim") || "", docId: given.get("doc") || "" };
}

/** Put filters, sort order and claim into the address: after the #, so that they are sent nowhere. */
export function writeAddress() {
  const parameters = Object.entries(state.filters).filter(([, value]) => value);
  if (state.sort !== "article") parameters.push(["sort", state.sort]);
  if (!state.allClaims) parameters.push(["marks", "one"]);
  if (state.missed) parameters.push(["missed", "yes"]);
  if (state.list !== "claims") parameters.push(["list", state.list]);
  if (state.claim) parameters.push(["claim", state.claim.id]);
  else if (state.docId) parameters.push(["doc", state.docId]);
  history.replaceState(null, "", `#${new URLSearchParams(parameters)}`);
}

/** A preference kept in this browser; `fallback` where there is none or the browser keeps nothing. */
export function readPreference(name, fallback = "") {
  try {
    return localStorage.getItem(`newsclaims.${name}`) ?? fallback;
  } catch {
    return fallback;
  }
}

export function savePreference(name, value) {
  try {
    localStorage.setItem(`newsclaims.${name}`, value);
  } catch {
    // A browser that keeps nothing: the preference holds until the page is closed.
  }
}

export const reviewerName = () => byId("reviewer").value.trim();

/** Whether the page stays at a claim that was decided instead of going on to the next. */
export const staysAfterDeciding = () => byId("stay").checked;
