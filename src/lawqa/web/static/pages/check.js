// The check page: a text or a file in, the same text with every citation judged out, or as a Word file with comments.

import { upload } from "../chat/api.js";
import { button, el, put, save, toast } from "../chat/dom.js";
import { drawn, lang, t } from "../chat/strings.js";
import { layOut, nodesOf, ready, statusLine } from "./page.js";

const KEPT = "lawqa.check";
const text = el("textarea", { id: "lq-check-text", spellcheck: "false" });
const file = el("input", { type: "file", accept: ".txt,.md,.markdown,.docx,.pdf,.html,.htm" });
const day = el("input", { type: "date", id: "lq-check-day" });
const lead = el("p", { class: "lead" });
const hint = el("p", { class: "lq-quiet" });
const drop = el("div", { class: "lq-drop" }, text);
const bar = el("div", { class: "lq-bar" });
const form = el("form", { onsubmit: (event) => { event.preventDefault(); checkText(); } }, drop, hint, bar);
const { root: status, say } = statusLine();
const result = el("section", { hidden: true });
const fileLabel = el("span");
let checked = null; // { name, body, as_of }: what the result is of, for the Word file
let html = null;
let doubts = []; // what the reader of the file could not be sure of

async function check(name, body) {
  say(t("checking"));
  try {
    const as_of = day.value;
    ({ html, doubts } = await (await upload("check", { name, as_of, lang }, body)).json());
    checked = { name, body, as_of };
    say(null);
    show();
    result.querySelector("h2").focus();
  } catch (error) {
    say(error.message, true);
  }
}

function checkText() {
  if (text.value.trim()) check("", text.value);
  else toast(t("check_empty"));
}

function take(chosen) { if (chosen) check(chosen.name, chosen); }

async function word() {
  try {
    const { name, body, as_of } = checked;
    const made = await upload("check/word", { name, as_of }, body);
    save(await made.blob(), `${(name || "lawqa").replace(/\.[^.]*$/, "")}-核对.docx`);
  } catch (error) {
    toast(error.message);
  }
}

function show() {
  form.hidden = lead.hidden = true;
  const bad = el("input", { type: "checkbox", onchange: () => result.classList.toggle("lq-bad-only", bad.checked) });
  bad.checked = result.classList.contains("lq-bad-only");
  put(result,
    el("h2", { tabindex: "-1" }, t("check_of", { name: checked.name || t("check_text_name") })),
    el("div", { class: "lq-bar" }, button(t("check_word"), word, { class: "primary" }), button(t("check_again"), again), el("label", {}, bad, t("check_bad_only"))),
    ...doubts.map((doubt) => el("p", { class: "lq-quiet" }, doubt)),
    ...nodesOf(html));
  const findings = result.querySelector("ol");
  findings?.setAttribute("aria-label", t("check_findings"));
  findings?.setAttribute("tabindex", "0"); // it scrolls by itself, so the keyboard must reach it
  result.hidden = false;
}

function again() {
  checked = null;
  file.value = "";
  result.hidden = true;
  form.hidden = lead.hidden = false;
  text.focus();
}

drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  drop.classList.remove("over");
  const dropped = event.dataTransfer?.files[0];
  if (dropped) { event.preventDefault(); take(dropped); }
});
file.addEventListener("change", () => take(file.files[0]));

layOut("check", "check_title", lead, form, status, result);
drawn(() => {
  lead.textContent = t("check_about");
  hint.textContent = t("check_hint");
  text.setAttribute("aria-label", t("check_text"));
  text.placeholder = t("check_text");
  fileLabel.textContent = t("check_file");
  put(bar, el("button", { type: "submit", class: "primary" }, t("check_go")), el("label", { class: "lq-file" }, file, fileLabel), el("label", {}, t("date_label"), day));
});
// the words around the findings are the server's: fetch them again in the new language
drawn(() => { if (checked) check(checked.name, checked.body); });

if (await ready(say)) {
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (kept) { text.value = kept; checkText(); } else text.focus();
}
