// What the page knows, and what of it stays: filters and place in the address, the reviewer's habits in the browser.

import { byId } from "./dom.js";

export const FILTERS = ["text", "decision", "kind", "status", "speaker", "country", "article", "low", "high"];

export const state = {
  filters: Object.fromEntries(FILTERS.map((name) => [name, ""])),
  sort: "article",
  claim: null, // the CLAIM that is shown
  mode: "read", // or "edit", "add"
  run: null,
  change: 0,
  choices: null,
  names: new Map(), // alpha-3 -> name of the country
};

/** Filters, sort and claim from the address. Returns the claim's id, "" for none. */
export function fromAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const name of FILTERS) state.filters[name] = given.get(name) || "";
  state.sort = given.get("sort") || "article";
  return given.get("claim") || "";
}

/** Put them into the address (after the #, so that they are sent nowhere), without a step in the browser's history. */
export function toAddress() {
  const held = Object.entries(state.filters).filter(([, value]) => value);
  if (state.sort !== "article") held.push(["sort", state.sort]);
  if (state.claim) held.push(["claim", state.claim.id]);
  history.replaceState(null, "", `#${new URLSearchParams(held)}`);
}

/** A habit kept in this browser; the given one where there is none or the browser keeps nothing. */
export function habit(name, otherwise = "") {
  try {
    return localStorage.getItem(`newsclaims.${name}`) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function keepHabit(name, value) {
  try {
    localStorage.setItem(`newsclaims.${name}`, value);
  } catch {
    // A browser that keeps nothing: the habit holds until the page is closed.
  }
}

export const reviewer = () => byId("reviewer").value.trim();

/** Whether the page stays at a claim that was decided. */
export const stays = () => byId("stay").checked;
