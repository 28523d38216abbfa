import { GetItemCommand, PutItemCommand, QueryCommand, ScanCommand, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { DecryptCommand, DescribeKeyCommand, EncryptCommand, GenerateMacCommand, VerifyMacCommand } from "@aws-sdk/client-kms";
import {
  DeleteOptedOutNumberCommand,
  DescribeOptedOutNumbersCommand,
  PutOptedOutNumberCommand,
  SendTextMessageCommand,
} from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { PublishCommand } from "@aws-sdk/client-sns";
import { ChangeMessageVisibilityCommand, GetQueueAttributesCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type LocalAws, startAws } from "../../../local/aws/index.ts";
import { assembly, clinic } from "./support/assembly.ts";
import { manualClock } from "./support/clock.ts";
import { clients, refusal } from "./support/stack.ts";

const clock = manualClock();
const crashes: string[] = [];
let aws: LocalAws;
let worker: ReturnType<typeof clients>;
let operator: ReturnType<typeof clients>;
let accessKeyId: string;

beforeAll(async () => {
  aws = await startAws({ cdkOut: assembly(clinic()), dataDir: undefined, clock });
  const identity = aws.identity("receive-text", "Role", "1");
  accessKeyId = identity.accessKeyId;
  worker = clients(aws, identity);
  operator = clients(aws, aws.operator);
  aws.onCrash((key) => crashes.push(key));
}, 30_000);
afterAll(() => aws?.close());
afterEach(() => aws.faults.clear());

const table = () => aws.tables()[0] ?? "";
const arn = (id: string) => aws.cloud.resource(id)?.arn ?? "";
const url = (id: string) => aws.cloud.resource(id)?.ref ?? "";
const item = (pk: string, more = {}) => ({ PK: { S: pk }, SK: { S: "N" }, ...more });
const put = (pk: string, more = {}) =>
  new TransactWriteItemsCommand({
    TransactItems: [{ Put: { TableName: table(), Item: item(pk, more), ConditionExpression: "attribute_not_exists(PK)" } }],
  });
const read = (pk: string) => new GetItemCommand({ TableName: table(), Key: item(pk), ConsistentRead: true });
const lastCall = () => aws.calls(0).at(-1);
const receive = (id: string, max = 10) => aws.queues.receive(arn(id), max, "receive-text", "Role");
const drain = async (id: string) => {
  const records = await receive(id);
  for (const record of records) aws.queues.remove(arn(id), record.receiptHandle);
  return records;
};
const text = (to: string, more = {}) =>
  new SendTextMessageCommand({
    DestinationPhoneNumber: to,
    OriginationIdentity: arn("Number"),
    MessageBody: "Please call us.",
    ConfigurationSetName: "clinic",
    TimeToLive: 60,
    Context: { m: "01ABC" },
    ...more,
  });

describe("DynamoDB", () => {
  it("runs transactions and reads on the template's table", async () => {
    await worker.dynamo.send(put("N#1", { q: { S: "team" } }));
    expect((await worker.dynamo.send(read("N#1"))).Item).toMatchObject({ PK: { S: "N#1" } });
    const waiting = new QueryCommand({
      TableName: table(),
      IndexName: "queue",
      KeyConditionExpression: "#q = :q",
      ExpressionAttributeNames: { "#q": "q" },
      ExpressionAttributeValues: { ":q": { S: "team" } },
    });
    expect((await worker.dynamo.send(waiting)).Items).toHaveLength(1);
    expect((await operator.dynamo.send(new ScanCommand({ TableName: table() }))).Count).toBe(1);
    const { CancellationReasons: reasons } = await refusal(worker.dynamo.send(put("N#1")));
    expect(reasons?.[0]?.Code).toBe("ConditionalCheckFailed");
    expect((await aws.dump())[0]?.items).toHaveLength(1);
  });

  it("decides by partition key, index and transaction", async () => {
    expect((await refusal(worker.dynamo.send(read("P#1")))).name).toBe("AccessDeniedException");
    const query = (value: string) =>
      new QueryCommand({ TableName: table(), KeyConditionExpression: "PK = :p", ExpressionAttributeValues: { ":p": { S: value } } });
    await worker.dynamo.send(query("N#1"));
    expect((await refusal(worker.dynamo.send(query("P#1")))).name).toBe("AccessDeniedException");
    expect((await refusal(worker.dynamo.send(new PutItemCommand({ TableName: table(), Item: item("N#2") })))).name).toBe(
      "AccessDeniedException",
    );
    const both = new TransactWriteItemsCommand({
      TransactItems: [...(put("N#3").input.TransactItems ?? []), ...(put("P#3").input.TransactItems ?? [])],
    });
    expect((await refusal(worker.dynamo.send(both))).name).toBe("AccessDeniedException");
    expect((await worker.dynamo.send(read("N#3"))).Item).toBeUndefined();
    const remove = new TransactWriteItemsCommand({ TransactItems: [{ Delete: { TableName: table(), Key: item("N#1") } }] });
    expect((await refusal(worker.dynamo.send(remove))).message).toContain("dynamodb:DeleteItem");
    expect(lastCall()).toMatchObject({
      function: "receive-text",
      service: "dynamodb",
      action: "TransactWriteItems",
      decision: "denied",
      status: 400,
    });
    expect((await refusal(operator.dynamo.send(new PutItemCommand({ TableName: table(), Item: item("N#2") })))).name).toBe(
      "AccessDeniedException",
    );
  });
});

describe("KMS", () => {
  const EncryptionContext = { clinic: "c1", record: "r" };

  it("seals, and opens only under the same context", async () => {
    const sealed = await worker.kms.send(
      new EncryptCommand({ KeyId: arn("MessageKey"), Plaintext: Buffer.from("hello"), EncryptionContext }),
    );
    const open = (context: Record<string, string>) =>
      worker.kms.send(new DecryptCommand({ CiphertextBlob: sealed.CiphertextBlob, EncryptionContext: context }));
    expect(Buffer.from((await open({ record: "r", clinic: "c1" })).Plaintext ?? []).toString()).toBe("hello");
    expect(Buffer.from(sealed.CiphertextBlob ?? []).includes("hello")).toBe(false);
    expect((await refusal(open({ clinic: "c1", record: "other" }))).name).toBe("InvalidCiphertextException");
    expect((await refusal(open({ clinic: "c2", record: "r" }))).name).toBe("AccessDeniedException");
    const big = new EncryptCommand({ KeyId: arn("MessageKey"), Plaintext: Buffer.alloc(4097), EncryptionContext });
    expect((await refusal(worker.kms.send(big))).name).toBe("ValidationException");
    expect((await refusal(operator.kms.send(new DescribeKeyCommand({ KeyId: "nope" })))).name).toBe("NotFoundException");
  });

  it("makes and checks MACs", async () => {
    const make = (message: string) =>
      worker.kms.send(new GenerateMacCommand({ KeyId: arn("IndexKey"), MacAlgorithm: "HMAC_SHA_256", Message: Buffer.from(message) }));
    const [one, same, other] = [await make("a"), await make("a"), await make("b")];
    expect(one.Mac).toHaveLength(32);
    expect(one.Mac).toEqual(same.Mac);
    expect(one.Mac).not.toEqual(other.Mac);
    const verify = (mac: Uint8Array | undefined) =>
      operator.kms.send(
        new VerifyMacCommand({ KeyId: arn("IndexKey"), MacAlgorithm: "HMAC_SHA_256", Message: Buffer.from("a"), Mac: mac }),
      );
    expect((await verify(one.Mac)).MacValid).toBe(true);
    expect((await refusal(verify(other.Mac))).name).toBe("KMSInvalidMacException");
    const asSeal = new EncryptCommand({ KeyId: arn("IndexKey"), Plaintext: Buffer.from("x"), EncryptionContext });
    expect((await refusal(worker.kms.send(asSeal))).name).toBe("AccessDeniedException");
  });
});

describe("queues and topics", () => {
  it("send in order, once, and hide what is in flight", async () => {
    const send = (body: string, id = body) =>
      worker.sqs.send(
        new SendMessageCommand({ QueueUrl: url("Replies"), MessageBody: body, MessageGroupId: "g", MessageDeduplicationId: id }),
      );
    await send("1");
    await send("again", "1");
    await send("2");
    const [first, ...none] = await receive("Replies");
    expect(first).toMatchObject({
      body: "1",
      eventSource: "aws:sqs",
      eventSourceARN: arn("Replies"),
      attributes: { MessageGroupId: "g", ApproximateReceiveCount: "1" },
    });
    expect(none).toEqual([]);
    expect(aws.queues.list().find(({ arn: queue }) => queue === arn("Replies"))).toMatchObject({
      fifo: true,
      visible: 1,
      inflight: 1,
      delayed: 0,
    });
    await worker.sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: url("Replies"), ReceiptHandle: first?.receiptHandle, VisibilityTimeout: 0 }),
    );
    const [back] = await receive("Replies");
    expect(back).toMatchObject({ body: "1", attributes: { ApproximateReceiveCount: "2" } });
    aws.queues.remove(arn("Replies"), back?.receiptHandle ?? "");
    expect((await drain("Replies")).map(({ body }) => body)).toEqual(["2"]);
    expect((await refusal(worker.sqs.send(new SendMessageCommand({ QueueUrl: url("InboundQueue"), MessageBody: "x" })))).name).toMatch(
      /AccessDenied/,
    );
    expect(
      (await operator.sqs.send(new GetQueueAttributesCommand({ QueueUrl: url("Replies"), AttributeNames: ["All"] }))).Attributes,
    ).toMatchObject({ QueueArn: arn("Replies") });
  });

  it("move a message that fails too often to the dead letters", async () => {
    await operator.sqs.send(new SendMessageCommand({ QueueUrl: url("InboundQueue"), MessageBody: "poison" }));
    for (const _ of [1, 2])
      for (const record of await receive("InboundQueue")) aws.queues.changeVisibility(arn("InboundQueue"), record.receiptHandle, 0);
    expect(await receive("InboundQueue")).toEqual([]);
    expect(await aws.queueDump()).toMatchObject([{ queue: "Gateway-DeadLetters", state: "visible", body: "poison" }]);
    expect(aws.queues.list().find(({ name }) => name === "Gateway-DeadLetters")?.dlqOf).toEqual([arn("InboundQueue")]);
  });

  it("are polled only by a function whose role allows it", async () => {
    await expect(aws.queues.receive(arn("DeadLetters"), 1, "receive-text", "Role")).rejects.toThrow("does not allow sqs:ReceiveMessage");
  });

  it("keep what a topic would have mailed", async () => {
    await worker.sns.send(new PublishCommand({ TopicArn: arn("Look"), Subject: "Look", Message: "A text waits." }));
    expect(aws.mails()).toMatchObject([{ topic: arn("Look"), subject: "Look", body: "A text waits." }]);
    expect((await refusal(worker.sns.send(new PublishCommand({ TopicArn: arn("Inbound"), Message: "x" })))).name).toMatch(
      /AuthorizationError/,
    );
  });
});

