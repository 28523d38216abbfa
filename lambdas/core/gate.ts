/**
 * The gate: ordered hooks, each a pure file that looks at the same facts and says allow, warn, hold or refuse. Every hook runs
 * every time and every verdict stands in the decision record; the first refusal is the one that is told. The gate runs
 * when a text is accepted and again when it is about to leave, on what is true then.
 */
import type { Code } from "./codes.ts";
import { type Decision, type Line, type Saw, sentence, type Verdict } from "./decision.ts";
import { type Facts, type Hook, refuse } from "./hook.ts";
import { commercial } from "./hooks/commercial.ts";
import { consent } from "./hooks/consent.ts";
import { content } from "./hooks/content.ts";
import { ground } from "./hooks/ground.ts";
import { hours, zoneOf } from "./hooks/hours.ts";
import { length } from "./hooks/length.ts";
import { limits } from "./hooks/limits.ts";
import { number } from "./hooks/number.ts";
import { override } from "./hooks/override.ts";
import { patient } from "./hooks/patient.ts";
import { preview } from "./hooks/preview.ts";
import { scenario } from "./hooks/scenario.ts";
import { stage } from "./hooks/stage.ts";
import { time } from "./hooks/time.ts";
import { localDate, localTime } from "./hours.ts";
import type { Gate } from "./ports.ts";
import { rulesAt } from "./rules.ts";

export const HOOKS: readonly Hook[] = [
  scenario,
  ground,
  consent,
  patient,
  number,
  content,
  preview,
  length,
  time,
  hours,
  limits,
  commercial,
  stage,
  override,
];

/**
 * What an override may let pass: what the text says, when, how often, how sure we are of the number, and a consent that was never
 * asked for. Nothing else: not a STOP, a withdrawal, a refusal, a death, a wrong number, an identifier.
 */
const SOFT: ReadonlySet<Code> = new Set<Code>([
  "content-clinical",
  "content-sensitive",
  "content-link",
  "content-doubtful",
  "content-preview",
  "outside-hours",
  "expires-while-held",
  "limit-characters",
  "limit-day",
  "limit-week",
  "number-level",
  "consent-missing",
]);

/** The gate without a hook of the clinic's own and with nobody to tell when one fails. */
const PLAIN: Gate = { hooks: [], failed: () => undefined };

/** Runs every hook on the facts, the clinic's own last. A hook that throws refuses: the gate fails closed. */
export function decide(facts: Facts, { hooks: own, failed }: Gate = PLAIN, ours: readonly Hook[] = HOOKS): Decision {
  // Whoever may not override has overridden nothing.
  const passes = facts.override !== undefined && override.judge(facts).verdict === "allow";
  const lines: Line[] = [
    ...ours.map((hook) => lineOf(hook.name, judged(hook, facts, failed), passes)),
    ...own.map((hook) => ({ hook: hook.name, ...judged(hook, facts, failed) })),
  ];
  const codes = (verdict: Line["verdict"]): Code[] => [
    ...new Set(lines.flatMap((each) => (each.verdict === verdict && each.code ? [each.code] : []))),
  ];
  const [refusals, warnings, passed] = [codes("refuse"), codes("warn"), codes("overridden")];
  const until = Math.max(0, ...lines.map((each) => each.until ?? 0));
  const decision = {
    at: facts.now,
    clinic: facts.clinic.hash,
    kind: facts.kind,
    outcome: refusals.length > 0 ? ("refuse" as const) : until > 0 ? ("hold" as const) : ("allow" as const),
    ...(until > 0 ? { until } : {}),
    codes: refusals,
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(passed.length > 0 ? { overridden: passed } : {}),
    hooks: lines,
    saw: saw(facts),
  };
  const zone = zoneOf(facts);
  const when = until > 0 ? `${localDate(until, zone)} ${localTime(until, zone)}` : undefined;
  return { ...decision, says: sentence(decision, facts.scenario?.instead, when) };
}

/** A hook's line; what it refused or held stands as overridden where a person lets this text pass it. */
function lineOf(hook: string, verdict: Verdict, passes: boolean): Line {
  const stops = verdict.verdict === "refuse" || verdict.verdict === "hold";
  if (!passes || !stops || !SOFT.has(verdict.code)) return { hook, ...verdict };
  return { hook, verdict: "overridden", code: verdict.code };
}

function judged(hook: Hook, facts: Facts, failed: Gate["failed"]): Verdict {
  try {
    const verdict = hook.judge(facts);
    // What may leave only when it is of no use any more is refused now, while somebody can still phone.
    return verdict.verdict === "hold" && verdict.until >= facts.expiresAt ? refuse("expires-while-held") : verdict;
  } catch (error) {
    failed(hook.name, error);
    return refuse("hook-failed");
  }
}

/** The versions of what the hooks looked at. */
function saw({ clinic, now, scenario: written, template, number: record, patient: person, judged: words }: Facts): Saw {
  const agreed = written && person?.effective[written.purpose];
  return {
    ...(written ? { scenario: `${written.id}/${written.review}` } : {}),
    ...(template ? { template: `${template.id}/v${template.version}` } : {}),
    ...(agreed ? { wording: agreed.wording, consent: agreed.record } : {}),
    ...(record ? { number: { id: record.id, epoch: record.epoch, ver: record.ver } } : {}),
    ...(person ? { patient: { id: person.id, ver: person.ver } } : {}),
    rules: rulesAt(clinic, now).inForce,
    ...(words?.content ? { model: words.content.model } : {}),
  };
}
