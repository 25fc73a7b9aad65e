import { useEffect, useMemo, useState } from "react";
import type { Maps } from "#app/contract/maps.ts";
import { fetchTimeCourses } from "#renderer/brain/map-source.ts";
import { Figure } from "#renderer/parts/figure.tsx";
import { threeDigits } from "#renderer/parts/numbers.ts";
import { useSelection } from "#renderer/state/selection.ts";

const WIDTH = 600;
const HEIGHT = 150;
const MARGIN = { left: 34, right: 8, top: 8, bottom: 22 };

interface Props {
  readonly grant: string;
  readonly maps: Maps;
  readonly side: "before" | "after";
  readonly voxel: number;
}

/** The voxel under the crosshair over the held-out rows: subjects thin, their mean thick. */
export function TimeCourses({ grant, maps, side, voxel }: Props) {
  const [courses, setCourses] = useState<Float32Array | null>(null);
  const subject = useSelection((selection) => selection.subject);
  useEffect(() => {
    let stale = false;
    if (voxel < 0) setCourses(null);
    else
      fetchTimeCourses(grant, maps, side, voxel).then(
        (found) => {
          if (!stale) setCourses(found);
        },
        () => setCourses(null),
      );
    return () => {
      stale = true;
    };
  }, [grant, maps, side, voxel]);
  const count = maps.rows.length;
  const paths = useMemo(
    () => (courses === null ? null : pathsOf(courses, maps.subjects.length, count)),
    [courses, maps, count],
  );
  const x = (row: number) =>
    MARGIN.left + ((WIDTH - MARGIN.left - MARGIN.right) * row) / Math.max(1, count - 1);
  const borders = maps.rows.flatMap(({ run }, row) =>
    row > 0 && run !== maps.rows[row - 1]?.run ? [row] : [],
  );
  const rows = () =>
    courses === null
      ? []
      : maps.rows.map(({ run, onset }, row) => [
          run,
          onset,
          ...maps.subjects.map((_, at) => (courses[at * count + row] as number).toFixed(4)),
        ]);
  return (
    <Figure
      title={`Time course ${side} alignment, ${maps.subjects.length} subjects`}
      name={`time-course-${side}`}
      columns={["Run", "Onset (s)", ...maps.subjects]}
      rows={rows()}
    >
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className="chart courses-chart"
        role="img"
        aria-label={`Time course ${side}`}
      >
        {paths === null ? (
          <text className="tick" x={WIDTH / 2} y={HEIGHT / 2} textAnchor="middle">
            Put the crosshair on a voxel of the region.
          </text>
        ) : (
          <>
            {[-paths.end, 0, paths.end].map((value) => (
              <g key={value}>
                <line
                  className="grid"
                  x1={MARGIN.left}
                  x2={WIDTH - MARGIN.right}
                  y1={paths.y(value)}
                  y2={paths.y(value)}
                />
                <text className="tick" x={MARGIN.left - 4} y={paths.y(value) + 4} textAnchor="end">
                  {threeDigits(value)}
                </text>
              </g>
            ))}
            {borders.map((row) => (
              <line
                key={row}
                className="border"
                x1={x(row - 0.5)}
                x2={x(row - 0.5)}
                y1={MARGIN.top}
                y2={HEIGHT - MARGIN.bottom}
              />
            ))}
            {paths.subjects.map((path, at) => (
              <path
                key={maps.subjects[at]}
                className={maps.subjects[at] === subject ? "course chosen" : "course"}
                d={path}
              />
            ))}
            <path className="course mean" d={paths.mean} />
            <text className="tick" x={MARGIN.left} y={HEIGHT - 6}>
              z over {count} held-out rows, {[...new Set(maps.rows.map(({ run }) => run))].length} run(s)
            </text>
          </>
        )}
      </svg>
    </Figure>
  );
}

function pathsOf(courses: Float32Array, subjects: number, rows: number) {
  let most = 0.1;
  for (const value of courses) if (Math.abs(value) > most) most = Math.abs(value);
  const end = Math.ceil(most);
  const y = (value: number) =>
    MARGIN.top + ((HEIGHT - MARGIN.top - MARGIN.bottom) * (end - value)) / (2 * end);
  const width = WIDTH - MARGIN.left - MARGIN.right;
  const path = (value: (row: number) => number) => {
    let text = "";
    let down = false;
    for (let row = 0; row < rows; row++) {
      const own = value(row);
      if (Number.isNaN(own)) {
        down = false;
        continue;
      }
      const px = MARGIN.left + (width * row) / Math.max(1, rows - 1);
      text += `${down ? "L" : "M"}${px.toFixed(1)} ${y(own).toFixed(1)}`;
      down = true;
    }
    return text;
  };
  const of = (subject: number, row: number) => courses[subject * rows + row] as number;
  const mean = (row: number) => {
    let sum = 0;
    for (let subject = 0; subject < subjects; subject++) sum += of(subject, row);
    return sum / subjects;
  };
  return {
    end,
    y,
    subjects: Array.from({ length: subjects }, (_, subject) => path((row) => of(subject, row))),
    mean: path(mean),
  };
}
