import { expect, test } from "vitest";
import { type Stack, synthesised } from "./support/synthesised.ts";

const { text, artifact } = synthesised();
const STACKS = Object.keys(text) as Stack[];

test("the stacks with what must never be lost are protected from deletion; the one that can be made again is not", () => {
  const guarded = STACKS.filter((stack) => artifact(stack).properties.terminationProtection === true);
  expect(guarded).toEqual(["Number", "Data", "Archive"]);
});

test("nothing points backwards: the gateway leans on what lives longer, and the archive on what it reads and whom it tells", () => {
  const leansOn = STACKS.map((stack) => [stack, STACKS.filter((other) => artifact(stack).dependencies.includes(`ClinicSms-${other}`))]);
  expect(Object.fromEntries(leansOn)).toEqual({
    Number: [],
    Data: [],
    Gateway: ["Number", "Data"],
    Archive: ["Data", "Gateway"],
  });
});

test("everything is in Canada", () => {
  for (const stack of STACKS) expect(artifact(stack).environment).toBe("aws://unknown-account/ca-central-1");
});

test("what a stack writes does not depend on the machine: neither path nor time of day stands in a template", () => {
  for (const template of Object.values(text)) {
    expect(template).not.toContain(process.cwd());
    expect(template).not.toMatch(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/);
  }
});
