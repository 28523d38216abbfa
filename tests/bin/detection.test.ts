import { expect, test } from "vitest";
import { detection, table } from "../support/detection.ts";

test("a thousand tamperings over every layer are caught, with the right exit code and the right leaf, and nothing else is", async () => {
  const matrix = await detection(Number(process.env["CASES"] ?? 1000), Number(process.env["CLEAN"] ?? 200));
  console.log(table(matrix));
  expect(matrix.missed).toEqual([]);
});
