import { mkdtempSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { GetItemCommand, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { DecryptCommand, EncryptCommand } from "@aws-sdk/client-kms";
import { PutOptedOutNumberCommand, SendTextMessageCommand } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { type LocalAws, startAws } from "../../../local/aws/index.ts";
import { startDynamoProcess } from "../../../local/aws/java.ts";
import { assembly, clinic } from "./support/assembly.ts";
import { manualClock } from "./support/clock.ts";
import { clients, refusal } from "./support/stack.ts";

const folder = () => mkdtempSync(join(tmpdir(), "local-aws-"));

/** A stand-in for a java command. */
function fakeJava(script: string): string {
  const file = join(folder(), "java");
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

describe("starting", () => {
  const start = (options: Partial<Parameters<typeof startAws>[0]>) =>
    startAws({ cdkOut: assembly(clinic()), dataDir: undefined, clock: manualClock(), ...options });

  it("says in one sentence that Java is missing, too old or broken", async () => {
    await expect(start({ java: "/nowhere/java" })).rejects.toThrow(/^Java was not found: install Java 17/);
    await expect(start({ java: fakeJava(`echo 'openjdk version "11.0.2"' >&2; exit 1`) })).rejects.toThrow(/^Java 11 is too old/);
    await expect(start({ java: fakeJava(`echo 'version "21.0.2" out of luck' >&2; exit 1`) })).rejects.toThrow(
      /^DynamoDB Local did not start: .*out of luck/,
    );
  });

  it("says what in the templates it does not know, and leaves nothing running", async () => {
    const stacks = clinic((resources) => {
      resources["Bucket"] = { Type: "AWS::SSM::Parameter" };
    });
    await expect(start({ cdkOut: assembly(stacks) })).rejects.toThrow(
      "Gateway / Bucket (AWS::SSM::Parameter): the local stack does not know this resource type",
    );
    await expect(start({ cdkOut: folder() })).rejects.toThrow("run `npm run synth` first");
  });

  it("listens on the loopback interface only", async () => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((address) => address !== undefined && !address.internal && address.family === "IPv4");
    const reaches = (host: string, port: number) =>
      new Promise<boolean>((resolve) => {
        const socket = createConnection({ host, port, timeout: 2_000 });
        const done = (reached: boolean) => {
          socket.destroy();
          resolve(reached);
        };
        socket
          .once("connect", () => done(true))
          .once("error", () => done(false))
          .once("timeout", () => done(false));
      });
    const dynamo = await startDynamoProcess(undefined);
    try {
      expect(await reaches("127.0.0.1", dynamo.port)).toBe(true);
      if (outside !== undefined) expect(await reaches(outside.address, dynamo.port)).toBe(false);
    } finally {
      await dynamo.stop();
    }
    expect(await reaches("127.0.0.1", dynamo.port)).toBe(false);
  });
});

describe("kept data", () => {
  const cdkOut = assembly(clinic());
  const arn = (aws: LocalAws, id: string) => aws.cloud.resource(id)?.arn ?? "";
  const url = (aws: LocalAws, id: string) => aws.cloud.resource(id)?.ref ?? "";
  const EncryptionContext = { clinic: "c1" };
  const text = (aws: LocalAws, to: string) =>
    new SendTextMessageCommand({
      DestinationPhoneNumber: to,
      OriginationIdentity: arn(aws, "Number"),
      MessageBody: "Hello",
      ConfigurationSetName: "clinic",
    });

  it("outlive a restart: items, messages, keys, handsets, opt-outs and what the carrier still owes", async () => {
    const dataDir = folder();
    const clock = manualClock();
    const first = await startAws({ cdkOut, dataDir, clock });
    const worker = clients(first, first.identity("receive-text", "Role", "1"));
    const Item = { PK: { S: "N#1" }, SK: { S: "N" } };
    await worker.dynamo.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName: first.tables()[0], Item } }] }));
    await worker.sqs.send(
      new SendMessageCommand({ QueueUrl: url(first, "Replies"), MessageBody: "kept", MessageGroupId: "g", MessageDeduplicationId: "d" }),
    );
    const sealed = await worker.kms.send(
      new EncryptCommand({ KeyId: arn(first, "MessageKey"), Plaintext: Buffer.from("kept"), EncryptionContext }),
    );
    await worker.sms.send(text(first, "+14035550101"));
    await worker.sms.send(new PutOptedOutNumberCommand({ OptOutListName: "clinic", OptedOutNumber: "+14035550102" }));
    await first.close();

    const second = await startAws({ cdkOut, dataDir, clock });
    try {
      const again = clients(second, second.identity("receive-text", "Role", "1"));
      expect((await again.dynamo.send(new GetItemCommand({ TableName: second.tables()[0], Key: Item }))).Item).toEqual(Item);
      expect((await second.queues.receive(arn(second, "Replies"), 1, "receive-text", "Role")).map(({ body }) => body)).toEqual(["kept"]);
      await again.sqs.send(
        new SendMessageCommand({ QueueUrl: url(second, "Replies"), MessageBody: "new", MessageGroupId: "h", MessageDeduplicationId: "e" }),
      );
      const opened = await again.kms.send(new DecryptCommand({ CiphertextBlob: sealed.CiphertextBlob, EncryptionContext }));
      expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe("kept");
      expect(second.handsets.inbox("+14035550101")).toHaveLength(1);
      expect((await refusal(again.sms.send(text(second, "+14035550102")))).Reason).toBe("DESTINATION_PHONE_NUMBER_OPTED_OUT");
      expect(second.pending().carrier).toBe(2);
      clock.advance(5_000);
      expect(second.pending().carrier).toBe(0);
      expect(await second.queues.receive(arn(second, "DeliveryQueue"), 10, "receive-text", "Role")).toHaveLength(2);
    } finally {
      await second.close();
    }
  });

  it("stop the start when the table they were kept for has changed", async () => {
    const dataDir = folder();
    await (await startAws({ cdkOut, dataDir, clock: manualClock() })).close();
    const changed = clinic((resources) => {
      Object.assign(resources["State"]?.Properties ?? {}, { GlobalSecondaryIndexes: [] });
    });
    await expect(startAws({ cdkOut: assembly(changed), dataDir, clock: manualClock() })).rejects.toThrow(
      "remove the data folder to start afresh",
    );
  });
});
