// The compare page: any two documents side by side, what changed in which chapter, only the changed articles if wanted.

import { get } from "../chat/api.js";
import { button, el, put } from "../chat/dom.js";
import { drawn, lang, t } from "../chat/strings.js";
import { layOut, nodesOf, ready, statusLine } from "./page.js";

const PAIRS = { compare_draft: ["genai-measures-draft-2023", "genai-interim-measures-2023"], compare_law: ["cybersecurity-law-2016", "cybersecurity-law-2025"] };
const old = el("select", { onchange: () => compare() });
const fresh = el("select", { onchange: () => compare() });
const changed = el("input", { type: "checkbox", onchange: () => compare() });
const bar = el("div", { class: "lq-bar" });
const presets = el("div", { class: "lq-bar" });
const { root: status, say } = statusLine();
const result = el("section");
let last = 0;

function choose(a, b) { old.value = a; fresh.value = b; return compare(a, b); }

/** ``a`` and ``b`` may come from the address and name nothing here: the server says so. */
async function compare(a = old.value, b = fresh.value) {
  const mine = ++last;
  const address = new URLSearchParams(location.search);
  address.set("a", a);
  address.set("b", b);
  changed.checked ? address.set("changed", "1") : address.delete("changed");
  history.replaceState(null, "", `?${address}`);
  say(t("comparing"));
  try {
    const found = await get("compare", { a, b, lang, changed: changed.checked ? "1" : null });
    if (mine !== last) return; // another choice was made meanwhile
    say(null);
    put(result, byChapter(found), ...nodesOf(found.html));
  } catch (error) {
    if (mine !== last) return;
    say(error.message, true);
    result.replaceChildren();
  }
}

function byChapter({ chapters, kinds }) {
  const rows = Object.entries(chapters);
  const used = Object.keys(kinds).filter((kind) => rows.some(([, counts]) => counts[kind]));
  const cell = (n) => el("td", { class: n ? null : "none" }, String(n ?? 0));
  return el("details", { class: "lq-by-chapter", open: true }, el("summary", {}, t("compare_by_chapter")),
    el("div", { class: "lq-chapters", tabindex: "0", role: "group", "aria-label": t("compare_by_chapter") }, el("table", {},
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("compare_chapter")), used.map((kind) => el("th", { scope: "col" }, kinds[kind])))),
      el("tbody", {}, rows.map(([chapter, counts]) => el("tr", {}, el("th", { scope: "row", lang: "zh-CN" }, chapter || t("compare_none")), used.map((kind) => cell(counts[kind]))))))));
}

layOut("compare", "compare_title", presets, bar, status, result);
drawn(() => {
  put(presets, ...Object.entries(PAIRS).map(([name, [a, b]]) => button(t(name), () => choose(a, b))));
  put(bar, el("label", {}, t("compare_old"), old), button(t("compare_swap"), () => choose(fresh.value, old.value)),
    el("label", {}, t("compare_new"), fresh), el("label", {}, changed, t("compare_changed")));
});

drawn(() => { if (last) compare(); }); // the words around the articles are the server's

if (await ready(say)) {
  try {
    const { groups } = await get("documents");
    for (const select of [old, fresh]) {
      select.replaceChildren(...groups.map((g) => [g.kind, g.documents.filter((d) => !d.digest)]).filter(([, held]) => held.length)
        .map(([kind, held]) => el("optgroup", { label: kind }, held.map((d) => el("option", { value: d.id }, d.label)))));
    }
    const address = new URLSearchParams(location.search);
    const [a, b] = PAIRS.compare_draft;
    changed.checked = address.get("changed") === "1";
    await choose(address.get("a") ?? a, address.get("b") ?? b);
  } catch (error) {
    say(error.message, true);
  }
}