describe("inbound texts", () => {
  it("arrive in the carrier's JSON inside the SNS envelope", async () => {
    const at = Date.UTC(2026, 0, 2, 3, 4, 5);
    const { inboundMessageId } = await aws.handsets.text("+14035550111", "Ça va?", { at, messageId: "sns-1" });
    const [record] = await drain("InboundQueue");
    const envelope = JSON.parse(record?.body ?? "") as Record<string, string>;
    expect(envelope).toMatchObject({
      Type: "Notification",
      MessageId: "sns-1",
      TopicArn: arn("Inbound"),
      Timestamp: "2026-01-02T03:04:05.000Z",
    });
    expect(JSON.parse(envelope["Message"] ?? "")).toEqual({
      originationNumber: "+14035550111",
      destinationNumber: aws.cloud.resource("Number")?.attributes["PhoneNumber"],
      messageKeyword: "KEYWORD_000000000000",
      messageBody: "Ça va?",
      inboundMessageId,
    });
  });

  it("may come twice, under one inbound id", async () => {
    await aws.handsets.text("+14035550111", "STOP", { duplicate: true, inboundMessageId: "same" });
    const records = await drain("InboundQueue");
    const envelopes = records.map(({ body }) => JSON.parse(body) as Record<string, string>);
    expect(new Set(envelopes.map((envelope) => envelope["MessageId"])).size).toBe(2);
    expect(envelopes.map((envelope) => (JSON.parse(envelope["Message"] ?? "") as { inboundMessageId: string }).inboundMessageId)).toEqual([
      "same",
      "same",
    ]);
  });
});

