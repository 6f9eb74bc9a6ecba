// Puts the page together and follows its address: ?q= asks, ?ref= reads, ?doc= browses, ?as_of= dates, ?lang=, ?embed=1.

import { command, mounted } from "./bridge.js";
import { browser, browsing, hideBrowse, onBrowse, showBrowse } from "./browse.js";
import { composer, fillBox, focusBox, showStatus } from "./composer.js";
import { continueConversation, drawer, interrupted, keep, newConversation, showHistory } from "./history.js";
import { exchanges, listen, onMessages, questionTexts, settle, waitingLine, watchMessages } from "./messages.js";
import { closeReader, connect, current, openReader, pane } from "./reader.js";
import { loadLibrary, scope, setScope, watch } from "./scope.js";
import { header, welcome } from "./shell.js";
import { server, untilReady } from "./state.js";
import { drawn, lang, t } from "./strings.js";

const address = new URLSearchParams(location.search);
if (address.get("embed") === "1") document.documentElement.classList.add("lq-embed");
document.documentElement.lang = lang === "en" ? "en" : "zh-CN";
const sent = new Map(); // question text -> the scope it was asked with; only to keep the history
let restoring = false;
let addressed = false; // the address opened a provision: a conversation that is restored must not take its place

async function ask(question, at = null, filters = null) {
  if (!server.ready) await untilReady(() => {}, true);
  if (!server.ready) {
    showStatus(statusText(server), true);
    fillBox(question, at);
    return;
  }
  const with_ = { as_of: scope.as_of || null, docs: scope.docs, binding: scope.binding, ...filters };
  sent.set(question, with_);
  restoring = addressed = false;
  if (browsing()) home();
  showStatus(null);
  command({ kind: "ask", q: question, at, ...with_ });
  guard(question, at);
}

/** Gradio cannot tell its reader that the server is gone: look after the question, and give it back if it is lost. */
async function guard(question, at) {
  const before = at ?? exchanges().length;
  for (let waited = 0; ; waited += 500) {
    await new Promise((next) => setTimeout(next, 500));
    const there = exchanges();
    const mine = there[before];
    if (mine && (mine.answer || !document.documentElement.classList.contains("lq-waiting"))) return;
    if (waited % 2500 !== 2000) continue;
    const gone = await untilReady(() => {}, true).then((s) => s.offline ?? s.error, (error) => error.message);
    if (!gone && mine) continue; // still being answered
    showStatus(gone ?? t("broken"), true);
    if (!mine) fillBox(question, at);
    return;
  }
}

function home() { hideBrowse(); follow({ ref: current()?.ref }); }

function fresh() {
  newConversation();
  closeReader();
  home();
  command({ kind: "show", turns: [] });
  focusBox();
}

function reopen(conversation) {
  continueConversation(conversation.id);
  restoring = true;
  for (const turn of conversation.turns) sent.set(turn.q, { as_of: turn.as_of, docs: turn.docs, binding: turn.binding });
  command({ kind: "show", turns: conversation.turns });
}

/** The address says what is open, so that it can be kept and sent. */
function follow(extra = {}, push = false) {
  const url = new URL(location.href);
  const open = browsing();
  const values = { q: null, ref: null, doc: open?.doc, beside: open?.beside, view: open && !open.doc ? "browse" : null, as_of: scope.as_of || null, ...extra };
  for (const [name, value] of Object.entries(values)) value ? url.searchParams.set(name, value) : url.searchParams.delete(name);
  if (url.href !== location.href) history[push ? "pushState" : "replaceState"](null, "", url);
  document.getElementById("lq-view-ask")?.setAttribute("aria-current", open ? "false" : "page");
  document.getElementById("lq-view-browse")?.setAttribute("aria-current", open ? "page" : "false");
  document.title = `${t("name")} · lawqa`;
}

const browse = (doc, at = null) => showBrowse({ doc, at });
const start = welcome((question) => ask(question));
document.body.prepend(header({ home, fresh, browse: () => browse(null), history: () => showHistory((kept) => { addressed = false; home(); reopen(kept); }) }));
document.body.append(start.root, composer((text, at) => ask(text, at)), pane, browser, drawer);

onBrowse({ changed: () => follow({}, true) });
connect({
  ask: (text) => { if (browsing()) home(); fillBox(text); },
  openDocument: browse,
  open: (shown) => {
    follow({ ref: shown.ref });
    if (parent !== window) parent.postMessage({ type: "lawqa", version: 1, action: "wide" }, document.referrer ? new URL(document.referrer).origin : location.origin);
  },
});
onMessages({
  edit: (text, at) => fillBox(text, at),
  ask: (text, at = null) => ask(text, at, at === null ? null : sent.get(text)),
  again: (text, filters) => ask(text, null, filters),
  arrived: (node, data) => {
    const all = exchanges();
    const last = all.at(-1);
    if (last?.answer !== data) return;
    settle(node, data, questionTexts(), !(restoring && addressed));
    if (!restoring) last.node.closest(".message-row")?.scrollIntoView({ block: "start" });
    keep(all.filter((e) => e.answer).map((e) => ({ q: e.question, as_of: null, docs: [], binding: false, ...sent.get(e.question) })));
  },
});
listen((id) => browse(id));
watch(() => follow({ ref: current()?.ref }));

addEventListener("popstate", () => {
  const now = new URLSearchParams(location.search);
  now.get("doc") || now.get("view") ? showBrowse({ doc: now.get("doc"), beside: now.get("beside"), focus: false }) : hideBrowse();
});
addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, textarea, select, [contenteditable]")) { event.preventDefault(); focusBox(); }
});

function statusText(state) {
  if (state.error) return t("failed_start", { error: state.error });
  if (state.offline) return state.offline;
  const p = state.progress;
  return p?.total ? t("building", { stage: p.stage, percent: `${Math.round((100 * p.done) / p.total)}%` }) : t("loading");
}

async function begin() {
  const state = await untilReady((s) => showStatus(s.ready ? null : statusText(s), Boolean(s.error)));
  if (!state.ready) return;
  if (address.get("as_of")) setScope({ as_of: address.get("as_of") });
  loadLibrary().catch(() => {});
  start.load();
  await mounted();
  watchMessages();
  document.querySelector("#lq-talk")?.after(waitingLine());
  const question = address.get("q");
  const ref = address.get("ref") ?? (location.hash.startsWith("#cite:") ? location.hash.slice(6) : null);
  if (address.get("doc") || address.get("view") === "browse") await showBrowse({ doc: address.get("doc"), beside: address.get("beside"), focus: false });
  if (ref) await openReader(ref, { focus: false });
  const before = question ? null : interrupted();
  if (question) ask(question);
  else if (before) {
    addressed = Boolean(ref);
    reopen(before);
  } else if (!ref && matchMedia("(min-width: 900px)").matches) focusBox();
}
drawn(() => follow());
begin();
