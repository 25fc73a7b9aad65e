import { createRequire } from "node:module";
import type { Matrix } from "#app/linalg/matrix.ts";
import type { Classifier } from "./classifier.ts";

/** What is used of libsvm-js, which ships no types. */
interface Svm {
  /** Any list of numbers is copied. */
  train(samples: readonly ArrayLike<number>[], labels: readonly number[]): void;
  predict(samples: readonly ArrayLike<number>[]): number[];
  free(): void;
}

interface SvmConstructor {
  new (options: { type: number; kernel: number; cost: number; quiet: boolean }): Svm;
  readonly SVM_TYPES: { readonly C_SVC: number };
  readonly KERNEL_TYPES: { readonly PRECOMPUTED: number };
}

/**
 * The linear C-SVM of libsvm (Chang & Lin 2011), compiled to WebAssembly: one against one, by votes. The cost is
 * a number, or PyMVPA's rule for each training set: 1 / (mean Euclidean norm of its samples)². It is given the samples'
 * products, which the kernels make faster than it does and which serve for all labellings.
 */
export async function loadLinearSvm(cost: number | "pymvpa"): Promise<Classifier> {
  const Svm = await quietly();
  return {
    prepare(linalg, train, test) {
      const products = linalg.gram(train);
      const options = {
        type: Svm.SVM_TYPES.C_SVC,
        kernel: Svm.KERNEL_TYPES.PRECOMPUTED,
        cost: cost === "pymvpa" ? pymvpaCost(products) : cost,
        quiet: true,
      };
      const [known, asked] = [
        numberedRows(products),
        numberedRows(linalg.multiply(test, train, { right: true })),
      ];
      return (labels) => {
        const svm = new Svm(options);
        try {
          svm.train(known, labels);
          return svm.predict(asked);
        } finally {
          svm.free();
        }
      };
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

/** 1 / (mean Euclidean norm of the samples)², of their Gram matrix. */
function pymvpaCost({ rows, columns, data }: Matrix): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += Math.sqrt(data[row * columns + row] as number);
  return 1 / (sum / rows) ** 2;
}

/** Products as libsvm takes them: each row's number, from 1, before its products. */
function numberedRows({ rows, columns, data }: Matrix): Float64Array[] {
  return Array.from({ length: rows }, (_, row) => {
    const numbered = new Float64Array(columns + 1);
    numbered[0] = row + 1;
    numbered.set(data.subarray(row * columns, (row + 1) * columns), 1);
    return numbered;
  });
}
