// Names of fields, kinds and decisions as people read them.

import { state } from "./state.js";

export const DECIDED = {
  accept: { sign: "✓", word: "accepted" },
  reject: { sign: "✗", word: "rejected" },
  edit: { sign: "✎", word: "edited" },
  unsure: { sign: "?", word: "unsure" },
};

/** "Ana accepted", "Ana is unsure", "Ana took the decision back". */
export function did(who, decision) {
  const name = who || "Somebody";
  if (!decision) return `${name} took the decision back`;
  return decision === "unsure" ? `${name} is unsure` : `${name} ${DECIDED[decision].word}`;
}

export const LABELS = {
  claim_type: "Kind", speaker: "Speaker", speaker_text: "As written", speaker_role: "Role", speaker_type: "Type of speaker",
  speaker_country: "Speaker's country", cue: "Cue", stance: "Stance", quote_type: "Type of quote", trigger: "Trigger",
  actor: "Who does it", actor_country: "Actor's country", target: "What closes", target_kind: "Kind of target", place: "Place",
  countries: "Country", event_status: "Status", permanence: "Permanence", cause: "Cause", date_text: "Date as written",
  date_start: "First day", date_end: "Last day", reporter: "Reported by", people: "People", organisations: "Organisations",
  published: "Published",
};

/** The fields that fit a kind, in the order in which they are shown and edited. */
export const SPEAKER = ["speaker", "speaker_text", "speaker_role", "speaker_type", "speaker_country", "cue", "stance"];
export const QUOTE = [...SPEAKER, "quote_type", "date_text", "date_start", "date_end", "place", "countries"];
export const EVENT = [
  "target", "target_kind", "actor", "actor_country", "trigger", "event_status", "permanence", "place", "countries",
  "date_text", "date_start", "date_end", "cause", "reporter",
];
export const LISTS = new Set(["place", "countries", "date_text"]);
export const COUNTRIES = new Set(["speaker_country", "actor_country", "countries"]);

export const isQuote = (kind) => kind === "quote";
export const fieldsOf = (kind) => (isQuote(kind) ? QUOTE : EVENT);

/** The role of the article's marks that a field's words come from. */
export const ROLE = { speaker_text: "source", cue: "cue", trigger: "trigger", target: "target", actor: "actor", place: "place", date_text: "date", cause: "cause", reporter: "reporter" };

export const ROLES = {
  content: "words", edited: "words being set", source: "speaker", speaker_mention: "speaker's full name", cue: "cue", trigger: "trigger", target: "what closes",
  actor: "who does it", place: "place", date: "date", cause: "cause", reporter: "reporter",
};

export const spaced = (name) => name.replaceAll("_", " ");

export const country = (code) => state.names.get(code) || code;

/** A field's value as text; countries by name, lists by semicolons. */
export function shown(name, value) {
  const list = Array.isArray(value) ? value : value === null || value === undefined || value === "" ? [] : [String(value)];
  return list.map((each) => (COUNTRIES.has(name) ? country(each) : each.replace(/\s+/gu, " "))).join("; ");
}

/** An ISO time as people read it, to the minute. */
export const when = (iso) => iso.slice(0, 16).replace("T", ", ");

/** Who or what a claim is about, in few words. */
export const headline = (fields) =>
  isQuote(fields.claim_type) ? fields.speaker || fields.speaker_text || "No speaker found" : fields.target || "What closes is not named";

const bare = (value) => JSON.stringify(Array.isArray(value) && !value.length ? "" : value ?? "").replace(/(\\[nrt]|\s)+/g, " ");

/** Whether two values are the same, however their lines are broken; nothing, "" and an empty list are. */
export const same = (a, b) => bare(a) === bare(b);
