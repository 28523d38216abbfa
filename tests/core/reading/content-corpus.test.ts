import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readContent } from "../../../lambdas/core/reading/content.ts";
import { falseAlarms, type Measured, measure, print } from "../../corpora/measure.ts";
import { lines, TASKS } from "../../corpora/tasks.ts";

const task = TASKS.find(({ name }) => name === "content");
if (!task) throw new Error("the content reader has no corpus");

const together = ({ rows }: Measured) => rows.find(({ label }) => label === "clinical or sensitive");

describe("what a text would disclose", () => {
  it("on lines that nobody tuned for: recall 0.92 of clinical and sensitive at a precision of 0.95", () => {
    const measured = measure(task, lines(task, "held-out"));
    print("content, held-out", measured);
    expect(measured.lines).toBeGreaterThanOrEqual(1_150);
    expect(together(measured)?.recall).toBeGreaterThanOrEqual(0.92);
    expect(together(measured)?.precision).toBeGreaterThanOrEqual(0.95);
  });

  it("on the tuned lines, every miss listed", () => {
    const measured = measure(task, lines(task, "tuned"));
    print("content, tuned", measured);
    for (const { line, said } of measured.misses) console.log(`    ${line.label} read as ${said}: ${line.text}`);
    expect(together(measured)?.recall).toBeGreaterThanOrEqual(0.95);
    expect(together(measured)?.precision).toBeGreaterThanOrEqual(0.97);
  });

  // The goal is 5.
  it("stops at most 15 of a plain week's 1,000 routine texts", () => {
    const alarms = falseAlarms(task);
    console.log(`content, a plain week: ${alarms.length} false stops in 1000 lines`);
    expect(alarms.length).toBeLessThanOrEqual(15);
  });

  it("no text of a few everyday words is stopped", () => {
    for (const text of ["x", "Yes, from eight.", "ok", "Oui, à partir de huit heures.", "k see u", "?", "", "C'est bon", "No", "thx!"])
      expect([text, readContent(text).label]).toEqual([text, "administrative"]);
  });

  it("an everyday sense of a telling word decides nothing by itself", () => {
    for (const text of [
      "Take one from the box by the door",
      "Le médecin est en retard, on vous rappelle",
      "Le taxi est en bas, camion blanc.",
      "Horaire des fêtes : fermé les 24 et 25 décembre",
      "It's freezing out, come in early if you like",
    ])
      expect([text, readContent(text).findings]).toEqual([text, []]);
  });

  it.each([
    ["RAAM has you on Tuesday at 9", "substance-use"],
    ["Votre intervenante de SOS violence vous rappelle", "violence"],
    ["Hassle Free has your booking", "sexual-health"],
    ["Princess Margaret called about your parking", "cancer"],
    ["CAMH says Thursday", "mental-health"],
  ])("the name of a service tells: %s", (text, kind) => {
    const { label, findings } = readContent(text);
    expect(label).toBe("sensitive");
    expect(findings.some((each) => each.by === "rule" && each.kind === kind)).toBe(true);
  });

  it.each(["Your results are back, come in and bring someone with you.", "Vos résultats sont arrivés, amenez quelqu'un avec vous."])(
    "how somebody is called in tells what came back: %s",
    (text) => expect(readContent(text).findings.map(({ kind, by }) => `${kind} ${by}`)).toContain("result rule"),
  );

  it("weighs little: at most 120 kB of weights", () => {
    const file = new URL("../../../lambdas/core/reading/weights/content.json", import.meta.url);
    expect(readFileSync(file).length).toBeLessThanOrEqual(120_000);
  });
});
