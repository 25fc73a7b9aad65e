import { useState } from "react";
import type { Output } from "#app/contract/calls.ts";
import { OpenPlace } from "#renderer/screens/open/open-place.tsx";

const PLACES = ["Open", "Align", "Inspect", "Classify", "Report"] as const;
export type Opened = Output<"dataset.open">;

export function WindowFrame() {
  const [place, setPlace] = useState<(typeof PLACES)[number]>("Open");
  const [opened, setOpened] = useState<Opened | null>(null);
  const [busy, setBusy] = useState(false);
  const data = opened?.dataset;
  return (
    <div className="frame">
      <header>{data ? `${data.name} · ${data.subjects.length} subjects` : "Concord"}</header>
      <nav aria-label="Places">
        {PLACES.map((name) => (
          <button
            type="button"
            key={name}
            aria-current={name === place ? "page" : undefined}
            onClick={() => setPlace(name)}
          >
            {name}
          </button>
        ))}
      </nav>
      <main>
        <h1>{place}</h1>
        {place === "Open" ? (
          <OpenPlace opened={opened} busy={busy} onOpened={setOpened} onBusy={setBusy} />
        ) : (
          <p>{data ? "Not in this version yet." : "Open a dataset first."}</p>
        )}
      </main>
      <footer role="status">{busy ? "◐ Reading the folder" : data ? data.path : "No dataset open"}</footer>
    </div>
  );
}
