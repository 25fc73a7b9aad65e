import { createRoot } from "react-dom/client";
import { listenForCommands } from "#renderer/commands/key-listener.ts";
import { WindowFrame } from "#renderer/frame/window-frame.tsx";
import { watchAxes } from "#renderer/state/axes.ts";
import { watchCloning } from "#renderer/state/cloning.ts";
import { watchConditionFits } from "#renderer/state/condition-fit.ts";
import { watchDownloads } from "#renderer/state/downloads.ts";
import { guardDrawings } from "#renderer/state/drawing.ts";
import { followTheme } from "#renderer/state/preferences.ts";
import { watchRuns } from "#renderer/state/runs.ts";
import { watchStudy } from "#renderer/state/study.ts";
import "./style/tokens.css";
import "./style/controls.css";
import "./style/tables.css";
import "./style/charts.css";
import "./style/floating.css";
import "./style/narrow.css";

const place = document.getElementById("root");
if (place) {
  watchStudy();
  guardDrawings();
  watchAxes();
  watchDownloads();
  watchCloning();
  watchConditionFits();
  watchRuns();
  followTheme();
  listenForCommands();
  createRoot(place).render(<WindowFrame />);
}
