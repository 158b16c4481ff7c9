// What the page tells its reader: a status line, and alerts that stay until they are dealt with.

import { byId, el } from "./dom.js";

/** Put words into the status line; screen readers speak them when they have time. */
export function announce(words) {
  byId("status").textContent = words;
}

/**
 * Show an alert, in place of an older one of the same name.
 * @param {string} name what it is about: "failed", "run", ...
 * @param {string} words what happened
 * @param {string} hint what to do
 * @param {[string, function(): void] | null} offer label and action of a button; the alert goes away when it is chosen
 */
export function showAlert(name, words, hint = "", offer = null) {
  const text = hint ? `${words} ${hint}` : words;
  const old = document.querySelector(`[data-alert="${name}"]`);
  if (old && !offer && old.querySelector("p").textContent === text) return; // shown already: not to be spoken again
  hideAlert(name);
  const box = el(
    "div",
    { class: "alert", role: "alert", "data-alert": name },
    el("p", {}, el("strong", {}, words), text.slice(words.length)),
    offer && el("button", { type: "button", class: "strong", onclick: () => (hideAlert(name), offer[1]()) }, offer[0]),
    el("button", { type: "button", onclick: () => hideAlert(name) }, "Close"),
  );
  byId("alerts").append(box);
}

/** Take an alert away. */
export function hideAlert(name) {
  for (const box of document.querySelectorAll(`[data-alert="${name}"]`)) box.remove();
}

/** Show an error as an alert. Nothing that was typed is touched. */
export function showError(error, name = "failed", offer = null) {
  showAlert(name, error.message, error.hint || "", offer);
}
