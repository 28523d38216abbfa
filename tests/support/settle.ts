import type { TestStack } from "./stack.ts";

const MINUTE = 60_000;

/** Until nothing is owed any more: a lost errand is asked for after 5 minutes, an unknown text is settled after 15. */
export async function settle(clinic: TestStack): Promise<void> {
  await clinic.drain(true);
  for (const minutes of [6, 16]) {
    clinic.advance(minutes * MINUTE);
    await clinic.drain(true);
  }
}
