import { describe, expect, it } from "vitest";
import { readContent } from "../../lambdas/core/reading/content.ts";
import { safeReply, safeRewrite } from "../../lambdas/core/rewrite.ts";
import { clinic } from "../support/world.ts";

describe.each(["en", "fr"] as const)("what may be sent instead, in %s,", (language) => {
  it.each(clinic.scenarios.filter(({ allowed }) => allowed).map((scenario) => [scenario.id, scenario] as const))(
    "discloses nothing and asks for nothing: %s",
    (_, scenario) => {
      const rewrite = safeRewrite(clinic, scenario, language);
      expect(rewrite?.text).toContain(clinic.senderName);
      expect(readContent(rewrite?.text ?? "")).toEqual({ label: "administrative", findings: [] });
      expect(rewrite?.template).toBe(scenario.templates[0]?.id);
      expect(Object.keys(rewrite?.params ?? {})).toEqual(Object.keys(scenario.templates[0]?.params ?? {}));
    },
  );

  it("is nothing in a scenario that the clinic refuses", () => {
    const refused = clinic.scenarios.filter(({ allowed }) => !allowed);
    expect(refused.length).toBeGreaterThan(0);
    for (const scenario of refused) expect(safeRewrite(clinic, scenario, language)).toBeUndefined();
  });

  it("asks for a call where the text was an answer", () => {
    const { wording, text } = safeReply(clinic, language);
    expect(wording).toBe("call-us");
    expect(readContent(text)).toEqual({ label: "administrative", findings: [] });
  });
});
