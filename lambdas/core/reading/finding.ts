/** What a reader found in a text, where, and how much it weighs. */
export interface Finding<Kind extends string = string> {
  /** `kind:from-to`: says where, never what; the same for the same text. */
  readonly id: string;
  readonly kind: Kind;
  /** UTF-16 units of the text as it was written, end exclusive. */
  readonly from: number;
  readonly to: number;
  /** A rule may refuse; the model alone only asks. */
  readonly severity: "refuse" | "ask";
  readonly by: "rule" | "model";
  /** The rule's name, or the model's strongest features. */
  readonly why: string;
}

export function finding<Kind extends string>(
  kind: Kind,
  span: { readonly from: number; readonly to: number },
  how: Pick<Finding, "severity" | "by" | "why">,
): Finding<Kind> {
  return { id: `${kind}:${span.from}-${span.to}`, kind, ...span, ...how };
}
