import type { ClassifierOf } from "#app/contract/classifier.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, zeros } from "#app/linalg/matrix.ts";
import { correlations } from "../correlations.ts";
import { type Classifier, classesOf } from "./classifier.ts";

type Distance = ClassifierOf<"nearest-neighbours">["distance"];

/** The class that most of the nearest training samples have; of equals the lowest. Of few samples all are taken. */
export function nearestNeighbours(neighbours: number, distance: Distance): Classifier {
  return {
    prepare(linalg, train, test) {
      const nearness =
        distance === "correlation" ? byCorrelation(train, test) : byDistance(linalg, train, test);
      const nearest = Array.from({ length: test.rows }, (_, row) => {
        const own = nearness.data.subarray(row * train.rows, (row + 1) * train.rows);
        const order = Array.from(own.keys()).sort((a, b) => (own[b] as number) - (own[a] as number) || a - b);
        return order.slice(0, neighbours);
      });
      return (labels) => {
        const classes = classesOf(labels);
        return nearest.map((rows) => {
          const votes = classes.map((one) => rows.filter((row) => labels[row] === one).length);
          return classes[votes.indexOf(Math.max(...votes))] as number;
        });
      };
    },
  };
}

/** What is flat is as near to all. */
function byCorrelation(train: Matrix, test: Matrix): Matrix {
  const found = correlations(test, train);
  return { ...found, data: found.data.map((value) => value || 0) };
}

/** −‖a − b‖². */
function byDistance(linalg: Linalg, train: Matrix, test: Matrix): Matrix {
  const products = linalg.multiply(test, train, { right: true });
  const [own, other] = [squares(test), squares(train)];
  const out = zeros(test.rows, train.rows);
  for (let at = 0; at < out.data.length; at++) {
    const [row, column] = [Math.floor(at / train.rows), at % train.rows];
    out.data[at] = 2 * (products.data[at] as number) - (own[row] as number) - (other[column] as number);
  }
  return out;
}

function squares({ rows, columns, data }: Matrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) =>
    data.subarray(row * columns, (row + 1) * columns).reduce((sum, value) => sum + value ** 2, 0),
  );
}
