// The reader: one provision in its place, the quoted words marked. A pane on a wide screen, a sheet on a phone.

import { ApiError, get, pageUrl } from "./api.js";
import { button, copy, el, put, toast, wide } from "./dom.js";
import { badges, facts, relations } from "./facts.js";
import { marked, ranges } from "./highlight.js";
import { library, scope, watch } from "./scope.js";
import { drawn, t } from "./strings.js";

const title = el("h2", { id: "lq-reader-title", tabindex: "-1" });
const close = button("", () => closeReader(), { class: "lq-close" });
const tabs = el("nav", { class: "lq-tabs" });
const body = el("div", { class: "lq-reader-body" });
export const pane = el("aside", { id: "lq-reader", "aria-labelledby": "lq-reader-title" }, el("header", {}, title, close), tabs, body);
const hooks = { ask: () => {}, open: () => {} };
let opener = null;
let shown = null;
let turn = [];

/** ``ask(text)`` puts words into the question box; ``openDocument(ref)`` shows a provision in the browse mode. */
export function connect(given) { Object.assign(hooks, given); }
export const current = () => shown;

/** Show the provision at ``ref``; ``quote`` is marked exactly, ``from`` gets the focus back on close. */
export async function openReader(ref, { quote = null, from = null, citations = null, focus = true, as_of = null } = {}) {
  if (from) opener = from;
  if (citations) turn = citations;
  const day = as_of ?? scope.as_of;
  let view;
  try {
    view = await get("provision", { ref, as_of: day });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    view = { error: error.message };
  }
  shown = { ref: view.ref ?? ref, quote, view, as_of: day };
  draw();
  pane.scrollTop = 0;
  body.scrollTop = 0;
  document.documentElement.classList.add("lq-reading");
  modal();
  const mark = body.querySelector("mark");
  if (mark && mark.getBoundingClientRect().bottom > body.getBoundingClientRect().bottom) mark.scrollIntoView({ block: "center" });
  if (focus) title.focus({ preventScroll: true });
  hooks.open(shown);
}

export function closeReader() {
  document.documentElement.classList.remove("lq-reading");
  modal();
  if (opener?.isConnected) opener.focus();
  opener = null;
}

/** On a phone the sheet is a dialog: what lies under it can be neither reached nor read. */
function modal() {
  const sheet = !wide() && document.documentElement.classList.contains("lq-reading");
  sheet ? pane.setAttribute("role", "dialog") : pane.removeAttribute("role");
  sheet ? pane.setAttribute("aria-modal", "true") : pane.removeAttribute("aria-modal");
  for (const other of document.body.children) if (other !== pane && other.id !== "lq-toast") other.inert = sheet;
}
addEventListener("resize", modal);
pane.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); closeReader(); } });

function draw() {
  close.textContent = t("close");
  tabs.setAttribute("aria-label", t("cited_here"));
  if (!shown) {
    title.textContent = t("reader");
    tabs.replaceChildren();
    put(body, el("p", { class: "lq-quiet" }, t("reader_empty")), holdings());
    return;
  }
  drawTabs();
  const { view } = shown;
  if (view.error) { title.textContent = t("reader"); body.replaceChildren(el("p", { class: "lq-error" }, view.error)); return; }
  if (view.catalog) return drawCatalog(view);
  title.textContent = view.label;
  const at = ranges(view.pieces, view.provision, view.ref, shown.quote);
  put(body,
    el("p", { class: "lq-path" }, [...view.path].join(" › ") || view.title),
    badges(view),
    view.marks.length > 0 && el("ul", { class: "lq-marks" }, view.marks.map((m) => el("li", {}, m))),
    el("article", { class: `lq-law${view.digest ? " digest" : ""}`, lang: "zh-CN" },
      el("h3", {}, view.marker, view.heading && ` ${view.heading}`, view.verification.doubtful && el("span", { class: "lq-badge warn" }, t("unconfirmed"))),
      view.caption && el("p", { class: "lq-caption", title: t("caption") }, view.caption),
      view.pieces.map((piece, i) => el("p", { class: /^（[一二三四五六七八九十]+）/.test(piece.text) ? "item" : null }, marked(piece.text, at[i]))),
      view.children.length > 0 && el("ul", {}, view.children.map((c) => el("li", {}, link(c))))),
    el("div", { class: "lq-reader-tools" },
      button(t("copy_text"), () => copied(`${view.label}\n${view.text}`)),
      button(t("copy_cite"), () => copied(citationOf(view))),
      button(t("copy_link"), () => copied(linkOf(view.ref, shown.as_of))),
      button(t("ask_this"), () => { if (!wide()) closeReader(); hooks.ask(`${view.label}`); }),
      button(t("open_doc"), () => { if (!wide()) closeReader(); hooks.openDocument(view.document, view.provision); })),
    el("nav", { class: "lq-neighbours", "aria-label": t("chapter") }, neighbour(view.previous, t("previous")), neighbour(view.next, t("next"))),
    relations(view, link),
    facts(view));
}

function drawTabs() {
  tabs.replaceChildren(...turn.map((c) => {
    const active = c.ref === shown.ref && (!shown.quote || c.quote === shown.quote);
    return button(String(c.marker), (e) => openReader(c.ref, { quote: c.quote, focus: false }), { title: c.label, "aria-label": t("open_cite", { n: c.marker, label: c.label }), "aria-current": active ? "true" : null });
  }));
  for (const chip of document.querySelectorAll("a.cite.on")) chip.classList.remove("on");
  for (const chip of document.querySelectorAll("a.cite")) if (chip.getAttribute("href") === `#cite:${shown.ref}`) chip.classList.add("on");
}

function drawCatalog(view) {
  title.textContent = `《${view.title}》`;
  body.replaceChildren(
    el("p", { class: "lq-badges" }, el("span", { class: "lq-badge warn" }, t("catalog_only"))),
    el("p", { class: "lq-law" }, view.summary),
    facts({ ...view, relations: [] }));
}

/** What is held, by legal force: better than an empty pane before the first question. */
function holdings() {
  return el("div", { class: "lq-holdings" }, (library?.groups ?? []).map((g) => el("section", {}, el("h3", {}, g.kind),
    el("ul", {}, g.documents.map((d) => el("li", {}, el("a", { href: `#doc:${d.id}` }, d.label), el("small", {}, [d.status === "不适用" ? null : d.status, d.effective ?? d.promulgated].filter(Boolean).join(" · "))))))));
}
const neighbour = (n, name) => n && button(`${name}：${n.label.replace(/^《.*?》(?:（[^）]*）)?/, "")}${n.caption ? `　${n.caption}` : ""}`, () => openReader(n.ref, { focus: false }));
const link = (n) => el("a", { href: `#cite:${n.ref}` }, n.label + (n.caption ? `（${n.caption}）` : ""));
async function copied(text) { await copy(text); toast(t("copied")); }

/** 《…》（制定机关，文号，某年某月某日公布）第七条 */
export function citationOf(view) {
  const inside = [(view.issuers ?? []).join("、"), view.document_number, view.promulgated && `${day(view.promulgated)}公布`].filter(Boolean).join("，");
  return `${view.label}${inside ? `，${inside}` : ""}。`;
}
const day = (iso) => { const [y, m, d] = iso.split("-").map(Number); return `${y}年${m}月${d}日`; };

export function linkOf(ref, as_of) {
  const url = new URL(pageUrl);
  url.searchParams.set("ref", ref);
  if (as_of) url.searchParams.set("as_of", as_of);
  return String(url);
}

watch(() => { if (!shown) draw(); });
drawn(draw);
