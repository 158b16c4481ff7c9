// Text counted in code points, as the server counts: "👩🏽" is two, "\r\n" is two. Nothing here touches the page.

/**
 * A stretch of the article, [start, end): the end is not part of it.
 * @typedef {[number, number]} Span
 */

/** The code points of a text, one string each. */
export const codePoints = (text) => Array.from(text);

/**
 * Cut a text at every edge of a span, so that each piece has the same roles from end to end.
 * @param {string[]} chars code points of the text
 * @param {number} start offset of the text in the article
 * @param {Object<string, Span[]>} spans by role, in the article; what lies outside the text is ignored
 * @returns {{words: string, roles: string[]}[]} roles in the order of `spans`
 */
export function splitByRoles(chars, start, spans) {
  const inText = Object.entries(spans).flatMap(([role, parts]) =>
    parts.map(([s, e]) => [role, Math.max(s - start, 0), Math.min(e - start, chars.length)]).filter(([, s, e]) => s < e),
  );
  const edges = [...new Set([0, chars.length, ...inText.flatMap(([, s, e]) => [s, e])])].sort((a, b) => a - b);
  return edges.slice(1).map((end, index) => {
    const from = edges[index];
    const roles = inText.filter(([, s, e]) => s <= from && end <= e).map(([role]) => role);
    return { words: chars.slice(from, end).join(""), roles: [...new Set(roles)] };
  });
}

/** The article's text as code points; between its blocks there is only white space, here line breaks. */
export function articleCharacters(article) {
  const length = article.blocks.reduce((last, block) => Math.max(last, block.end), 0);
  const chars = new Array(length).fill("\n");
  for (const block of article.blocks) codePoints(block.text).forEach((char, index) => (chars[block.start + index] = char));
  return chars;
}

/** The text of one span. */
export const sliceText = (chars, [start, end]) => chars.slice(start, end).join("");

