/** One AWS call that went through the door. */
export interface Call {
  readonly n: number;
  readonly invocation: string | undefined;
  readonly function: string;
  readonly service: string;
  readonly action: string;
  /** The round of parallel calls within the invocation, from 1. */
  readonly wave: number;
  /** Real milliseconds in the door and behind it. Null while the call still runs. */
  ms: number | null;
  decision: "allowed" | "denied";
  /** The HTTP status; 0 when no answer was given. Null while the call still runs. */
  status: number | null;
  /** The injected fault that this call met. */
  fault?: string;
}

/** The calls so far. */
export interface CallLog {
  open(call: Omit<Call, "n" | "ms" | "status" | "decision">): Call;
  /** The calls whose number is greater than `n`, oldest first. */
  after(n: number): Call[];
}

/** Beyond this many the oldest are forgotten: a stack that runs for days must not fill its memory. */
const KEPT = 500_000;

/** Keeps the call log. No input or output of a call is kept: the log can be shown to anybody. */
export function createCallLog(): CallLog {
  let calls: Call[] = [];
  let n = 0;
  return {
    open: (call) => {
      n += 1;
      const entry: Call = { n, ...call, ms: null, decision: "allowed", status: null };
      calls.push(entry);
      if (calls.length > KEPT * 1.2) calls = calls.slice(-KEPT);
      return entry;
    },
    after: (last) => calls.slice(Math.max(0, last - ((calls[0]?.n ?? 1) - 1))),
  };
}
