// What the page says: the status line, and alerts that stay until they are dealt with.

import { byId, el } from "./dom.js";

/** Say it in the status line; screen readers speak it when they have time. */
export function say(words) {
  byId("status").textContent = words;
}

/** Show an alert in place of an older one of its name. `offer` is [label, function]; it goes away when that is chosen. */
export function alert(name, words, hint = "", offer = null) {
  const text = hint ? `${words} ${hint}` : words;
  const old = document.querySelector(`[data-alert="${name}"]`);
  if (old && !offer && old.querySelector("p").textContent === text) return; // said already: not to be spoken again
  hush(name);
  const box = el(
    "div",
    { class: "alert", role: "alert", "data-alert": name },
    el("p", {}, el("strong", {}, words), text.slice(words.length)),
    offer && el("button", { type: "button", class: "strong", onclick: () => (hush(name), offer[1]()) }, offer[0]),
    el("button", { type: "button", onclick: () => hush(name) }, "Close"),
  );
  byId("alerts").append(box);
}

/** Take an alert away. */
export function hush(name) {
  for (const box of document.querySelectorAll(`[data-alert="${name}"]`)) box.remove();
}

/** Show what the server refused. Nothing that was typed is touched. */
export function complain(error, name = "failed", offer = null) {
  alert(name, error.message, error.hint || "", offer);
}
