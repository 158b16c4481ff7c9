// The controls of the form: one for each field that can be corrected.

import { button, el, fill } from "./dom.js";
import { COUNTRIES, LABELS, LISTS, ROLE, country, spaced } from "./labels.js";
import { state } from "./state.js";
import { oneLine } from "./text.js";

const CHOICES = { speaker_type: "speaker_type", event_status: "event_status", permanence: "permanence", quote_type: "quote_type", stance: "stance", target_kind: "target_kind" };
const DAYS = new Set(["date_start", "date_end"]);

/** A value that can't be sent: which field, and what to write instead. */
export class Unfit extends Error {
  constructor(field, message) {
    super(message);
    this.field = field;
  }
}

/** A control for a field: {name, node, get(), set(value), put(words), value(), focus()}. `take` is called by its button. */
export function control(name, value, take) {
  const made = LISTS.has(name) ? several(name) : single(name);
  made.set(value);
  const button_ = ROLE[name] && button("Take", "", () => take(name), { class: "take", title: "Take what is selected in the article" });
  if (button_) button_.setAttribute("aria-label", `Take the selection: ${LABELS[name]}`);
  const hint = el("p", { class: "problem", id: `problem-${name}`, hidden: true });
  const inside = el("div", { class: "inside" }, made.node, button_);
  const node = LISTS.has(name)
    ? el("fieldset", { class: "field", "data-field": name }, el("legend", {}, LABELS[name]), inside, hint)
    : el("div", { class: "field", "data-field": name }, el("label", { for: `field-${name}` }, LABELS[name]), inside, hint);
  return { name, ...made, node, value: () => sent(name, made.get()) };
}

/** Say what is wrong with a field beside it; without words, nothing is. */
export function problem(name, words) {
  const hint = document.getElementById(`problem-${name}`);
  if (!hint) return false;
  hint.hidden = !words;
  hint.textContent = words;
  for (const input of hint.parentElement.querySelectorAll("input, select")) {
    input.toggleAttribute("aria-invalid", Boolean(words));
    if (words) input.setAttribute("aria-describedby", hint.id);
  }
  return true;
}

function single(name) {
  const node = CHOICES[name] ? select(name) : input(name);
  node.id = `field-${name}`;
  node.name = name;
  const show = (value) => (COUNTRIES.has(name) ? country(value ?? "") : oneLine(value ?? ""));
  return {
    node,
    get: () => node.value.trim(),
    set: (value) => (CHOICES[name] ? choose(node, name, value ?? "") : (node.value = show(value))),
    put: (words) => (node.value = words),
    focus: () => node.focus(),
  };
}

function select(name) {
  const node = el("select");
  choose(node, name, "");
  return node;
}

function choose(node, name, value) {
  const known = state.choices[CHOICES[name]].filter(Boolean);
  fill(node, [["", "–"], ...known.map((each) => [each, spaced(each)])], value);
}

function input(name) {
  const list = COUNTRIES.has(name) ? "countries" : ["speaker", "actor", "reporter"].includes(name) ? "names" : null;
  return el("input", { type: DAYS.has(name) ? "date" : "text", list, autocomplete: "off" });
}

/** An input for each value and an empty one more. */
function several(name) {
  const node = el("div", { class: "several" });
  const inputs = () => [...node.querySelectorAll("input")];
  const add = (value) => {
    const label = `${LABELS[name]} ${node.children.length + 1}`;
    const one = el("input", { type: "text", name, "aria-label": label, autocomplete: "off", placeholder: node.children.length ? "another" : null, list: COUNTRIES.has(name) ? "countries" : null });
    one.value = COUNTRIES.has(name) ? country(value) : oneLine(value);
    one.addEventListener("input", grow);
    node.append(one);
  };
  const grow = () => inputs().every((one) => one.value.trim()) && add("");
  return {
    node,
    get: () => inputs().map((one) => one.value.trim()).filter(Boolean),
    set: (values) => {
      node.replaceChildren();
      for (const value of [...(values ?? []), ""]) add(value);
    },
    put: (words) => {
      inputs().find((one) => !one.value.trim()).value = words;
      grow();
    },
    focus: () => inputs()[0].focus(),
  };
}

/** What is sent for what was typed: countries by code. Throws Unfit for one that there isn't. */
function sent(name, typed) {
  if (!COUNTRIES.has(name)) return typed;
  return Array.isArray(typed) ? typed.map((each) => code(name, each)) : code(name, typed);
}

function code(name, typed) {
  if (!typed) return "";
  const wanted = typed.toLowerCase();
  for (const [alpha3, known] of state.names) if (known.toLowerCase() === wanted || alpha3.toLowerCase() === wanted) return alpha3;
  throw new Unfit(name, `No country is called "${typed}": choose one from the list, or type its code of three letters.`);
}
