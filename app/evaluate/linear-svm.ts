import { createRequire } from "node:module";
import type { Matrix } from "#app/linalg/matrix.ts";
import type { Classifier } from "./classifier.ts";

/** What is used of libsvm-js, which ships no types. */
interface Svm {
  train(samples: readonly (readonly number[])[], labels: readonly number[]): void;
  predict(samples: readonly (readonly number[])[]): number[];
  free(): void;
}

interface SvmConstructor {
  new (options: { type: number; kernel: number; cost: number; quiet: boolean }): Svm;
  readonly SVM_TYPES: { readonly C_SVC: number };
  readonly KERNEL_TYPES: { readonly LINEAR: number };
}

/**
 * The linear C-SVM of libsvm (Chang & Lin 2011), compiled to WebAssembly: one against one, by votes. The cost is
 * a number, or PyMVPA's rule for each training set: 1 / (mean Euclidean norm of its samples)².
 */
export async function loadLinearSvm(cost: number | "pymvpa"): Promise<Classifier> {
  const Svm = await quietly();
  return {
    name: "linear-svm",
    label: "Linear support vector machine",
    fitPredict(train, labels, test) {
      const svm = new Svm({
        type: Svm.SVM_TYPES.C_SVC,
        kernel: Svm.KERNEL_TYPES.LINEAR,
        cost: cost === "pymvpa" ? pymvpaCost(train) : cost,
        quiet: true,
      });
      try {
        svm.train(rowsOf(train), labels);
        return svm.predict(rowsOf(test));
      } finally {
        svm.free();
      }
    },
  };
}

/**
 * Where there is a fetch the package first tries to stream its own file as a web page would, fails, and says so on
 * standard error; so it is loaded without one. It is CommonJS and exports a promise, which an import of it would
 * wrap beyond use.
 */
async function quietly(): Promise<SvmConstructor> {
  const { fetch } = globalThis;
  Reflect.deleteProperty(globalThis, "fetch");
  try {
    return await createRequire(import.meta.url)("libsvm-js");
  } finally {
    globalThis.fetch = fetch;
  }
}

/** 1 / (mean Euclidean norm of the rows)². */
export function pymvpaCost(samples: Matrix): number {
  const norms = rowsOf(samples).map((row) => Math.sqrt(row.reduce((sum, value) => sum + value * value, 0)));
  return 1 / (norms.reduce((sum, norm) => sum + norm, 0) / norms.length) ** 2;
}

function rowsOf({ rows, columns, data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from(data.subarray(row * columns, (row + 1) * columns)),
  );
}