describe("outbound texts", () => {
  const events = async () =>
    (await drain("DeliveryQueue")).map(
      ({ body }) => JSON.parse((JSON.parse(body) as { Message: string }).Message) as Record<string, unknown>,
    );

  it("reach the handset, and their receipts follow on the simulated clock", async () => {
    const { MessageId } = await worker.sms.send(text("+14035550122"));
    expect(aws.handsets.inbox("+14035550122")).toMatchObject([{ body: "Please call us.", messageId: MessageId }]);
    expect(aws.handsets.all()).toContain("+14035550122");
    expect(await events()).toEqual([]);
    expect(aws.pending()).toEqual({ carrier: 2, nextAt: clock.now() + 250 });
    clock.advance(2_000);
    expect(await events()).toMatchObject([
      {
        eventType: "TEXT_SUCCESSFUL",
        isFinal: false,
        messageId: MessageId,
        context: { m: "01ABC" },
        destinationPhoneNumber: "+14035550122",
        messageEncoding: "GSM",
        totalMessageParts: 1,
      },
      { eventType: "TEXT_DELIVERED", isFinal: true, messageId: MessageId, messageStatus: "DELIVERED" },
    ]);
    expect(aws.pending()).toEqual({ carrier: 0 });
  });

  it.each([
    ["+14035550199", ["TEXT_UNREACHABLE"], 0],
    ["+14035550198", ["TEXT_CARRIER_BLOCKED"], 0],
    ["+14035550196", ["TEXT_DELIVERED", "TEXT_SUCCESSFUL"], 1],
    ["+14035550195", [], 1],
  ])("to %s end as its last digits say", async (to, expected, received) => {
    await worker.sms.send(text(to));
    clock.advance(3_600_000);
    const seen = await events();
    expect(seen.map((event) => event["eventType"])).toEqual(expected);
    expect(aws.handsets.inbox(to)).toHaveLength(received);
  });

  it("to 0197 are accepted, and the answer never comes", async () => {
    expect((await refusal(worker.sms.send(text("+14035550197")))).name).toBe("TimeoutError");
    expect(aws.handsets.inbox("+14035550197")).toHaveLength(1);
    expect(lastCall()).toMatchObject({ action: "SendTextMessage", status: 0 });
    clock.advance(2_000);
    expect(await events()).toHaveLength(2);
  });

  it.each([
    ["a body of 1,601 characters", { MessageBody: "x".repeat(1_601) }, "ValidationException", "INVALID_PARAMETER"],
    ["a blank body", { MessageBody: "  \n" }, "ValidationException", "INVALID_PARAMETER"],
    ["no body", { MessageBody: undefined }, "ValidationException", "MISSING_PARAMETER"],
    ["a number that is none", { DestinationPhoneNumber: "+0403" }, "ValidationException", "INVALID_PARAMETER"],
    ["too short a life", { TimeToLive: 4 }, "ValidationException", "INVALID_PARAMETER"],
    ["six context entries", { Context: { a: "1", b: "1", c: "1", d: "1", e: "1", f: "1" } }, "ValidationException", "INVALID_PARAMETER"],
    ["an unknown configuration set", { ConfigurationSetName: "other" }, "ResourceNotFoundException", undefined],
    ["another origination", { OriginationIdentity: "+15005550006" }, "AccessDeniedException", undefined],
  ])("are refused with %s", async (_, more, name, reason) => {
    const error = await refusal(worker.sms.send(text("+14035550133", more)));
    expect([error.name, error.Reason]).toEqual([name, reason]);
    expect(aws.handsets.inbox("+14035550133")).toEqual([]);
  });

  it("are checked but not sent in a dry run", async () => {
    expect((await worker.sms.send(text("+14035550134", { DryRun: true }))).MessageId).toBeTruthy();
    expect(aws.handsets.inbox("+14035550134")).toEqual([]);
  });

  it("are refused to an opted-out number, which may be taken off the list once in 30 days", async () => {
    const number = { OptOutListName: "clinic", OptedOutNumber: "+14035550135" };
    const remove = () => worker.sms.send(new DeleteOptedOutNumberCommand(number));
    const add = () => worker.sms.send(new PutOptedOutNumberCommand(number));
    expect((await refusal(remove())).name).toBe("ResourceNotFoundException");
    await add();
    expect((await operator.sms.send(new DescribeOptedOutNumbersCommand({ OptOutListName: "clinic" }))).OptedOutNumbers).toMatchObject([
      { OptedOutNumber: "+14035550135" },
    ]);
    const stopped = await refusal(worker.sms.send(text("+14035550135")));
    expect([stopped.name, stopped.Reason]).toEqual(["ConflictException", "DESTINATION_PHONE_NUMBER_OPTED_OUT"]);
    await remove();
    await worker.sms.send(text("+14035550135"));
    await add();
    expect((await refusal(remove())).Reason).toBe("PHONE_NUMBER_CANNOT_BE_OPTED_IN");
    clock.advance(31 * 24 * 3_600_000);
    await remove();
    await drain("DeliveryQueue");
  });
});

