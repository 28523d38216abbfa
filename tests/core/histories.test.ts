import { expect, test } from "vitest";
import { history } from "../support/history.ts";

const HISTORIES = Number(process.env["HISTORIES"] ?? 10_000);

test(`${HISTORIES} random histories of a number keep every promise`, { timeout: 600_000 }, async () => {
  const seen = new Set<string>();
  let claims = 0;
  let stops = 0;
  let crossings = 0;
  for (let seed = 1; seed <= HISTORIES; seed++) {
    const told = await history(seed);
    expect(told.broken, `history ${seed}`).toEqual([]);
    for (const type of told.types) seen.add(type);
    claims += told.claims;
    stops += told.stops;
    crossings += told.crossings;
  }
  // A property that never meets its subject proves nothing.
  expect(claims).toBeGreaterThan(HISTORIES / 2);
  expect(stops).toBeGreaterThan(HISTORIES / 2);
  expect(crossings).toBeGreaterThan(0);
  for (const type of [
    "number.opted-out",
    "number.opened",
    "number.listed",
    "message.sent",
    "message.unknown",
    "message.cancelled",
    "consent.restored",
    "number.question-answered",
    "number.paused",
    "number.pause-decided",
    "message.released",
    "patient.number-wrong",
    "incident.listed",
  ]) {
    expect(seen).toContain(type);
  }
  console.info(`${HISTORIES} histories: ${stops} STOPs, ${claims} hand-overs, ${crossings} crossings, ${seen.size} event types`);
});
