import type { Clinic } from "./clinic.ts";
import type { Found, Judged } from "./judged.ts";
import { contentModel, readContent } from "./reading/content.ts";
import type { ContentKind } from "./reading/content-kinds.ts";
import type { Finding } from "./reading/finding.ts";

/** What a locked phone shows of a text, in characters. */
const OPENING = 40;

/**
 * Reads a text once, when it is accepted; the gate's second look has no words and needs none.
 * @param ownWords a person wrote it; false for an approved template
 */
export function judge(text: string, clinic: Pick<Clinic, "senderName">, ownWords: boolean): Judged {
  const said = text.toLocaleLowerCase("en-CA");
  const measured = {
    characters: [...text].length,
    namesSender: said.includes(clinic.senderName.toLocaleLowerCase("en-CA")),
    saysStop: /(?<!\p{L})(stop|arr[eê]t)(?!\p{L})/u.test(said),
  };
  if (!ownWords) return measured;
  const { label, findings } = readContent(text);
  const whole = findings.map((each) => found(each));
  return { ...measured, content: { label, findings: [...whole, ...opening(text, clinic.senderName, whole)], model: contentModel() } };
}

/**
 * What the opening discloses by itself, beside the name it comes from, and the whole text does not: an inference that the rest
 * would have corrected. The rules alone read it: a fragment is nothing the model has learnt. What stands in the name alone is the
 * clinic's own decision, and was looked at when `clinic/` was checked.
 */
function opening(text: string, senderName: string, whole: readonly Found[]): Found[] {
  const before = `${senderName}: `;
  const shown = [...text].slice(0, OPENING).join("");
  return readContent(before + shown)
    .findings.filter((each) => each.by === "rule" && each.to > before.length)
    .map((each) => found({ ...each, from: Math.max(0, each.from - before.length), to: each.to - before.length }, true))
    .filter((each) => !whole.some((other) => other.kind === each.kind && other.from < each.to && each.from < other.to));
}

const found = ({ kind, from, to, severity, by }: Finding<ContentKind>, preview = false): Found => ({
  id: `${kind}:${from}-${to}`,
  kind,
  from,
  to,
  severity,
  by,
  ...(preview ? { preview: true } : {}),
});
