import type { Drawing } from "#renderer/brain/drawing.ts";
import { brushSizes, brushWidth, type DrawingTool, drawingTools } from "#renderer/brain/drawing-tools.ts";
import { hint } from "#renderer/commands/command-table.ts";
import { useDrawing } from "#renderer/state/drawing.ts";

const TOOLS: Record<DrawingTool, { readonly label: string; readonly title: () => string }> = {
  move: { label: "Crosshair", title: () => "Moves the crosshair and draws nothing" },
  pen: { label: "Pen", title: () => hint("draw.pen") },
  filled: { label: "Filled pen", title: () => "Fills what is drawn around" },
  eraser: { label: "Eraser", title: () => hint("draw.eraser") },
};

/** What is drawn with, and how it is taken back. */
export function DrawTools({ drawing }: { readonly drawing: Drawing | null }) {
  const { tool, size, change, resize } = useDrawing();
  return (
    <>
      <fieldset className="choice" aria-label="Tool">
        {drawingTools.map((name) => (
          <button
            key={name}
            type="button"
            title={TOOLS[name].title()}
            aria-pressed={tool === name}
            onClick={() => change({ tool: name })}
          >
            {TOOLS[name].label}
          </button>
        ))}
      </fieldset>
      <fieldset className="choice" aria-label="Brush size">
        {brushSizes.map((one) => (
          <button
            key={one}
            type="button"
            title={`About ${brushWidth(one)} ${one === 1 ? "voxel" : "voxels"} of the images wide`}
            aria-pressed={size === one}
            onClick={() => resize(one)}
          >
            {one}
          </button>
        ))}
      </fieldset>
      <button
        type="button"
        title={hint("draw.undo")}
        disabled={drawing === null}
        onClick={() => drawing?.undo()}
      >
        Undo
      </button>
      <button type="button" disabled={drawing === null} onClick={() => drawing?.clear()}>
        Clear
      </button>
    </>
  );
}
