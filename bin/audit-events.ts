import { DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { localStack } from "./local-stack.ts";

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
  const { endpoint, region, credentials, tables } = await localStack(port, "read a table in AWS with --table NAME");
  const audit = tables.find((name) => /audit/i.test(name));
  if (audit === undefined) throw new Error("The local stack has no audit table.");
  return { client: new DynamoDBClient({ endpoint, region, credentials }), table: audit };
}
