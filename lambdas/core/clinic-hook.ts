/** A clinic's own hook (docs/hooks.md): what it may answer, and how its answer becomes the gate's. */
import type { Verdict } from "./decision.ts";
import type { Facts, Hook } from "./hook.ts";

/** What a clinic's hook may answer. `reason` and `instead` are sentences for staff: no name, no number, nothing of the text. */
export type ClinicVerdict =
  | { readonly verdict: "allow" }
  | { readonly verdict: "warn"; readonly reason: string }
  /** Not before this instant (ms). */
  | { readonly verdict: "hold"; readonly until: number; readonly reason: string }
  | { readonly verdict: "refuse"; readonly reason: string; readonly instead: string };

/** What a file of `clinic/hooks/` exports by default. Pure: it looks at the facts and at nothing else. */
export interface ClinicHook {
  judge(facts: Facts): ClinicVerdict;
}

/** Long enough for a sentence. */
const SENTENCE = 200;

/**
 * The hook as the gate runs it, named `clinic:` and its file's name.
 * @throws what the hook throws, and where it answers something that is no verdict: the gate then refuses
 */
export function fromClinic(file: string, hook: ClinicHook): Hook {
  return {
    name: `clinic:${file}`,
    judge(facts): Verdict {
      const said = hook.judge(facts);
      switch (said.verdict) {
        case "allow":
          return { verdict: "allow" };
        case "warn":
          return { verdict: "warn", code: "clinic-note", reason: sentence(said.reason) };
        case "hold":
          if (!Number.isFinite(said.until)) throw new Error("a hold has no end");
          if (said.until <= facts.now) return { verdict: "allow" };
          return { verdict: "hold", until: said.until, code: "clinic-note", reason: sentence(said.reason) };
        case "refuse":
          return { verdict: "refuse", code: "clinic-rule", reason: sentence(said.reason), instead: sentence(said.instead) };
        default:
          throw new Error("not a verdict");
      }
    },
  };
}

function sentence(text: unknown): string {
  if (typeof text !== "string" || text.trim() === "") throw new Error("a verdict without its sentence");
  return text.slice(0, SENTENCE);
}
