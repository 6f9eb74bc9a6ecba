// What is known about a document: bodies, number, dates, verification, relations, official page.

import { el } from "./dom.js";
import { t } from "./strings.js";

const row = (name, value) => (value ? [el("dt", {}, name), el("dd", {}, value)] : []);

/** The status as a badge, then the rest of the status line: kind and dates. */
export function badges(view) {
  const tone = /现行有效/.test(view.status) ? "good" : /已|未|征求/.test(view.status) ? "warn" : "";
  const rest = view.status_line.split(" · ").filter((part) => part !== view.status).join(" · ");
  return el("p", { class: "lq-badges" }, view.status !== "不适用" && el("span", { class: `lq-badge ${tone}` }, view.status), el("span", {}, rest),
    view.digest && el("span", { class: "lq-badge warn" }, t("digest")));
}

export function verificationText(verification) {
  return t(`level_${verification.level}`, { percent: Math.round(verification.coverage * 100) });
}

export function facts(view) {
  const v = view.verification;
  return el("dl", { class: "lq-facts" },
    row(t("status"), view.status_line ?? view.status),
    row(t("issuers"), (view.issuers ?? []).join("、")),
    row(t("number"), view.document_number),
    row(t("adopted"), view.adopted),
    row(t("promulgated"), view.promulgated),
    row(t("effective"), view.effective),
    v && row(t("verification"), [
      verificationText(v), v.doubtful === true && el("strong", {}, `；${t("doubtful")}`), v.note && el("small", {}, v.note)]),
    row(t("official"), view.url
      ? el("a", { href: view.url, target: "_blank", rel: "noopener noreferrer" }, view.url)
      : t("no_official")));
}

/** How a document stands to another one, as a link where its text is held. */
export function relation(r) {
  return r.held ? el("a", { href: `#doc:${r.id}` }, r.text) : r.text;
}

/** What the provision cites, what cites it, and how its document stands to others; ``link`` makes a provision link. */
export function relations(view, link) {
  const list = (name, items) => items.length > 0 && el("section", {}, el("h4", {}, name), el("ul", {}, items.map((i) => el("li", {}, i))));
  const documents = view.documents.map((d) => el("a", { href: `#doc:${d.ref}` }, d.label));
  const others = view.relations.map(relation);
  return el("div", { class: "lq-relations" },
    list(t("cites"), view.cites.map(link)), list(t("cited_by"), view.cited_by.map(link)),
    list(t("whole_docs"), documents), list(t("relations"), others));
}
