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

/** A button that shows its key. The key is no part of its name. */
export function button(label, key, onclick, attributes = {}) {
  const keys = key ? { "aria-keyshortcuts": key } : {};
  return el("button", { type: "button", onclick, ...keys, ...attributes }, label, key && el("kbd", { "aria-hidden": "true" }, key));
}

/** Options of a select: [value, shown]. The value it has stays chosen, even when it's no longer among them. */
export function fill(select, options, value = select.value) {
  const known = options.some(([each]) => each === value);
  const all = known ? options : [...options, [value, value]];
  select.replaceChildren(...all.map(([each, shown]) => el("option", { value: each }, shown)));
  select.value = value;
}

/** Whether keys typed now belong to a field. */
export function typing(target) {
  if (!(target instanceof Element)) return false;
  if (target.closest("textarea, select, [contenteditable]")) return true;
  const input = target.closest("input");
  return Boolean(input) && !["checkbox", "button"].includes(input.type);
}

/** How to scroll: at once where less motion is wanted. */
export const motion = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