describe("faults", () => {
  const transact = { service: "dynamodb", action: "TransactWriteItems" };

  it("refuse the nth call, so many times", async () => {
    aws.faults.add({ function: "receive-text", ...transact, nth: 2, times: 2, kind: "refuse" });
    await worker.dynamo.send(put("N#f1"));
    expect((await refusal(worker.dynamo.send(put("N#f2")))).name).toBe("InternalServerError");
    await refusal(worker.dynamo.send(put("N#f2")));
    expect((await worker.dynamo.send(read("N#f2"))).Item).toBeUndefined();
    await worker.dynamo.send(put("N#f2"));
    expect(aws.calls(0).filter(({ fault }) => fault === "refuse")).toHaveLength(2);
  });

  it("lose the answer of a call that was done", async () => {
    aws.faults.add({ ...transact, kind: "lose-answer" });
    expect((await refusal(worker.dynamo.send(put("N#f3")))).name).toBe("InternalServerError");
    expect((await worker.dynamo.send(read("N#f3"))).Item).toBeDefined();
    aws.faults.add({ service: "sms-voice", kind: "lose-answer" });
    expect((await refusal(worker.sms.send(text("+14035550140")))).name).toBe("InternalServerException");
    expect(aws.handsets.inbox("+14035550140")).toHaveLength(1);
  });

  it("beat the SDK's own attempts only when told to", async () => {
    const patient = clients(aws, aws.identity("receive-text", "Role", "2"), 3);
    const mac = () =>
      patient.kms.send(new GenerateMacCommand({ KeyId: arn("IndexKey"), MacAlgorithm: "HMAC_SHA_256", Message: Buffer.from("a") }));
    aws.faults.add({ service: "kms", kind: "throttle", times: 2 });
    await mac();
    aws.faults.add({ service: "kms", kind: "throttle", times: 3 });
    expect((await refusal(mac())).name).toBe("ThrottlingException");
  });

  it("conflict as DynamoDB does", async () => {
    aws.faults.add({ ...transact, kind: "conflict" });
    const error = await refusal(worker.dynamo.send(put("N#f4")));
    expect([error.name, error.CancellationReasons?.[0]?.Code]).toEqual(["TransactionCanceledException", "TransactionConflict"]);
    await worker.dynamo.send(put("N#f4"));
  });

  it("hang until the client gives up, and crash the worker", async () => {
    aws.faults.add({ service: "sqs", kind: "hang" });
    const send = () =>
      worker.sqs.send(
        new SendMessageCommand({ QueueUrl: url("Replies"), MessageBody: "x", MessageGroupId: "h", MessageDeduplicationId: "h" }),
      );
    expect((await refusal(send())).name).toBe("TimeoutError");
    aws.faults.add({ service: "sqs", kind: "crash" });
    await refusal(send());
    expect(crashes).toEqual([accessKeyId]);
    await refusal(send()); // its process may still live for a moment, and try again
    expect(await drain("Replies")).toEqual([]);
    aws.invocation(accessKeyId, "next");
    aws.faults.add({ service: "sqs", kind: "crash", after: true });
    await refusal(send());
    expect(await drain("Replies")).toHaveLength(1);
    aws.invocation(accessKeyId, "next");
    aws.invocation(accessKeyId, undefined);
  });

  it("name the error that a test wants", async () => {
    aws.faults.add({
      service: "sms-voice",
      kind: "refuse",
      error: "ServiceQuotaExceededException",
      reason: "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT",
    });
    const error = await refusal(worker.sms.send(text("+14035550141")));
    expect([error.name, error.Reason]).toEqual(["ServiceQuotaExceededException", "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT"]);
    expect(() => aws.faults.add({ kind: "explode" as "hang" })).toThrow("a fault's kind is one of");
    expect(() => aws.faults.add({ kind: "conflict", service: "kms" })).toThrow("only a DynamoDB call");
  });
});

