import { Logger } from "@aws-lambda-powertools/logger";

const logger = new Logger({ logLevel: "INFO" });

/** What a log line may hold. No member takes a text, a number, a body or an error's message: names, codes and counts only. */
interface Line {
  readonly request?: string;
  readonly route?: string;
  readonly status?: number;
  readonly code?: string;
  readonly ms?: number;
  readonly count?: number;
  readonly failed?: number;
  readonly drift?: number;
  readonly alarms?: number;
  readonly unwitnessed?: number;
  readonly hook?: string;
  readonly error?: string;
  /** Where it was thrown: function names and line numbers, no message. */
  readonly at?: string;
}

export const log = (what: string, line: Line = {}): void => logger.info(what, { ...line });

/** An unexpected error, without its message: SDK errors quote their input. */
export function logError(what: string, error: unknown, line: Line = {}): void {
  const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: "" };
  const at = (stack ?? "")
    .split("\n")
    .filter((each) => each.trimStart().startsWith("at "))
    .slice(0, 6)
    .join(" ");
  logger.error(what, { ...line, error: name, at });
}
