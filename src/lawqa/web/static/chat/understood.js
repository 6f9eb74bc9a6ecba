// How a question was read, in one line, and the way to correct it: another document, another date.

import { button, el } from "./dom.js";
import { documents, labelOf, library } from "./scope.js";
import { t } from "./strings.js";

export function understood(data, again) {
  const u = data.understood ?? {};
  const intents = (u.intents ?? []).map((i) => t(`intent_${i}`));
  const parts = [
    intents[0],
    (u.reference_labels ?? []).length ? u.reference_labels.join("、") : (u.documents ?? []).map(labelOf).join("、"),
    u.as_of && t("law_on", { day: u.as_of }),
    (u.docs_filter ?? []).length === 1 ? t("in_docs", { docs: labelOf(u.docs_filter[0]) }) : (u.docs_filter ?? []).length ? t("some_docs", { n: u.docs_filter.length }) : null,
    u.follow_up && t("follow_up_of"),
    ...(u.expansions ?? []).slice(0, 2).map((e) => t("said_as", { said: e.said, law: e.law.slice(0, 2).join("、") })),
  ].filter(Boolean);
  const panel = el("form", { class: "lq-correct", hidden: true, onsubmit: submit });
  const opener = button(t("correct"), () => { panel.hidden = !panel.hidden; opener.setAttribute("aria-expanded", String(!panel.hidden)); if (!panel.hidden) fill(); }, { "aria-expanded": "false" });

  function fill() {
    const day = el("input", { type: "date", name: "as_of" });
    day.value = u.as_of ?? "";
    const choice = el("select", { name: "doc" }, el("option", { value: "" }, t("doc_any")),
      (library?.groups ?? []).map((g) => el("optgroup", { label: g.kind }, g.documents.map((d) => el("option", { value: d.id }, d.label)))));
    const named = u.docs_filter?.length === 1 ? u.docs_filter[0] : u.documents?.length === 1 ? u.documents[0] : "";
    if (documents().some((d) => d.id === named)) choice.value = named;
    panel.replaceChildren(
      el("label", {}, t("date_label"), day), el("label", {}, t("docs_label"), choice),
      el("button", { type: "submit", class: "primary" }, t("ask_so")));
    day.focus();
  }
  function submit(event) {
    event.preventDefault();
    const form = new FormData(panel);
    panel.hidden = true;
    again(data.question, { as_of: form.get("as_of"), docs: form.get("doc") ? [form.get("doc")] : [] });
  }
  return el("div", { class: "lq-understood" }, el("p", {}, el("span", {}, `${t("understood")}：`), parts.join(" · "), " ", opener), panel);
}
