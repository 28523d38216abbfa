import { keyArn, viaAsks } from "./ask-keys.ts";
import type { Request } from "./identify.ts";
import type { Ask } from "./policy.ts";
import type { Cloud, Resource } from "./template.ts";
import { list, object, type Properties, text } from "./values.ts";

type Base = ReadonlyMap<string, readonly string[]>;

/** The members of a transaction, and the action that IAM sees for each. */
const TRANSACTED: Readonly<Record<string, string>> = {
  ConditionCheck: "ConditionCheckItem",
  Delete: "DeleteItem",
  Get: "GetItem",
  Put: "PutItem",
  Update: "UpdateItem",
};

/** The value of an attribute in DynamoDB's JSON, whatever its type. */
function scalar(attribute: unknown): string | undefined {
  return text(Object.values(object(attribute))[0]);
}

function partitionKey(schema: unknown): string {
  const hash = list(schema)
    .map(object)
    .find((key) => key["KeyType"] === "HASH");
  return String(hash?.["AttributeName"] ?? "");
}

/** The partition that a Query reads: the value its key condition compares the partition key with. */
function queriedPartition(input: Properties, key: string): string | undefined {
  const legacy = object(object(input["KeyConditions"])[key]);
  if (legacy["AttributeValueList"] !== undefined) return scalar(list(legacy["AttributeValueList"])[0]);
  const names = object(input["ExpressionAttributeNames"]);
  const values = object(input["ExpressionAttributeValues"]);
  const written = [key, ...Object.keys(names).filter((alias) => names[alias] === key)];
  for (const [, name = "", value = ""] of String(input["KeyConditionExpression"] ?? "").matchAll(/([#\w.-]+)\s*=\s*(:\w+)/g)) {
    if (written.includes(name)) return scalar(values[value]);
  }
  return undefined;
}

/** Prepares the reading of DynamoDB requests: one ask per table or index, and one per item of a transaction. */
export function dynamoAsks(cloud: Cloud): (request: Request, base: Base) => readonly Ask[] {
  const { region, account } = cloud;
  const tables = new Map(
    cloud.resources("AWS::DynamoDB::Table").flatMap(
      (table) =>
        [
          [table.name, table],
          [table.arn ?? "", table],
        ] as const,
    ),
  );
  const keys = new Map(
    [...tables.values()].map((table) => [table.name, keyArn(cloud, object(table.properties["SSESpecification"])["KMSMasterKeyId"])]),
  );

  const tableArn = (named: string, table: Resource | undefined) =>
    table?.arn ?? (named.startsWith("arn:") ? named : `arn:aws:dynamodb:${region}:${account}:table/${named || "*"}`);

  /** The asks of one operation on one table: the table's own, and its key's when the table has one of the customer's. */
  const ask = (
    action: string,
    named: string,
    leading: readonly (string | undefined)[],
    base: Base,
    more: readonly [string, string | undefined][] = [],
    index?: string,
  ): Ask[] => {
    const table = tables.get(named);
    const arn = tableArn(named, table);
    const context = new Map(base);
    const partitions = leading.filter((value) => value !== undefined);
    if (partitions.length > 0) context.set("dynamodb:leadingkeys", partitions);
    for (const [key, value] of more) if (value !== undefined) context.set(key, [value]);
    const resource = index === undefined ? arn : `${arn}/index/${index}`;
    const key = keys.get(table?.name ?? "");
    const encrypted =
      key === undefined
        ? undefined
        : { keyArn: key, context: { "aws:dynamodb:tableName": table?.name ?? "", "aws:dynamodb:subscriberId": account } };
    return [{ action: `dynamodb:${action}`, resource, context }, ...viaAsks(encrypted, "dynamodb", false, base, region)];
  };

  const keyOf = (named: string) => partitionKey(tables.get(named)?.properties["KeySchema"]);

  return ({ action, input }, base) => {
    if (action === "TransactWriteItems" || action === "TransactGetItems") {
      return list(input["TransactItems"]).flatMap((entry) =>
        Object.entries(object(entry)).flatMap(([kind, operation]) => {
          const named = String(object(operation)["TableName"] ?? "");
          const item = object(object(operation)["Key"] ?? object(operation)["Item"]);
          return ask(TRANSACTED[kind] ?? kind, named, [scalar(item[keyOf(named)])], base, [["dynamodb:enclosingoperation", action]]);
        }),
      );
    }
    if (action === "BatchGetItem" || action === "BatchWriteItem") {
      return Object.entries(object(input["RequestItems"])).flatMap(([named, wanted]) => {
        const items =
          action === "BatchGetItem"
            ? list(object(wanted)["Keys"])
            : list(wanted).flatMap((entry) => Object.values(object(entry)).map((write) => object(write)["Key"] ?? object(write)["Item"]));
        return ask(
          action,
          named,
          items.map((item) => scalar(object(item)[keyOf(named)])),
          base,
        );
      });
    }
    const stream = text(input["StreamArn"]);
    if (stream !== undefined) return [{ action: `dynamodb:${action}`, resource: stream, context: base }];
    const named = String(input["TableName"] ?? "");
    const index = text(input["IndexName"]);
    const select: [string, string | undefined][] = [["dynamodb:select", text(input["Select"])]];
    if (action === "Query") {
      const indexes = list(tables.get(named)?.properties["GlobalSecondaryIndexes"])
        .concat(list(tables.get(named)?.properties["LocalSecondaryIndexes"]))
        .map(object);
      const schema = index === undefined ? undefined : indexes.find((entry) => entry["IndexName"] === index)?.["KeySchema"];
      return ask(action, named, [queriedPartition(input, schema === undefined ? keyOf(named) : partitionKey(schema))], base, select, index);
    }
    if (action === "Scan") return ask(action, named, [], base, select, index);
    const item = object(input["Key"] ?? input["Item"]);
    return ask(action, named, [scalar(item[keyOf(named)])], base);
  };
}
