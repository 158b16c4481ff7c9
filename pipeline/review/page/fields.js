// The controls of the form: one for each field that can be corrected.

import { button, el, fillSelect } from "./dom.js";
import { COUNTRY_FIELDS, FIELD_LABELS, LIST_FIELDS, ROLE_OF_FIELD, countryName, spellOut } from "./labels.js";
import { state } from "./state.js";
import { oneLine } from "./text.js";

/** Fields that are one of the values in `state.choices`; days, which get the browser's own date field; names to complete. */
const CHOICE_FIELDS = new Set(["speaker_type", "event_status", "permanence", "quote_type", "stance", "target_kind"]);
const DAY_FIELDS = new Set(["date_start", "date_end"]);
const NAME_FIELDS = new Set(["speaker", "actor", "reporter"]);

/** A value that can't be sent: in which field, and what to write instead. */
export class InvalidValue extends Error {
  constructor(field, message) {
    super(message);
    this.field = field;
  }
}

/**
 * A field of the form.
 * @typedef {Object} Control
 * @property {string} name of the field
 * @property {HTMLElement} node with label, inputs and room for a problem
 * @property {function(): string | string[]} get what is typed
 * @property {function(any): void} set to a value as the server has it
 * @property {function(string): void} put words that were selected in the article
 * @property {function(): string | string[]} value to send: countries by code. Throws InvalidValue.
 * @property {function(): void} focus
 */

/** Make the control of a field. `onTake` is called with its name by its button "Take". @returns {Control} */
export function createControl(name, value, onTake) {
  const isList = LIST_FIELDS.has(name);
  const inputs = isList ? listInputs(name) : singleInput(name);
  inputs.set(value);
  const takeButton = ROLE_OF_FIELD[name] && button("Take", "", () => onTake(name), { class: "take", title: "Take what is selected in the article" });
  if (takeButton) takeButton.setAttribute("aria-label", `Take the selection: ${FIELD_LABELS[name]}`);
  const problem = el("p", { class: "problem", id: `problem-${name}`, hidden: true });
  const inside = el("div", { class: "inside" }, inputs.node, takeButton);
  const node = isList
    ? el("fieldset", { class: "field", "data-field": name }, el("legend", {}, FIELD_LABELS[name]), inside, problem)
    : el("div", { class: "field", "data-field": name }, el("label", { for: `field-${name}` }, FIELD_LABELS[name]), inside, problem);
  return { name, ...inputs, node, value: () => valueToSend(name, inputs.get()) };
}

/** Say beside a field what is wrong with it; "" takes that away. */
export function setProblem(name, words) {
  const problem = document.getElementById(`problem-${name}`);
  if (!problem) return;
  problem.hidden = !words;
  problem.textContent = words;
  for (const input of problem.parentElement.querySelectorAll("input, select")) {
    input.toggleAttribute("aria-invalid", Boolean(words));
    if (words) input.setAttribute("aria-describedby", problem.id);
  }
}

function singleInput(name) {
  const isChoice = CHOICE_FIELDS.has(name);
  const node = isChoice ? el("select") : textInput(name);
  node.id = `field-${name}`;
  node.name = name;
  const display = (value) => (COUNTRY_FIELDS.has(name) ? countryName(value) : oneLine(value));
  return {
    node,
    get: () => node.value.trim(),
    set: (value) => (isChoice ? setChoice(node, name, value ?? "") : (node.value = display(value ?? ""))),
    put: (words) => (node.value = words),
    focus: () => node.focus(),
  };
}

function setChoice(select, name, value) {
  const choices = state.choices[name].filter(Boolean);
  fillSelect(select, [["", "–"], ...choices.map((choice) => [choice, spellOut(choice)])], value);
}

function textInput(name) {
  const list = COUNTRY_FIELDS.has(name) ? "countries" : NAME_FIELDS.has(name) ? "names" : null;
  return el("input", { type: DAY_FIELDS.has(name) ? "date" : "text", list, autocomplete: "off" });
}

/** An input for each value of a list, and always one empty input more. */
function listInputs(name) {
  const node = el("div", { class: "several" });
  const inputs = () => [...node.querySelectorAll("input")];
  const addInput = (value) => {
    const number = node.children.length + 1;
    const input = el("input", {
      type: "text", name, "aria-label": `${FIELD_LABELS[name]} ${number}`, autocomplete: "off",
      placeholder: number > 1 ? "another" : null, list: COUNTRY_FIELDS.has(name) ? "countries" : null,
    });
    input.value = COUNTRY_FIELDS.has(name) ? countryName(value) : oneLine(value);
    input.addEventListener("input", keepOneEmpty);
    node.append(input);
  };
  const keepOneEmpty = () => inputs().every((input) => input.value.trim()) && addInput("");
  return {
    node,
    get: () => inputs().map((input) => input.value.trim()).filter(Boolean),
    set: (values) => {
      node.replaceChildren();
      for (const value of [...(values ?? []), ""]) addInput(value);
    },
    put: (words) => {
      inputs().find((input) => !input.value.trim()).value = words;
      keepOneEmpty();
    },
    focus: () => inputs()[0].focus(),
  };
}

/** What to send for what was typed. Throws InvalidValue for a country that there isn't. */
function valueToSend(name, typed) {
  if (!COUNTRY_FIELDS.has(name)) return typed;
  return Array.isArray(typed) ? typed.map((country) => countryCode(name, country)) : countryCode(name, typed);
}

function countryCode(name, typed) {
  if (!typed) return "";
  const wanted = typed.toLowerCase();
  for (const [code, country] of state.countryNames) if (country.toLowerCase() === wanted || code.toLowerCase() === wanted) return code;
  throw new InvalidValue(name, `There is no country called "${typed}": choose one from the list, or type its three-letter code.`);
}
