/**
 * Trains the readers' models from the tuned lines alone, and writes their weights: multinomial logistic regression over the
 * hashed features of lambdas/core/reading/model.ts, AdaGrad, a fixed seed. The same lines and rules give the same bytes.
 * `npm run train` writes; `npm run train -- optout` only that one; `-- --folds` first says what five-fold validation gives.
 */
import { writeFileSync } from "node:fs";
import { type Folded, fold } from "../../lambdas/core/reading/fold.ts";
import {
  features,
  load,
  type Model,
  pack,
  packWeights,
  type Shape,
  type StoredModel,
  score,
  sizeOf,
} from "../../lambdas/core/reading/model.ts";
import { seeded } from "../support/random.ts";
import { measured, print } from "./measure.ts";
import { besides, type Learning, type Line, lines, TASKS, type Task } from "./tasks.ts";

/** Of a task that says nothing of its own. */
const SHAPE: Shape = { bits: 15 };
const LEARNING: Learning = { epochs: 24, rate: 0.35, decay: 2e-5 };

interface Example {
  readonly buckets: Uint32Array;
  readonly values: Float64Array;
  readonly label: number;
}

/** A line, and what the rules see in it. */
interface Seen {
  readonly line: Line;
  readonly folded: Folded;
  readonly concepts: readonly string[];
  /**
   * The same as it is learnt. Of a task that forgets, a line is learnt several times, each time without some of its
   * concepts: the rules know the tuned lines by heart, and the model must not trust them more than they deserve elsewhere.
   */
  readonly learnt: readonly (readonly string[])[];
}

function seeAll(task: Task, all: readonly Line[]): Seen[] {
  const random = seeded(20_261_126);
  const { copies, share } = task.learning?.forget ?? { copies: 1, share: 0 };
  return all.map((line) => {
    const text = fold(line.text);
    const concepts = task.concepts(text);
    const learnt = share > 0 ? Array.from({ length: copies }, () => task.concepts(text, () => random.chance(share))) : [concepts];
    return { line, folded: task.words?.(text) ?? text, concepts, learnt };
  });
}

/** How many lines each bucket is seen in. */
function countsOf(shape: Shape, all: readonly Seen[]): Uint16Array {
  const counts = new Uint16Array(sizeOf(shape));
  for (const { folded, concepts } of all)
    for (const bucket of features(folded, concepts, shape).buckets) counts[bucket] = (counts[bucket] ?? 0) + 1;
  return counts;
}

/** The weights of a task; where it may have only so many features, those that move texts most when all were learnt. */
function train(task: Task, all: readonly Seen[]): StoredModel {
  const { least = 1, most = Number.POSITIVE_INFINITY } = task.learning ?? {};
  const plain = task.shape ?? SHAPE;
  if (least <= 1) return stored(task, plain, learn(task, all, plain));
  const counts = countsOf(plain, all);
  const shape = { ...plain, keeps: Uint32Array.from(counts.keys()).filter((bucket) => (counts[bucket] ?? 0) >= least) };
  if (shape.keeps.length <= most) return stored(task, shape, learn(task, all, shape));
  const fewer = { ...plain, keeps: movingMost(shape.keeps, learn(task, all, shape), counts, most) };
  return stored(task, fewer, learn(task, all, fewer));
}

/** The buckets that would move texts most: by how far apart their weights are, and in how many lines they are met. */
function movingMost(keeps: Uint32Array, { weights }: Learnt, counts: Uint16Array, most: number): Uint32Array {
  const moves = Float64Array.from(keeps, (bucket, at) => {
    const of = [0, ...weights.map((row) => row[at] ?? 0)];
    return (Math.max(...of) - Math.min(...of)) * Math.sqrt(counts[bucket] ?? 0);
  });
  const order = Uint32Array.from(keeps.keys()).sort((a, b) => (moves[b] ?? 0) - (moves[a] ?? 0) || a - b);
  return order
    .slice(0, most)
    .map((at) => keeps[at] ?? 0)
    .sort();
}

interface Learnt {
  readonly weights: readonly Float64Array[];
  readonly biases: Float64Array;
}

