/** What is known of a text's words once they are sealed: measures, and findings by their position. Never a word. */
import type { ContentKind, ContentLabel } from "./reading/content-kinds.ts";

/** A finding without what it quotes: the model's reasons are words of the text and stay behind. */
export interface Found {
  /** `kind:from-to`. */
  readonly id: string;
  readonly kind: ContentKind;
  /** UTF-16 units of the text, end exclusive. */
  readonly from: number;
  readonly to: number;
  readonly severity: "refuse" | "ask";
  readonly by: "rule" | "model";
  /** Only the opening shows it: what a locked phone shows, read without the rest. */
  readonly preview?: true;
}

export interface Judged {
  /** Characters as a person counts them (code points). */
  readonly characters: number;
  /** The words name the clinic, and say how to stop the texts. */
  readonly namesSender: boolean;
  readonly saysStop: boolean;
  /** What a person's own words would disclose. A template was read when `clinic/` was checked. */
  readonly content?: {
    readonly label: ContentLabel;
    readonly findings: readonly Found[] /** SHA-256 of the model's weights. */;
    readonly model: string;
  };
}
