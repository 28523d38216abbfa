/**
 * Trains the readers' models from the tuned lines alone, and writes their weights: multinomial logistic regression over the
 * hashed features of lambdas/core/reading/model.ts, AdaGrad, a fixed seed. The same lines and rules give the same bytes.
 * `npm run train` writes; `npm run train -- optout` only that one; `-- --folds` first says what five-fold validation gives.
 */
import { writeFileSync } from "node:fs";
import { fold } from "../../lambdas/core/reading/fold.ts";
import { features, load, type Model, type Shape, type StoredModel, score, sizeOf } from "../../lambdas/core/reading/model.ts";
import { seeded } from "../support/random.ts";
import { measured, print } from "./measure.ts";
import { type Line, lines, TASKS, type Task } from "./tasks.ts";

/** Of a task that says nothing of its own. */
const SHAPE: Shape = { bits: 15 };
const EPOCHS = 24;
const RATE = 0.35;
const DECAY = 2e-5;

interface Example {
  readonly buckets: Uint32Array;
  readonly values: Float64Array;
  readonly label: number;
}

const exampleOf = (task: Task, line: Line): Example => {
  const folded = fold(line.text);
  const { buckets, values } = features(folded, task.concepts(folded), task.shape ?? SHAPE);
  return { buckets, values, label: task.modelLabels.indexOf(task.modelLabel(line)) };
};

function train({ modelLabels: labels, shape = SHAPE }: Task, examples: readonly Example[]): StoredModel {
  const size = sizeOf(shape);
  const weights = labels.map(() => new Float64Array(size));
  const speeds = labels.map(() => new Float64Array(size).fill(1e-6));
  const biases = new Float64Array(labels.length);
  const random = seeded(20_261_125);
  const order = examples.map((_, index) => index);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
    }
    for (const index of order) {
      const example = examples[index];
      if (!example) continue;
      const { buckets, values, label } = example;
      const sums = weights.map((row, at) => {
        let sum = 0;
        for (let i = 0; i < buckets.length; i++) sum += (row[buckets[i] ?? 0] ?? 0) * (values[i] ?? 0);
        return (biases[at] ?? 0) + sum;
      });
      const most = Math.max(...sums);
      const powers = sums.map((sum) => Math.exp(sum - most));
      const all = powers.reduce((a, b) => a + b, 0);
      for (const [at, row] of weights.entries()) {
        const error = (powers[at] ?? 0) / all - (at === label ? 1 : 0);
        biases[at] = (biases[at] ?? 0) - 0.01 * error;
        if (Math.abs(error) < 1e-4) continue;
        const speed = speeds[at] as Float64Array;
        for (let i = 0; i < buckets.length; i++) {
          const bucket = buckets[i] ?? 0;
          const gradient = error * (values[i] ?? 0) + DECAY * (row[bucket] ?? 0);
          speed[bucket] = (speed[bucket] ?? 0) + gradient * gradient;
          row[bucket] = (row[bucket] ?? 0) - (RATE * gradient) / Math.sqrt(speed[bucket] ?? 1);
        }
      }
    }
  }
  const scales = weights.map((row) => row.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-9) / 127);
  return {
    labels,
    ...shape,
    scales: scales.map((scale) => Number(scale.toPrecision(6))),
    biases: [...biases].map((bias) => Number(bias.toPrecision(6))),
    weights: weights.map((row, at) =>
      Buffer.from(Int8Array.from(row, (weight) => Math.round(weight / (scales[at] ?? 1)))).toString("base64"),
    ),
  };
}

/**
 * What the reader says of lines that its model was not trained on: for each seed five models, each blind to a fifth. Of the
 * model alone where a reader cannot be given another model. The rules saw every tuned line: only held-out lines judge them.
 */
function folds(task: Task, all: readonly Line[]): void {
  const examples = all.map((line) => exampleOf(task, line));
  const said: { line: Line; said: string }[] = [];
  for (const seed of [1, 2, 3]) {
    const random = seeded(seed);
    const parts = all.map(() => random.below(5));
    for (let part = 0; part < 5; part++) {
      const model: Model = load(
        train(
          task,
          examples.filter((_, index) => parts[index] !== part),
        ),
      );
      const alone = (text: string): string => {
        const folded = fold(text);
        const { chances } = score(model, folded, task.concepts(folded));
        return task.modelLabels[chances.indexOf(Math.max(...chances))] ?? "";
      };
      for (const [index, line] of all.entries())
        if (parts[index] === part) said.push({ line, said: task.readWith?.(model, line.text) ?? alone(line.text) });
    }
  }
  print(`${task.name}, three times five folds`, measured(task, said));
}

const wanted = process.argv.slice(2).filter((each) => !each.startsWith("--"));
for (const task of TASKS) {
  if (wanted.length > 0 && !wanted.includes(task.name)) continue;
  const all = lines(task, "tuned");
  console.log(`${task.name}: ${all.length} lines`);
  if (process.argv.includes("--folds")) folds(task, all);
  const stored = train(
    task,
    all.map((line) => exampleOf(task, line)),
  );
  writeFileSync(new URL(`../../lambdas/core/reading/weights/${task.weights}`, import.meta.url), `${JSON.stringify(stored)}\n`);
}