describe("the call log", () => {
  it("numbers an invocation's rounds of parallel calls", async () => {
    aws.waves = true;
    try {
      aws.invocation(accessKeyId, "i-1");
      const from = lastCall()?.n ?? 0;
      await Promise.all([worker.dynamo.send(read("N#w1")), worker.dynamo.send(read("N#w2"))]);
      await worker.dynamo.send(read("N#w3"));
      await Promise.all([
        worker.dynamo.send(read("N#w4")),
        worker.kms.send(new GenerateMacCommand({ KeyId: arn("IndexKey"), MacAlgorithm: "HMAC_SHA_256", Message: Buffer.from("a") })),
      ]);
      const calls = aws.calls(from);
      expect(calls.map(({ wave }) => wave)).toEqual([1, 1, 2, 3, 3]);
      expect(calls.map(({ n }) => n - from)).toEqual([1, 2, 3, 4, 5]);
      expect(calls[0]).toMatchObject({
        invocation: "i-1",
        function: "receive-text",
        service: "dynamodb",
        action: "GetItem",
        decision: "allowed",
        status: 200,
      });
      aws.invocation(accessKeyId, "i-2");
      await worker.dynamo.send(read("N#w1"));
      expect(lastCall()).toMatchObject({ invocation: "i-2", wave: 1 });
    } finally {
      aws.waves = false;
      aws.invocation(accessKeyId, undefined);
    }
  });

  it("lets nobody in without a key that was given out", async () => {
    const stranger = clients(aws, { accessKeyId: "LOCALNOBODY", secretAccessKey: "x" });
    expect((await refusal(stranger.dynamo.send(read("N#1")))).name).toBe("UnrecognizedClientException");
  });

  it("sums up in the policy report what no flow used and what was denied", async () => {
    const { unused, used, denied, elsewhere } = aws.policyReport();
    const granted = (action: string, keys: string, resource = arn("State")) => ({ function: "receive-text", action, resource, keys });
    const index = `${arn("State")}/index/*`;
    expect(unused).toEqual([
      granted("dynamodb:GetItem", "team"),
      granted("dynamodb:GetItem", "N#*", index),
      granted("dynamodb:GetItem", "team", index),
      granted("dynamodb:Query", "team"),
      granted("dynamodb:Query", "N#*", index),
      granted("dynamodb:ConditionCheckItem", "N#*"),
      granted("dynamodb:UpdateItem", "N#*"),
    ]);
    expect(used).toContainEqual(granted("dynamodb:Query", "team", index));
    expect(used).toContainEqual({ function: "receive-text", action: "kms:GenerateMac", resource: arn("IndexKey") });
    expect(denied).toContainEqual({ ...granted("dynamodb:DeleteItem", "N#*"), times: 1 });
    expect(elsewhere.map(({ action }) => action)).toEqual([
      "logs:CreateLogGroup",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "xray:PutTraceSegments",
    ]);
  });
});
