import { type RefObject, useEffect, useRef, useState } from "react";

/** Graphics that are lost again and again are not coming back. */
const MOST_TRIES = 3;

/**
 * What draws on a canvas by WebGL 2, made by `make` and anew when the graphics are lost: the canvas takes `tries` as its
 * key. `missing` is said where there is no WebGL 2.
 */
export function useView<View extends { close(): void }>(
  make: (canvas: HTMLCanvasElement) => Promise<View>,
  missing: string,
): {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** Null while it is made. */
  readonly view: View | null;
  readonly tries: number;
  readonly wrong: string;
} {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [view, setView] = useState<View | null>(null);
  const [tries, setTries] = useState(1);
  const [wrong, setWrong] = useState("");
  useEffect(() => {
    const own = canvas.current;
    if (own === null || tries > MOST_TRIES) return;
    let gone = false;
    let made: View | null = null;
    const lost = () => {
      setView(null);
      setTries(tries + 1);
      if (tries === MOST_TRIES)
        setWrong(
          "The graphics stopped and did not come back. Close other programs that use them, and restart.",
        );
    };
    own.addEventListener("webglcontextlost", lost);
    make(own).then(
      (ready) => {
        made = ready;
        if (gone) ready.close();
        else setView(ready);
      },
      () => setWrong(missing),
    );
    return () => {
      gone = true;
      own.removeEventListener("webglcontextlost", lost);
      made?.close();
    };
  }, [make, missing, tries]);
  return { canvas, view, tries, wrong };
}
