// Requests to the server that opened the page, and what it answers.

/**
 * A claim as a line of the list shows it.
 * @typedef {Object} ClaimSummary
 * @property {string} id
 * @property {string} kind "quote", "closure" or another type of event
 * @property {string} speaker
 * @property {string} words the claim's words, cut
 * @property {string} doc_id id of the article
 * @property {string} file
 * @property {string} title of the article
 * @property {number} confidence from 0 to 1
 * @property {"sure"|"likely"|"check"} trust the confidence as a word
 * @property {"accept"|"reject"|"edit"|"unsure"|""} decision
 * @property {string} unknown_word what was written as the decision and is none of these; the claim is undecided then
 * @property {string} reviewer
 * @property {string} status of an event
 * @property {boolean} added by a reviewer
 */

/**
 * A claim with all that the page shows of it.
 * @typedef {ClaimSummary & {
 *   version: number, corrected_text: string, note: string, decided_at: string,
 *   fields: Object<string, any>, machine: Object<string, any>, corrections: Object<string, any>,
 *   spans: Object<string, [number, number][]>, start: number, end: number, history: Object[], conflicts: Object[]
 * }} Claim
 */

const csrf = document.querySelector('meta[name="csrf"]').content;

/** A request that the server refused, in plain words; `status` is 0 when the server can't be reached. */
export class RequestError extends Error {
  /**
   * @param {number} status HTTP status
   * @param {{error: string, hint?: string, field?: string, current?: Claim}} body what the server answered: `hint` says
   *   what to do, `field` names the one to mend, `current` is the claim as it is after another's decision
   */
  constructor(status, body) {
    super(body.error);
    this.status = status;
    this.hint = body.hint || "";
    this.field = body.field || "";
    this.current = body.current || null;
  }
}

const UNREACHABLE = { error: "The review has ended or can't be reached.", hint: "Start it again: extract review" };
const INVALID_TOKEN = {
  error: "This page's token is no longer valid.",
  hint: "Start the review again with extract review, and use the page that it opens.",
};
const UNREADABLE = { error: "The review's answer can't be read.", hint: "Reload the page." };

async function request(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { cache: "no-store", credentials: "same-origin", redirect: "error", ...options });
  } catch {
    throw new RequestError(0, UNREACHABLE);
  }
  let body;
  try {
    body = await response.json();
  } catch {
    if (response.status === 401 || response.status === 403) throw new RequestError(response.status, INVALID_TOKEN);
    throw new RequestError(response.status || 500, UNREADABLE);
  }
  if (!response.ok) throw new RequestError(response.status, { error: "The review refused this.", ...body });
  return body;
}

/** The path with a query of those values that aren't empty. */
function withQuery(path, values) {
  const given = Object.entries(values).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

/** The JSON at a path. Throws RequestError. */
export const get = (path, values = {}) => request(withQuery(path, values));

/** The JSON that answers what was sent. Throws RequestError. */
export const post = (path, body) =>
  request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Newsclaims": csrf },
    body: JSON.stringify(body),
  });

/** The path of a claim, or of what can be done with it ("decision", "undo"). */
export const claimPath = (id, action = "") => `/api/claims/${encodeURIComponent(id)}${action && `/${action}`}`;
