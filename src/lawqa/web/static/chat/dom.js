// Small helpers for making elements: text is always text, never HTML.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

/** Replace what is inside ``node``; what is null or false is left out. */
export const put = (node, ...children) =>
  node.replaceChildren(...children.flat().filter((c) => c !== null && c !== undefined && c !== false && c !== ""));

export const button = (text, onclick, attributes = {}) => el("button", { type: "button", onclick, ...attributes }, text);

/** A button that opens a list of choices below it; Escape and a click elsewhere close it. */
export function menu(label, items, attributes = {}) {
  const list = el("div", { class: "lq-menu-list", hidden: true });
  const opener = button(label, () => toggle(list.hidden), { "aria-haspopup": "true", "aria-expanded": "false", ...attributes });
  const root = el("span", { class: "lq-menu" }, opener, list);
  const outside = (event) => { if (!root.contains(event.target)) toggle(false); };
  function toggle(open) {
    list.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (open) {
      list.replaceChildren(...items().map(([text, act]) => button(text, () => { toggle(false); opener.focus(); act(); })));
      document.addEventListener("click", outside, true);
      list.querySelector("button")?.focus();
    } else document.removeEventListener("click", outside, true);
  }
  root.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); buttons[(at + step + buttons.length) % buttons.length]?.focus(); }
    if (event.key === "Escape") { event.stopPropagation(); toggle(false); opener.focus(); }
  });
  return root;
}

let toastTimer = 0;

/** One line at the foot of the page that says what was done; read out by screen readers. */
export function toast(text) {
  let box = document.getElementById("lq-toast");
  if (!box) document.body.append((box = el("div", { id: "lq-toast", role: "status" })));
  box.textContent = text;
  box.classList.add("on");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => box.classList.remove("on"), 2600);
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // an intranet page over plain http has no clipboard interface
    const area = el("textarea", { class: "lq-offscreen", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    const back = document.activeElement;
    area.select();
    document.execCommand("copy");
    area.remove();
    back?.focus?.();
  }
}

/** Give the reader ``blob`` as a file. */
export function save(blob, name) {
  const link = el("a", { download: name, href: URL.createObjectURL(blob) });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export const wide = () => matchMedia("(min-width: 900px)").matches;
