import { object, type Properties, text } from "./values.ts";

/** What a template's functions may look up. Each throws a plain sentence when the name is not there. */
export interface Lookup {
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  imported(name: string): unknown;
  output(stack: string, name: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, first: string, second: string): unknown;
}

type Resolve = (value: unknown) => unknown;
type Intrinsic = (argument: unknown, resolve: Resolve, lookup: Lookup) => unknown;

function words(value: unknown, name: string): string {
  const read = text(value);
  if (read === undefined) throw new Error(`${name} was given something that is not text`);
  return read;
}

function items(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${name} needs a list`);
  return value;
}

function sub(argument: unknown, resolve: Resolve, lookup: Lookup): string {
  const [template, given] = Array.isArray(argument) ? [argument[0], object(argument[1])] : [argument, {} as Properties];
  return words(template, "Fn::Sub").replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal === "!") return `\${${name}}`;
    if (name in given) return words(resolve(given[name]), "Fn::Sub");
    const dot = name.indexOf(".");
    return words(dot < 0 ? lookup.ref(name) : lookup.attribute(name.slice(0, dot), name.slice(dot + 1)), "Fn::Sub");
  });
}

function getAtt(argument: unknown, resolve: Resolve, lookup: Lookup): unknown {
  const path =
    typeof argument === "string" ? argument.split(".") : items(argument, "Fn::GetAtt").map((part) => words(resolve(part), "Fn::GetAtt"));
  return lookup.attribute(path[0] ?? "", path.slice(1).join("."));
}

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, _, lookup) => lookup.ref(words(argument, "Ref")),
  Condition: (argument, _, lookup) => lookup.condition(words(argument, "Condition")),
  "Fn::GetAtt": getAtt,
  "Fn::Sub": sub,
  "Fn::ImportValue": (argument, resolve, lookup) => lookup.imported(words(resolve(argument), "Fn::ImportValue")),
  "Fn::GetStackOutput": (argument, resolve, lookup) => {
    const { StackName, OutputName } = object(resolve(argument));
    return lookup.output(words(StackName, "Fn::GetStackOutput"), words(OutputName, "Fn::GetStackOutput"));
  },
  "Fn::Join": (argument, resolve) => {
    const [separator, parts] = items(argument, "Fn::Join");
    return items(resolve(parts), "Fn::Join")
      .map((part) => words(part, "Fn::Join"))
      .join(words(separator, "Fn::Join"));
  },
  "Fn::Select": (argument, resolve) => {
    const [index, parts] = items(argument, "Fn::Select");
    const chosen = items(resolve(parts), "Fn::Select")[Number(resolve(index))];
    if (chosen === undefined) throw new Error("Fn::Select points past the end of its list");
    return chosen;
  },
  "Fn::Split": (argument, resolve) => {
    const [separator, whole] = items(argument, "Fn::Split");
    return words(resolve(whole), "Fn::Split").split(words(separator, "Fn::Split"));
  },
  "Fn::FindInMap": (argument, resolve, lookup) => {
    const [map, first, second] = items(argument, "Fn::FindInMap").map((part) => words(resolve(part), "Fn::FindInMap"));
    return lookup.mapping(map ?? "", first ?? "", second ?? "");
  },
  "Fn::If": (argument, resolve, lookup) => {
    const [condition, yes, no] = items(argument, "Fn::If");
    return resolve(lookup.condition(words(condition, "Fn::If")) ? yes : no);
  },
  "Fn::Equals": (argument, resolve) => {
    const [left, right] = items(argument, "Fn::Equals");
    return text(resolve(left)) === text(resolve(right));
  },
  "Fn::And": (argument, resolve) => items(argument, "Fn::And").every((part) => resolve(part) === true),
  "Fn::Or": (argument, resolve) => items(argument, "Fn::Or").some((part) => resolve(part) === true),
  "Fn::Not": (argument, resolve) => items(argument, "Fn::Not").every((part) => resolve(part) !== true),
};

/**
 * Replaces every intrinsic function in a part of a template by its local value. Members that come to nothing
 * (`AWS::NoValue`) are left out, as CloudFormation does.
 * @throws Error in a plain sentence, for an intrinsic that the local stack does not know or a name that is not there
 */
export function resolve(value: unknown, lookup: Lookup, inCondition = false): unknown {
  const again: Resolve = (inner) => resolve(inner, lookup, inCondition);
  if (Array.isArray(value)) return value.map(again).filter((item) => item !== undefined);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value);
  const [name, argument] = members[0] ?? ["", undefined];
  // `Condition` is a function only among the Conditions; in a policy statement it is an ordinary member.
  const isFunction = members.length === 1 && (name === "Ref" || name.startsWith("Fn::") || (inCondition && name === "Condition"));
  if (!isFunction) {
    const resolved = members.map(([member, inner]) => [member, again(inner)] as const);
    return Object.fromEntries(resolved.filter(([, inner]) => inner !== undefined));
  }
  const intrinsic = INTRINSICS[name];
  if (intrinsic === undefined) throw new Error(`the local stack does not know the function ${name}`);
  return intrinsic(argument, again, lookup);
}
