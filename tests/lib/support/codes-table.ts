import { readFileSync, writeFileSync } from "node:fs";
import { CODES } from "../../../lambdas/core/codes.ts";

const DOC = new URL("../../../docs/integrating.md", import.meta.url);
const BETWEEN = /(<!-- codes -->\n)[\s\S]*(<!-- \/codes -->)/;

/** The document with its table of codes made anew; anything else in it stays. */
export function withCodes(document: string): string {
  const rows = Object.entries(CODES).map(
    ([code, { status, says, instead, who }]) => `| \`${code}\` | ${status} | ${says} | ${instead} | ${who} |`,
  );
  const table = ["| code | status | says | instead | who can change it |", "|---|---|---|---|---|", ...rows].join("\n");
  return document.replace(BETWEEN, (_, open: string, close: string) => `${open}${table}\n${close}`);
}

if (import.meta.main) writeFileSync(DOC, withCodes(readFileSync(DOC, "utf8")));