/** Roles of the blocks that claims come from. */
const CLAIM_ROLES = new Set(["headline", "caption", "body"]);
const BLANK = /^\s$/u;
const LETTER = /^[\p{L}\p{N}\p{M}\u200d]$/u;
const JOINER = /^['’.-]$/u; // within a word only before a letter: "don't", "U.S", but not the full stop of a sentence

/** The spans of words, and of each other character that isn't white space: "We pay." gives three. */
export function wordSpans(chars) {
  const spans = [];
  const continuesWord = (index) =>
    LETTER.test(chars[index] ?? "") || (JOINER.test(chars[index] ?? "") && LETTER.test(chars[index + 1] ?? ""));
  for (let index = 0; index < chars.length; index += 1) {
    if (BLANK.test(chars[index])) continue;
    const start = index;
    if (LETTER.test(chars[index])) while (continuesWord(index + 1)) index += 1;
    spans.push([start, index + 1]);
  }
  return spans;
}

/** The span without white space at its ends, widened to whole words; null when nothing is left. */
export function snapToWords(words, [start, end]) {
  const touched = words.filter(([s, e]) => s < end && start < e);
  return touched.length ? [touched[0][0], touched.at(-1)[1]] : null;
}

/**
 * Move the first start or the last end of spans by one word.
 * @param {Span[]} words of the article
 * @param {Span[]} spans to move; they are not changed
 * @param {"start"|"end"} edge
 * @param {-1|1} direction left or right
 * @returns {Span[]} equal to `spans` where the edge can't go further
 */
export function moveEdge(words, spans, edge, direction) {
  const copy = spans.map((span) => [...span]);
  if (edge === "start") {
    const first = copy[0];
    const word = direction < 0 ? words.findLast(([s]) => s < first[0]) : words.find(([s]) => s > first[0]);
    if (word && word[0] < first[1]) first[0] = word[0];
  } else {
    const last = copy.at(-1);
    const word = direction < 0 ? words.findLast(([, e]) => e < last[1]) : words.find(([, e]) => e > last[1]);
    if (word && word[1] > last[0]) last[1] = word[1];
  }
  return copy;
}

/** The spans of a block's sentences in the article. Line breaks within a block end no sentence. */
export function sentenceSpans(block) {
  if (!("Segmenter" in Intl)) return [[block.start, block.end]];
  const text = block.text.replace(/\s/gu, " ");
  let end = block.start;
  return [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(text)].map(({ segment }) => {
    const start = end;
    end += codePoints(segment).length;
    return [start, end];
  });
}

/**
 * The sentences of an article that have one of these words and no claim: where something may have been missed.
 * @param {{blocks: {role: string, start: number, end: number, text: string}[]}} article
 * @param {Span[]} claimed the words of its claims
 * @param {Set<string>} forms in lower case
 * @returns {Span[]} in text order, white space at their ends included
 */
export function unclaimedSentences(article, claimed, forms) {
  const blocks = article.blocks.filter(({ role }) => CLAIM_ROLES.has(role));
  return blocks.flatMap((block) => {
    const inBlock = claimed.filter(([start, end]) => start < block.end && block.start < end);
    const chars = codePoints(block.text);
    const isOpen = ([start, end]) => !inBlock.some(([s, e]) => s < end && start < e);
    const attributes = ([start, end]) =>
      wordSpans(chars.slice(start - block.start, end - block.start)).some(([s, e]) =>
        forms.has(sliceText(chars, [start - block.start + s, start - block.start + e]).toLowerCase()),
      );
    return sentenceSpans(block).filter((span) => isOpen(span) && attributes(span));
  });
}

const STRAIGHT = { "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‐": "-", "‑": "-", "–": "-", "—": "-" };

/**
 * Make quotation marks, dashes, white space and case alike, so that typed words are found however the article has them.
 * @returns {{text: string, origins: number[]}} for each UTF-16 unit of `text` the code point that it came from
 */
function normalize(chars) {
  const origins = [];
  let text = "";
  chars.forEach((char, index) => {
    if (BLANK.test(char) && (text === "" || text.endsWith(" "))) return;
    const plain = (STRAIGHT[char] ?? (BLANK.test(char) ? " " : char)).toLowerCase();
    text += plain;
    for (let unit = 0; unit < plain.length; unit += 1) origins.push(index);
  });
  return { text, origins };
}

const normalized = new WeakMap(); // code points of an article -> what normalize made of them

function normalizedOnce(chars) {
  if (!normalized.has(chars)) normalized.set(chars, normalize(chars));
  return normalized.get(chars);
}

/**
 * Find words in a text, at the place nearest to `near`; parts joined by "[...]" are looked for one after the other.
 * @returns {Span[] | null} a span for each part; null when one of them isn't there
 */
export function findWords(chars, words, near = 0) {
  const { text, origins } = normalizedOnce(chars);
  const spans = [];
  for (const part of words.split("[...]")) {
    const wanted = normalize(codePoints(part.trim())).text;
    if (!wanted) return null;
    const isFirst = spans.length === 0;
    let best = null;
    for (let index = text.indexOf(wanted); index >= 0; index = text.indexOf(wanted, index + 1)) {
      const span = [origins[index], origins[index + wanted.length - 1] + 1];
      if (!isFirst && span[0] < spans.at(-1)[1]) continue;
      if (!best || Math.abs(span[0] - near) < Math.abs(best[0] - near)) best = span;
      if (!isFirst) break; // a further part is the next such words, wherever they stand
    }
    if (!best) return null;
    spans.push(best);
  }
  return spans;
}

/** Where words that were searched for stand in a text, as the server looks for them, in any case and within words, too. */
function findSearched(text, search) {
  const lower = text.toLowerCase();
  if (lower.length !== text.length) return []; // a letter that is longer in lower case would shift all that follow
  const ranges = [];
  for (const word of new Set(search.toLowerCase().split(/\s+/u).filter(Boolean))) {
    for (let start = lower.indexOf(word); start >= 0; start = lower.indexOf(word, start + word.length)) ranges.push([start, start + word.length]);
  }
  const joined = [];
  for (const [start, end] of ranges.sort(([a], [b]) => a - b)) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

/**
 * Cut a text where words that were searched for begin and end.
 * @returns {[part: string, isFound: boolean][]}
 */
export function splitByFound(text, search) {
  const ranges = search ? findSearched(text, search) : [];
  const edges = [...new Set([0, text.length, ...ranges.flat()])].sort((a, b) => a - b);
  return edges.slice(1).map((end, index) => [text.slice(edges[index], end), ranges.some(([s, e]) => s <= edges[index] && end <= e)]);
}

/** The spans of words that were searched for in a text, in code points of the article, where the text begins at `start`. */
export function foundSpans(text, start, search) {
  return findSearched(text, search).map(([s, e]) => [start + codePoints(text.slice(0, s)).length, start + codePoints(text.slice(0, e)).length]);
}

/** The words of spans as claims.csv has them. */
export const joinSpans = (chars, spans) => spans.map((span) => sliceText(chars, span)).join(" [...] ");

/** The text with every run of white space as one space. */
export const oneLine = (text) => text.replace(/\s+/gu, " ").trim();
