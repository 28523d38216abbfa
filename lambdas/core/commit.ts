import { Refusal } from "./codes.ts";
import type { Plan } from "./plan.ts";
import type { Ports } from "./ports.ts";

const TRIES = 6;

/**
 * Reads, decides and commits, again from the reading on where another writer was faster (full jitter between tries).
 * `decide` gets the number of the try and returns its outcome with the plan that makes it true, or without one when
 * nothing is left to do: so a verb that finds its own earlier commit recognises it and says the same again.
 * @throws Refusal `busy` after six lost tries: nothing was done
 */
export async function commit<T>(
  ports: Pick<Ports, "store" | "clock" | "ids">,
  decide: (attempt: number) => Promise<{ outcome: T; plan?: Plan | undefined }>,
): Promise<T> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const { outcome, plan } = await decide(attempt);
    if (!plan) return outcome;
    if (await ports.store.transact(plan.writes())) return outcome;
    const jitter = (ports.ids.random()[0] ?? 0) / 256;
    await ports.clock.sleep(jitter * Math.min(25 * 2 ** attempt, 1000));
  }
  throw new Refusal("busy");
}
