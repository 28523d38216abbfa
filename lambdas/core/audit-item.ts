/** An item of the audit table as it was found: its event, and whether the copies beside it say the same. */
import { type Appended, leafHash } from "./audit.ts";
import { checkEvent, type Problem } from "./audit-rules.ts";
import { NotCanonical, type ParsedEvent, parseCanonical } from "./parse-canonical.ts";

export interface Found {
  /** Absent where the bytes are no event at all. */
  readonly event?: ParsedEvent;
  readonly problems: readonly Problem[];
}

/**
 * Holds an item to its event: PK and SK say chain and place once more, h is the leaf's hash. Only the bytes count; a copy that
 * differs was changed, or was never right.
 */
export function checkItem({ PK, SK, e, h }: Appended["item"]): Found {
  let event: ParsedEvent;
  try {
    event = parseCanonical(e);
  } catch (error) {
    if (!(error instanceof NotCanonical)) throw error;
    return { problems: [{ member: "e", problem: error.message }] };
  }
  const problems = checkEvent(event);
  if (PK !== `A#${event["chain"]}`) problems.push({ member: "PK", problem: "is not the event's chain" });
  if (SK !== String(event["seq"]).padStart(12, "0")) problems.push({ member: "SK", problem: "is not the event's place" });
  if (Buffer.compare(h, leafHash(e)) !== 0) problems.push({ member: "h", problem: "is not the hash of the bytes" });
  return { event, problems };
}
