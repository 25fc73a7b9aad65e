import type { ReactNode } from "react";
import type { MapKind } from "#renderer/brain/map-kind.ts";

/** What is drawn of a side: its title, its name in files, and its values. */
export interface Side {
  readonly title: string;
  readonly name: string;
  readonly values: Float32Array | null;
}

interface Props {
  readonly kind: MapKind;
  readonly before: Float32Array | null;
  readonly after: Float32Array | null;
  /** Of what is asked for: what it is, or why there is none. */
  readonly words: string;
  /** From where what is seen at a place after alignment may come; "" where it comes from there. */
  readonly reach: string;
  readonly draw: (side: Side) => ReactNode;
}

/** A map before and after alignment side by side; a pattern measured and foretold; or a column's weights. */
export function MapPair({ kind, before, after, words, reach, draw }: Props) {
  if (kind === "feeds") {
    return (
      <div className="brains">
        {draw({ title: "Weights", name: "weights", values: before })}
        <p className="quiet empty">{words}</p>
      </div>
    );
  }
  if (kind === "foretold") {
    return (
      <>
        <div className="brains">
          {draw({ title: "As measured", name: "measured", values: before })}
          {draw({ title: "Foretold from the others", name: "foretold", values: after })}
        </div>
        <p className="quiet">{words}</p>
      </>
    );
  }
  return (
    <>
      <div className="brains">
        {draw({ title: "Before alignment", name: "before", values: before })}
        {after === null ? (
          <p className="quiet empty">This protocol aligns nothing, so there is no map after alignment.</p>
        ) : (
          draw({ title: "After alignment", name: "after", values: after })
        )}
      </div>
      {kind === "accuracy" && after !== null && reach !== "" && <p className="quiet">{reach}</p>}
    </>
  );
}
