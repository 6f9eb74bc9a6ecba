// What the pages beside the chat share: header, language, waiting until the server is ready.

import { el } from "../chat/dom.js";
import { pageHeader } from "../chat/shell.js";
import { untilReady } from "../chat/state.js";
import { drawn, lang, t } from "../chat/strings.js";

/** Put ``children`` under the header of the page ``here``; ``title`` names it in ``strings.js``. */
export function layOut(here, title, ...children) {
  document.documentElement.lang = lang === "en" ? "en" : "zh-CN";
  const head = el("h1");
  drawn(() => { head.textContent = t(title); document.title = `${t(title)} · lawqa`; });
  document.body.prepend(pageHeader(here), el("main", { id: "lq-main", tabindex: "-1" }, head, ...children));
}

/** A line that says what the page is doing; ``failed`` makes it a fault. */
export function statusLine() {
  const root = el("p", { role: "status", hidden: true });
  const say = (text, failed = false) => {
    root.hidden = !text;
    root.className = failed ? "lq-error" : "lq-quiet";
    root.textContent = text ?? "";
  };
  return { root, say };
}

/** True once the server can answer; says why not while it cannot. */
export async function ready(say) {
  const state = await untilReady((s) => {
    const p = s.progress;
    const loading = p?.total ? t("building", { stage: p.stage, percent: `${Math.round((100 * p.done) / p.total)}%` }) : t("loading");
    say(s.ready ? null : s.error ? t("failed_start", { error: s.error }) : s.offline ?? loading, Boolean(s.error));
  });
  return state.ready;
}

/** Our server's HTML (everything in it escaped there) as nodes; links to provisions open beside the page. */
export function nodesOf(html) {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  for (const link of body.querySelectorAll("a[href^='./']")) { link.target = "_blank"; link.rel = "noopener"; }
  return [...body.childNodes];
}
