// Fields, roles, kinds and decisions as people read them.

import { state } from "./state.js";

/** The decisions with their sign in the list, their word, and the sentence that tells who decided what. */
export const DECISIONS = {
  accept: { sign: "✓", word: "accepted", sentence: (who, what) => `${who} accepted ${what}` },
  reject: { sign: "✗", word: "rejected", sentence: (who, what) => `${who} rejected ${what}` },
  edit: { sign: "✎", word: "edited", sentence: (who, what) => `${who} edited ${what}` },
  unsure: { sign: "?", word: "unsure", sentence: (who, what) => `${who} marked ${what} as unsure` },
};

/** How sure a claim is, by the server's word: the sign and word in the list, and how a sentence begins. */
export const TRUST = {
  sure: { sign: "●", word: "sure", sentence: "Sure" },
  likely: { sign: "◐", word: "likely", sentence: "Likely" },
  check: { sign: "○", word: "check", sentence: "To be checked" },
};

/** A reviewer's word that is no decision, in quotation marks; long ones are cut. */
export const quoteWord = (word) => `“${word.length > 40 ? `${word.slice(0, 39)}…` : word}”`;

/**
 * "Ana accepted this claim", "Ana marked this claim as unsure", "Ana took back the decision on this claim".
 * @param {{decision: string, unknown_word?: string, reviewer: string}} version of the decision
 * @param {string} what was decided, in the middle of a sentence
 */
export function describeDecision({ decision, unknown_word: unknownWord, reviewer }, what) {
  const name = reviewer || "Somebody";
  if (Object.hasOwn(DECISIONS, decision)) return DECISIONS[decision].sentence(name, what);
  const word = unknownWord || decision;
  return word ? `${name} wrote ${quoteWord(word)} for ${what}, which is no decision` : `${name} took back the decision on ${what}`;
}

/** Names of a claim's fields. */
export const FIELD_LABELS = {
  claim_type: "Kind", speaker: "Speaker", speaker_text: "As written", speaker_role: "Role", speaker_type: "Type of speaker",
  speaker_country: "Speaker's country", cue: "Cue", stance: "Stance", quote_type: "Type of quote", trigger: "Trigger",
  actor: "Who does it", actor_country: "Actor's country", target: "What closes", target_kind: "Kind of target", place: "Place",
  countries: "Country", event_status: "Status", permanence: "Permanence", cause: "Cause", date_text: "Date as written",
  date_start: "First day", date_end: "Last day", reporter: "Reported by", people: "People", organisations: "Organisations",
  published: "Published",
};

/** The fields that fit a kind of claim, in the order in which they are shown and edited. */
export const SPEAKER_FIELDS = ["speaker", "speaker_text", "speaker_role", "speaker_type", "speaker_country", "cue", "stance"];
const QUOTE_FIELDS = [...SPEAKER_FIELDS, "quote_type", "date_text", "date_start", "date_end", "place", "countries"];
const EVENT_FIELDS = [
  "target", "target_kind", "actor", "actor_country", "trigger", "event_status", "permanence", "place", "countries",
  "date_text", "date_start", "date_end", "cause", "reporter",
];
/** Fields that hold several values, and fields that hold ISO 3166 alpha-3 codes. */
export const LIST_FIELDS = new Set(["place", "countries", "date_text"]);
export const COUNTRY_FIELDS = new Set(["speaker_country", "actor_country", "countries"]);

export const isQuote = (kind) => kind === "quote";
export const fieldsOf = (kind) => (isQuote(kind) ? QUOTE_FIELDS : EVENT_FIELDS);

/** The role of the article's marks that a field's words come from. */
export const ROLE_OF_FIELD = {
  speaker_text: "source", cue: "cue", trigger: "trigger", target: "target", actor: "actor", place: "place", date_text: "date", cause: "cause",
  reporter: "reporter",
};

/** Names of the roles that words are marked with. */
export const ROLE_LABELS = {
  found: "searched for", missed: "reporting verb, no claim", chosen: "gone to", content: "words", edited: "words being set", source: "speaker", speaker_mention: "speaker's full name", cue: "cue", trigger: "trigger", target: "what closes",
  actor: "who does it", place: "place", date: "date", cause: "cause", reporter: "reporter",
};

/** A machine's name as words: "speaker_type" is "speaker type". */
export const spellOut = (name) => name.replaceAll("_", " ");

export const countryName = (code) => state.countryNames.get(code) || code;

/** A field's value as text; countries by name, lists with semicolons. */
export function formatValue(name, value) {
  const values = Array.isArray(value) ? value : value === null || value === undefined || value === "" ? [] : [String(value)];
  return values.map((part) => (COUNTRY_FIELDS.has(name) ? countryName(part) : part.replace(/\s+/gu, " "))).join("; ");
}

/** An ISO time as people read it, to the minute: "2025-06-01, 14:05". */
export const formatTime = (iso) => iso.slice(0, 16).replace("T", ", ");

/** Who or what a claim is about, in few words. */
export const headline = (fields) =>
  isQuote(fields.claim_type) ? fields.speaker || fields.speaker_text || "No speaker found" : fields.target || "What closes is not named";

const comparable = (value) => JSON.stringify(Array.isArray(value) && !value.length ? "" : value ?? "").replace(/(\\[nrt]|\s)+/g, " ");

/** Whether two values are the same, however their lines are broken; nothing, "" and an empty list are the same. */
export const isSameValue = (a, b) => comparable(a) === comparable(b);
