import type { AttributeValue, TransactWriteItem } from "@aws-sdk/client-dynamodb";
import type { Leg, Write } from "../../core/store.ts";
import { toAttribute, toItem } from "./values.ts";

export interface Tables {
  readonly state: string;
  readonly audit: string;
}

/** Placeholders for the names and values of one expression, so that no data is ever spliced into its text. */
function placeholders(): {
  name(attribute: string): string;
  value(value: Parameters<typeof toAttribute>[0]): string;
  all(): { ExpressionAttributeNames?: Record<string, string>; ExpressionAttributeValues?: Record<string, AttributeValue> };
} {
  const names = new Map<string, string>();
  const values: Record<string, AttributeValue> = {};
  return {
    name(attribute) {
      const known = names.get(attribute);
      if (known) return known;
      const fresh = `#${names.size}`;
      names.set(attribute, fresh);
      return fresh;
    },
    value(value) {
      const fresh = `:${Object.keys(values).length}`;
      values[fresh] = toAttribute(value);
      return fresh;
    },
    all: () => ({
      ...(names.size > 0 ? { ExpressionAttributeNames: Object.fromEntries([...names].map(([name, short]) => [short, name])) } : {}),
      ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
    }),
  };
}

function condition(legs: readonly Leg[], use: ReturnType<typeof placeholders>): string {
  return legs
    .map((leg) => {
      const name = use.name(leg[0]);
      if (leg[1] === "absent") return `attribute_not_exists(${name})`;
      if (leg[1] === "exists") return `attribute_exists(${name})`;
      return `${name} ${leg[1]} ${use.value(leg[2] as string | number | boolean)}`;
    })
    .join(" AND ");
}

/** One write as an action of a transaction. */
export function toAction(write: Write, tables: Tables): TransactWriteItem {
  const use = placeholders();
  const TableName = tables[write.table];
  switch (write.op) {
    case "put": {
      const ConditionExpression = condition(write.when, use);
      return { Put: { TableName, Item: toItem(write.item), ...(ConditionExpression ? { ConditionExpression } : {}), ...use.all() } };
    }
    case "check":
      return {
        ConditionCheck: { TableName, Key: toItem({ ...write.key }), ConditionExpression: condition(write.when, use), ...use.all() },
      };
    case "delete": {
      const ConditionExpression = condition([["PK", "exists"], ...write.when], use);
      return { Delete: { TableName, Key: toItem({ ...write.key }), ConditionExpression, ...use.all() } };
    }
    case "update": {
      // An update never makes an item: what is changed was read.
      const ConditionExpression = condition([["PK", "exists"], ...write.when], use);
      const clauses = [
        list(
          "SET",
          Object.entries(write.set).map(([name, value]) => `${use.name(name)} = ${use.value(value)}`),
        ),
        list(
          "REMOVE",
          write.remove.map((name) => use.name(name)),
        ),
        list(
          "ADD",
          Object.entries(write.add).map(([name, by]) => `${use.name(name)} ${use.value(by)}`),
        ),
      ];
      return {
        Update: {
          TableName,
          Key: toItem({ ...write.key }),
          UpdateExpression: clauses.filter(Boolean).join(" "),
          ConditionExpression,
          ...use.all(),
        },
      };
    }
  }
}

const list = (word: string, items: readonly string[]): string => (items.length === 0 ? "" : `${word} ${items.join(", ")}`);
