// The frame of the page: header, language, theme, print, the welcome at an empty conversation.

import { get, pageUrl } from "./api.js";
import { button, el } from "./dom.js";
import { drawn, lang, read, setLanguage, t, write } from "./strings.js";

const THEMES = ["system", "light", "dark"];
let theme = THEMES.includes(read("lawqa.theme")) ? read("lawqa.theme") : "system";

function applyTheme() {
  const asked = new URLSearchParams(location.search).get("__theme");
  const choice = theme === "system" && (asked === "dark" || asked === "light") ? asked : theme;
  const dark = choice === "dark" || (choice === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  document.body.classList.toggle("dark", dark);
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyTheme);

const page = (name) => String(new URL(name, pageUrl));

/** ``go``: what the header's buttons do, by name; ``here`` names a page beside the chat, which has ``main`` to skip to. */
export function header(go) {
  const target = go.here ? "lq-main" : "lq-box";
  const skip = el("a", { href: `#${target}`, class: "lq-skip", onclick: (e) => { e.preventDefault(); document.getElementById(target).focus(); } });
  const brand = el("a", { href: String(pageUrl), class: "lq-brand", onclick: (e) => { e.preventDefault(); go.home(); } });
  const views = el("nav", { class: "lq-views" });
  const tools = el("div", { class: "lq-tools" });
  drawn(() => {
    skip.textContent = t(go.here ? "skip_main" : "skip");
    brand.replaceChildren(el("b", {}, "lawqa"), el("span", {}, t("name")));
    views.setAttribute("aria-label", t("name"));
    views.replaceChildren(button(t("ask"), go.home, { id: "lq-view-ask" }), button(t("browse"), go.browse, { id: "lq-view-browse" }),
      el("a", { href: page("check"), "aria-current": go.here === "check" ? "page" : null }, t("check")),
      el("a", { href: page("compare"), class: "lq-wide-only", "aria-current": go.here === "compare" ? "page" : null }, t("compare")));
    tools.replaceChildren(
      ...(go.here ? [] : [button(t("fresh"), go.fresh), button(t("history"), go.history)]),
      button(t("print"), () => print(), { class: "lq-wide-only" }),
      button(t(`theme_${theme}`), (e) => {
        theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
        write("lawqa.theme", theme === "system" ? null : theme);
        applyTheme();
        e.target.textContent = t(`theme_${theme}`);
      }, { class: "lq-wide-only" }),
      button(t("language"), () => setLanguage(lang === "en" ? "zh" : "en"), { lang: lang === "en" ? "zh-CN" : "en" }));
  });
  applyTheme();
  return el("header", { id: "lq-header" }, skip, brand, views, tools);
}

/** The header of a page beside the chat: its buttons lead to the chat. */
export const pageHeader = (here) =>
  header({ here, home: () => location.assign(pageUrl), browse: () => location.assign(page("?view=browse")) });

/** Shown while nothing has been asked: what this is, and questions to start with. */
export function welcome(ask) {
  const root = el("section", { id: "lq-welcome" });
  const list = el("ul");
  drawn(() => root.replaceChildren(el("h1", {}, t("welcome")), el("p", {}, t("welcome_more")), el("h2", {}, t("start")), list));
  const load = async () => {
    const offered = await get("suggestions").catch(() => []);
    list.replaceChildren(...offered.map((s) => el("li", {}, button(s.question, () => ask(s.question)))));
  };
  return { root, load };
}
