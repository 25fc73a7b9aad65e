import { type RefObject, useEffect, useRef, useState } from "react";
import type { Grid } from "#app/contract/dataset.ts";
import { BrainView } from "#renderer/brain/brain-view.ts";
import { fetchBackground } from "#renderer/brain/map-source.ts";

/** Graphics that are lost again and again are not coming back. */
const MOST_TRIES = 3;

/** A brain on a canvas, made anew when the graphics are lost: the canvas takes `tries` as its key. */
export function useBrainView(
  grant: string,
  grid: Grid,
  onMove: (mm: [number, number, number]) => void,
  silhouette: () => Float32Array,
): {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** Null while it is made. */
  readonly view: BrainView | null;
  readonly tries: number;
  readonly wrong: string;
  /** Whether there is no brain of the images' space: then the silhouette, a value for each voxel, stands for it. */
  readonly bare: boolean;
} {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [view, setView] = useState<BrainView | null>(null);
  const [tries, setTries] = useState(1);
  const [wrong, setWrong] = useState("");
  const [bare, setBare] = useState(false);
  const hear = useRef(onMove);
  hear.current = onMove;
  useEffect(() => {
    const own = canvas.current;
    if (own === null || tries > MOST_TRIES) return;
    let gone = false;
    let made: BrainView | null = null;
    const lost = () => {
      setView(null);
      setTries(tries + 1);
      if (tries === MOST_TRIES)
        setWrong(
          "The graphics stopped and did not come back. Close other programs that use them, and restart.",
        );
    };
    own.addEventListener("webglcontextlost", lost);
    fetchBackground(grant)
      .then((background) => {
        setBare(background === null);
        return BrainView.on(own, background ?? silhouette(), grid, (mm) => hear.current(mm));
      })
      .then(
        (ready) => {
          made = ready;
          if (gone) ready.close();
          else setView(ready);
        },
        () =>
          setWrong(
            "The brain can't be drawn: there is no WebGL 2 here. Numbers and time courses still serve.",
          ),
      );
    return () => {
      gone = true;
      own.removeEventListener("webglcontextlost", lost);
      made?.close();
    };
  }, [grant, grid, silhouette, tries]);
  return { canvas, view, tries, wrong, bare };
}
