/**
 * The gate: ordered hooks, each a pure file that looks at the same facts and says allow, hold or refuse. Every hook runs
 * every time and every verdict stands in the decision record; the first refusal is the one that is told. The gate runs
 * when a text is accepted and again when it is about to leave, on what is true then.
 */
import type { Decision, Verdict } from "./decision.ts";
import { type Facts, type Hook, refuse } from "./hook.ts";
import { consent } from "./hooks/consent.ts";
import { ground } from "./hooks/ground.ts";
import { length } from "./hooks/length.ts";
import { number } from "./hooks/number.ts";
import { patient } from "./hooks/patient.ts";
import { scenario } from "./hooks/scenario.ts";
import { stage } from "./hooks/stage.ts";
import { time } from "./hooks/time.ts";

export const HOOKS: readonly Hook[] = [scenario, ground, consent, patient, number, length, time, stage];

/** Runs every hook on the facts. A hook that throws refuses: the gate fails closed. */
export function decide(facts: Facts, hooks: readonly Hook[] = HOOKS): Decision {
  const verdicts = hooks.map((hook) => ({ hook: hook.name, ...judged(hook, facts) }));
  const codes = verdicts.flatMap((each) => (each.verdict === "refuse" ? [each.code] : []));
  const until = Math.max(0, ...verdicts.map((each) => (each.verdict === "hold" ? each.until : 0)));
  return {
    at: facts.now,
    clinic: facts.clinic.hash,
    kind: facts.kind,
    outcome: codes.length > 0 ? "refuse" : until > 0 ? "hold" : "allow",
    ...(until > 0 ? { until } : {}),
    codes: [...new Set(codes)],
    hooks: verdicts.map((each) => ({ hook: each.hook, verdict: each.verdict, ...(each.verdict === "refuse" ? { code: each.code } : {}) })),
  };
}

function judged(hook: Hook, facts: Facts): Verdict {
  try {
    return hook.judge(facts);
  } catch {
    return refuse("rule-failed");
  }
}
