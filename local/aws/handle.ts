import { type Answer, AwsError, DENIED, failure, INTERNAL } from "./answer.ts";
import type { ReadAsks } from "./asks.ts";
import type { Call, CallLog } from "./call-log.ts";
import type { Ending, Handle } from "./door.ts";
import type { Fault, Faults } from "./faults.ts";
import { type Grants, keyForm } from "./grants.ts";
import { identify, type Request } from "./identify.ts";
import { type Caller, type Identities, operatorMay } from "./identities.ts";
import { list } from "./values.ts";
import type { Waves } from "./waves.ts";

/** A simulated service: does one call. Throws AwsError for what the service itself refuses. */
export type Service = (request: Request) => Promise<Answer | "silence">;

/** What the door's handling of a call is made of. */
export interface Parts {
  readonly services: Readonly<Record<string, Service>>;
  readonly identities: Identities;
  readonly grants: Grants;
  readonly asks: ReadAsks;
  readonly faults: Faults;
  readonly log: CallLog;
  readonly waves: Waves;
  readonly crashed: (accessKeyId: string) => void;
  readonly stderr: (line: string) => void;
}

const roundOf = (caller: Caller) => `${caller.accessKeyId}/${caller.invocation ?? "-"}`;

/** What the caller's policy (or the resource's own) refuses of a request: in AWS's words for the caller, and whole for the person who looks. */
function refused({ grants, asks }: Parts, caller: Caller, request: Request): { message: string; whole: string } | undefined {
  const { role } = caller;
  if (role === undefined) {
    const action = `${request.service}:${request.action}`;
    const message = `User: operator is not authorized to perform: ${action}`;
    return operatorMay(action) ? undefined : { message, whole: action };
  }
  const roleArn = grants.roleArn(role);
  // Every ask is decided, also after a refusal: the report shall name all that is missing.
  const missing = asks(request, roleArn).filter((ask) => !grants.decide(caller.function, role, ask).allowed);
  const [first] = missing;
  if (first === undefined) return undefined;
  const message = `User: ${roleArn} is not authorized to perform: ${first.action} on resource: ${first.resource}`;
  return { message, whole: missing.map((ask) => `${ask.action} on ${ask.resource} ${keyForm(ask).keys ?? ""}`.trim()).join(", ") };
}

/** What DynamoDB answers when another transaction holds an item. */
function conflict({ action, input }: Request): Answer {
  if (!action.startsWith("Transact"))
    return failure("dynamodb", new AwsError("TransactionConflictException", "Transaction is ongoing for the item"));
  const reasons = list(input["TransactItems"]).map((_, index) =>
    index === 0 ? { Code: "TransactionConflict", Message: "Transaction is ongoing for the item" } : { Code: "None" },
  );
  const codes = reasons.map(({ Code }) => Code).join(", ");
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return failure("dynamodb", new AwsError("TransactionCanceledException", message, { CancellationReasons: reasons }));
}

function broken(service: string): Answer {
  return failure(
    service,
    new AwsError(INTERNAL[service] ?? "InternalFailure", "The service is unable to handle the request right now.", {}, 500),
  );
}

async function perform({ services, stderr }: Parts, request: Request): Promise<Answer | "silence"> {
  const service = services[request.service];
  if (service === undefined) {
    stderr(`local: a call to ${request.service} (${request.action}) was refused: the local stack has no such service`);
    return failure(request.service, new AwsError("UnknownOperationException", `The local stack has no service ${request.service}.`));
  }
  try {
    return await service(request);
  } catch (error) {
    if (error instanceof AwsError) return failure(request.service, error);
    stderr(`local: ${request.service} ${request.action} broke: ${error instanceof Error ? error.message : String(error)}`);
    return broken(request.service);
  }
}

/** Carries out a call under a fault: whether it is done at all, and what its caller hears of it. */
async function underFault(parts: Parts, caller: Caller, request: Request, fault: Fault): Promise<Ending> {
  const { service } = request;
  switch (fault.kind) {
    case "refuse":
      return fault.error === undefined
        ? broken(service)
        : failure(
            service,
            new AwsError(fault.error, "Refused by an injected fault.", fault.reason === undefined ? {} : { Reason: fault.reason }),
          );
    case "throttle":
      return failure(service, new AwsError("ThrottlingException", "Rate exceeded"));
    case "conflict":
      return conflict(request);
    case "hang":
      return "silence";
    case "lose-answer":
      await perform(parts, request);
      return broken(service);
    case "crash":
      if (fault.after === true) await perform(parts, request);
      caller.dead = true;
      parts.crashed(caller.accessKeyId);
      return "cut";
  }
}

async function decideAndDo(parts: Parts, caller: Caller, request: Request, call: Call): Promise<Ending> {
  const why = refused(parts, caller, request);
  if (why !== undefined) {
    call.decision = "denied";
    parts.stderr(`local: ${caller.function} was denied ${request.action}: its policy lacks ${why.whole}`);
    return failure(
      request.service,
      new AwsError(
        DENIED[request.service] ?? "AccessDeniedException",
        why.message,
        {},
        ["sns", "s3", "lambda"].includes(request.service) ? 403 : 400,
      ),
    );
  }
  const fault = parts.faults.meet(caller.function, request.service, request.action);
  if (fault === undefined) return perform(parts, request);
  call.fault = fault.kind;
  return underFault(parts, caller, request, fault);
}

/**
 * Handles the calls that come through the door: who is it, may they, what goes wrong, do it, write it down.
 * No input or output of a call is written anywhere.
 */
export function callHandler(parts: Parts): Handle {
  const { identities, log, waves } = parts;
  return async (head, body) => {
    const started = performance.now();
    const request = identify(head, body);
    if (typeof request === "string") return failure("kms", new AwsError("IncompleteSignature", request));
    const caller = identities.find(request.accessKeyId);
    if (caller === undefined) {
      const message = "The security token included in the request is invalid.";
      return failure(
        request.service,
        new AwsError(request.service === "sns" ? "InvalidClientTokenId" : "UnrecognizedClientException", message, {}, 403),
      );
    }
    if (caller.dead) return "cut";
    const { service, action } = request;
    const round = roundOf(caller);
    const call = log.open({ invocation: caller.invocation, function: caller.function, service, action, wave: waves.enter(round) });
    const ending = await decideAndDo(parts, caller, request, call);
    call.ms = Math.round((performance.now() - started) * 1_000) / 1_000;
    call.status = typeof ending === "string" ? 0 : ending.status;
    const released = waves.leave(round);
    if (typeof ending !== "string") await released;
    return ending;
  };
}
