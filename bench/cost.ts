import { readFileSync } from "node:fs";
import { join } from "node:path";
import { costTable, monthlyCost, total } from "../lib/cost.ts";
import type { Figure } from "./report.ts";

/** What the stack costs in a month in which nobody texts, by list price. */
export function cost(cdkOut: string): Figure[] {
  const lines = monthlyCost(
    ["Number", "Data", "Gateway", "Archive"].map((name) =>
      JSON.parse(readFileSync(join(cdkOut, `ClinicSms-${name}.template.json`), "utf8")),
    ),
  );
  process.stdout.write(`\n${costTable(lines)}\n`);
  return [
    {
      part: "fixed cost of the synthesised stack, by list price",
      name: "a month without a text",
      value: total(lines),
      unit: "USD",
      goal: 25,
    },
  ];
}
