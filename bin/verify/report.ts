/** What a verification found, in the order of its steps, and in words that promise no more than was checked. */

/**
 * `contradiction`: two things that should agree do not. `unchecked`: a key or a form is not known here. `incomplete`: what
 * should be there is not. `alarm`: the log is whole, and itself records that something was wrong.
 */
export type Kind = "contradiction" | "unchecked" | "incomplete" | "alarm";

export const STEPS = ["files", "checkpoint", "leaves", "tree", "consistency", "chains", "heads", "alarms"] as const;
export type Step = (typeof STEPS)[number];

export interface Finding {
  readonly kind: Kind;
  readonly step: Step;
  readonly says: string;
  /** The leaf that it is about. */
  readonly index: number | undefined;
}

/** Exit codes of the command; 64 is a mistake in how it was called. */
export const EXIT = { proven: 0, contradiction: 1, incomplete: 2, unchecked: 3, alarm: 4, usage: 64 } as const;

export interface Report {
  readonly rows: readonly { readonly step: Step; readonly says: string }[];
  readonly findings: readonly Finding[];
  readonly notProven: readonly string[];
  /** A line of what was checked and held. */
  row(step: Step, says: string): void;
  find(kind: Kind, step: Step, says: string, index?: number): void;
  unproven(says: string): void;
  has(kind: Kind, ...steps: readonly Step[]): boolean;
}

/** Findings that are kept of one step and kind; what cascades from one cause should not bury it. */
const MOST = 1000;

export function report(): Report {
  const rows: { step: Step; says: string }[] = [];
  const findings: Finding[] = [];
  const notProven: string[] = [];
  return {
    rows,
    findings,
    notProven,
    row: (step, says) => {
      rows.push({ step, says });
    },
    find: (kind, step, says, index) => {
      if (findings.filter((each) => each.step === step && each.kind === kind).length < MOST) findings.push({ kind, step, says, index });
    },
    unproven: (says) => {
      if (!notProven.includes(says)) notProven.push(says);
    },
    has: (kind, ...steps) => findings.some((each) => each.kind === kind && (steps.length === 0 || steps.includes(each.step))),
  };
}

export interface Verdict {
  readonly exit: number;
  readonly result: string;
  /** The first leaf that the verdict is about, where it is about one. */
  readonly first: number | undefined;
}

/** What weighs most decides: a contradiction, then what could not be checked, then what is missing, then alarms. */
export function verdict({ findings }: Report): Verdict {
  const of = (kind: Kind): readonly Finding[] => findings.filter((each) => each.kind === kind);
  const alarms = of("alarm").length;
  const recorded = alarms === 0 ? "" : `, ${alarms} ALARM${alarms === 1 ? "" : "S"} RECORDED`;
  for (const [kind, words] of [
    ["contradiction", "CONTRADICTION"],
    ["unchecked", "NOT CHECKED"],
    ["incomplete", "INCOMPLETE"],
    ["alarm", "INTACT"],
  ] as const) {
    const found = of(kind);
    if (found.length === 0) continue;
    // A file that is not the one that was signed names no leaf; what else is wrong with it may.
    const silent = kind === "contradiction" && found.every(({ index }) => index === undefined);
    const named = silent ? findings.filter((each) => each.kind === "incomplete") : found;
    const indices = named.flatMap(({ index }) => (index === undefined ? [] : [index]));
    const first = indices.length === 0 ? undefined : indices.reduce((a, b) => Math.min(a, b));
    const place = first === undefined || kind === "alarm" ? "" : `, first at leaf ${first}`;
    return { exit: EXIT[kind], result: `${words}${place}${recorded}`, first };
  }
  return { exit: EXIT.proven, result: "INTACT", first: undefined };
}

export const count = (n: number): string => n.toLocaleString("en-US");
export const some = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;
