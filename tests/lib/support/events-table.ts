import { readFileSync, writeFileSync } from "node:fs";
import { ACTORS, EVENT_TYPES, type EventRule, MEMBERS, OBJECTS, PURPOSES } from "../../../lambdas/core/audit-catalogue.ts";

const DOC = new URL("../../../docs/audit-events.md", import.meta.url);
const BETWEEN = /(<!-- events -->\n)[\s\S]*(<!-- \/events -->)/;

const MANY: Readonly<Record<string, string>> = { "0,1": "?", "0,99": "*", "1,99": "+" };
const listed = (rule: EventRule, of: readonly (keyof EventRule["has"])[]): string =>
  of.flatMap((name) => (rule.has[name] ? [`${name}${MANY[String(rule.has[name])] ?? ""}`] : [])).join(" ");

/** The document with its catalogue made anew; anything else in it stays. */
export function withEvents(document: string): string {
  const rows = Object.entries<EventRule>(EVENT_TYPES).map(
    ([type, rule]) =>
      `| \`${type}\` | ${rule.act} | ${rule.chain} | ${rule.who} | ${rule.pou} | ${rule.out.join(" ")} | ${listed(rule, MEMBERS)} | ${listed(rule, OBJECTS)} |`,
  );
  const actors = Object.entries(ACTORS).map(([name, as]) => `| ${name} | ${as.join(", ")} |`);
  const purposes = Object.entries(PURPOSES).map(([code, what]) => `| ${code} | ${what} |`);
  const tables = [
    ["| type | act | chain | who | purpose | outcome | members | objects |", "|---|---|---|---|---|---|---|---|", ...rows],
    ["| who | `who.as` is one of |", "|---|---|", ...actors],
    ["| purpose | what for |", "|---|---|", ...purposes],
  ];
  return document.replace(
    BETWEEN,
    (_, open: string, close: string) => `${open}${tables.map((each) => each.join("\n")).join("\n\n")}\n${close}`,
  );
}

if (import.meta.main) writeFileSync(DOC, withEvents(readFileSync(DOC, "utf8")));
