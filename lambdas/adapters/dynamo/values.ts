import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Item, Value } from "../../core/store.ts";

/** A value in DynamoDB's own notation. Strings, whole numbers, booleans, bytes, lists and maps: nothing else is stored. */
export function toAttribute(value: Value): AttributeValue {
  if (typeof value === "string") return { S: value };
  if (typeof value === "number") return { N: String(value) };
  if (typeof value === "boolean") return { BOOL: value };
  if (value instanceof Uint8Array) return { B: value };
  if (Array.isArray(value)) return { L: value.map(toAttribute) };
  return { M: Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toAttribute(member as Value)])) };
}

/** @throws on a type this gateway never writes */
function fromAttribute(attribute: AttributeValue): Value {
  if (attribute.S !== undefined) return attribute.S;
  if (attribute.N !== undefined) return Number(attribute.N);
  if (attribute.BOOL !== undefined) return attribute.BOOL;
  if (attribute.B !== undefined) return attribute.B;
  if (attribute.L !== undefined) return attribute.L.map(fromAttribute);
  if (attribute.M !== undefined)
    return Object.fromEntries(Object.entries(attribute.M).map(([name, member]) => [name, fromAttribute(member)]));
  throw new Error("an attribute of a type this gateway does not write");
}

export const toItem = (values: Record<string, Value>): Record<string, AttributeValue> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toAttribute(value)]));

export const fromItem = (item: Record<string, AttributeValue>): Item =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, fromAttribute(value)])) as Item;
