import { z } from "zod";

/** What tells conditions apart. Costs and penalties are of unscaled samples, as in libsvm and scikit-learn. */
export const Classifier = z.discriminatedUnion("name", [
  z.strictObject({
    name: z.literal("linear-svm"),
    /** A number, or PyMVPA's rule: 1 / (mean Euclidean norm of the training samples)². */
    cost: z.union([z.number().positive(), z.literal("pymvpa")]).default(1),
  }),
  z.strictObject({
    name: z.literal("logistic-regression"),
    /** How much the loss counts beside half the squared weights. */
    cost: z.number().positive().default(1),
  }),
  z.strictObject({ name: z.literal("ridge"), penalty: z.number().positive().default(1) }),
  z.strictObject({
    name: z.literal("discriminant-analysis"),
    /** How much of each class's covariance is replaced by equal variances, or Ledoit and Wolf's rule. */
    shrinkage: z.union([z.number().positive().max(1), z.literal("ledoit-wolf")]).default("ledoit-wolf"),
  }),
  z.strictObject({ name: z.literal("gaussian-naive-bayes") }),
  z.strictObject({
    name: z.literal("nearest-neighbours"),
    neighbours: z.int().min(1).max(100).default(1),
    distance: z.enum(["correlation", "euclidean"]).default("correlation"),
  }),
  z.strictObject({ name: z.literal("nearest-class-correlation") }),
]);
export type Classifier = z.infer<typeof Classifier>;
export const ClassifierName = z.enum(Classifier.options.map((one) => one.shape.name.value));
export type ClassifierOf<Name extends Classifier["name"]> = Extract<Classifier, { name: Name }>;

/** What classifiers are called, in a sentence. */
export const classifierLabels: Readonly<Record<Classifier["name"], string>> = {
  "linear-svm": "linear support vector machine",
  "logistic-regression": "logistic regression",
  ridge: "ridge regression on classes",
  "discriminant-analysis": "linear discriminant analysis",
  "gaussian-naive-bayes": "Gaussian naive Bayes",
  "nearest-neighbours": "nearest neighbours",
  "nearest-class-correlation": "nearest class by correlation",
};
