import { useEffect, useState } from "react";
import type { RunDetail } from "#app/contract/calls.ts";
import { percent } from "#app/contract/percent.ts";
import { bridge } from "#renderer/bridge.ts";
import { localTime } from "#renderer/parts/local-time.ts";
import { AccuracyChart } from "#renderer/screens/classify/accuracy-chart.tsx";
import { methodLabels } from "#renderer/screens/classify/labels.ts";
import { measuresOf, rangeOf } from "#renderer/screens/classify/measures.ts";
import { methodsBeside, planDifferences } from "#renderer/screens/classify/run-differences.ts";
import { useRuns } from "#renderer/state/runs.ts";

/** The run shown and another one, on one scale. */
export function BesideView({ shown }: { readonly shown: RunDetail }) {
  const { runs, list } = useRuns();
  const [other, setOther] = useState<RunDetail | null>(null);
  const [wrong, setWrong] = useState("");
  const [name, setName] = useState("Accuracy");
  useEffect(() => void list(), [list]);
  const others = runs.filter(({ run, state }) => state === "done" && run !== shown.summary.run);
  async function take(run: string) {
    setOther(null);
    setWrong("");
    if (run === "") return;
    const answer = await bridge.call("run.read", { run });
    if (answer.ok) setOther(answer.value);
    else setWrong(answer.fault.text);
  }
  const beside = other?.summary.run === shown.summary.run ? null : other;
  return (
    <>
      {others.length > 0 && (
        <label className="quiet">
          Beside{" "}
          <select
            aria-label="Run beside this one"
            value={beside?.summary.run ?? ""}
            onChange={(event) => void take(event.target.value)}
          >
            <option value="">choose a run</option>
            {others.map(({ run, method, datasetName, started }) => (
              <option key={run} value={run}>
                {method} of {datasetName}, {localTime(started)}
              </option>
            ))}
          </select>
        </label>
      )}
      {wrong !== "" && <p className="wrong">▲ {wrong}</p>}
      {beside === null ? (
        <div className="empty">
          <h2>{others.length === 0 ? "No other run yet" : "No run beside this one"}</h2>
          <p className="quiet">
            {others.length === 0
              ? "Change something in Align, run again, and both can be looked at side by side."
              : "Choose another run to see both on one scale, and what became of each subject."}
          </p>
        </div>
      ) : (
        <Both here={shown} there={beside} name={name} setName={setName} />
      )}
    </>
  );
}

interface BothProps {
  readonly here: RunDetail;
  readonly there: RunDetail;
  readonly name: string;
  readonly setName: (measure: string) => void;
}

function Both({ here, there, name, setName }: BothProps) {
  const [own, others] = [measuresOf(here.result), measuresOf(there.result)];
  const shared = own.filter((one) => others.some((other) => other.name === one.name));
  const measure = shared.find((one) => one.name === name) ?? shared[0];
  const second = others.find((one) => one.name === measure?.name);
  if (measure === undefined || second === undefined) return null;
  const [a, b] = [rangeOf(measure), rangeOf(second)];
  const range: [number, number] = [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
  const differences = planDifferences(here.plan, there.plan);
  const sides = [
    { run: here, key: "here" },
    { run: there, key: "there" },
  ];
  const value = (one: number) => (measure.chance === null ? one.toFixed(3) : percent(one)).replace("-", "−");
  const difference = (one: number) =>
    measure.chance === null ? value(one) : `${(100 * one).toFixed(1).replace("-", "−")} points`;
  return (
    <>
      <p>
        {differences.length === 0
          ? "The two runs asked for the same, but for what is measured."
          : `They differ in ${differences.join(", ")}.`}
        {measure.chance !== second.chance && " Chance is not the same in both."}
      </p>
      <div className="charts even">
        {sides.map(({ run, key }) => (
          <AccuracyChart
            key={key}
            result={run.result}
            title={`${run.summary.method}, ${localTime(run.summary.started)}`}
            measure={measure.name}
            measures={shared.map((one) => one.name)}
            onMeasure={setName}
            range={range}
          />
        ))}
      </div>
      <table aria-label="Both runs">
        <thead>
          <tr>
            <th scope="col">{measure.name}</th>
            <th scope="col">This run</th>
            <th scope="col">The other</th>
            <th scope="col">Difference</th>
            <th scope="col">Subjects in both</th>
          </tr>
        </thead>
        <tbody>
          {methodsBeside(measure, second).map(({ method, ...found }) => (
            <tr key={method}>
              <th scope="row">{methodLabels[method]}</th>
              <td>{value(found.here)}</td>
              <td>{value(found.there)}</td>
              <td>{difference(found.here - found.there)}</td>
              <td>
                {found.subjects === 0
                  ? "none"
                  : `${found.higherHere} of ${found.subjects} higher in this run, ${found.higherThere} in the other`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
