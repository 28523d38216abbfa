import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type * as z from "zod";
import { EVENT_MEMBERS } from "../../lambdas/core/audit-rules.ts";
import { STATUSES } from "../../lambdas/core/items.ts";
import { load, type StoredModel } from "../../lambdas/core/reading/model.ts";
import { ROUTES } from "../../lambdas/core/routes.ts";
import { erasure } from "../../lambdas/handlers/edge/erasure-request.ts";
import * as requests from "../../lambdas/handlers/edge/requests.ts";
import { FUNCTIONS } from "../../lib/access.ts";
import { QUESTIONS } from "../../lib/questions.ts";
import { SETTING_NAMES } from "../../lib/settings.ts";
import { withCodes } from "./support/codes-table.ts";
import { withEvents } from "./support/events-table.ts";
import { synthesised } from "./support/synthesised.ts";

const { text } = synthesised();
const DOCS = [
  "README.md",
  "docs/audit-events.md",
  "docs/hooks.md",
  "docs/deciding.md",
  "docs/deploying.md",
  "docs/integrating.md",
  "docs/runbook.md",
  "docs/audit-trail.md",
  "docs/reading.md",
];
const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

describe("docs/integrating.md", () => {
  const document = read("docs/integrating.md");
  /** What stands under each heading of the third level: one for each route. */
  const sections = new Map(
    document
      .split(/^### /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf("\n")), section.split(/^## /m)[0] ?? ""]),
  );

  test("has the table of codes as the core has it (node tests/lib/support/codes-table.ts writes it)", () => {
    expect(document).toBe(withCodes(document));
    expect(document).toContain("| `opted-out` | 422 |");
  });

  test("has an entry for every route, and none for any other", () => {
    const headings = [...sections.keys()].filter((heading) => /^[A-Z]+ \//.test(heading));
    expect(headings.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
  });

  test.each(ROUTES.map(({ method, path, scope }) => [`${method} ${path}`, scope] as const))("%s names its scope", (heading, scope) => {
    expect(sections.get(heading)).toContain(`Scope \`${scope}\``);
  });

  const bodies: [string, z.ZodType][] = [
    ["POST /v1/messages", requests.newMessage],
    ["POST /v1/messages/search", requests.byReference],
    ["POST /v1/messages/cancel", requests.byReference],
    ["POST /v1/conversations/{conversation}/move", requests.move],
    ["POST /v1/conversations/{conversation}/link", requests.link],
    ["POST /v1/conversations/{conversation}/reply", requests.reply],
    ["POST /v1/conversations/{conversation}/resolve", requests.resolve],
    ["POST /v1/conversations/{conversation}/undo-opt-out", requests.undo],
    ["POST /v1/conversations/{conversation}/decide-opt-out", requests.decision],
    ["POST /v1/incidents/{incident}/close", requests.incidentClosing],
    ["POST /v1/clinic/facts", requests.facts],
    ["POST /v1/patients", requests.newPatient],
    ["POST /v1/patients/search", requests.patientSearch],
    ["PATCH /v1/patients/{patient}", requests.changedPatient],
    ["POST /v1/patients/{patient}/numbers", requests.newNumber],
    ["POST /v1/patients/{patient}/numbers/{number}/end", requests.endedNumber],
    ["POST /v1/patients/{patient}/consents", requests.newConsent],
    ["POST /v1/patients/{patient}/consents/withdraw", requests.withdrawal],
    ["POST /v1/patients/{patient}/revocations", requests.revocation],
    ["POST /v1/patients/{patient}/erase", erasure],
    ["POST /v1/patients/{patient}/no-contact", requests.noContact],
  ];

  test.each(bodies)("%s shows bodies that the call takes", (heading, schema) => {
    const examples = [...(sections.get(heading) ?? "").matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = ""]) => JSON.parse(json));
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(schema.safeParse(example).error).toBeUndefined();
  });

  test("explains every status of a text", () => {
    for (const status of STATUSES) expect(document).toContain(`| \`${status}\` |`);
  });
});

test.each(["opt-out", "emergency", "content"])("docs/reading.md has the hash of the weights that %s reads by", (reader) => {
  const stored = JSON.parse(read(`lambdas/core/reading/weights/${reader}.json`)) as StoredModel;
  expect(read("docs/reading.md")).toContain(`| ${reader}.json | \`${load(stored).hash}\` |`);
});

describe("docs/audit-events.md", () => {
  const document = read("docs/audit-events.md");

  test("has the catalogue as the core has it (node tests/lib/support/events-table.ts writes it)", () => {
    expect(document).toBe(withEvents(document));
    expect(document).toContain("| `text.received` | C | conv | handset | TREAT | 0 | pat? was now why* | message team |");
  });

  test("names every member that an event can have", () => {
    const rows = [...document.matchAll(/^\| (`[^|]*`) \| [^|]* \| (every event|by type|where some were) \|$/gm)];
    const named = rows.flatMap(([, names = ""]) => [...names.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name));
    expect(named.sort()).toEqual([...EVENT_MEMBERS].sort());
  });

  test("names tests that there are", () => {
    const rows = [...document.matchAll(/`(tests\/[\w./-]+)`: (.+) \|$/gm)];
    expect(new Set(rows.map(([, , name]) => name)).size).toBeGreaterThan(10);
    for (const [, file = "", name = ""] of rows) expect(read(file)).toContain(`test("${name}"`);
  });
});

test("docs/deploying.md explains every setting, with its default", () => {
  const document = read("docs/deploying.md");
  for (const name of SETTING_NAMES) expect(document).toMatch(new RegExp(`^\\| \`${name}\` \\|`, "m"));
});

describe.each(DOCS)("%s", (path) => {
  const document = read(path);

  test("asks only for outputs that the stacks have, and for functions that there are", () => {
    for (const [, stack = "", output = ""] of document.matchAll(/\bout (Number|Data|Gateway) (\w+)/g))
      expect(Object.keys(JSON.parse(text[stack as keyof typeof text]).Outputs)).toContain(output);
    for (const [, name = ""] of document.matchAll(/`logs ([a-z-]+)/g)) expect(FUNCTIONS).toContain(name);
    for (const [, name = ""] of document.matchAll(/\$\(fn ([a-z-]+)\)/g)) expect(FUNCTIONS).toContain(name);
  });

  test("names only files and headings that are there", () => {
    for (const [, file = ""] of document.matchAll(/`((?:docs|lib|lambdas|tests|clinic|bin)\/[\w./-]*\w)`/g))
      expect([file, existsSync(new URL(`../../${file}`, import.meta.url))]).toEqual([file, true]);
    const anchors = [...document.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, "")
        .replaceAll(" ", "-"),
    );
    for (const [, anchor = ""] of document.matchAll(/\]\(#([\w-]+)\)/g)) expect(anchors).toContain(anchor);
  });
});

test("docs/audit-questions.md lists every question with what it asks and takes, and every column", () => {
  const document = read("docs/audit-questions.md");
  for (const { name, asks, parameters } of QUESTIONS)
    expect(document).toContain(`| \`${name}\` | ${asks} | ${parameters.map((each) => `\`--${each.name}\``).join(" ")} |`);
  expect(document.match(/^\| `[a-z-]+` \| [A-Z]/gm)).toHaveLength(QUESTIONS.length);
});
