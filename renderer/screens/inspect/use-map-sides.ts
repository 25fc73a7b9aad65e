import { useMemo } from "react";
import type { RunDetail } from "#app/contract/calls.ts";
import type { Maps } from "#app/contract/maps.ts";
import {
  correctionLabels,
  hasMap,
  type MapChoice,
  mapLabels,
  mapValues,
  scaleEnd,
  unitOf,
} from "#renderer/brain/map-kind.ts";
import type { RunMaps } from "#renderer/brain/map-source.ts";
import { useInspectView } from "#renderer/state/inspect-view.ts";
import { useSelection } from "#renderer/state/selection.ts";

/** What is asked for when it is to be seen, V each; null until it is known. */
interface AskedMaps {
  readonly feeding: Float32Array | null;
  readonly foretold: Float32Array | null;
}

/**
 * The chosen map before and after alignment, its scale, and what it is in words. Weights that feed stand before, and what is
 * foretold after what was measured.
 */
export function useMapSides(
  { maps, result }: Pick<RunDetail, "maps" | "result">,
  arrays: RunMaps,
  { feeding, foretold }: AskedMaps,
) {
  const { subject, condition } = useSelection();
  const { kind: asked, correction } = useInspectView();
  // Another run had such a map.
  const kind = hasMap(asked, arrays) ? asked : "isc";
  const { chance } = result;
  const choice = useMemo(
    () => ({
      kind,
      subject: subject === null ? (kind === "isc" ? -1 : 0) : Math.max(0, maps.subjects.indexOf(subject)),
      condition: Math.max(0, maps.conditions.indexOf(condition ?? "")),
      correction,
      chance,
    }),
    [kind, subject, condition, correction, chance, maps],
  );
  const before = useMemo(
    () => (kind === "feeds" ? feeding : mapValues(maps, arrays, "before", choice)),
    [maps, arrays, choice, kind, feeding],
  );
  const after = useMemo(
    () => (kind === "foretold" ? foretold : mapValues(maps, arrays, "after", choice)),
    [maps, arrays, choice, kind, foretold],
  );
  const end = useMemo(() => scaleEnd(before, after), [before, after]);
  return {
    before,
    after,
    end,
    kind,
    unit: unitOf(kind),
    /** Whose time course stands out. */
    subject: Math.max(0, choice.subject),
    words: `${mapLabels[kind]}, ${captionOf(maps, choice)}`,
  };
}

function captionOf(
  { subjects, conditions }: Maps,
  { kind, subject, condition, correction = "max" }: MapChoice,
): string {
  if (kind === "accuracy") return `points over chance, ${subjects.length} subjects`;
  if (kind === "above-chance") return `p < .05, ${correctionLabels[correction]}, ${subjects.length} subjects`;
  const whose = kind === "mean" || subject < 0 ? `${subjects.length} subjects` : (subjects[subject] ?? "");
  return kind === "isc" || kind === "feeds" ? whose : `${conditions[condition]}, ${whose}`;
}
