// Turns Gradio's messages into questions and answers: names for screen readers, buttons, reading line, follow-ups.

import { actions } from "./actions.js";
import { cancel } from "./bridge.js";
import { button, el, wide } from "./dom.js";
import { followUps } from "./followups.js";
import { openReader } from "./reader.js";
import { drawn, t } from "./strings.js";
import { understood } from "./understood.js";

export const answers = new WeakMap();
const hooks = { edit: () => {}, again: () => {}, ask: () => {}, arrived: () => {} };
export const onMessages = (given) => Object.assign(hooks, given);

const all = (selector) => [...document.querySelectorAll(`#lq-talk ${selector}`)];
export const questionTexts = () => all(".lq-question").map((node) => node.innerText.trim());

/** The answers on the page as JSON, in their order; a question that failed has none. */
export const turns = () => all(".lq-answer").map((node) => answers.get(node)).filter(Boolean);

/** Every question with its answer (null where it failed or is still being looked for). */
export function exchanges() {
  return all(".lq-question").map((node) => {
    const row = node.closest(".message-row");
    const answer = row?.nextElementSibling?.querySelector(".lq-answer");
    return { node, question: node.innerText.trim(), answer: answer ? answers.get(answer) ?? null : null };
  });
}

function enhance(node) {
  let data;
  try { data = JSON.parse(node.querySelector(".lq-data").textContent); } catch { return; }
  answers.set(node, data);
  dress(node, data);
  hooks.arrived(node, data);
}

/** Everything around the answer that is in the reader's language. */
function dress(node, data) {
  for (const old of node.querySelectorAll(".lq-understood, .lq-actions")) old.remove();
  for (const chip of node.querySelectorAll("a.cite")) {
    chip.setAttribute("aria-label", t("open_cite", { n: chip.textContent, label: chip.title }));
  }
  node.querySelector(".lq-body").lang = "zh-CN";
  node.prepend(understood(data, hooks.again));
  node.querySelector(".lq-data").after(actions(data, turns));
}

function tools(node) {
  const index = () => all(".lq-question").indexOf(node);
  const text = () => node.dataset.text;
  node.dataset.text = node.innerText.trim();
  if (node.nextElementSibling?.className === "lq-question-tools") node.nextElementSibling.remove();
  node.after(el("div", { class: "lq-question-tools" },
    button(t("edit"), () => hooks.edit(text(), index())),
    button(t("again"), () => hooks.ask(text(), index()))));
}

/** Gradio names each message by its whole source; a screen reader should hear who speaks. */
function rename() {
  for (const node of all("[data-testid=user]")) node.setAttribute("aria-label", t("you"));
  for (const node of all("[data-testid=bot]")) node.setAttribute("aria-label", t("answer"));
  document.querySelector("#lq-talk [role=log]")?.setAttribute("aria-label", t("ask"));
}

function pending() {
  const last = all(".message-row").at(-1);
  const waiting = Boolean(last?.querySelector(".lq-question"));
  document.documentElement.classList.toggle("lq-waiting", waiting);
  document.documentElement.classList.toggle("lq-started", Boolean(last));
}

export function watchMessages() {
  let due = false;
  const sweep = () => {
    due = false;
    for (const node of all(".lq-question")) if (!node.dataset.text) tools(node);
    for (const node of all(".lq-answer")) if (!answers.has(node)) enhance(node);
    rename();
    pending();
  };
  new MutationObserver(() => { if (!due) { due = true; queueMicrotask(sweep); } })
    .observe(document.querySelector("gradio-app") ?? document.body, { childList: true, subtree: true });
  drawn(() => {
    for (const node of all(".lq-question")) tools(node);
    for (const node of all(".lq-answer")) if (answers.has(node)) dress(node, answers.get(node));
    sweep();
  });
}

/** The waiting line under a question, with the way to stop. */
export function waitingLine() {
  const text = el("span");
  const stop = button("", cancel);
  drawn(() => { text.textContent = t("searching"); stop.textContent = t("stop"); });
  return el("div", { id: "lq-wait", role: "status" }, el("span", { class: "lq-spin", "aria-hidden": "true" }), text, stop);
}

/** A citation anywhere on the page opens the reader; the answer that it stands in says what was quoted. */
export function listen(openDocument) {
  document.addEventListener("click", (event) => {
    const anchor = event.target.closest?.("a[href^='#cite:'], a[href^='#doc:']");
    if (!anchor || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const [kind, ...rest] = anchor.getAttribute("href").slice(1).split(":");
    const ref = rest.join(":");
    if (kind === "doc") return openDocument(ref);
    const data = answers.get(anchor.closest(".lq-answer"));
    const citation = anchor.classList.contains("cite") ? data?.citations.find((c) => String(c.marker) === anchor.textContent) : null;
    openReader(ref, { quote: citation?.quote, citations: data?.citations ?? (anchor.closest("#lq-reader") ? null : []), from: anchor, as_of: data?.receipt?.as_of });
  });
}

/** After an answer: its first citation beside it on a wide screen, its question at the top, what to ask next. */
export function settle(node, data, asked, read = true) {
  const first = data.citations[0];
  if (read && first && wide()) openReader(first.ref, { quote: first.quote, citations: data.citations, focus: false, as_of: data.receipt?.as_of });
  followUps(node, data, asked, hooks.ask);
}
