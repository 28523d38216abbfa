import { degree, type Occurrence, type Understood } from "./concepts.ts";
import { words } from "./tokens.ts";

/** A cry has few words. */
const SHORT = 6;
/** Long ago, over, planned, asked in general, said in jest, about the clinic's own affairs. */
const SETTLES = words(
  "longago chronic future better gone healed fine seen mild month joy thanks others normalq appt specialist refill form results vaccine logistics event media whatif minor idiom",
);

/**
 * What a short text says that cannot wait, when it denies nothing and says nothing that settles it: "she collapsed", "y'a un
 * couteau". So few words weigh little in any model; whoever types them needs somebody now.
 */
export function outright({ tokens, occurrences }: Understood): Occurrence | undefined {
  if (tokens.length > SHORT || occurrences.some(({ negated, name }) => negated || SETTLES.has(name))) return undefined;
  return occurrences.find((each) => each.group === "S" && degree(each) === 3);
}
