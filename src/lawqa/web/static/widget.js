/* lawqa widget: a button and a panel in a shadow root; the panel frames /embed on first use. */
(() => {
  "use strict";
  if (customElements.get("lawqa-chat")) return;
  const script = document.currentScript;
  if (!script || !script.src) return;
  const base = new URL("embed", script.src);
  const VERSION = 1;
  const WORDS = {
    zh: { label: "问法规", title: "法规问答", close: "关闭" },
    en: { label: "Ask the law", title: "Ask the law", close: "Close" },
  };
  const OPTIONS = ["lang", "theme", "docs", "as-of", "question", "position", "color", "title", "label"];
  const CSS = `
:host{all:initial;--accent:#1f4f8f;font:15px/1.5 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;
display:block;color-scheme:light dark}
:host([floating]){position:fixed;z-index:2147483000;bottom:20px;right:20px}
:host([floating][position=left]){right:auto;left:20px}
:host([hidden]){display:none}
*{box-sizing:border-box}
button{font:inherit;cursor:pointer;border:0}
.open{background:var(--accent);color:#fff;border-radius:24px;padding:12px 20px;box-shadow:0 3px 14px rgba(0,0,0,.28)}
button:focus-visible,iframe:focus-visible{outline:3px solid #f2b705;outline-offset:2px}
.panel{display:flex;flex-direction:column;background:#fff;color:#1c1c1c;border:1px solid #c9ced6;border-radius:12px;
overflow:hidden;width:100%;height:560px}
:host([floating]) .panel{position:fixed;bottom:20px;right:20px;width:420px;height:min(680px,calc(100dvh - 40px));
box-shadow:0 8px 40px rgba(0,0,0,.3)}
:host([floating][position=left]) .panel{right:auto;left:20px}
.panel[hidden],.open[hidden],.close[hidden]{display:none!important}
.bar{display:flex;align-items:center;justify-content:space-between;background:var(--accent);color:#fff;padding:4px 6px 4px 14px}
.bar h2{all:unset;font-weight:600}
.close{background:transparent;color:#fff;font-size:22px;line-height:1;min-width:44px;min-height:44px;border-radius:8px}
iframe{flex:1;border:0;width:100%;background:transparent}
@media(min-width:601px){:host([floating]) .panel.wide{width:min(860px,calc(100vw - 40px))}}
@media(max-width:600px){:host([floating]) .panel{inset:auto 0 0 0!important;width:100%;height:92dvh;border-radius:14px 14px 0 0}}
.dark{background:#16191f;color:#e8e8e8;border-color:#3a404b}
@media(prefers-reduced-motion:no-preference){:host([floating]) .panel{transition:width .15s}}`;

  class LawqaChat extends HTMLElement {
    static get observedAttributes() {
      return ["theme", "color", "title", "label"];
    }
    constructor() {
      super();
      this.root = this.attachShadow({ mode: "open" });
      // adopted sheets work under a host page's "style-src 'self'", style elements do not
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS);
      this.root.adoptedStyleSheets = [sheet];
      this.onMessage = this.onMessage.bind(this);
      this.system = matchMedia("(prefers-color-scheme: dark)");
      this.onTheme = () => this.paint();
    }
    get words() {
      return WORDS[(this.getAttribute("lang") || "zh").slice(0, 2)] || WORDS.zh;
    }
    connectedCallback() {
      addEventListener("message", this.onMessage);
      this.system.addEventListener("change", this.onTheme);
      if (!this.panel) this.build();
      if (!this.hasAttribute("floating") || this.hasAttribute("open")) this.open(false);
    }
    disconnectedCallback() {
      removeEventListener("message", this.onMessage);
      this.system.removeEventListener("change", this.onTheme);
    }
    attributeChangedCallback() {
      if (this.panel) this.paint();
    }
    make(tag, attributes, parent) {
      const node = document.createElement(tag);
      for (const key in attributes) {
        if (key === "text") node.textContent = attributes[key];
        else node.setAttribute(key, attributes[key]);
      }
      return parent.appendChild(node);
    }
    build() {
      this.button = this.make("button", { class: "open", type: "button", "aria-haspopup": "dialog", "aria-expanded": "false" }, this.root);
      this.panel = this.make("div", { class: "panel", hidden: "" }, this.root);
      this.before = this.make("span", { tabindex: "0" }, this.panel);
      const bar = this.make("div", { class: "bar" }, this.panel);
      this.heading = this.make("h2", {}, bar);
      this.closer = this.make("button", { class: "close", type: "button", text: "×", "aria-label": this.words.close }, bar);
      if (!this.hasAttribute("floating")) this.button.hidden = this.closer.hidden = true;
      this.button.addEventListener("click", () => this.open());
      this.closer.addEventListener("click", () => this.close());
      this.root.addEventListener("keydown", (e) => {
        if (e.key === "Escape") this.close();
      });
      // focus goes round: close button -> frame -> close button
      this.before.addEventListener("focus", () => (this.modal ? this.frame : this.closer).focus());
      this.paint();
    }
    get modal() {
      return this.hasAttribute("floating") && !this.panel.hidden;
    }
    get dark() {
      const theme = this.getAttribute("theme");
      return theme === "dark" || (theme !== "light" && this.system.matches);
    }
    paint() {
      const color = this.getAttribute("color");
      if (color && CSS_COLOR.test(color)) this.style.setProperty("--accent", color);
      this.panel.classList.toggle("dark", this.dark);
      this.heading.textContent = this.getAttribute("title") || this.words.title;
      this.button.textContent = this.getAttribute("label") || this.words.label;
      if (this.ready) this.post("theme", { theme: this.dark ? "dark" : "light" });
    }
    load() {
      const url = new URL(base);
      for (const name of OPTIONS) {
        const value = this.getAttribute(name);
        if (value && !["position", "color", "title", "label", "question"].includes(name)) url.searchParams.set(name, value);
      }
      url.searchParams.set("theme", this.dark ? "dark" : "light");
      this.frame = this.make("iframe", { title: this.words.title, allow: "clipboard-write", referrerpolicy: "strict-origin" }, this.panel);
      this.after = this.make("span", { tabindex: "0" }, this.panel);
      this.after.addEventListener("focus", () => (this.modal ? this.closer : this.frame).focus());
      this.frame.src = url.href;
    }
    open(focus = true) {
      const already = this.modal;
      if (!this.frame) this.load();
      this.panel.hidden = false;
      if (!this.hasAttribute("floating")) {
        for (const span of [this.before, this.after]) span.removeAttribute("tabindex");
        return;
      }
      this.button.hidden = true;
      this.button.setAttribute("aria-expanded", "true");
      this.panel.setAttribute("role", "dialog");
      this.panel.setAttribute("aria-modal", "true");
      this.panel.setAttribute("aria-label", this.heading.textContent);
      if (focus) {
        this.closer.focus();
        if (this.ready) this.post("focus");
        else this.wantsFocus = true;
      }
      if (!already) this.tell("open");
    }
    close() {
      if (!this.modal) return;
      this.panel.hidden = true;
      this.button.hidden = false;
      this.button.setAttribute("aria-expanded", "false");
      this.button.focus();
      this.tell("close");
    }
    /** Ask from the host page: document.querySelector("lawqa-chat").ask("…") */
    ask(question) {
      this.open(false);
      if (this.ready) this.post("ask", { question: String(question) });
      else this.setAttribute("question", question);
    }
    post(type, data = {}) {
      this.frame.contentWindow.postMessage({ lawqa: VERSION, type, ...data }, base.origin);
    }
    tell(type, detail = {}) {
      this.dispatchEvent(new CustomEvent("lawqa:" + type, { detail, bubbles: true, composed: true }));
    }
    onMessage(e) {
      const m = e.data;
      if (!this.frame || e.source !== this.frame.contentWindow || e.origin !== base.origin) return;
      if (!m || m.lawqa !== VERSION || typeof m.type !== "string") return;
      if (m.type === "loaded") this.post("hello");
      else if (m.type === "ready") {
        this.ready = true;
        const question = this.getAttribute("question");
        if (question) this.post("ask", { question });
        if (this.wantsFocus) this.post("focus");
        this.tell("ready");
      } else if (m.type === "wide") this.panel.classList.toggle("wide", m.wide === true);
      else if (m.type === "close") this.close();
      else if (m.type === "answer") this.tell("answer", { status: String(m.status), refs: [].concat(m.refs || []).map(String) });
    }
  }
  const CSS_COLOR = /^(#[0-9a-f]{3,8}|[a-z]+|(rgb|hsl)a?\([\d\s.,%/]+\))$/i;
  customElements.define("lawqa-chat", LawqaChat);

  if (script.dataset.auto === "off") return;
  const start = () => {
    const chat = document.createElement("lawqa-chat");
    chat.setAttribute("floating", "");
    for (const name of OPTIONS) {
      const value = script.dataset[name.replace(/-./, (m) => m[1].toUpperCase())];
      if (value) chat.setAttribute(name, value);
    }
    if ("open" in script.dataset) chat.setAttribute("open", "");
    document.body.append(chat);
  };
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
