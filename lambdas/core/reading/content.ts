import { asksIdentifier } from "./content/asking.ts";
import { isTelling, namesOf, type Sight, see, tells } from "./content/concepts.ts";
import { type Identifier, identifiers } from "./content/identifiers.ts";
import { shortLinks } from "./content/links.ts";
import { rulings } from "./content/rules.ts";
import { type ContentKind, type ContentLabel, IDENTIFIER_KINDS, SENSITIVE_KINDS } from "./content-kinds.ts";
import { type Finding, finding } from "./finding.ts";
import { type Folded, fold, spanOf } from "./fold.ts";
import { load, type Model, score, strongest } from "./model.ts";
import stored from "./weights/content.json" with { type: "json" };

export interface ContentReading {
  readonly label: ContentLabel;
  readonly findings: readonly Finding<ContentKind>[];
}

let loaded: Model | undefined;
/** Loaded at the first text, not at the start of a function that may read none. */
function model(): Model {
  loaded ??= load(stored);
  return loaded;
}
/** SHA-256 of the weights. */
export const contentModel = (): string => model().hash;
/** Above this chance of disclosing something, a person decides. */
const ASK = 0.73;
/** The same of a few words of which none tells anything by itself ("Yes, from eight."): too little to go by. */
const ASK_FEW = 0.95;
const FEW = 8;
/** Above this chance of a sensitive subject, a clinical finding counts as one. */
const SENSITIVE = 0.8;

/** What stands in a text, before anyone judges it. */
function looked(text: string): { folded: Folded; sight: Sight; values: Identifier[]; concepts: string[] } {
  const folded = fold(text);
  const sight = see(folded);
  const values = identifiers(folded, sight.tokens);
  return { folded, sight, values, concepts: conceptsOf(sight, values) };
}

const conceptsOf = (sight: Sight, values: readonly Identifier[], forgotten?: Parameters<typeof namesOf>[1]): string[] => [
  ...namesOf(sight, forgotten),
  ...new Set(values.map(({ kind }) => kind)),
];

/**
 * What the rules see in a text, by name: the model's most telling features.
 * @param forgets asked of each telling word while training: no list knows every word there is, and a model that trusted the
 * lists as the tuned lines know them would trust them too far elsewhere
 */
export function contentConcepts(folded: Folded, forgets: () => boolean = () => false): string[] {
  const sight = see(folded);
  return conceptsOf(sight, identifiers(folded, sight.tokens), ({ concept }) => isTelling(concept) && forgets());
}

/** Findings that are refused whatever the label. */
const BESIDE: ReadonlySet<ContentKind> = new Set<ContentKind>(["asks-identifier", "link-shortener"]);
const isSensitive = (kind: ContentKind): boolean => SENSITIVE_KINDS.has(kind) || (IDENTIFIER_KINDS.has(kind) && !BESIDE.has(kind));

/** What an outbound text would disclose. Never throws; linear in the text's length. */
export const readContent = (text: string): ContentReading => readContentWith(model(), text);

/** The same by another model: what validation asks about lines that the stored one was trained on. */
export function readContentWith(by: Model, text: string): ContentReading {
  const { folded, sight, values, concepts } = looked(text);
  const { tokens } = sight.tokens;
  const findings: Finding<ContentKind>[] = [];
  const refuse = (kind: ContentKind, from: number, to: number, why: string): void => {
    findings.push(finding(kind, spanOf(folded, from, to), { severity: "refuse", by: "rule", why }));
  };
  const units = (first: number, end: number): [from: number, to: number] => [tokens[first]?.from ?? 0, tokens[end - 1]?.to ?? 0];
  for (const { kind, from, to, why } of values) refuse(kind, from, to, why);
  const asked = asksIdentifier(sight.tokens, sight.matches, (first, end) => {
    const [from, to] = units(first, end);
    return values.some((value) => value.from >= from && value.to <= to);
  });
  if (asked) refuse("asks-identifier", ...units(asked.first, asked.end), "asks for an identifier in writing");
  for (const { from, to } of shortLinks(folded)) refuse("link-shortener", from, to, "a shortened link");
  for (const { kind, match } of rulings(sight)) refuse(kind, ...units(match.first, match.end), match.concept);

  const { chances } = score(by, folded, concepts);
  const chance = (label: ContentLabel): number => chances[by.labels.indexOf(label)] ?? 0;
  const ruled = findings.filter(({ kind }) => !BESIDE.has(kind));
  if (ruled.some(({ kind }) => isSensitive(kind))) return { label: "sensitive", findings };
  if (ruled.length === 0 && chance("administrative") >= 1 - (tokens.length > FEW || tells(sight) ? ASK : ASK_FEW))
    return { label: "administrative", findings };
  const likely: ContentLabel = chance("sensitive") > chance("clinical") ? "sensitive" : "clinical";
  const label: ContentLabel = ruled.length > 0 && chance("sensitive") <= SENSITIVE ? "clinical" : likely;
  if (ruled.length === 0 || label === "sensitive") {
    const why = strongest(by, label, folded, concepts).join(" ");
    findings.push(finding(`perhaps-${label}`, spanOf(folded, 0, folded.text.length), { severity: "ask", by: "model", why }));
  }
  return { label, findings };
}
