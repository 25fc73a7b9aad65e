import { Button, Dialog, DialogTrigger, Heading, Popover } from "react-aria-components";
import { RunLine } from "#renderer/frame/run-line.tsx";
import { localTime } from "#renderer/parts/local-time.ts";
import { useDialog } from "#renderer/state/dialog.ts";
import { useRuns } from "#renderer/state/runs.ts";

/** Which run is shown, and all others behind it. */
export function RunMenu() {
  const { open, show } = useDialog();
  const { runs, shown } = useRuns();
  const name =
    shown === null
      ? runs.length === 0
        ? "no run yet"
        : "choose a run"
      : `${shown.summary.method}, ${localTime(shown.summary.started)}`;
  return (
    <DialogTrigger
      isOpen={open === "runs"}
      onOpenChange={(now) => {
        if (now) void useRuns.getState().list();
        show(now ? "runs" : null);
      }}
    >
      <Button className="run-menu" aria-label={`Runs: ${name}`}>
        <span className="quiet">Run</span> <span className="path">{name}</span> ▾
      </Button>
      <Popover placement="bottom end" className="floating run-list">
        <Dialog>
          <Heading slot="title">Runs</Heading>
          {runs.length === 0 ? (
            <p className="quiet">No run yet. Open a dataset and press Align and classify in Align.</p>
          ) : (
            <ul>
              {runs.map((summary) => (
                <RunLine key={summary.run} summary={summary} shown={summary.run === shown?.summary.run} />
              ))}
            </ul>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
