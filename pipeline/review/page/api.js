// Requests to the server that opened the page.

const csrf = document.querySelector('meta[name="csrf"]').content;

/** What went wrong, in plain words: `status` is 0 when the server can't be reached. */
export class Refused extends Error {
  constructor(status, body) {
    super(body.error);
    this.status = status;
    this.hint = body.hint || "";
    this.field = body.field || "";
    this.current = body.current || null;
  }
}

const ENDED = { error: "The review has ended or can't be reached.", hint: "Start it again: extract review" };
const STRANGER = {
  error: "This page's token is no longer valid.",
  hint: "Start the review again with extract review, and use the page that it opens.",
};

async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, { cache: "no-store", credentials: "same-origin", redirect: "error", ...options });
  } catch {
    throw new Refused(0, ENDED);
  }
  let body;
  try {
    body = await answer.json();
  } catch {
    if (answer.status === 401 || answer.status === 403) throw new Refused(answer.status, STRANGER);
    throw new Refused(answer.status || 500, { error: "The review gave an answer that can't be read.", hint: "Reload the page." });
  }
  if (!answer.ok) throw new Refused(answer.status, { error: "The review refused this.", ...body });
  return body;
}

/** The path with those parameters that have a value. */
function query(path, values) {
  const given = Object.entries(values).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

export const get = (path, values = {}) => ask(query(path, values));

export const post = (path, body) =>
  ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Newsclaims": csrf },
    body: JSON.stringify(body),
  });
