/** What goes wrong with a call. */
export type FaultKind = "refuse" | "lose-answer" | "hang" | "throttle" | "conflict" | "crash";

/** An order to let calls go wrong. What is left out matches everything. */
export interface Fault {
  readonly function?: string | undefined;
  readonly service?: string | undefined;
  readonly action?: string | undefined;
  /** From which matching call on, counted from when the fault was added; 1 is the next one. */
  readonly nth?: number | undefined;
  /** How many calls in a row: more than the SDK's own attempts, to get past them. */
  readonly times?: number | undefined;
  readonly kind: FaultKind;
  /** `refuse` only: the service's error name, where its usual internal error is not what a test wants. */
  readonly error?: string | undefined;
  /** `refuse` only: the error's Reason, as End User Messaging gives one. */
  readonly reason?: string | undefined;
  /** `crash` only: the worker dies after the call was done, not before. */
  readonly after?: boolean | undefined;
}

/** The faults in force. */
export interface Faults {
  /** @throws Error in a plain sentence for a fault that could never happen. */
  add(fault: Fault): void;
  clear(): void;
  /** Counts this call, and returns the fault that meets it. */
  meet(functionName: string, service: string, action: string): Fault | undefined;
}

const KINDS: readonly string[] = ["refuse", "lose-answer", "hang", "throttle", "conflict", "crash"] satisfies FaultKind[];
const SERVICES = ["dynamodb", "kms", "lambda", "mobiletargeting", "s3", "sqs", "sns", "sms-voice"];
const ALIASES: Readonly<Record<string, string>> = { sms: "sms-voice", "pinpoint-sms-voice-v2": "sms-voice" };

function check(fault: Fault): void {
  if (!KINDS.includes(fault.kind)) throw new Error(`a fault's kind is one of ${KINDS.join(", ")}`);
  if (fault.service !== undefined && !SERVICES.includes(fault.service))
    throw new Error(`a fault's service is one of ${SERVICES.join(", ")}`);
  for (const [name, value] of [
    ["nth", fault.nth],
    ["times", fault.times],
  ] as const) {
    if (value !== undefined && !(Number.isInteger(value) && value >= 1)) throw new Error(`a fault's ${name} is a whole number from 1`);
  }
  if (fault.kind === "conflict" && fault.service !== undefined && fault.service !== "dynamodb")
    throw new Error("only a DynamoDB call can meet a conflict");
}

/** Keeps the faults that tests and people have ordered, and counts the calls they match. */
export function createFaults(): Faults {
  let entries: { fault: Fault; met: number }[] = [];
  return {
    add: (given) => {
      const service = given.service === undefined ? undefined : (ALIASES[given.service] ?? given.service);
      const fault = { ...given, service };
      check(fault);
      entries.push({ fault, met: 0 });
    },
    clear: () => {
      entries = [];
    },
    meet: (functionName, service, action) => {
      let hit: Fault | undefined;
      for (const entry of entries) {
        const { fault } = entry;
        if (fault.function !== undefined && fault.function !== functionName) continue;
        if (fault.service !== undefined && fault.service !== service) continue;
        if (fault.action !== undefined && fault.action !== action) continue;
        if (fault.kind === "conflict" && service !== "dynamodb") continue;
        entry.met += 1;
        const first = fault.nth ?? 1;
        if (hit === undefined && entry.met >= first && entry.met < first + (fault.times ?? 1)) hit = fault;
      }
      entries = entries.filter(({ fault, met }) => met < (fault.nth ?? 1) + (fault.times ?? 1) - 1);
      return hit;
    },
  };
}
