// Views: filters and an order under a name. Some every review has, others are saved by people, in a file of the outputs.

import { get, post } from "./api.js";
import { byId, button, el } from "./dom.js";
import { announce } from "./notices.js";
import { state } from "./state.js";

/** @type {{presets: {name: string, filters: Object<string, string>}[], saved: {name: string, filters: Object<string, string>}[]}} */
let views = { presets: [], saved: [] };

/** The filters that are on, and the order unless it is the usual one, as a view has them. */
function currentFilters() {
  const filters = Object.entries(state.filters).filter(([, value]) => value);
  return Object.fromEntries(state.sort === "article" ? filters : [...filters, ["sort", state.sort]]);
}

const asText = (filters) => JSON.stringify(Object.entries(filters).sort());
const current = () => [...views.presets, ...views.saved].find(({ filters }) => asText(filters) === asText(currentFilters()));

/** Load the views and draw their drop-down. */
export async function loadViews() {
  take(await get("/api/views"));
}

function take(answer) {
  views = answer;
  const options = (list) => list.map(({ name }) => el("option", { value: name }, name));
  byId("views").replaceChildren(
    el("option", { value: "" }, "none"),
    el("optgroup", { label: "Always there" }, options(views.presets)),
    views.saved.length > 0 && el("optgroup", { label: "Saved" }, options(views.saved)),
  );
  markView();
}

/** Show which view the filters are, and what can be done with it. */
export function markView() {
  const view = current();
  byId("views").value = view?.name ?? "";
  byId("save-view").hidden = Boolean(view) || !Object.keys(currentFilters()).length;
  byId("delete-view").hidden = !views.saved.includes(view);
}

/** Listen to the drop-down and its buttons; `show` gets the filters of the view that was chosen, `run` a task to queue. */
export function listenToViews(show, run) {
  byId("views").addEventListener("change", ({ target }) => {
    const view = [...views.presets, ...views.saved].find(({ name }) => name === target.value);
    show(view?.filters ?? {});
  });
  byId("save-view").addEventListener("click", () => askName(run));
  byId("delete-view").addEventListener("click", () => run(deleteCurrent));
}

async function deleteCurrent() {
  const { name } = current();
  take(await post("/api/views/delete", { name }));
  announce(`The view “${name}” is deleted. Its filters are still on.`);
  byId("views").focus();
}

/** Ask for the name of the view to save, in a dialog. */
function askName(run) {
  const dialog = byId("name-view");
  const box = el("input", { id: "view-name", maxlength: 60, autocomplete: "off", required: true });
  const save = (event) => {
    event.preventDefault();
    run(() => saveAs(dialog, box.value));
  };
  dialog.replaceChildren(
    el(
      "form",
      { onsubmit: save },
      el("h2", { id: "name-view-name" }, "Save these filters as a view"),
      el("label", { for: "view-name" }, "Name"),
      box,
      el("p", { class: "problem", id: "problem-view", hidden: true }),
      el("div", { class: "decide" }, el("button", { type: "submit", class: "strong" }, "Save"), button("Cancel", "Escape", () => dialog.close())),
    ),
  );
  dialog.showModal();
}

async function saveAs(dialog, name) {
  try {
    take(await post("/api/views", { name, filters: currentFilters() }));
  } catch (error) {
    if (error.field !== "name") throw error;
    byId("problem-view").textContent = `${error.message} ${error.hint}`;
    byId("problem-view").hidden = false;
    return;
  }
  dialog.close();
  announce(`Saved as the view “${name.trim()}”.`);
}
