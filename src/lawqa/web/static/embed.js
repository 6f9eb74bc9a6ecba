// The light page that the widget frames: it asks the API, streams the answer, opens citations in place.
import { render } from "./embed-answer.js";
import { listen, tell } from "./embed-host.js";

const config = JSON.parse(document.querySelector('meta[name="lawqa-config"]').content);
const given = new URLSearchParams(location.search);
const english = (given.get("lang") || "zh").startsWith("en");
const say = (zh, en) => (english ? en : zh);
const talk = document.getElementById("talk");
const form = document.getElementById("ask");
const box = document.getElementById("question");
const send = document.getElementById("send");
const docs = (given.get("docs") || "").split(",").map((d) => d.trim()).filter(Boolean);
const asOf = given.get("as-of") || null;
const history = [];
let ticket = null;

function theme(name) {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = ["dark", "light"].includes(name) ? name : system;
}

function element(tag, parent, text = "", className = "") {
  const node = document.createElement(tag);
  node.textContent = text;
  node.className = className;
  parent.append(node);
  return node;
}

/** fetch with the session's ticket, if the browser keeps our cookie from us. */
function call(path, options = {}) {
  const headers = { ...options.headers };
  if (ticket) headers.Authorization = `Bearer ${ticket}`;
  return fetch(config.api + path, { ...options, headers });
}

async function faultOf(response) {
  const problem = await response.json().catch(() => ({}));
  return problem.detail || say(`没有得到回答（${response.status}）`, `No answer (${response.status})`);
}

export async function provision(ref) {
  const query = asOf ? `?as_of=${encodeURIComponent(asOf)}` : "";
  const response = await call(`/provisions/${encodeURIComponent(ref)}${query}`);
  if (!response.ok) throw new Error(await faultOf(response));
  return response.json();
}

/** The events of one answer, as {name, data}. */
async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (rest + value).split("\n\n");
    rest = parts.pop();
    for (const part of parts) {
      const name = /^event: (.*)$/m.exec(part);
      const data = /^data: (.*)$/m.exec(part);
      if (name && data) yield { name: name[1], data: JSON.parse(data[1]) };
    }
  }
}

async function ask(question) {
  if (send.disabled || !question.trim()) return;
  send.disabled = true;
  document.querySelector("#talk > .hint")?.remove();
  element("div", talk, question, "asked");
  const place = element("div", talk, "", "answer");
  place.setAttribute("aria-busy", "true");
  element("p", place, say("正在查找…", "Searching…"), "hint");
  place.scrollIntoView({ block: "nearest" });
  try {
    const response = await call("/ask", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
      body: JSON.stringify({ question, as_of: asOf, docs, history: history.slice(-20).map((q) => ({ q })) }),
    });
    if (response.status === 401) return signIn(place, question);
    if (!response.ok) throw new Error(await faultOf(response));
    let text = "";
    let answer = null;
    for await (const { name, data } of events(response)) {
      if (name === "problem") throw new Error(data.detail);
      if (name === "delta") render(place, (text += data.text), null, provision, english);
      if (name === "answer") answer = data;
    }
    if (!answer) throw new Error(say("连接中断了，请再问一次。", "The connection broke; please ask again."));
    render(place, answer.answer, answer, provision, english);
    history.push(question);
    tell("answer", { status: answer.status, refs: answer.citations.map((c) => c.ref) });
  } catch (error) {
    place.replaceChildren();
    element("p", place, error.message, "fault").setAttribute("role", "alert");
  } finally {
    place.removeAttribute("aria-busy");
    send.disabled = false;
  }
}

/** A button that opens the sign-on in a window of its own: there the cookie is first-party. */
function signIn(place, question) {
  place.replaceChildren();
  if (!config.signOn) {
    element("p", place, say("请从公司的入口访问。", "Please come in through your company's portal."), "fault");
    return;
  }
  element("p", place, say("提问前请先登录。", "Please sign in first."));
  const button = element("button", place, say("登录", "Sign in"));
  button.addEventListener("click", () => {
    const popup = window.open(config.signOn, "lawqa-sign-on", "width=480,height=640");
    addEventListener("message", function onTicket(e) {
      if (e.origin !== location.origin || e.source !== popup || e.data?.lawqa !== 1 || e.data.type !== "ticket") return;
      removeEventListener("message", onTicket);
      ticket = String(e.data.ticket);
      place.replaceChildren();
      if (question) ask(question);
    });
  });
}

function start() {
  theme(given.get("theme"));
  document.documentElement.lang = english ? "en" : "zh-CN";
  send.textContent = say("提问", "Ask");
  box.maxLength = config.maxChars;
  box.placeholder = say("用自己的话问，如：训练数据有什么要求？", "Ask in your own words (Chinese)");
  const limits = [docs.length ? say(`只查 ${docs.length} 份文件`, `${docs.length} documents only`) : "", asOf ? say(`按 ${asOf} 的法律`, `law of ${asOf}`) : ""];
  document.getElementById("scope").textContent = limits.filter(Boolean).join(say("，", ", ")) || say("你的问题", "Your question");
  element("p", talk, say("每处引用都经核实；点开编号看条文原文。没有依据就拒答。", "Every citation is verified: open a number to read the provision. Without a basis there is no answer."), "hint");
  if (!config.signedOn) signIn(element("div", talk, "", "answer"), "");
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    const question = box.value;
    box.value = "";
    ask(question);
  });
  box.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && !e.shiftKey && !e.isComposing && e.keyCode !== 229) {
      e.preventDefault();
      form.requestSubmit();
    }
  });
  addEventListener("keydown", (e) => {
    if (e.key === "Escape") tell("close");
  });
  listen(config.origins, {
    ask: (m) => ask(String(m.question || "").slice(0, config.maxChars)),
    theme: (m) => theme(m.theme),
    focus: () => box.focus(),
  });
}

start();
