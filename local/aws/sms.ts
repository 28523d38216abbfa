import { randomUUID } from "node:crypto";
import { AwsError } from "./answer.ts";
import type { Carrier } from "./carrier.ts";
import type { Clock } from "./clock.ts";
import { keep } from "./kept.ts";
import type { Cloud } from "./template.ts";
import { list, object, type Properties, text } from "./values.ts";

/** A small End User Messaging SMS. */
export interface Sms {
  /**
   * @returns the result, and whether its answer never comes (0197)
   * @throws AwsError with the names and Reasons of the service
   */
  call(action: string, input: Properties): { result: Properties; silent?: boolean };
  flush(): void;
}

const PHONE = /^\+?[1-9][0-9]{1,18}$/;
const DEFAULT_LIST = "Default";
const ONCE_IN_MS = 30 * 24 * 3_600_000;

function invalid(field: string, message: string, reason = "INVALID_PARAMETER"): AwsError {
  return new AwsError("ValidationException", message, { Reason: reason, Fields: [{ Name: field, Message: message }] });
}

function notFound(type: string, id: string): AwsError {
  return new AwsError("ResourceNotFoundException", "Resource not found.", { ResourceType: type, ResourceId: id });
}

function within(input: Properties, field: string, from: number, to: number): void {
  const value = input[field];
  if (value === undefined) return;
  if (typeof value !== "number" || value < from || value > to) throw invalid(field, `${field} must be between ${from} and ${to}.`);
}

function destination(input: Properties, field: string): string {
  const number = text(input[field]);
  if (number === undefined) throw invalid(field, `${field} is required.`, "MISSING_PARAMETER");
  if (number.length > 20 || !PHONE.test(number)) throw invalid(field, `${field} is not a valid phone number.`);
  return number.startsWith("+") ? number : `+${number}`;
}

/** The limits of SendTextMessage: its API reference. */
function checkMessage(input: Properties): void {
  const body = text(input["MessageBody"]);
  if (body === undefined) throw invalid("MessageBody", "MessageBody is required.", "MISSING_PARAMETER");
  if (body.length > 1_600 || body.trim() === "")
    throw invalid("MessageBody", "MessageBody must have 1 to 1600 characters that are not all blank.");
  within(input, "TimeToLive", 5, 259_200);
  const price = text(input["MaxPrice"]);
  if (price !== undefined && !/^[0-9]{0,2}\.[0-9]{1,5}$/.test(price)) throw invalid("MaxPrice", "MaxPrice is not a price.");
  const type = text(input["MessageType"]);
  if (type !== undefined && type !== "TRANSACTIONAL" && type !== "PROMOTIONAL")
    throw invalid("MessageType", "MessageType is TRANSACTIONAL or PROMOTIONAL.");
  const context = Object.entries(object(input["Context"]));
  const fits = ([key, value]: [string, unknown]) =>
    /^\S{1,100}$/.test(key) && typeof value === "string" && /^\S(?:.{0,798}\S)?$/s.test(value);
  if (context.length > 5 || !context.every(fits))
    throw invalid("Context", "Context has at most 5 entries: keys of 1 to 100, values of 1 to 800 characters.");
}

/**
 * Opens End User Messaging over the numbers, opt-out lists and configuration sets of the templates. Opt-outs outlive the process with the
 * data. "Once in 30 days" counts on the simulated clock.
 */
