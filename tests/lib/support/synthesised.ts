import { mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Template } from "aws-cdk-lib/assertions";
import { afterAll } from "vitest";
import { synthesise } from "../../../lib/synth.ts";

export type Stack = "Number" | "Data" | "Gateway" | "Archive";

// biome-ignore lint/suspicious/noExplicitAny: a template's resources have as many shapes as AWS has types
export type Json = any;

export interface Resource {
  readonly Type: string;
  readonly Properties: Json;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

interface Artifact {
  readonly environment: string;
  readonly dependencies: readonly string[];
  readonly properties: { readonly terminationProtection?: boolean };
}

interface Synthesised {
  readonly template: Readonly<Record<Stack, Template>>;
  /** The templates as they lie on disk, to measure and to scan. */
  readonly text: Readonly<Record<Stack, string>>;
  /** What the cloud assembly says of a stack as a whole. */
  artifact(stack: Stack): Artifact;
  /** Every resource of a type, with its logical id, in one stack. */
  of(stack: Stack, type: string): [string, Resource][];
  /** The only resource of a type whose logical id contains these words. */
  one(stack: Stack, type: string, id?: string): Resource;
}

/** What would be deployed, synthesised once for a test file into a directory that goes when the file is done. */
export function synthesised(context: Readonly<Record<string, unknown>> = {}): Synthesised {
  const outdir = mkdtempSync(join(tmpdir(), "clinic-sms-lib-"));
  afterAll(() => rm(outdir, { recursive: true, force: true }));
  synthesise({ outdir, context });
  const read = (stack: Stack): string => readFileSync(join(outdir, `ClinicSms-${stack}.template.json`), "utf8");
  const text = { Number: read("Number"), Data: read("Data"), Gateway: read("Gateway"), Archive: read("Archive") };
  // Dependencies across stacks are tested by their exports, so the assertions' own check for cycles is enough within one.
  const parse = (stack: Stack): Template => Template.fromJSON(JSON.parse(text[stack]));
  const template = { Number: parse("Number"), Data: parse("Data"), Gateway: parse("Gateway"), Archive: parse("Archive") };
  const manifest = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as { artifacts: Record<string, Artifact> };
  const artifact = (stack: Stack): Artifact => {
    const found = manifest.artifacts[`ClinicSms-${stack}`];
    if (!found) throw new Error(`the assembly has no stack ${stack}`);
    return found;
  };
  const of = (stack: Stack, type: string): [string, Resource][] =>
    Object.entries(template[stack].findResources(type)) as unknown as [string, Resource][];
  return {
    template,
    text,
    artifact,
    of,
    one(stack, type, id = "") {
      const found = of(stack, type).filter(([name]) => name.toLowerCase().includes(id.toLowerCase()));
      const [only, ...more] = found;
      if (!only || more.length > 0) throw new Error(`${found.length} resources of ${type} match "${id}" in ${stack}`);
      return only[1];
    },
  };
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource: readonly Json[];
  readonly Principal?: Json;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
}

/** A policy document's statements, with single actions and resources as lists. */
export function statements(document: Json): Statement[] {
  const list = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
  return (document.Statement as Json[]).map((each) => ({ ...each, Action: list(each.Action), Resource: list(each.Resource) }));
}
