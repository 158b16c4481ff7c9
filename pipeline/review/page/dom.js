// Elements are made here and nowhere else: text is always text, never markup.

/** An element with attributes, listeners ("onclick") and children; what is false, null or "" is left out. */
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(2).filter((child) => child !== null && child !== false && child !== undefined && child !== ""));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** A button that shows its key. The key is no part of its name, so that a screen reader doesn't read it twice. */
export function button(label, key, onclick, attributes = {}) {
  const keys = key ? { "aria-keyshortcuts": key } : {};
  return el("button", { type: "button", onclick, ...keys, ...attributes }, label, key && el("kbd", { "aria-hidden": "true" }, key));
}

/** Fill a select with options [value, label]. `selected` stays chosen even when it is no longer among them. */
export function fillSelect(select, options, selected = select.value) {
  const isOption = options.some(([value]) => value === selected);
  const all = isOption ? options : [...options, [selected, selected]];
  select.replaceChildren(...all.map(([value, label]) => el("option", { value }, label)));
  select.value = selected;
}

/** Whether keys typed now belong to a field. */
export function isTyping(target) {
  if (!(target instanceof Element)) return false;
  if (target.closest("textarea, select, [contenteditable]")) return true;
  const input = target.closest("input");
  return Boolean(input) && !["checkbox", "button"].includes(input.type);
}

/** How to scroll: at once where the reader's system asks for less motion. */
export const scrollBehavior = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
