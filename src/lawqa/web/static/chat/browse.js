// The library: documents by force and date, one document whole with contents and search, a second one beside it.

import { ApiError, get, pageUrl } from "./api.js";
import { button, el, put } from "./dom.js";
import { documentView } from "./document.js";
import { library, loadLibrary, scope, watch } from "./scope.js";
import { drawn, t } from "./strings.js";

const filter = el("input", { type: "search", id: "lq-filter", oninput: () => drawList() });
const list = el("div", { class: "lq-shelf-list" });
const shelf = el("nav", { class: "lq-shelf" }, filter, list);
const main = el("div", { class: "lq-texts" });
export const browser = el("section", { id: "lq-browse", hidden: true }, shelf, main);
const hooks = { changed: () => {} };
export const onBrowse = (given) => Object.assign(hooks, given);
let openId = null;
let besideId = null;
export const browsing = () => (browser.hidden ? null : { doc: openId, beside: besideId });

export async function showBrowse({ doc = null, at = null, beside = null, focus = true } = {}) {
  if (browser.hidden) document.documentElement.classList.remove("lq-reading");
  browser.hidden = false;
  document.documentElement.classList.add("lq-browsing");
  if (!library) await loadLibrary().catch(() => {});
  openId = doc;
  besideId = beside;
  drawList();
  await drawTexts(at);
  hooks.changed();
  if (focus) (doc ? main.querySelector("h2") : filter)?.focus({ preventScroll: true });
}

export function hideBrowse() {
  browser.hidden = true;
  document.documentElement.classList.remove("lq-browsing", "lq-doc-open");
  openId = besideId = null;
}

function drawList() {
  shelf.setAttribute("aria-label", t("library"));
  filter.placeholder = t("filter_docs");
  filter.setAttribute("aria-label", t("filter_docs"));
  const wanted = filter.value.trim().toLowerCase();
  const hit = (d) => !wanted || [d.title, d.id, d.kind, d.status].some((s) => s?.toLowerCase().includes(wanted));
  const groups = (library?.groups ?? []).map((g) => [g.kind, g.documents.filter(hit)]).filter(([, d]) => d.length);
  const catalog = (library?.catalog ?? []).filter(hit);
  put(list,
    scope.as_of ? el("p", { class: "lq-quiet" }, t("as_library", { day: scope.as_of })) : "",
    ...groups.map(([kind, documents]) => el("section", {}, el("h3", {}, kind, el("small", {}, ` ${documents.length}`)), el("ul", {}, documents.map(entry)))),
    catalog.length ? el("section", { class: "lq-catalog" }, el("h3", {}, t("catalog"), el("small", {}, ` ${catalog.length}`)), el("ul", {}, catalog.map((c) =>
      el("li", {}, el("a", { href: `#cite:${c.ref}` }, c.title), el("small", {}, [c.kind, c.status, c.effective && t("effective_from", { day: c.effective })].filter(Boolean).join(" · "))))))
      : "");
}

const entry = (d) => el("li", {},
  el("a", { href: `#doc:${d.id}`, "aria-current": d.id === openId ? "page" : null, class: /现行有效|不适用/.test(d.status) ? null : "past" }, d.label.replace(/^《(.*)》/, "$1")),
  el("small", {}, [d.status === "不适用" ? null : d.status, d.effective ? t("effective_from", { day: d.effective }) : d.promulgated && t("published", { day: d.promulgated }), d.digest && t("digest")].filter(Boolean).join(" · ")));

async function drawTexts(at) {
  document.documentElement.classList.toggle("lq-doc-open", Boolean(openId));
  if (!openId) return main.replaceChildren(searchAll());
  const ids = [openId, besideId].filter(Boolean);
  try {
    const views = await Promise.all(ids.map((id) => get(`documents/${encodeURIComponent(id)}`, { as_of: scope.as_of })));
    main.replaceChildren(
      el("div", { class: "lq-texts-bar" }, button(t("back"), () => showBrowse({})), compareLink(views), besideChoice(views[0])),
      el("div", { class: `lq-columns n${views.length}` }, views.map((view) => documentView(view, views.length === 1 && main.clientWidth > 860))));
    if (at) main.querySelector(`[id="at-${CSS.escape(at)}"], [id="at-${at}"]`)?.scrollIntoView({ block: "start" });
    else main.scrollTop = 0;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    main.replaceChildren(el("p", { class: "lq-error" }, error.message));
  }
}

/** To the comparison: of the two on the page (the older first), or of this one with what the reader chooses. */
function compareLink(views) {
  const dated = [...views].sort((a, b) => String(a.effective ?? a.promulgated ?? "").localeCompare(String(b.effective ?? b.promulgated ?? "")));
  const near = views[0].beside.find((id) => library.groups.some((g) => g.documents.some((d) => d.id === id)));
  const [a, b] = dated.length > 1 ? dated.map((v) => v.id) : [near, views[0].id];
  return a && el("a", { class: "lq-compare-link", href: String(new URL(`compare?a=${a}&b=${b}`, pageUrl)) }, t("compare_these"));
}

function besideChoice(view) {
  const option = (d) => el("option", { value: d.id }, d.label);
  const near = view.beside;
  const documents = library.groups.flatMap((g) => g.documents).filter((d) => d.id !== view.id);
  const choice = el("select", { onchange: (e) => showBrowse({ doc: openId, beside: e.target.value || null, focus: false }) },
    el("option", { value: "" }, t("beside_none")),
    near.length ? el("optgroup", { label: t("relations") }, documents.filter((d) => near.includes(d.id)).map(option)) : null,
    el("optgroup", { label: t("library") }, documents.filter((d) => !near.includes(d.id)).map(option)));
  choice.value = besideId ?? "";
  return el("label", {}, t("beside"), " ", choice);
}

function searchAll() {
  const results = el("ol", { class: "lq-results" });
  const box = el("input", { type: "search", "aria-label": t("search_all"), placeholder: t("search_all") });
  const form = el("form", { class: "lq-search-all", onsubmit: async (event) => {
    event.preventDefault();
    if (!box.value.trim()) return;
    try {
      const { hits } = await get("search", { q: box.value, as_of: scope.as_of });
      results.replaceChildren(...(hits.length ? hits.map((h) => el("li", {}, el("a", { href: `#cite:${h.ref}` }, h.label), el("p", {}, h.text.slice(0, 120))))
        : [el("li", {}, t("none_found"))]));
    } catch (error) { results.replaceChildren(el("li", { class: "lq-error" }, error.message)); }
  } }, box, el("button", { type: "submit" }, "↵"));
  form.querySelector("button").setAttribute("aria-label", t("search_all"));
  return el("div", { class: "lq-search-page" }, el("h2", { tabindex: "-1" }, t("library")), form,
    el("p", {}, el("a", { class: "lq-compare-link", href: String(new URL("compare", pageUrl)) }, t("compare_two"))), results);
}

watch(() => { if (!browser.hidden) drawList(); });
drawn(() => { if (!browser.hidden) { drawList(); drawTexts(null); } });
