// Marks exactly the quoted characters inside the pieces (款, 项, lines) of a provision.

/**
 * For every piece the [start, end) that ``quote`` covers, or null. ``quote`` is literal text of the provision, its
 * lines joined by newlines; ``ref`` says where it stands when the same words stand twice. Without a quote, the pieces
 * at or below ``ref`` are marked whole (none when ``ref`` is the provision itself).
 */
export function ranges(pieces, provision, ref, quote) {
  const none = pieces.map(() => null);
  const inside = (piece) => piece.ref === ref || piece.ref.startsWith(`${ref}.`);
  if (!quote) return ref === provision ? none : pieces.map((p) => (inside(p) ? [0, p.text.length] : null));
  const whole = pieces.map((p) => p.text).join("\n");
  const starts = [];
  let offset = 0;
  for (const piece of pieces) { starts.push(offset); offset += piece.text.length + 1; }
  const first = Math.max(0, pieces.findIndex(inside));
  let at = whole.indexOf(quote, starts[first]);
  if (at < 0) at = whole.indexOf(quote);
  if (at < 0) return none;
  const end = at + quote.length;
  return pieces.map((piece, i) => {
    const from = Math.max(at, starts[i]) - starts[i];
    const to = Math.min(end, starts[i] + piece.text.length) - starts[i];
    return from < to ? [from, to] : null;
  });
}

/** ``text`` as nodes with the range inside <mark>. */
export function marked(text, range) {
  if (!range) return [text];
  const mark = document.createElement("mark");
  mark.textContent = text.slice(range[0], range[1]);
  return [text.slice(0, range[0]), mark, text.slice(range[1])].filter((part) => part !== "");
}
