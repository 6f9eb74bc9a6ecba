// One whole document: facts, contents, text, and search inside it.

import { button, el } from "./dom.js";
import { badges, facts, relation } from "./facts.js";
import { marked } from "./highlight.js";
import { t } from "./strings.js";

export function documentView(view, roomy) {
  const laws = el("div", { class: `lq-law${view.digest ? " digest" : ""}`, lang: "zh-CN" });
  const count = el("span", { class: "lq-found", role: "status" });
  const box = el("input", { type: "search", "aria-label": `${t("search_in")}：${view.title}`, placeholder: t("search_in") });
  const step = button("↓", () => next(1), { "aria-label": t("next"), hidden: true });
  let at = -1;
  box.addEventListener("input", () => draw(box.value.trim()));
  box.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); next(event.shiftKey ? -1 : 1); } });

  function next(by) {
    const marks = [...laws.querySelectorAll("mark")];
    if (!marks.length) return;
    marks[at]?.classList.remove("on");
    at = (at + by + marks.length) % marks.length;
    marks[at].classList.add("on");
    marks[at].scrollIntoView({ block: "center" });
  }
  /** Every occurrence of ``words`` in ``text`` marked. */
  function found(text, words) {
    if (!words) return [text];
    const out = [];
    for (let from = 0; ;) {
      const hit = text.toLowerCase().indexOf(words.toLowerCase(), from);
      if (hit < 0) { out.push(text.slice(from)); return out; }
      out.push(text.slice(from, hit), ...marked(text.slice(hit, hit + words.length), [0, words.length]));
      from = hit + words.length;
    }
  }
  function draw(words = "") {
    const rows = view.preamble.map((text) => el("p", { class: "lq-preamble" }, found(text, words)));
    let path = [];
    for (const p of view.provisions) {
      if (p.article) p.path.forEach((name, depth) => {
        if (path[depth] !== name) rows.push(el("h3", { class: "lq-chapter", id: `${view.id}-${p.path.slice(0, depth + 1).join("-")}` }, name));
      });
      path = p.path;
      const head = p.article ? p.marker : `${p.marker} ${p.heading}`.trim();
      rows.push(el(p.article ? "div" : "section", { class: p.article ? "lq-provision" : "lq-provision section", id: `at-${p.ref}` },
        el(p.article ? "h4" : "h3", {}, el("a", { href: `#cite:${p.ref}` }, head), p.article && p.caption && el("small", { title: t("caption") }, p.caption), p.doubtful && el("span", { class: "lq-badge warn" }, t("unconfirmed"))),
        p.pieces.map((piece) => el("p", { class: /^（[一二三四五六七八九十]+）/.test(piece.text) ? "item" : null }, found(piece.text, words)))));
    }
    laws.replaceChildren(...rows);
    at = -1;
    const n = laws.querySelectorAll("mark").length;
    count.textContent = words ? (n ? t("found", { n }) : t("none_found")) : "";
    step.hidden = !n;
    if (n) next(1);
  }
  draw();
  return el("article", { class: "lq-doc" },
    el("h2", { tabindex: "-1" }, view.label),
    badges(view),
    el("div", { class: "lq-find" }, box, step, count),
    el("details", { class: "lq-more" }, el("summary", {}, t("about_doc")), facts(view),
      el("ul", {}, view.relations.map((r) => el("li", {}, relation(r))))),
    el("details", { class: "lq-toc", open: roomy }, el("summary", {}, t("toc"), " ", el("small", {}, t(view.provisions[0]?.article ? "count" : "sections", { n: view.count }))), contents(view)),
    laws);
}

function contents(view) {
  const jump = (id) => () => document.getElementById(id)?.scrollIntoView({ block: "start" });
  const out = [];
  let path = "";
  for (const p of view.provisions) {
    const chapter = p.path.join(" › ");
    if (p.article && chapter !== path) out.push(el("li", { class: "chapter" }, chapter));
    path = chapter;
    out.push(el("li", { class: p.article ? null : `d${p.path.length}` }, button(`${p.marker} ${p.article ? p.caption ?? "" : p.heading}`.trim(), jump(`at-${p.ref}`))));
  }
  return el("ol", {}, out);
}
