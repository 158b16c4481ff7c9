// A claim as a citation: its words, who says them, where and when they were published, and the address.

import { isQuote } from "./labels.js";
import { oneLine } from "./text.js";

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const MARKS_AROUND = /^["“”„«]+|["“”„»]+$/gu;

/**
 * “We pay,” said Ada Brandt (mayor), Larn Post, 1 June 2025, https://…
 * @param {import("./api.js").Claim} claim
 * @param {Object} article as the server gave it
 */
export function citationOf(claim, article) {
  const { fields } = claim;
  const words = oneLine(claim.corrected_text || fields.claim_text).replace(MARKS_AROUND, "");
  const name = isQuote(fields.claim_type) ? fields.speaker || fields.speaker_text : fields.reporter;
  const speaker = name && oneLine(fields.speaker_role && isQuote(fields.claim_type) ? `${name} (${fields.speaker_role})` : name);
  const day = article.published && DAY.format(new Date(`${article.published}T00:00:00Z`));
  const source = [speaker, article.publisher, article.publisher ? "" : article.title || article.file, day, article.url].filter(Boolean);
  return `“${words}” (${source.map(oneLine).join(", ")})`;
}
