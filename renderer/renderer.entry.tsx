import { createRoot } from "react-dom/client";
import { watchRuns } from "#renderer/state/runs.ts";
import { watchStudy } from "#renderer/state/study.ts";
import { WindowFrame } from "#renderer/window-frame.tsx";
import "./style.css";

const place = document.getElementById("root");
if (place) {
  watchStudy();
  watchRuns();
  createRoot(place).render(<WindowFrame />);
}
