import { Agent, request as httpRequest } from "node:http";
import type { Answer } from "./answer.ts";
import { type DynamoProcess, startDynamoProcess } from "./java.ts";
import type { Cloud, Resource } from "./template.ts";
import { list, object, type Properties } from "./values.ts";

/** The tables of the cloud, in AWS's own DynamoDB Local. */
export interface Dynamo {
  /** Passes a call on as it came: the body is not read again. */
  forward(target: string, body: Buffer): Promise<Answer>;
  /** Every item of a table, in DynamoDB's JSON. */
  scan(table: string): Promise<unknown[]>;
  close(): Promise<void>;
}

/** DynamoDB Local wants a signature but believes any. */
const SIGNATURE = "AWS4-HMAC-SHA256 Credential=LOCAL/20260101/ca-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0";
const TARGET = "DynamoDB_20120810";

/** Starts DynamoDB Local; the tables come once the templates are read, so that both can go on at the same time. */
export function startDynamo(dataDir: string | undefined, java: string | undefined): Promise<DynamoProcess> {
  return startDynamoProcess(dataDir, java);
}

/**
 * Creates the templates' tables that are not there yet and opens the way to them.
 * @throws Error when a kept table no longer has the keys or indexes of the template
 */
export async function openDynamo(running: DynamoProcess, cloud: Cloud): Promise<Dynamo> {
  // Jetty closes a connection after 30 idle seconds; ours must not be the one that finds out.
  const agent = new Agent({ keepAlive: true, maxSockets: 128, timeout: 20_000 });
  const forward = (target: string, body: Buffer): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": target,
        authorization: SIGNATURE,
        "content-length": body.length,
      };
      const outgoing = httpRequest({ host: "127.0.0.1", port: running.port, method: "POST", path: "/", agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.once("error", reject);
        response.once("end", () => {
          const copied = Object.fromEntries(
            COPIED.flatMap((name) => (response.headers[name] === undefined ? [] : [[name, String(response.headers[name])]])),
          );
          resolve({ status: response.statusCode ?? 500, headers: copied, body: Buffer.concat(chunks) });
        });
      });
      outgoing.setNoDelay(true);
      outgoing.once("error", reject);
      outgoing.end(body);
    });

  const call = async (action: string, input: Properties): Promise<Properties> => {
    const answer = await forward(`${TARGET}.${action}`, Buffer.from(JSON.stringify(input)));
    const result = object(JSON.parse(answer.body.toString("utf8")));
    if (answer.status !== 200)
      throw new Error(`DynamoDB Local refused ${action}: ${String(result["message"] ?? result["Message"] ?? result["__type"])}`);
    return result;
  };

  const existing = new Set(list((await call("ListTables", {}))["TableNames"]));
  for (const table of cloud.resources("AWS::DynamoDB::Table")) {
    if (!existing.has(table.name)) await call("CreateTable", definition(table));
    else compare(table, object((await call("DescribeTable", { TableName: table.name }))["Table"]));
  }

  return {
    forward,
    scan: async (table) => {
      const items: unknown[] = [];
      let from: unknown;
      do {
        const page = await call("Scan", {
          TableName: table,
          ConsistentRead: true,
          ...(from === undefined ? {} : { ExclusiveStartKey: from }),
        });
        items.push(...list(page["Items"]));
        from = page["LastEvaluatedKey"];
      } while (from !== undefined);
      return items;
    },
    close: async () => {
      agent.destroy();
      await running.stop();
    },
  };
}

const COPIED = ["content-type", "x-amzn-requestid", "x-amz-crc32"];

/** What DynamoDB Local has of a table: keys, indexes, stream. Encryption, backups and expiry are AWS's own business. */
function definition(table: Resource): Properties {
  const { AttributeDefinitions, KeySchema, StreamSpecification } = table.properties;
  const view = object(StreamSpecification)["StreamViewType"];
  return {
    TableName: table.name,
    AttributeDefinitions,
    KeySchema,
    BillingMode: "PAY_PER_REQUEST",
    ...indexes(table.properties, "GlobalSecondaryIndexes"),
    ...indexes(table.properties, "LocalSecondaryIndexes"),
    ...(view === undefined ? {} : { StreamSpecification: { StreamEnabled: true, StreamViewType: view } }),
  };
}

function indexes(properties: Properties, member: string): Properties {
  const entries = list(properties[member]).map(object);
  return entries.length === 0
    ? {}
    : { [member]: entries.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection })) };
}

function shape(description: Properties): string {
  const names = ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"].flatMap((member) =>
    list(description[member]).map((entry) => object(entry)),
  );
  const keys = (schema: unknown) =>
    list(schema)
      .map((key) => `${String(object(key)["KeyType"])} ${String(object(key)["AttributeName"])}`)
      .join(",");
  return [keys(description["KeySchema"]), ...names.map((entry) => `${String(entry["IndexName"])}:${keys(entry["KeySchema"])}`).sort()].join(
    " ",
  );
}

function compare(table: Resource, found: Properties): void {
  if (shape(table.properties) === shape(found)) return;
  throw new Error(
    `${table.stack} / ${table.logicalId}: the kept table has other keys or indexes than the template; remove the data folder to start afresh`,
  );
}
