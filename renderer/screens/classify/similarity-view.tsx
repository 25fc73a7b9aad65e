import { useMemo, useState } from "react";
import { type Tables, tablesOf } from "#app/contract/condition-tables.ts";
import type { EvaluationResult } from "#app/contract/result.ts";
import type { ConditionTable, SimilaritySide } from "#app/contract/similarity.ts";
import { Figure } from "#renderer/parts/figure.tsx";
import { ModelChart } from "#renderer/screens/classify/model-chart.tsx";
import { PatternPlaces } from "#renderer/screens/classify/pattern-places.tsx";
import { SimilarityMatrix } from "#renderer/screens/classify/similarity-matrix.tsx";
import { useSelection } from "#renderer/state/selection.ts";

const PLACES = "Patterns in a plane";
const MODELS = "Models";
const notes: Readonly<Record<string, string>> = {
  [PLACES]:
    "Every subject's mean pattern of every condition, placed by classical scaling so that distances are kept best. Near is alike; which way up is chance.",
  [MODELS]:
    "Spearman's correlation of each subject's dissimilarities with the model's: a dot a subject, a bar their mean. Shaded: the noise ceiling, which a perfect model would reach.",
};

interface Props {
  readonly result: EvaluationResult;
  readonly subjects: readonly string[];
}

/** Whether anything is known of conditions two by two. */
export function hasSimilarity({ similarity, pairs, connectivity }: EvaluationResult): boolean {
  return similarity !== null || pairs?.anatomical !== undefined || connectivity !== null;
}

/** How alike conditions are and how well they are told apart, before and after alignment side by side on one scale. */
export function SimilarityView({ result, subjects }: Props) {
  const { classes, similarity } = result;
  const { condition, select } = useSelection();
  const tables = useMemo(() => tablesOf(result), [result]);
  const places = placesOf(similarity);
  const [asked, setAsked] = useState("");
  const names = [
    ...tables.map(({ name }) => name),
    ...(places === null ? [] : [PLACES]),
    ...((similarity?.anatomical.models.length ?? 0) === 0 ? [] : [MODELS]),
  ];
  const name = names.includes(asked) ? asked : names[0];
  const table = tables.find((one) => one.name === name);
  const choose = ({ names: rows, places: middles }: Tables, row: number) => {
    const middle = middles?.[row];
    select(middle === undefined ? { condition: rows[row] ?? null } : { crosshair: middle });
  };
  const sides = [
    { title: "Before alignment", side: "before" },
    { title: "After alignment", side: "after" },
  ] as const;
  return (
    <>
      <label className="quiet">
        Show{" "}
        <select aria-label="Similarity shown" value={name} onChange={(event) => setAsked(event.target.value)}>
          {names.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <div className="charts even">
        {sides.map(({ title, side }) => {
          if (table !== undefined) {
            const own = table[side];
            return own === null ? null : (
              <Figure
                key={title}
                title={title}
                name={`${table.file}-${side}`}
                columns={["Name", ...table.names]}
                rows={() => rowsOf(own, table.names)}
              >
                <SimilarityMatrix
                  label={`${title}: ${table.name}`}
                  table={own}
                  zero={table.zero}
                  most={table.most}
                  names={table.names}
                  chosen={table.places === null ? condition : null}
                  choose={(row) => choose(table, row)}
                />
                <p className="quiet note">{table.told[side]}</p>
              </Figure>
            );
          }
          if (name === MODELS && similarity !== null) {
            const own = side === "before" ? similarity.anatomical : similarity.aligned;
            return (
              <Figure
                key={title}
                title={title}
                name={`models-${side}`}
                columns={["Model", ...subjects]}
                rows={() =>
                  own.models.map((model) => [
                    model.name,
                    ...model.perSubject.map((value) => value?.toFixed(6) ?? "—"),
                  ])
                }
              >
                <ModelChart
                  label={`${title}: correlation with models`}
                  side={own}
                  other={side === "before" ? similarity.aligned : similarity.anatomical}
                  subjects={subjects}
                />
              </Figure>
            );
          }
          return places === null ? null : (
            <Figure
              key={title}
              title={title}
              name={`places-${side}`}
              columns={["Subject", "Condition", "x", "y"]}
              rows={() => rowsOfPlaces(places[side], classes, subjects)}
            >
              <PatternPlaces
                label={`${title}: patterns in a plane`}
                places={places[side]}
                extent={extentOf([...places.before, ...places.after])}
                classes={classes}
                subjects={subjects}
              />
            </Figure>
          );
        })}
      </div>
      <p className="quiet">
        {table?.note ?? notes[name ?? ""]}
        {table?.places && " A cell takes the crosshair to its row's."}
      </p>
    </>
  );
}

type Places = NonNullable<SimilaritySide["places"]>;

function placesOf(similarity: EvaluationResult["similarity"]): { before: Places; after: Places } | null {
  const [before, after] = [similarity?.anatomical.places ?? null, similarity?.aligned.places ?? null];
  return before === null || after === null ? null : { before, after };
}

/** How far places reach from the middle on any side. */
function extentOf(places: Places): number {
  return Math.max(1e-6, ...places.flatMap(([x, y]) => [Math.abs(x), Math.abs(y)]));
}

function rowsOf(table: ConditionTable, names: readonly string[]): (string | number)[][] {
  return table.map((row, at) => [names[at] ?? "", ...row.map((value) => value?.toFixed(6) ?? "—")]);
}

function rowsOfPlaces(
  places: Places,
  classes: readonly string[],
  subjects: readonly string[],
): (string | number)[][] {
  return places.map(([x, y], at) => [
    subjects[Math.floor(at / classes.length)] ?? "",
    classes[at % classes.length] ?? "",
    x.toFixed(6),
    y.toFixed(6),
  ]);
}
