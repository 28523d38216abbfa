import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { detection, table } from "../support/detection.ts";

const DOCUMENT = new URL("../../docs/audit-trail.md", import.meta.url);
const PLACE = /(<!-- detection -->\n)[\s\S]*(<!-- \/detection -->)/;

/** `WRITE=1 npx vitest run tests/bin/detection.test.ts` writes the table into the document. */
test("a thousand tamperings over every layer are caught, with the right exit code and the right leaf, and nothing else is", async () => {
  const matrix = await detection(1000, 200);
  const printed = table(matrix);
  console.log(printed);
  expect(matrix.missed).toEqual([]);
  const document = readFileSync(DOCUMENT, "utf8");
  const anew = document.replace(PLACE, (_, begin: string, end: string) => `${begin}${printed}\n${end}`);
  if (process.env["WRITE"]) writeFileSync(DOCUMENT, anew);
  else expect(document).toBe(anew);
}, 300_000);
