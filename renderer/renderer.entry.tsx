import { createRoot } from "react-dom/client";
import { WindowFrame } from "#renderer/window-frame.tsx";
import "./style.css";

const place = document.getElementById("root");
if (place) createRoot(place).render(<WindowFrame />);
