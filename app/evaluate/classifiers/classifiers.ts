import type { Classifier as ClassifierSpec } from "#app/contract/classifier.ts";
import type { Classifier } from "./classifier.ts";
import { discriminantAnalysis } from "./discriminant-analysis.ts";
import { gaussianNaiveBayes } from "./gaussian-naive-bayes.ts";
import { loadLinearSvm } from "./linear-svm.ts";
import { logisticRegression } from "./logistic-regression.ts";
import { nearestClass } from "./nearest-class.ts";
import { nearestNeighbours } from "./nearest-neighbours.ts";
import { ridgeClassifier } from "./ridge-classifier.ts";

/** The classifier that a Plan names. libsvm is loaded on first use. */
export async function classifierOf(spec: ClassifierSpec): Promise<Classifier> {
  switch (spec.name) {
    case "linear-svm":
      return loadLinearSvm(spec.cost);
    case "logistic-regression":
      return logisticRegression(spec.cost);
    case "ridge":
      return ridgeClassifier(spec.penalty);
    case "discriminant-analysis":
      return discriminantAnalysis(spec.shrinkage);
    case "gaussian-naive-bayes":
      return gaussianNaiveBayes;
    case "nearest-neighbours":
      return nearestNeighbours(spec.neighbours, spec.distance);
    case "nearest-class-correlation":
      return nearestClass;
  }
}
