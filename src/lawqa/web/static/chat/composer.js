// The question box: Enter asks (never while an input method composes), suggestions, the offer to check a long paste.

import { get, pageUrl } from "./api.js";
import { button, el, toast } from "./dom.js";
import { scopeBar } from "./scope.js";
import { drawn, t } from "./strings.js";

const LONG_PASTE = 300;
const box = el("textarea", { id: "lq-box", rows: 1, maxlength: 10000, autocomplete: "off", spellcheck: "false", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "lq-suggest", "aria-describedby": "lq-hint" });
const send = el("button", { type: "submit", class: "primary" });
const list = el("ul", { id: "lq-suggest", role: "listbox", hidden: true });
const offer = el("div", { id: "lq-paste", role: "status", hidden: true });
const hint = el("p", { id: "lq-hint" });
const status = el("div", { id: "lq-status", role: "status", hidden: true });
let submit = () => {};
let editing = null;
let chosen = -1;
let request = null;
let timer = 0;

export const focusBox = () => box.focus();

/** Put ``text`` in the box; ``at``: the turn that it will replace. */
export function fillBox(text, at = null) {
  box.value = text;
  editing = at;
  grow();
  box.focus();
  box.setSelectionRange(text.length, text.length);
}

/** A line above the box instead of it: loading, building, failed. */
export function showStatus(text, failed = false) {
  status.hidden = !text;
  status.textContent = text ?? "";
  status.classList.toggle("failed", failed);
}

function ask() {
  const text = box.value.trim();
  hideList();
  offer.hidden = true;
  if (!text) { toast(t("empty")); return; }
  submit(text, editing);
  box.value = "";
  editing = null;
  grow();
}

function grow() {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
}

function hideList() {
  clearTimeout(timer);
  request?.abort();
  list.hidden = true;
  chosen = -1;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

async function suggest() {
  const typed = box.value.trim();
  if (typed.length < 2 || typed.length > 40) return hideList();
  request?.abort();
  request = new AbortController();
  const found = await get("suggestions", { q: typed }, { signal: request.signal }).catch(() => null);
  if (!found || box.value.trim() !== typed || document.activeElement !== box) return;
  if (!found.length) return hideList();
  list.replaceChildren(...found.map((s, i) => el("li", {
    role: "option", id: `lq-suggest-${i}`, "aria-selected": "false",
    onmousedown: (event) => { event.preventDefault(); box.value = s.question; ask(); },
  }, s.question)));
  chosen = -1;
  list.hidden = false;
  box.setAttribute("aria-expanded", "true");
}

function move(step) {
  const options = [...list.children];
  chosen = (chosen + step + options.length + 1) % (options.length + 1);
  if (chosen === options.length) chosen = -1;
  options.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
  chosen < 0 ? box.removeAttribute("aria-activedescendant") : box.setAttribute("aria-activedescendant", options[chosen].id);
}

box.addEventListener("keydown", (event) => {
  // 229: Safari ends a composition before the keydown of the Enter that confirmed it
  if (event.isComposing || event.keyCode === 229) return;
  if (!list.hidden && event.key === "ArrowDown") { event.preventDefault(); move(1); return; }
  if (!list.hidden && event.key === "ArrowUp") { event.preventDefault(); move(chosen < 0 ? list.children.length : -1); return; }
  if (event.key === "Escape" && !list.hidden) { event.stopPropagation(); hideList(); return; }
  if (event.key === "Escape" && editing !== null) { fillBox(""); return; }
  if (event.key !== "Enter" || event.shiftKey) return;
  event.preventDefault();
  if (chosen >= 0) box.value = list.children[chosen].textContent;
  ask();
});
box.addEventListener("input", (event) => {
  grow();
  clearTimeout(timer);
  if (!event.isComposing) timer = setTimeout(suggest, 120);
});
box.addEventListener("compositionend", () => { timer = setTimeout(suggest, 120); });
box.addEventListener("blur", () => setTimeout(hideList, 100));
box.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text") ?? "";
  if (text.length < LONG_PASTE || !/《.+》|第.{1,6}条/.test(text)) return;
  offer.replaceChildren(t("paste_offer"), " ",
    button(t("paste_go"), () => { sessionStorage.setItem("lawqa.check", text); location.assign(new URL("check", pageUrl)); }, { class: "primary" }),
    button(t("paste_no"), () => { offer.hidden = true; }));
  offer.hidden = false;
});

export function composer(onsubmit) {
  submit = onsubmit;
  drawn(() => {
    box.placeholder = t("placeholder");
    box.setAttribute("aria-label", t("question"));
    send.textContent = t("send");
    list.setAttribute("aria-label", t("suggestions"));
    hint.textContent = `${t("hint")}　${t("disclaimer")}`;
  });
  return el("form", { id: "lq-composer", onsubmit: (event) => { event.preventDefault(); ask(); } },
    status, offer, scopeBar(), el("div", { class: "lq-boxrow" }, list, box, send), hint);
}

