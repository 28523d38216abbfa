import { asksFor } from "./asks.ts";
import { discloses } from "./discloses.ts";
import { tooLong } from "./templates.ts";
import { type Check, entriesOf } from "./written.ts";

/** The examples of scenarios.yaml agree with the scenario and with the gate: staff are trained on them. */
export const examples: Check = (written, say) => {
  const { scenarios: file } = written;
  for (const [index, { examples }] of entriesOf(file.draft?.scenarios)) {
    const at = (...path: PropertyKey[]): PropertyKey[] => ["scenarios", index, "examples", ...path];
    const sides = new Map<string, string>();
    const twice = (text: string, side: string, path: PropertyKey[]): void => {
      const plain = text.trim().toLowerCase();
      const other = sides.get(plain);
      if (other) say(file, path, `${other === side ? "stands twice" : "stands on both sides"}: "${text}"; write another example`);
      sides.set(plain, side);
    };
    for (const [place, text] of entriesOf(examples?.appropriate)) {
      const path = at("appropriate", place);
      twice(text, "appropriate", path);
      const found = discloses(text);
      const wrong = [
        ...(found ? [found.says] : []),
        ...tooLong(text, written),
        ...asksFor(text).map((word) => `asks the patient to answer ${word}, which opts out`),
      ];
      for (const says of wrong) say(file, path, `"${text}" stands as appropriate but ${says}; reword it, or move it to notAppropriate`);
    }
    for (const [place, { text, because }] of entriesOf(examples?.notAppropriate)) {
      if (text === undefined) continue;
      const path = at("notAppropriate", place);
      twice(text, "notAppropriate", path);
      if (because === "content" && discloses(text) === undefined)
        say(
          file,
          path,
          `"${text}" stands as not appropriate because of its content but reads as administrative, so nothing would stop it; write a plainer example, or because: purpose, person or time`,
        );
    }
  }
};
