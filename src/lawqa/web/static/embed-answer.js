// An answer's Markdown as elements, built with textContent only: nothing in an answer can become markup.
const MARKER = /\[(\d+)\]/g;

function inline(parent, text, cite) {
  for (const [i, part] of text.split(/\*\*(.+?)\*\*/).entries()) {
    const place = i % 2 ? parent.appendChild(document.createElement("strong")) : parent;
    let at = 0;
    for (const found of part.matchAll(MARKER)) {
      place.append(part.slice(at, found.index));
      place.append(cite(Number(found[1]), found[0]));
      at = found.index + found[0].length;
    }
    place.append(part.slice(at));
  }
}

/** Fill `place`. `answer` is null while the text still streams: markers become buttons when it is whole. */
export function render(place, markdown, answer, provision, english) {
  const cited = new Map((answer?.citations || []).map((c) => [c.marker, c]));
  const cite = (n, shown) => {
    const citation = cited.get(n);
    if (!citation) return document.createTextNode(shown);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cite";
    button.textContent = shown;
    button.title = citation.label;
    button.setAttribute("aria-label", `${english ? "Open" : "打开"} ${citation.label}`);
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => toggle(button, citation, provision, english));
    return button;
  };
  place.replaceChildren();
  for (const block of markdown.split(/\n{2,}/)) {
    const lines = block.split("\n");
    const quoted = lines.every((l) => l.startsWith(">"));
    const parent = quoted ? place.appendChild(document.createElement("blockquote")) : place;
    for (const line of lines) {
      const text = line.replace(/^>\s?/, "").replace(/^#+ /, "");
      if (text.trim()) inline(parent.appendChild(document.createElement("p")), text, cite);
    }
  }
}

async function toggle(button, citation, provision, english) {
  const block = button.closest("p");
  const open = block.nextElementSibling?.dataset?.ref === citation.ref ? block.nextElementSibling : null;
  if (open) {
    open.remove();
    button.setAttribute("aria-expanded", "false");
    return;
  }
  const panel = document.createElement("section");
  panel.className = "provision";
  panel.dataset.ref = citation.ref;
  panel.setAttribute("aria-label", citation.label);
  button.setAttribute("aria-expanded", "true");
  block.after(panel);
  const line = (tag, text, className = "") => {
    const node = panel.appendChild(document.createElement(tag));
    node.textContent = text;
    node.className = className;
    return node;
  };
  line("h3", citation.label);
  if (citation.ref.startsWith("catalog:")) {
    line("p", citation.quote);
    return;
  }
  try {
    const view = await provision(citation.ref);
    line("p", [view.status_line, ...view.marks].join("　"), "state");
    for (const piece of view.pieces) {
      const node = line("p", "");
      const at = piece.text.indexOf(citation.quote);
      const here = piece.ref === citation.ref && at >= 0;
      if (!here) node.textContent = piece.text;
      else {
        const mark = document.createElement("mark");
        mark.textContent = citation.quote;
        node.append(piece.text.slice(0, at), mark, piece.text.slice(at + citation.quote.length));
      }
    }
  } catch (error) {
    line("p", error.message, "fault").setAttribute("role", "alert");
  }
}
