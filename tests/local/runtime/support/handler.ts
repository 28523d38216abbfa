/**
 * The one bundle of the stand-in functions: it does what its event orders and writes down what it did, a line of JSON each,
 * into the file that JOURNAL names. Kept as text because it runs as a bundle does, outside this repository's modules.
 */
export const HANDLER = `
import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const note = (what) => appendFileSync(process.env.JOURNAL, JSON.stringify({ pid: process.pid, ...what }) + "\\n");

async function obey(order) {
  switch (order.do) {
    case "environment":
      return { environment: { ...process.env }, flags: process.execArgv };
    case "sleep":
      await sleep(order.ms);
      return { pid: process.pid, now: Date.now() };
    case "call": {
      const { SQSClient, GetQueueUrlCommand } = await import(process.env.SDK);
      const client = new SQSClient({ maxAttempts: 1 });
      return client.send(new GetQueueUrlCommand({ QueueName: order.queue })).then((answer) => answer.QueueUrl, (error) => error.name);
    }
    case "say":
      process.stdout.write(order.text);
      return {};
    case "throw":
      throw new Error(order.text);
    case "die":
      process.exit(3);
    case "hang":
      return new Promise(() => setTimeout(() => undefined, 60_000));
    default:
      return { pid: process.pid, now: Date.now() };
  }
}

async function records(event, context) {
  const orders = event.Records.map((record) => ({ id: record.messageId, record, ...JSON.parse(record.body) }));
  note({ kind: "begin", bodies: orders.map((order) => order.name), first: event.Records[0] });
  const batchItemFailures = [];
  for (const order of orders) {
    const again = order.record.attributes.ApproximateReceiveCount !== "1";
    if (order.do === "fail" || (order.do === "fail-once" && !again)) batchItemFailures.push({ itemIdentifier: order.id });
    else await obey(order);
  }
  note({ kind: "end", bodies: orders.map((order) => order.name) });
  return { batchItemFailures };
}

export async function handler(event, context) {
  if (event.Records) return records(event, context);
  if (event["detail-type"] === "Scheduled Event") {
    note({ kind: "scheduled", now: Date.now() });
    await new Promise((resolve) => setTimeout(resolve, 50));
    note({ kind: "scheduled-end" });
    return;
  }
  if (event.version === "2.0") {
    const answer = event.headers["x-answer"];
    if (answer === "throw") throw new Error("no answer");
    return answer === undefined ? { seen: event } : JSON.parse(answer);
  }
  return obey(event, context);
}
`;
