import { useState } from "react";
import type { Similarity, SimilaritySide } from "#app/contract/similarity.ts";
import { Figure } from "#renderer/parts/figure.tsx";
import { PatternPlaces } from "#renderer/screens/classify/pattern-places.tsx";
import { SimilarityMatrix } from "#renderer/screens/classify/similarity-matrix.tsx";

type What = "between" | "dissimilarity" | "places";
const whatNames: Readonly<Record<What, string>> = {
  between: "Correlation between subjects",
  dissimilarity: "Dissimilarity within subjects",
  places: "Patterns in a plane",
};
const notes: Readonly<Record<What, string>> = {
  between:
    "Correlation of a subject's mean pattern of the condition in the row with another subject's of that in the column, over all pairs.",
  dissimilarity: "1 − correlation of two conditions' mean patterns within a subject, mean over subjects.",
  places:
    "Every subject's mean pattern of every condition, placed by classical scaling so that distances are kept best. Near is alike; which way up is chance.",
};

interface Props {
  readonly similarity: Similarity;
  readonly classes: readonly string[];
  readonly subjects: readonly string[];
}

/** How alike patterns of conditions are, before and after alignment side by side on one scale. */
export function SimilarityView({ similarity, classes, subjects }: Props) {
  const [asked, setWhat] = useState<What>("between");
  const { anatomical, aligned } = similarity;
  const has = (what: What) => what !== "places" || (anatomical.places !== null && aligned.places !== null);
  const what = has(asked) ? asked : "between";
  const kinds = (Object.keys(whatNames) as What[]).filter(has);
  const most = what === "places" ? 1 : largest([anatomical[what], aligned[what]]);
  const sides = [
    { name: "Before alignment", side: anatomical },
    { name: "After alignment", side: aligned },
  ];
  return (
    <>
      <label className="quiet">
        Show{" "}
        <select
          aria-label="Similarity shown"
          value={what}
          onChange={(event) => setWhat(event.target.value as What)}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {whatNames[kind]}
            </option>
          ))}
        </select>
      </label>
      <div className="charts even">
        {sides.map(({ name, side }) => (
          <Figure
            key={name}
            title={name}
            name={`${what}-${name === "Before alignment" ? "before" : "after"}`}
            columns={what === "places" ? ["Subject", "Condition", "x", "y"] : ["Condition", ...classes]}
            rows={() => rowsOf(side, what, classes, subjects)}
          >
            {what === "places" ? (
              <PatternPlaces
                label={`${name}: patterns in a plane`}
                places={side.places ?? []}
                extent={extentOf([anatomical, aligned])}
                classes={classes}
                subjects={subjects}
              />
            ) : (
              <SimilarityMatrix
                label={`${name}: ${whatNames[what]}`}
                table={side[what]}
                most={most}
                classes={classes}
              />
            )}
            <p className="quiet note">{agreementText(side, what)}</p>
          </Figure>
        ))}
      </div>
      <p className="quiet">{notes[what]}</p>
    </>
  );
}

type Table = SimilaritySide["between"];

function largest(tables: readonly Table[]): number {
  return Math.max(1e-6, ...tables.flat(2).map((value) => Math.abs(value ?? 0)));
}

/** How far places reach from the middle on any side. */
function extentOf(sides: readonly SimilaritySide[]): number {
  return Math.max(
    1e-6,
    ...sides.flatMap(({ places }) => places ?? []).flatMap(([x, y]) => [Math.abs(x), Math.abs(y)]),
  );
}

function rowsOf(
  side: SimilaritySide,
  what: What,
  classes: readonly string[],
  subjects: readonly string[],
): (string | number)[][] {
  if (what !== "places")
    return side[what].map((row, at) => [classes[at] ?? "", ...row.map((value) => value?.toFixed(6) ?? "—")]);
  return (side.places ?? []).map(([x, y], at) => [
    subjects[Math.floor(at / classes.length)] ?? "",
    classes[at % classes.length] ?? "",
    x.toFixed(6),
    y.toFixed(6),
  ]);
}

/** "Subjects agree at ρ = .67 …": the noise ceiling; "" where it is not what is shown. */
function agreementText({ agreement }: SimilaritySide, what: What): string {
  if (what !== "dissimilarity" || agreement === null) return "";
  const mean = (values: readonly number[]) =>
    (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(2);
  return `Noise ceiling: a subject's dissimilarities go with the mean of the others' at ρ = ${mean(agreement.lower)}, with the mean of all at ${mean(agreement.upper)}.`;
}
