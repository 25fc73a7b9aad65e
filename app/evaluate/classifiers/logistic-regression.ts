import type { Linalg } from "#app/linalg/linalg.ts";
import { emptyModel, fitLogistic } from "#app/linalg/logistic-model.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { type Classifier, classesOf, highestScores } from "./classifier.ts";
import { type SampleSpan, sampleSpan } from "./sample-span.ts";

/** Multinomial logistic regression with a penalty on squared weights, none on the intercepts, as scikit-learn's. */
export function logisticRegression(cost: number): Classifier {
  return {
    prepare(linalg, train, test) {
      const span = sampleSpan(linalg, train, test);
      return (labels) => highestScores(logits(linalg, cost, span, labels), classesOf(labels));
    },
  };
}

/** Of each sample to label and class, in ascending order of classes, samples × classes. */
export function logits(
  linalg: Linalg,
  cost: number,
  { train, test }: SampleSpan,
  labels: readonly number[],
): Matrix {
  const classes = classesOf(labels);
  const { theta, bias } = fitLogistic(linalg, emptyModel(train.columns, classes.length), {
    rows: train,
    codes: Int32Array.from(labels, (label) => classes.indexOf(label)),
    counts: new Float64Array(train.rows).fill(cost),
  }).model;
  const out = linalg.multiply(test, theta);
  return { ...out, data: out.data.map((value, at) => value + (bias[at % classes.length] as number)) };
}
