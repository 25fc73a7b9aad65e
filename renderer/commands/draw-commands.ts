import type { DrawingTool } from "#renderer/brain/drawing-tools.ts";
import { useDrawing } from "#renderer/state/drawing.ts";
import type { Command } from "./command.ts";

function draw(id: string, label: string, key: string, perform: () => void): Command {
  const applies = () => useDrawing.getState().shown !== null;
  return { id: `draw.${id}`, label, group: "Draw", keys: [key], applies, perform };
}

const take = (tool: DrawingTool) => () => useDrawing.getState().change({ tool });
const resize = (by: number) => () => useDrawing.getState().resize(useDrawing.getState().size + by);

/** What the keys do while a region is drawn. */
export const drawCommands: readonly Command[] = [
  draw("pen", "Pen", "b", take("pen")),
  draw("eraser", "Eraser", "e", take("eraser")),
  draw("smaller", "Smaller brush", "[", resize(-1)),
  draw("larger", "Larger brush", "]", resize(1)),
  draw("undo", "Undo a stroke", "Mod+z", () => useDrawing.getState().shown?.undo()),
];
