/** The three readings that have a corpus, and how a line of it is read: by the very code that the gate runs. */
import { readdirSync, readFileSync } from "node:fs";
import { contentConcepts, readContent, readContentWith } from "../../lambdas/core/reading/content.ts";
import { CONTENT_LABELS } from "../../lambdas/core/reading/content-kinds.ts";
import {
  EMERGENCY_LABELS,
  emergencyConcepts,
  emergencyWords,
  readEmergency,
  readEmergencyWith,
} from "../../lambdas/core/reading/emergency.ts";
import type { Folded } from "../../lambdas/core/reading/fold.ts";
import type { Model, Shape } from "../../lambdas/core/reading/model.ts";
import { OPT_OUT_MODEL_LABELS, optOutConcepts, readOptOut, readWith } from "../../lambdas/core/reading/opt-out.ts";

/** A line somebody wrote for this project, and what it is by docs/reading.md. */
export interface Line {
  readonly text: string;
  readonly lang: "en" | "fr";
  readonly label: string;
  readonly kind?: string;
  readonly findings?: readonly string[];
}

/** How a model is trained, where it is not as usual. */
export interface Learning {
  readonly epochs: number;
  readonly rate: number;
  /** How much each weight is drawn back to nothing at each step. */
  readonly decay: number;
  /** A feature of fewer lines has no weight. */
  readonly least?: number;
  /** Each line is learnt `copies` times, each time without this share of its concepts, and of its words' features. */
  readonly forget?: { readonly copies: number; readonly share: number; readonly words?: number };
  /** At most so many features have a weight: those that weigh most. */
  readonly most?: number;
  /** Whether the last label is what none of the others is, and has no weights of its own. */
  readonly lastIsRest?: boolean;
  /** Bits of a stored weight; 8 when absent. */
  readonly weightBits?: number;
}

/** Tuned lines written for something else, and what they are for a task: everyday texts above all. */
export interface Beside {
  /** Under tests/corpora. */
  readonly file: string;
  readonly label: string;
}

export interface Task {
  readonly name: "optout" | "emergency" | "content";
  /** Labels of the model, which may be finer than those of the reading. */
  readonly modelLabels: readonly string[];
  /** What the model's features look like, where the usual does not do. */
  readonly shape?: Shape;
  readonly learning?: Learning;
  /** What the model learns too. A text that the task has a line of its own for is what that line says. */
  readonly beside?: readonly Beside[];
  /** File of the weights under lambdas/core/reading/weights/. */
  readonly weights: string;
  /** The words as the model sees them, where that is not as they were folded. */
  words?(folded: Folded): Folded;
  /** @param forgets asked of each concept while training */
  concepts(folded: Folded, forgets?: () => boolean): string[];
  modelLabel(line: Line): string;
  read(text: string): string;
  /** The whole reader, rules and all, with weights that are not the stored ones. */
  readWith?(model: Model, text: string): string;
}

/** What tells nothing is what the others are told from. */
const CONTENT_MODEL_LABELS = [...CONTENT_LABELS.filter((label) => label !== "administrative"), "administrative"];

export const TASKS: readonly Task[] = [
  {
    name: "optout",
    modelLabels: OPT_OUT_MODEL_LABELS,
    shape: { bits: 20, conceptBits: 18, conceptWeight: 2, fewest: { words: 40, concepts: 8 } },
    learning: {
      epochs: 12,
      rate: 0.2,
      decay: 3e-4,
      least: 3,
      most: 17_000,
      forget: { copies: 3, share: 0.3 },
      weightBits: 4,
      lastIsRest: true,
    },
    beside: [
      { file: "routine/inbound.jsonl", label: "not" },
      { file: "emergency/train.jsonl", label: "not" },
      { file: "emergency/train-2.jsonl", label: "not" },
    ],
    weights: "opt-out.json",
    concepts: optOutConcepts,
    modelLabel: ({ label }) => (label === "certain" || label === "probable" ? "out" : label),
    read: (text) => readOptOut(text).label,
    readWith: (model, text) => readWith(model, text).label,
  },
  {
    name: "emergency",
    modelLabels: EMERGENCY_LABELS,
    shape: { bits: 20, conceptBits: 18, conceptWeight: 1.5, pieces: false },
    learning: { epochs: 5, rate: 0.1, decay: 3e-3, least: 3, forget: { copies: 8, share: 0.5 }, weightBits: 5 },
    beside: [
      { file: "routine/inbound.jsonl", label: "not" },
      // What is texted about texts is no emergency; the cries for help among it stand in our own lines too, as what they are.
      { file: "optout/train.jsonl", label: "not" },
      { file: "optout/train-2.jsonl", label: "not" },
      { file: "optout/train-3.jsonl", label: "not" },
      { file: "optout/train-4.jsonl", label: "not" },
    ],
    weights: "emergency.json",
    words: emergencyWords,
    concepts: emergencyConcepts,
    modelLabel: ({ label }) => label,
    read: (text) => readEmergency(text).label,
    readWith: (model, text) => readEmergencyWith(model, text).label,
  },
  {
    name: "content",
    modelLabels: CONTENT_MODEL_LABELS,
    shape: { bits: 20, conceptBits: 18, conceptWeight: 3, fewest: { words: 30, concepts: 1 } },
    learning: {
      epochs: 4,
      rate: 0.2,
      decay: 3e-3,
      least: 3,
      most: 17_000,
      forget: { copies: 12, share: 0.5, words: 0.5 },
      weightBits: 6,
      lastIsRest: true,
    },
    weights: "content.json",
    concepts: contentConcepts,
    modelLabel: ({ label }) => label,
    read: (text) => readContent(text).label,
    readWith: (model, text) => readContentWith(model, text).label,
  },
];

/**
 * The lines of a task. `tuned`: those that rules and weights were made from. `held-out`: written by others, kept out of all
 * tuning.
 */
export function lines(task: Task, part: "tuned" | "held-out"): Line[] {
  const dir = new URL(`./${task.name}/`, import.meta.url);
  return readdirSync(dir)
    .filter((file) => file.endsWith(".jsonl") && file.includes("held-out") === (part === "held-out"))
    .sort()
    .flatMap((file) => readFileSync(new URL(file, dir), "utf8").split("\n").filter(Boolean))
    .map((line) => JSON.parse(line) as Line);
}

/** The lines of other files that the model of a task learns, labelled as the task sees them. */
export function besides(task: Task): Line[] {
  const own = new Set(lines(task, "tuned").map(({ text }) => text));
  return (task.beside ?? [])
    .flatMap(({ file, label }) =>
      readFileSync(new URL(`./${file}`, import.meta.url), "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line): Line => ({ ...(JSON.parse(line) as Line), label })),
    )
    .filter(({ text }) => !own.has(text));
}