function learn(task: Task, all: readonly Seen[], shape: Shape): Learnt {
  const { modelLabels: labels } = task;
  const { epochs, rate, decay } = { ...LEARNING, ...task.learning };
  const unseen = seeded(20_261_127);
  const share = task.learning?.forget?.words ?? 0;
  const forgets = share > 0 ? (): boolean => unseen.chance(share) : undefined;
  const examples = all.flatMap(({ line, folded, learnt }) =>
    learnt.map((concepts): Example => {
      const { buckets, values } = features(folded, concepts, shape, forgets);
      return { buckets, values, label: labels.indexOf(task.modelLabel(line)) };
    }),
  );
  const size = sizeOf(shape);
  // The last label needs no weights of its own where it is the one that the others are told from.
  const weights = (labels.length === 2 || task.learning?.lastIsRest ? labels.slice(0, -1) : labels).map(() => new Float64Array(size));
  const speeds = weights.map(() => new Float64Array(size).fill(1e-6));
  const biases = new Float64Array(labels.length);
  const random = seeded(20_261_125);
  const order = examples.map((_, index) => index);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
    }
    for (const index of order) {
      const example = examples[index];
      if (!example) continue;
      const { buckets, values, label } = example;
      const sums = labels.map((_, at) => {
        const row = weights[at];
        let sum = 0;
        if (row) for (let i = 0; i < buckets.length; i++) sum += (row[buckets[i] ?? 0] ?? 0) * (values[i] ?? 0);
        return (biases[at] ?? 0) + sum;
      });
      const most = Math.max(...sums);
      const powers = sums.map((sum) => Math.exp(sum - most));
      const sum = powers.reduce((a, b) => a + b, 0);
      for (const [at, row] of weights.entries()) {
        const error = (powers[at] ?? 0) / sum - (at === label ? 1 : 0);
        biases[at] = (biases[at] ?? 0) - 0.01 * error;
        if (Math.abs(error) < 1e-4) continue;
        const speed = speeds[at] as Float64Array;
        for (let i = 0; i < buckets.length; i++) {
          const bucket = buckets[i] ?? 0;
          const gradient = error * (values[i] ?? 0) + decay * (row[bucket] ?? 0);
          speed[bucket] = (speed[bucket] ?? 0) + gradient * gradient;
          row[bucket] = (row[bucket] ?? 0) - (rate * gradient) / Math.sqrt(speed[bucket] ?? 1);
        }
      }
    }
  }
  return { weights, biases };
}

/** As it is stored. */
function stored(task: Task, shape: Shape, { weights, biases }: Learnt): StoredModel {
  const bits = task.learning?.weightBits ?? 8;
  const scales = weights.map((row) => scaleOf(row, bits));
  const most = 2 ** (bits - 1) - 1;
  const { keeps, ...plain } = shape;
  const packed = weights.map((row, at) =>
    Int8Array.from(row, (weight) => Math.max(-most, Math.min(most, Math.round(weight / (scales[at] ?? 1))))),
  );
  // What weighs nothing for any label need not be kept.
  const heavy = (_: unknown, index: number): boolean => !keeps || packed.some((row) => row[index] !== 0);
  return {
    labels: task.modelLabels,
    ...plain,
    ...(keeps && { kept: pack(keeps.filter(heavy)) }),
    ...(bits < 8 && { weightBits: bits }),
    scales: scales.map((scale) => Number(scale.toPrecision(6))),
    biases: [...biases].map((bias) => Number(bias.toPrecision(6))),
    weights: packed.map((row) => packWeights(row.filter(heavy), bits)),
  };
}

/** What a stored weight of 1 means: with few bits, the largest weights are cut so that the many small ones are told apart. */
function scaleOf(row: Float64Array, bits: number): number {
  const most = 2 ** (bits - 1) - 1;
  const largest = row.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-9);
  if (bits >= 8) return largest / most;
  let best = largest / most;
  let least = Number.POSITIVE_INFINITY;
  for (let share = 1; share > 0.1; share -= 0.05) {
    const scale = (share * largest) / most;
    const lost = row.reduce((sum, weight) => sum + (Math.max(-most, Math.min(most, Math.round(weight / scale))) * scale - weight) ** 2, 0);
    if (lost < least) [best, least] = [scale, lost];
  }
  return best;
}

/**
 * What the reader says of lines that its model was not trained on: for each seed five models, each blind to a fifth. Of the
 * model alone where a reader cannot be given another model. The rules saw every tuned line: only held-out lines judge them.
 */
function folds(task: Task, all: readonly Seen[], own: number): void {
  const said: { line: Line; said: string }[] = [];
  const beside = new Map<string, number>();
  for (const seed of [1, 2, 3]) {
    const random = seeded(seed);
    // Neighbours stay together: many lines were written as a pair, one on each side.
    const parts: number[] = [];
    while (parts.length < all.length) parts.push(...Array.from({ length: 12 }, () => -1).fill(random.below(5)));
    for (let part = 0; part < 5; part++) {
      const model: Model = load(
        train(
          task,
          all.filter((_, index) => parts[index] !== part),
        ),
      );
      const alone = ({ folded, concepts }: Seen): string => {
        const { chances } = score(model, folded, concepts);
        return task.modelLabels[chances.indexOf(Math.max(...chances))] ?? "";
      };
      for (const [index, seen] of all.entries())
        if (parts[index] === part) {
          const label = task.readWith?.(model, seen.line.text) ?? alone(seen);
          if (index < own) said.push({ line: seen.line, said: label });
          else beside.set(label, (beside.get(label) ?? 0) + 1 / 3);
        }
    }
  }
  print(`${task.name}, three times five folds`, measured(task, said));
  if (all.length > own)
    console.log(`  of ${all.length - own} lines beside: ${[...beside].map(([label, many]) => `${many.toFixed(1)} ${label}`).join(", ")}`);
}

const wanted = process.argv.slice(2).filter((each) => !each.startsWith("--"));
for (const task of TASKS) {
  if (wanted.length > 0 && !wanted.includes(task.name)) continue;
  const own = lines(task, "tuned");
  const all = seeAll(task, [...own, ...besides(task)]);
  console.log(`${task.name}: ${own.length} lines and ${all.length - own.length} beside`);
  if (process.argv.includes("--folds")) folds(task, all, own.length);
  const weights = train(task, all);
  writeFileSync(new URL(`../../lambdas/core/reading/weights/${task.weights}`, import.meta.url), `${JSON.stringify(weights)}\n`);
}
