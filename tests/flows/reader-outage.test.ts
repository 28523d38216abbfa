/** The product's own handler with an emergency reader in it that throws on every text: what a fault of ours there would be. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { BUNDLING } from "../../lib/bundles.ts";
import { type Desk, deskOf } from "../support/desk.ts";
import { startTestStack, type TestStack } from "../support/stack.ts";
import { readBooks, wrongs } from "../support/wrongs.ts";

const MINUTE = 60_000;
const cdkOut = mkdtempSync(join(tmpdir(), "clinic-sms-no-reader-"));
let clinic: TestStack;
let desk: Desk;
beforeAll(async () => {
  cpSync(inject("cdkOut"), cdkOut, { recursive: true });
  const { Resources } = JSON.parse(readFileSync(join(cdkOut, "ClinicSms-Gateway.template.json"), "utf8")) as {
    Resources: Record<string, { Properties: { Description?: string; Code?: { S3Key: string } } }>;
  };
  const receive = Object.values(Resources).find(({ Properties }) => Properties?.Description === "receive-text");
  await build({
    ...BUNDLING,
    entryPoints: ["lambdas/handlers/receive-text.ts"],
    outfile: join(cdkOut, `asset.${receive?.Properties.Code?.S3Key.replace(/\.zip$/, "")}`, "index.mjs"),
    plugins: [
      {
        name: "a reader that throws",
        setup: ({ onLoad }) =>
          onLoad({ filter: /reading\/emergency\.ts$/ }, () => ({
            contents: 'export function readEmergency() { throw new Error("the reader failed"); }',
            loader: "ts",
          })),
      },
    ],
  });
  clinic = await startTestStack({ cdkOut });
  desk = deskOf(clinic);
});
afterAll(async () => {
  await clinic.close();
  rmSync(cdkOut, { recursive: true, force: true });
});

test("each text is stored at once, marked as judged by nobody, and due in five minutes; the pages are few", async () => {
  const senders = Array.from({ length: 12 }, (_, n) => `+15875552${String(n).padStart(3, "0")}`);
  for (const [n, e164] of senders.entries()) await clinic.text(e164, `Can I move my appointment? ${n}`);
  await clinic.drain();
  const queue = await desk.queue();
  expect(queue).toHaveLength(senders.length);
  for (const item of queue) {
    expect(item).toMatchObject({ urgent: "not-judged", tasks: [{ kind: "not-judged" }] });
    expect(Date.parse(item.dueAt) - Date.parse(item.waitingSince)).toBe(5 * MINUTE);
  }
  expect(clinic.stack.aws.mails()).toEqual([]);
  // Words that every number understands are not the net's affair.
  await clinic.text("+15875552100", "STOP");
  await clinic.drain();
  expect(clinic.inbox("+15875552100")).toHaveLength(1);
  expect((await desk.waiting("+15875552100")).urgent).toBeUndefined();

  const claimed = await desk.next();
  expect(claimed.body.texts).toMatchObject([{ text: expect.stringContaining("Can I move my appointment?") }]);
  for (let n = 0; n < 5; n++) {
    clinic.advance(MINUTE);
    await clinic.drain();
  }
  // Eleven conversations are overdue together: the nurse has one mail for them, or two where the minute changed between them.
  const mails = clinic.stack.aws.mails();
  expect(mails.length).toBeGreaterThan(0);
  expect(mails.length).toBeLessThanOrEqual(2);
  expect(await desk.queue("clinic-manager")).toHaveLength(senders.length - 1);
  const marks = (await clinic.events()).filter(({ type, why }) => type === "text.received" && why?.includes("not-judged"));
  expect(marks).toHaveLength(senders.length);
  expect(wrongs(await readBooks(clinic))).toEqual([]);
});
