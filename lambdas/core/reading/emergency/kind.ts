import { EMERGENCY_KINDS, type EmergencyKind } from "../../clinic.ts";
import { degree, type Occurrence, serious } from "./concepts.ts";
import { words } from "./tokens.ts";

const INFANT = words("baby age-newborn age-baby fontanel");
const CHILD = words("child age-child");
const EXPECTING = words("pregnant gestation gestation-any babymove waters contractions postpartum miscarry");

/** The kind of emergency that most of a text's complaints speak for. */
export function kindOf(occurrences: readonly Occurrence[]): EmergencyKind {
  const votes = new Map<EmergencyKind, number>();
  const vote = (kind: EmergencyKind, weight: number): unknown => votes.set(kind, (votes.get(kind) ?? 0) + weight);
  const seen = new Set<string>();
  for (const each of occurrences) {
    if (seen.has(each.name) || each.negated) continue;
    seen.add(each.name);
    if (serious(each)) vote(each.kind ?? "other", each.kind ? degree(each) : 1);
    else if (each.group === "H" && each.kind) vote(each.kind, 0.5);
  }
  const says = (names: ReadonlySet<string>): boolean => [...names].some((name) => seen.has(name));
  if (says(EXPECTING)) vote("pregnancy", 5);
  if (says(INFANT)) vote("child", 5);
  else if (says(CHILD)) vote("child", 2);
  return EMERGENCY_KINDS.reduce((best, kind) => ((votes.get(kind) ?? 0) > (votes.get(best) ?? 0) ? kind : best), "other");
}
