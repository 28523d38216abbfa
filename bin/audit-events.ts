import { DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";

/** Where a command reads the audit table: the local stack on a port, or a table in AWS with one's own credentials. */
export interface AuditSource {
  readonly port: string;
  readonly table?: string;
}

/**
 * Every audit event as it was written, in no order.
 * @throws Error of one sentence where there is nothing to read from
 */
export async function* auditEvents(source: AuditSource): AsyncGenerator<string> {
  const { client, table } = await open(source);
  for await (const page of paginateScan({ client }, { TableName: table, ConsistentRead: true }))
    for (const item of page.Items ?? []) yield new TextDecoder().decode(item["e"]?.B);
}

async function open({ table, port }: AuditSource): Promise<{ client: DynamoDBClient; table: string }> {
  if (table !== undefined) return { client: new DynamoDBClient({}), table };
  const answer = await fetch(`http://127.0.0.1:${port}/_local/operator`).catch(() => undefined);
  if (!answer?.ok)
    throw new Error(`No local stack answers on port ${port}: start it with \`npm start\`, or read a table in AWS with --table NAME.`);
  const { endpoint, region, accessKeyId, secretAccessKey, tables } = (await answer.json()) as {
    endpoint: string;
    region: string;
    accessKeyId: string;
    secretAccessKey: string;
    tables: string[];
  };
  const audit = tables.find((name) => /audit/i.test(name));
  if (audit === undefined) throw new Error("The local stack has no audit table.");
  return { client: new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } }), table: audit };
}
