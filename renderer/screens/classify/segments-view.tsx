import { useMemo, useState } from "react";
import type { RunDetail } from "#app/contract/calls.ts";
import { Figure } from "#renderer/parts/figure.tsx";
import { methodLabels } from "#renderer/screens/classify/labels.ts";
import { SegmentMatrix } from "#renderer/screens/classify/segment-matrix.tsx";
import { SegmentTimeline } from "#renderer/screens/classify/segment-timeline.tsx";
import {
  clock,
  matchedShares,
  scenesIn,
  takenCounts,
  timeBins,
} from "#renderer/screens/classify/segment-times.ts";
import { useSelection } from "#renderer/state/selection.ts";

const MATRIX_BINS = 48;
const TIMELINE_BINS = 120;
const sides = ["aligned", "anatomical", "shifted"] as const;
type Side = (typeof sides)[number];

/** Whether it is known what segments were taken for. */
export function hasSegments({ result }: RunDetail): boolean {
  return (result.timeSegments?.taken ?? null) !== null;
}

/** When segments were matched, and what the others were taken for. */
export function SegmentsView({ shown }: { readonly shown: RunDetail }) {
  const { result, maps, preparation, plan } = shown;
  const subject = useSelection((selection) => selection.subject);
  const [asked, setSide] = useState<Side>("aligned");
  const [chosen, setChosen] = useState<number | null>(null);
  const [overMatrix, setOverMatrix] = useState("");
  const [overLine, setOverLine] = useState("");
  const { timeSegments } = result;
  const taken = timeSegments?.taken ?? null;
  const made = sides.filter((side) => (taken?.[side] ?? null) !== null);
  const side = made.includes(asked) ? asked : "aligned";
  const found = useMemo(() => {
    if (timeSegments === null || taken === null) return null;
    const { starts } = timeSegments;
    const own = (of: Side) => {
      const all = taken[of] ?? [];
      const at = subject === null ? -1 : preparation.subjects.indexOf(subject);
      return at < 0 ? all : [all[at] ?? []];
    };
    const [coarse, fine] = [timeBins(maps.rows, MATRIX_BINS), timeBins(maps.rows, TIMELINE_BINS)];
    return {
      coarse,
      fine,
      counts: takenCounts(coarse, starts, own(side)),
      anatomical: matchedShares(fine, starts, own("anatomical")),
      aligned: matchedShares(fine, starts, own("aligned")),
    };
  }, [timeSegments, taken, maps, preparation, subject, side]);
  const shift = plan.samples.classify.kind === "events" ? plan.samples.classify.shiftSeconds : 0;
  const scenes = useMemo(() => scenesIn(maps.rows, preparation.samples, shift), [maps, preparation, shift]);
  if (found === null || timeSegments === null) return null;
  const { coarse, fine, counts, anatomical, aligned } = found;
  const marked = chosen === null ? undefined : coarse[chosen];
  const whose = subject ?? "all subjects";
  return (
    <div className="charts even">
      <Figure
        title={`Taken for, ${whose}`}
        name={`segments-taken-for-${side}`}
        columns={["Run", "Time (s)", ...coarse.map(({ run, from }) => `${run} ${Math.round(from)} s`)]}
        rows={() => coarse.map(({ run, from }, at) => [run, from, ...(counts[at] ?? [])])}
        aside={
          <select
            aria-label="Method of the segments"
            value={side}
            onChange={(event) => setSide(event.target.value as Side)}
          >
            {made.map((name) => (
              <option key={name} value={name}>
                {methodLabels[name]}
              </option>
            ))}
          </select>
        }
      >
        <SegmentMatrix
          bins={coarse}
          counts={counts}
          chosen={chosen}
          choose={setChosen}
          onHover={setOverMatrix}
        />
        <p className="quiet note">
          {overMatrix ||
            `Segments of ${timeSegments.length} samples; shade: share of the row. On the diagonal they were matched.`}
        </p>
      </Figure>
      <Figure
        title={`Matched over time, ${whose}`}
        name="segments-matched"
        columns={["Run", "Time (s)", "Anatomical", "Aligned"]}
        rows={() =>
          fine.map(({ run, from }, at) => [
            run,
            from,
            anatomical[at]?.toFixed(4) ?? "—",
            aligned[at]?.toFixed(4) ?? "—",
          ])
        }
      >
        <SegmentTimeline
          bins={fine}
          anatomical={anatomical}
          aligned={aligned}
          chance={timeSegments.chance}
          scenes={scenes}
          chosen={marked === undefined ? null : fine.findIndex(({ end }) => end > marked.first)}
          onHover={setOverLine}
        />
        <p className="note">
          <span className="quiet">
            {overLine || (
              <>
                <span className="timeline-key aligned" /> aligned <span className="timeline-key anatomical" />{" "}
                anatomical; dashed: chance.{marked === undefined ? "" : ` Framed: ${clock(marked.from)}.`}
              </>
            )}
          </span>
        </p>
      </Figure>
    </div>
  );
}
