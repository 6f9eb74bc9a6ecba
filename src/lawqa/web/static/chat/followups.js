// What one may ask next, out of the provisions around the cited ones.

import { get } from "./api.js";
import { button, el } from "./dom.js";
import { t } from "./strings.js";

export async function followUps(node, data, asked, ask) {
  for (const old of document.querySelectorAll(".lq-follow")) old.remove();
  if (!data.citations.length) return; // the neighbours of a refusal have not answered: nothing follows from them
  const after = [...new Set([...data.citations.map((c) => c.ref), ...data.related])].filter((r) => !r.startsWith("catalog:"));
  if (!after.length) return;
  const offered = await get("suggestions", { after, asked }).catch(() => []);
  if (!offered.length || !node.isConnected) return;
  node.append(el("div", { class: "lq-follow", role: "group", "aria-label": t("follow") },
    el("span", {}, t("follow")), offered.map((s) => button(s.question, () => ask(s.question)))));
}
