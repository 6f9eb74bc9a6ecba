// The filters of a question: date of the law, documents by legal force, binding only.

import { get } from "./api.js";
import { button, el } from "./dom.js";
import { drawn, t } from "./strings.js";

export const scope = { as_of: "", docs: [], binding: false };
export let library = null;
const watchers = [];

export function watch(run) { watchers.push(run); }
function changed() { watchers.forEach((run) => run()); }

export function setScope(next) { Object.assign(scope, next); changed(); }

export async function loadLibrary() {
  library = await get("documents", { as_of: scope.as_of });
  changed();
  return library;
}

export const documents = () => (library ? library.groups.flatMap((group) => group.documents) : []);
export const labelOf = (id) => documents().find((d) => d.id === id)?.label ?? id;

function summary() {
  const parts = [scope.as_of ? t("as_of", { day: scope.as_of }) : t("today")];
  parts.push(scope.docs.length === 1 ? labelOf(scope.docs[0]) : scope.docs.length ? t("some_docs", { n: scope.docs.length }) : t("all_docs"));
  if (scope.binding) parts.push(t("binding"));
  return parts.join(" · ");
}

/** The line above the question box and the panel that it opens. */
export function scopeBar() {
  const opener = button("", () => toggle(), { class: "lq-scope-open", "aria-expanded": "false", "aria-controls": "lq-scope-panel" });
  const reset = button("", () => { setScope({ as_of: "", docs: [], binding: false }); opener.focus(); }, { class: "lq-scope-reset" });
  const panel = el("div", { id: "lq-scope-panel", role: "group", hidden: true });
  const root = el("div", { id: "lq-scope" }, opener, reset, panel);
  function toggle(open = panel.hidden) {
    panel.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (open) { fill(); panel.querySelector("input")?.focus(); }
  }
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) { event.stopPropagation(); toggle(false); opener.focus(); }
  });
  document.addEventListener("click", (event) => { if (!panel.hidden && !root.contains(event.target)) toggle(false); });

  function fill() {
    panel.setAttribute("aria-label", t("filters"));
    const day = el("input", { type: "date", id: "lq-as-of", onchange: (e) => { setScope({ as_of: e.target.value }); loadLibrary(); } });
    day.value = scope.as_of;
    const binding = el("input", { type: "checkbox", id: "lq-binding", onchange: (e) => setScope({ binding: e.target.checked }) });
    binding.checked = scope.binding;
    const groups = (library?.groups ?? []).map((group) => el("fieldset", {},
      el("legend", {}, group.kind),
      group.documents.map((d) => {
        const box = el("input", { type: "checkbox", value: d.id, onchange: pick });
        box.checked = scope.docs.includes(d.id);
        return el("label", {}, box, el("span", {}, d.label, " ", el("small", {}, d.status)));
      })));
    panel.replaceChildren(
      el("div", { class: "lq-scope-row" },
        el("label", { for: "lq-as-of" }, t("date_label")), day,
        el("label", { class: "lq-check" }, binding, t("binding"))),
      el("div", { class: "lq-scope-row" }, el("strong", {}, t("docs_label")),
        button(t("choose_all"), () => { setScope({ docs: [] }); fill(); }), button(t("apply"), () => { toggle(false); opener.focus(); })),
      el("div", { class: "lq-scope-docs" }, groups));
  }
  function pick() { setScope({ docs: [...panel.querySelectorAll(".lq-scope-docs input:checked")].map((box) => box.value) }); }
  const draw = () => {
    opener.textContent = summary();
    reset.textContent = t("clear");
    reset.hidden = !(scope.as_of || scope.docs.length || scope.binding);
  };
  watch(draw);
  drawn(draw);
  return root;
}
