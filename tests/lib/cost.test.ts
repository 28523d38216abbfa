import { expect, test } from "vitest";
import { costTable, monthlyCost, total } from "../../lib/cost.ts";
import { synthesised } from "./support/synthesised.ts";

const { text } = synthesised();
const templates = Object.values(text).map((each) => JSON.parse(each));
const lines = monthlyCost(templates);

test("a clinic's fixed bill stays under USD 25 a month", () => {
  console.log(costTable(lines));
  expect(total(lines)).toBeLessThanOrEqual(25);
  expect(total(lines)).toBeGreaterThan(5);
});

test("keys, number, clients, alarms, polling and sweep are on it, as many as the templates hold", () => {
  const counted = Object.fromEntries(lines.map(({ what, count }) => [what, count]));
  expect(counted).toEqual({
    "application client": 2,
    key: 5,
    "phone number": 1,
    alarm: 13,
    "alarm on 2 metrics": 1,
    "alarm on 5 metrics": 1,
    "alarm on a metric of our own": 5,
    "checkpoint every five minutes": 1,
    "idle polling": 2,
    "idle polling, FIFO": 2,
    "run every minute": 1,
  });
});

test("an alarm costs as often as it watches a metric", () => {
  const price = (what: string): number | undefined => lines.find((line) => line.what === what)?.each;
  expect(price("alarm on 2 metrics")).toBe(2 * (price("alarm") ?? 0));
});

test("a kind of resource that nobody has priced stops the sum", () => {
  const more = { Resources: { nat: { Type: "AWS::EC2::NatGateway" } } };
  expect(() => monthlyCost([...templates, more])).toThrow("lib/cost.ts has no price for AWS::EC2::NatGateway");
});

test("the table adds up", () => {
  const table = costTable([
    { what: "key", count: 3, each: 1 },
    { what: "alarm", count: 5, each: 0.1 },
  ]);
  expect(table.split("\n")).toEqual([
    "fixed cost a month (USD)       count      USD",
    "key                                3     3.00",
    "alarm                              5     0.50",
    "together                                 3.50",
  ]);
});
