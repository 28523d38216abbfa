/** An answer as a table for a terminal, as CSV for a spreadsheet, as JSON for a program. */
import { type Answer, records, type Value } from "../../lib/questions.ts";

export type Form = "table" | "json" | "csv";

/** @param form how to print it @returns text that ends with a line break */
export function printed(answer: Answer, form: Form): string {
  switch (form) {
    case "json":
      return `${JSON.stringify(records(answer), undefined, 1)}\n`;
    case "csv":
      return [answer.columns, ...answer.rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
    default:
      return tableOf(answer);
  }
}

/** RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe before it. */
function cell(value: Value): string {
  if (value === null) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Nothing from a file may move the cursor or colour the screen. */
const shown = (value: Value): string =>
  value === null ? "" : String(value).replace(/\p{C}/gu, (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`);

function tableOf({ columns, rows }: Answer): string {
  const cells = [columns, ...rows.map((row) => row.map(shown))];
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  const numeric = columns.map((_, at) => rows.length > 0 && rows.every((row) => row[at] === null || typeof row[at] === "number"));
  const line = (row: readonly string[]): string =>
    row
      .map((text, at) => (numeric[at] ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0)))
      .join("  ")
      .trimEnd();
  const [head = [], ...body] = cells;
  return [line(head), widths.map((width) => "─".repeat(width)).join("  "), ...body.map(line), ""].join("\n");
}