export function openSms(cloud: Cloud, carrier: Carrier, clock: Clock, dataDir: string | undefined): Sms {
  const kept = keep<{ optedOut: Record<string, Record<string, number>>; removed: Record<string, number> }>(dataDir, "opt-outs.json", {
    optedOut: {},
    removed: {},
  });
  const numbers = cloud.resources("AWS::SMSVOICE::PhoneNumber");
  const lists = cloud.resources("AWS::SMSVOICE::OptOutList");
  const sets = cloud.resources("AWS::SMSVOICE::ConfigurationSet");

  const listOf = (input: Properties): { name: string; arn: string } => {
    const named = text(input["OptOutListName"]);
    if (named === undefined) throw invalid("OptOutListName", "OptOutListName is required.", "MISSING_PARAMETER");
    const found = lists.find(({ ref, arn }) => ref === named || arn === named);
    if (found === undefined && named !== DEFAULT_LIST) throw notFound("opt-out-list", named);
    return {
      name: found?.ref ?? DEFAULT_LIST,
      arn: found?.arn ?? `arn:aws:sms-voice:${cloud.region}:${cloud.account}:opt-out-list/${DEFAULT_LIST}`,
    };
  };
  const members = (name: string): Record<string, number> => {
    const present = kept.value.optedOut[name] ?? {};
    kept.value.optedOut[name] = present;
    return present;
  };
  const entry = (list_: { name: string; arn: string }, number: string, at: number): Properties => ({
    OptOutListArn: list_.arn,
    OptOutListName: list_.name,
    OptedOutNumber: number,
    OptedOutTimestamp: at / 1_000,
    EndUserOptedOut: false,
  });

  const send = (input: Properties): { result: Properties; silent?: boolean } => {
    const to = destination(input, "DestinationPhoneNumber");
    checkMessage(input);
    const named = text(input["OriginationIdentity"]);
    const origin = numbers.find(
      (number) => named === undefined || [number.arn, number.ref, number.attributes["PhoneNumber"]].includes(named),
    );
    if (origin === undefined && named !== undefined) throw notFound("phone-number", named);
    if (origin === undefined)
      throw new AwsError("ConflictException", "No origination identity can send this message.", {
        Reason: "NO_ORIGINATION_IDENTITIES_FOUND",
      });
    const setName = text(input["ConfigurationSetName"]);
    const configurationSet = sets.find(({ ref, arn }) => ref === setName || arn === setName);
    if (setName !== undefined && configurationSet === undefined) throw notFound("configuration-set", setName);
    const optOutList = text(origin.properties["OptOutListName"]) ?? DEFAULT_LIST;
    const listName = lists.find(({ arn }) => arn === optOutList)?.ref ?? optOutList;
    if (members(listName)[to] !== undefined) {
      throw new AwsError("ConflictException", "Destination phone number is opted out.", {
        Reason: "DESTINATION_PHONE_NUMBER_OPTED_OUT",
        ResourceType: "opt-out-list",
        ResourceId: listName,
      });
    }
    const messageId = randomUUID();
    if (input["DryRun"] === true) return { result: { MessageId: messageId } };
    carrier.accept({
      messageId,
      from: origin.attributes["PhoneNumber"] ?? "",
      to,
      body: String(input["MessageBody"]),
      messageType: text(input["MessageType"]) ?? "TRANSACTIONAL",
      context: Object.fromEntries(Object.entries(object(input["Context"])).map(([key, value]) => [key, String(value)])),
      configurationSet,
    });
    return { result: { MessageId: messageId }, silent: to.endsWith("0197") };
  };

  const put = (input: Properties): Properties => {
    const optOutList = listOf(input);
    const number = destination(input, "OptedOutNumber");
    const present = members(optOutList.name);
    present[number] ??= clock.now();
    kept.changed();
    return entry(optOutList, number, present[number]);
  };

  const remove = (input: Properties): Properties => {
    const optOutList = listOf(input);
    const number = destination(input, "OptedOutNumber");
    const present = members(optOutList.name);
    const at = present[number];
    if (at === undefined) throw notFound("opted-out-number", number);
    const last = kept.value.removed[number];
    if (last !== undefined && clock.now() - last < ONCE_IN_MS) {
      throw invalid(
        "OptedOutNumber",
        "The phone number was removed from an opt-out list within the last 30 days.",
        "PHONE_NUMBER_CANNOT_BE_OPTED_IN",
      );
    }
    delete present[number];
    kept.value.removed[number] = clock.now();
    kept.changed();
    return entry(optOutList, number, at);
  };

  const describe = (input: Properties): Properties => {
    const optOutList = listOf(input);
    const present = members(optOutList.name);
    const wanted = list(input["OptedOutNumbers"]).map(String);
    const missing = wanted.find((number) => present[number] === undefined);
    if (missing !== undefined) throw notFound("opted-out-number", missing);
    within(input, "MaxResults", 1, 100);
    const from = Number(text(input["NextToken"]) ?? 0);
    const size = Number(input["MaxResults"] ?? 100);
    const all = Object.entries(present).filter(([number]) => wanted.length === 0 || wanted.includes(number));
    const page = all
      .slice(from, from + size)
      .map(([number, at]) => ({ OptedOutNumber: number, OptedOutTimestamp: at / 1_000, EndUserOptedOut: false }));
    return {
      OptOutListArn: optOutList.arn,
      OptOutListName: optOutList.name,
      OptedOutNumbers: page,
      ...(from + size < all.length ? { NextToken: String(from + size) } : {}),
    };
  };

  const actions: Readonly<Record<string, (input: Properties) => { result: Properties; silent?: boolean }>> = {
    SendTextMessage: send,
    PutOptedOutNumber: (input) => ({ result: put(input) }),
    DeleteOptedOutNumber: (input) => ({ result: remove(input) }),
    DescribeOptedOutNumbers: (input) => ({ result: describe(input) }),
  };

  return {
    call: (action, input) => {
      const run = actions[action];
      if (run === undefined)
        throw new AwsError("UnknownOperationException", `The local stack's End User Messaging does not know ${action}.`);
      return run(input);
    },
    flush: kept.flush,
  };
}
