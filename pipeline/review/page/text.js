// Text by code points, as the server counts: "👩🏽" is two, "\r\n" is two. Nothing here touches the page.

export const points = (text) => Array.from(text);

/** The stretches of a text that begins at `start`, cut at every end of a span: [{words, roles}], roles in the order of `spans`. */
export function stretches(chars, start, spans) {
  const held = Object.entries(spans).flatMap(([role, parts]) =>
    parts.map(([s, e]) => [role, Math.max(s - start, 0), Math.min(e - start, chars.length)]).filter(([, s, e]) => s < e),
  );
  const cuts = [...new Set([0, chars.length, ...held.flatMap(([, s, e]) => [s, e])])].sort((a, b) => a - b);
  return cuts.slice(1).map((end, at) => {
    const over = held.filter(([, s, e]) => s <= cuts[at] && end <= e).map(([role]) => role);
    return { words: chars.slice(cuts[at], end).join(""), roles: [...new Set(over)] };
  });
}

/** The article's text as code points; what lies between its blocks is blank, here line breaks. */
export function charsOf(article) {
  const length = article.blocks.reduce((last, block) => Math.max(last, block.end), 0);
  const chars = new Array(length).fill("\n");
  for (const block of article.blocks) points(block.text).forEach((char, at) => (chars[block.start + at] = char));
  return chars;
}

export const slice = (chars, [start, end]) => chars.slice(start, end).join("");

const BLANK = /^\s$/u;
const LETTER = /^[\p{L}\p{N}\p{M}\u200d]$/u;
const JOINER = /^['’.-]$/u;

/** Words and single other characters as [start, end), blanks left out. */
export function tokens(chars) {
  const found = [];
  for (let at = 0; at < chars.length; at += 1) {
    if (BLANK.test(chars[at])) continue;
    const start = at;
    const inside = (i) => LETTER.test(chars[i] ?? "") || (JOINER.test(chars[i] ?? "") && LETTER.test(chars[i + 1] ?? ""));
    if (LETTER.test(chars[at])) while (inside(at + 1)) at += 1;
    found.push([start, at + 1]);
  }
  return found;
}

/** The span without blanks at its ends, and with the words that it begins or ends within; null when nothing is left. */
export function snapped(chars, words, [start, end]) {
  const inside = words.filter(([s, e]) => s < end && start < e);
  return inside.length ? [inside[0][0], inside.at(-1)[1]] : null;
}

/** Spans with the first start or the last end moved by one word; the same spans where that can't be. */
export function moved(words, spans, edge, step) {
  const copy = spans.map((span) => [...span]);
  if (edge === "start") {
    const here = copy[0];
    const to = step < 0 ? words.findLast(([s]) => s < here[0]) : words.find(([s]) => s > here[0]);
    if (to && to[0] < here[1]) here[0] = to[0];
  } else {
    const here = copy.at(-1);
    const to = step < 0 ? words.findLast(([, e]) => e < here[1]) : words.find(([, e]) => e > here[1]);
    if (to && to[1] > here[0]) here[1] = to[1];
  }
  return copy;
}

/** The sentences of a block as [start, end) of the article. Line breaks within a block end no sentence. */
export function sentences(block) {
  const text = block.text.replace(/\s/gu, " ");
  if (!("Segmenter" in Intl)) return [[block.start, block.end]];
  let at = block.start;
  return [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(text)].map(({ segment }) => {
    const start = at;
    at += points(segment).length;
    return [start, at];
  });
}

const STRAIGHT = { "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‐": "-", "‑": "-", "–": "-", "—": "-" };

/** Characters made alike for a search (quotation marks, dashes, blanks, case), and for each UTF-16 unit the code point it came from. */
function alike(chars) {
  const units = [];
  let text = "";
  chars.forEach((char, at) => {
    if (BLANK.test(char) && (text === "" || text.endsWith(" "))) return;
    const lower = (STRAIGHT[char] ?? (BLANK.test(char) ? " " : char)).toLowerCase();
    text += lower;
    for (let unit = 0; unit < lower.length; unit += 1) units.push(at);
  });
  return { text, units };
}

const joined = new WeakMap();

function searchable(chars) {
  if (!joined.has(chars)) joined.set(chars, alike(chars));
  return joined.get(chars);
}

/** Where the words stand in the text, nearest to `near`; parts joined by "[...]" one after the other. Null when they don't. */
export function find(chars, words, near = 0) {
  const { text, units } = searchable(chars);
  const spans = [];
  for (const part of words.split("[...]")) {
    const wanted = alike(points(part.trim())).text;
    if (!wanted) return null;
    let best = null;
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      const span = [units[at], units[at + wanted.length - 1] + 1];
      if (spans.length && span[0] < spans.at(-1)[1]) continue;
      if (!best || Math.abs(span[0] - near) < Math.abs(best[0] - near)) best = span;
      if (spans.length) break;
    }
    if (!best) return null;
    spans.push(best);
  }
  return spans;
}

/** The words of the spans as claims.csv has them. */
export const wordsOf = (chars, spans) => spans.map((span) => slice(chars, span)).join(" [...] ");

/** Text in one line. */
export const oneLine = (text) => text.replace(/\s+/gu, " ").trim();
