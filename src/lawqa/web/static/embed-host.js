// Talking to the page that frames us: versioned messages, only from and to an allowed origin.
const VERSION = 1;
let host = null; // the origin of the framing page, once it has said hello

/** Tell the host page something; silent until it said hello. */
export function tell(type, data = {}) {
  if (host) parent.postMessage({ lawqa: VERSION, type, ...data }, host);
}

/** Take messages of the types in `handlers` from an allowed parent. */
export function listen(origins, handlers) {
  const allowed = (origin) => origin === location.origin || origins.includes("*") || origins.includes(origin.toLowerCase());
  if (parent === window) return;
  addEventListener("message", (e) => {
    const m = e.data;
    if (e.source !== parent || e.origin === "null" || !allowed(e.origin)) return;
    if (!m || m.lawqa !== VERSION || typeof m.type !== "string") return;
    if (m.type === "hello" && !host) {
      host = e.origin;
      tell("ready");
    } else if (e.origin === host && Object.hasOwn(handlers, m.type)) handlers[m.type](m);
  });
  // says nothing about anybody, so it may go to whoever frames us; they answer with "hello"
  parent.postMessage({ lawqa: VERSION, type: "loaded" }, "*");
  addEventListener("click", () => tell("wide", { wide: document.querySelector(".provision") !== null }));
}
