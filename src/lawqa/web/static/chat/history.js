// Conversations of this browser, in localStorage only: what was asked, with which filters. Nothing goes to the server.

import { button, el, toast } from "./dom.js";
import { drawn, read, t, write } from "./strings.js";

const KEY = "lawqa.history";
const OFF = "lawqa.history.off";
const MOST = 100;
let current = null;
let open = () => {};

const load = () => { try { return JSON.parse(read(KEY) ?? "[]"); } catch { return []; } };
const save = (list) => write(KEY, JSON.stringify(list.slice(0, MOST)));

/** The tab remembers which conversation it shows, so that a reload does not lose it. */
function follow(id) {
  current = id;
  try { id ? sessionStorage.setItem(KEY, id) : sessionStorage.removeItem(KEY); } catch { /* storage denied */ }
  draw();
}
export const newConversation = () => follow(null);
export const continueConversation = (id) => follow(id);
export function interrupted() {
  try { return load().find((c) => c.id === sessionStorage.getItem(KEY)) ?? null; } catch { return null; }
}

/** Keep the conversation as it stands; ``turns``: {q, as_of, docs, binding} each. */
export function keep(turns) {
  if (read(OFF) || !turns.length) return;
  const list = load().filter((c) => c.id !== current);
  current ??= `${Date.now()}`;
  list.unshift({ id: current, at: new Date().toISOString(), title: turns[0].q.slice(0, 60), turns });
  save(list);
  follow(current);
}

const items = el("ul");
const about = el("p", { class: "lq-quiet" });
const head = el("h2");
const clear = button("", () => { write(KEY, null); follow(null); toast(t("cleared")); });
const toggle = button("", () => { write(OFF, read(OFF) ? null : "1"); draw(); });
const close = button("", () => hide(), { class: "lq-close" });
export const drawer = el("dialog", { id: "lq-history", "aria-label": "" }, el("header", {}, head, close), about, items, el("footer", {}, clear, toggle));
drawer.addEventListener("click", (event) => { if (event.target === drawer) hide(); });

export function showHistory(onopen) { open = onopen; draw(); drawer.showModal(); }
function hide() { drawer.close(); }

function draw() {
  const list = load();
  drawer.setAttribute("aria-label", t("history_title"));
  head.textContent = t("history_title");
  about.textContent = list.length ? t("history_about") : `${t("history_empty")}${t("history_about")}`;
  clear.textContent = t("history_clear");
  clear.disabled = !list.length;
  toggle.textContent = t(read(OFF) ? "history_on" : "history_off");
  close.textContent = t("close");
  items.replaceChildren(...list.map((c) => el("li", {},
    button(c.title, () => { hide(); open(c); }, { class: "open", "aria-current": c.id === current ? "true" : null }),
    el("time", { datetime: c.at }, c.at.slice(0, 16).replace("T", " ")),
    button(t("delete"), () => { save(load().filter((o) => o.id !== c.id)); draw(); }, { "aria-label": `${t("delete")}：${c.title}` }))));
}
drawn(draw);
