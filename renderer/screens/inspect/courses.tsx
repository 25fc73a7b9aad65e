import { useEffect, useState } from "react";
import type { Maps } from "#app/contract/maps.ts";
import { fetchTimeCourses } from "#renderer/brain/map-source.ts";
import { courseEnd } from "#renderer/screens/inspect/course-scale.ts";
import { TimeCourse } from "#renderer/screens/inspect/time-course.tsx";

interface Props {
  readonly grant: string;
  readonly maps: Maps;
  /** −1 outside the region. */
  readonly voxel: number;
  /** Whose course stands out. */
  readonly subject: number;
}

/** The voxel's time courses before and after alignment, on one scale and with one line under the pointer. */
export function Courses({ grant, maps, voxel, subject }: Props) {
  const before = useCourses(grant, maps, "before", voxel);
  const after = useCourses(grant, maps, "after", maps.aligned ? voxel : -1);
  const [hovered, setHovered] = useState<number | null>(null);
  const shared = { maps, subject, end: courseEnd(before, after), hovered, onHover: setHovered };
  return (
    <div className="courses">
      <TimeCourse side="before" courses={before} {...shared} />
      {maps.aligned && <TimeCourse side="after" courses={after} {...shared} />}
    </div>
  );
}

function useCourses(grant: string, maps: Maps, side: "before" | "after", voxel: number): Float32Array | null {
  const [courses, setCourses] = useState<Float32Array | null>(null);
  useEffect(() => {
    let stale = false;
    if (voxel < 0) setCourses(null);
    else
      fetchTimeCourses(grant, maps, side, voxel).then(
        (found) => {
          if (!stale) setCourses(found);
        },
        () => {
          if (!stale) setCourses(null);
        },
      );
    return () => {
      stale = true;
    };
  }, [grant, maps, side, voxel]);
  return courses;
}
