import type { Classifier } from "#app/contract/classifier.ts";
import type { Citations } from "./citations.ts";

/** After "were classified by": which classifier, and its settings. */
export function classifierWords(classifier: Classifier, citations: Citations): string {
  switch (classifier.name) {
    case "linear-svm": {
      const cost =
        classifier.cost === "pymvpa"
          ? "C = 1 / (mean Euclidean norm of the training samples)²"
          : `C = ${classifier.cost}`;
      return `a linear support vector machine (${cost}, one against one, LIBSVM; ${citations.cite("chang2011")})`;
    }
    case "logistic-regression":
      return `multinomial logistic regression with squared weights penalised (C = ${classifier.cost})`;
    case "ridge":
      return `ridge regression on each condition against the others (penalty ${classifier.penalty}), the highest value winning`;
    case "discriminant-analysis": {
      const shrinkage =
        classifier.shrinkage === "ledoit-wolf"
          ? `of each condition's covariance by the rule of Ledoit and Wolf (${citations.cite("ledoit2004")})`
          : `of each condition's covariance by ${classifier.shrinkage}`;
      return `linear discriminant analysis with shrinkage ${shrinkage}`;
    }
    case "gaussian-naive-bayes":
      return "Gaussian naive Bayes, with a mean and a variance of each column in each condition";
    case "nearest-neighbours": {
      const { neighbours, distance } = classifier;
      const measure = distance === "correlation" ? "1 − Pearson correlation" : "Euclidean distance";
      return neighbours === 1
        ? `the nearest training sample (${measure})`
        : `the majority of the ${neighbours} nearest training samples (${measure})`;
    }
    case "nearest-class-correlation":
      return "the nearest class: the one whose mean training pattern had the highest Pearson correlation with the sample";
  }
}
