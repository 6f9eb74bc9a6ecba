// What one can do with an answer: copy it, export the conversation, say whether it helped.

import { ApiError, post } from "./api.js";
import { button, copy, el, menu, save, toast } from "./dom.js";
import { features } from "./state.js";
import { t } from "./strings.js";

const plain = (markdown) => markdown.replace(/\*\*/g, "").replace(/^> ?/gm, "").replace(/\n{3,}/g, "\n\n").trim();

/** The answer as text, its numbers explained below. */
function plainText(data) {
  return [data.question, "", plain(data.answer), "", ...data.citations.map((c) => `[${c.marker}] ${c.label}`), "", receipt(data)].join("\n").replace(/\n{3,}/g, "\n\n").trim();
}
function markdown(data) {
  const notes = data.citations.map((c) => `[${c.marker}]: ${c.label}${c.url ? ` <${c.url}>` : ""}`);
  return [`## ${data.question}`, "", data.answer, "", ...notes, "", `_${receipt(data)}_`].join("\n").trim();
}
const citations = (data) => data.citations.map((c) => `${c.label}：“${c.quote}”（${[c.kind, c.status, c.effective && `${c.effective}施行`].filter(Boolean).join("，")}）`).join("\n");
const receipt = (data) => `lawqa ${data.receipt?.lawqa ?? ""} · ${data.receipt?.as_of ?? ""} · ${data.receipt?.corpus ?? ""}`;

export async function exportConversation(turns, format) {
  toast(t("exporting"));
  try {
    const response = await post(`export/${format}`, { turns });
    save(await response.blob(), `lawqa-${new Date().toISOString().slice(0, 10)}.${format}`);
    toast(t("exported"));
  } catch (error) {
    toast(error instanceof ApiError ? error.message : t("broken"));
  }
}

function feedback(data) {
  const box = el("form", { class: "lq-feedback", hidden: true });
  const yes = button(t("helpful"), () => choose(true), { "aria-pressed": "false" });
  const no = button(t("unhelpful"), () => choose(false), { "aria-pressed": "false" });
  const note = el("textarea", { rows: 2, maxlength: 2000, "aria-label": t("note_label"), placeholder: t("note_label") });
  let helpful = true;
  function choose(value) {
    helpful = value;
    yes.setAttribute("aria-pressed", String(value));
    no.setAttribute("aria-pressed", String(!value));
    box.hidden = false;
    note.focus();
  }
  box.append(note, el("small", {}, t("note_about")),
    el("span", {}, el("button", { type: "submit", class: "primary" }, t("note_send")), button(t("cancel"), () => { box.hidden = true; })));
  box.addEventListener("submit", async (event) => {
    event.preventDefault();
    const cut = (ref, document) => (document && ref.startsWith("catalog:") ? null : ref);
    const provisions = [...new Set(data.citations.map((c) => cut(c.ref, c.document)).filter(Boolean))];
    try {
      await post("feedback", { question: data.question, helpful, note: note.value.trim(), status: data.status, as_of: data.receipt?.as_of ?? null, docs: data.receipt?.docs ?? [], provisions, receipt: data.receipt ?? {} });
      box.hidden = true;
      toast(t("thanks"));
    } catch (error) {
      toast(error.message);
    }
  });
  return [[yes, no], box];
}

export function actions(data, turns) {
  const copies = menu(t("copy"), () => [
    [t("copy_plain"), () => done(plainText(data))], [t("copy_md"), () => done(markdown(data))],
    ...(data.citations.length ? [[t("copy_cites"), () => done(citations(data))]] : [])]);
  const exports = menu(t("export"), () => [
    [t("export_docx"), () => exportConversation(turns(), "docx")], [t("export_md"), () => exportConversation(turns(), "md")], [t("export_txt"), () => exportConversation(turns(), "txt")]]);
  const [marks, box] = features.feedback ? feedback(data) : [[], null];
  const done = async (text) => { await copy(text); toast(t("copied")); };
  const verified = data.citations.length ? t("evidence", { n: data.citations.length }) : t("refused");
  const took = Math.round(data.timings_ms?.total ?? 0);
  return el("div", { class: "lq-actions" },
    el("div", { class: "row" }, copies, exports, marks, el("span", { class: "lq-meta" }, `${verified} · ${t("took", { ms: took })}`)), box);
}
