import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type * as z from "zod";
import { mend } from "./mend.ts";

/** Something in the clinic's directory that cannot stand: where, what, and how to mend it. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly says: string;
}

/** What a file holds as far as it is of its shape: anything may be missing, because it was mistaken. */
export type Draft<T> = T extends readonly (infer Each)[]
  ? readonly (Draft<Each> | undefined)[]
  : T extends object
    ? { readonly [Member in keyof T]?: Draft<T[Member]> | undefined }
    : T;

/** One file's content, checked against its shape, and where each of its members stands. */
export interface Read<T> {
  readonly file: string;
  /** Whole, where nothing is wrong with it. */
  readonly data: T | undefined;
  /** What can be looked at further, so that one run shows all there is to mend; undefined where the file cannot be read. */
  readonly draft: Draft<T> | undefined;
  /** The line of a member, or of what should hold it. */
  lineOf(path: readonly PropertyKey[]): number;
}

/**
 * Reads one YAML text against its shape.
 * @param extra members that stand elsewhere, such as a wording's text @param firstLine lines of the file before this text
 * @param findings gets what is wrong, each with its line
 */
export function readYaml<T>(
  file: string,
  content: string,
  schema: z.ZodType<T>,
  findings: Finding[],
  { extra = {}, firstLine = 0 }: { readonly extra?: object; readonly firstLine?: number } = {},
): Read<T> {
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines });
  const lineOf = (path: readonly PropertyKey[]): number => firstLine + lines.linePos(offsetOf(document.contents, path)).line;
  const unread: Read<T> = { file, data: undefined, draft: undefined, lineOf };
  const say = (line: number, says: string): void => void findings.push({ file, line, says });

  for (const { message, pos } of [...document.errors, ...document.warnings]) {
    // The first line says what is wrong; the rest shows where, which the finding does itself.
    const [what = ""] = message.split(/ at line |\n/);
    say(firstLine + lines.linePos(pos[0]).line, `not valid YAML: ${what}`);
  }
  if (document.errors.length > 0) return unread;
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    say(firstLine + 1, `not valid YAML: ${error instanceof Error ? error.message : String(error)}`);
    return unread;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    say(firstLine + 1, "holds no members; write them as `name: value`, one a line, as in the file that ships with the gateway");
    return unread;
  }
  const whole = { ...value, ...extra };
  const result = schema.safeParse(whole);
  if (result.success) return { file, data: result.data, draft: result.data as Draft<T>, lineOf };
  const draft = structuredClone(whole);
  for (const issue of result.error.issues) {
    for (const { path, says } of mend(issue, whole)) say(lineOf(path), says);
    if (issue.code === "unrecognized_keys") for (const key of issue.keys) remove(draft, [...issue.path, key]);
    else if (issue.path.length > 0) remove(draft, issue.path);
  }
  return { file, data: undefined, draft: draft as Draft<T>, lineOf };
}

/** Takes a member out; an element of a list leaves a hole, so that those after it keep their places. */
function remove(from: object, path: readonly PropertyKey[]): void {
  let holder: unknown = from;
  for (const step of path.slice(0, -1)) {
    if (typeof holder !== "object" || holder === null) return;
    holder = (holder as Record<PropertyKey, unknown>)[step];
  }
  const last = path.at(-1);
  if (typeof holder !== "object" || holder === null || last === undefined) return;
  if (Array.isArray(holder)) holder[Number(last)] = undefined;
  else delete (holder as Record<PropertyKey, unknown>)[last];
}

/** Where the last member of the path that exists begins: what is missing is shown at what should hold it. */
function offsetOf(root: unknown, path: readonly PropertyKey[]): number {
  let node = root as Node | null;
  let offset = node?.range?.[0] ?? 0;
  for (const segment of path) {
    if (isMap(node)) {
      const pair = node.items.find((each) => isScalar(each.key) && each.key.value === segment);
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value as Node | null;
    } else if (isSeq(node)) {
      node = (node.items[Number(segment)] ?? null) as Node | null;
      offset = node?.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}
