import { type DragEvent, useState } from "react";
import type { Output, Reply } from "#app/contract/calls.ts";
import { bridge } from "#renderer/bridge.ts";
import { RunTable } from "#renderer/screens/open/run-table.tsx";
import type { Opened } from "#renderer/window-frame.tsx";

interface Props {
  readonly opened: Opened | null;
  readonly busy: boolean;
  readonly onOpened: (opened: Opened) => void;
  readonly onBusy: (busy: boolean) => void;
}

export function OpenPlace({ opened, busy, onOpened, onBusy }: Props) {
  const [wrong, setWrong] = useState("");
  async function settle(reply: Promise<Reply<Output<"dataset.choose">>>) {
    onBusy(true);
    setWrong("");
    try {
      const answer = await reply;
      if (!answer.ok) setWrong(answer.fault.text);
      else if (answer.value) onOpened(answer.value);
    } finally {
      onBusy(false);
    }
  }
  function drop(event: DragEvent) {
    event.preventDefault();
    const file = event.dataTransfer.files[0];
    if (file) void settle(bridge.call("dataset.open", { path: bridge.pathFor(file) }));
  }
  return (
    <section aria-label="Dataset" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <div className={opened ? "" : "drop"}>
        {!opened && <p>Drop a BIDS folder with preprocessed images here.</p>}
        <button type="button" disabled={busy} onClick={() => void settle(bridge.call("dataset.choose", {}))}>
          Open a folder…
        </button>
      </div>
      <p className="wrong" role="alert">
        {wrong && `▲ ${wrong}`}
      </p>
      {opened && <RunTable dataset={opened.dataset} />}
    </section>
  );
}
