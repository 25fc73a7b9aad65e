import { type RefCallback, useCallback, useState } from "react";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The pixels of an element, so that a chart is drawn at its size and its text is not stretched; 0 while it is away. */
export function useSize(): readonly [RefCallback<Element>, Size] {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const place = useCallback((element: Element | null) => {
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const { width, height } = entry.contentRect;
      setSize({ width: Math.floor(width), height: Math.floor(height) });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [place, size];
}
