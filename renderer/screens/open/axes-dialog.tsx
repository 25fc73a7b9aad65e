import { useId, useState } from "react";
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import type { Axis } from "#app/contract/arrays.ts";
import { useAxes } from "#renderer/state/axes.ts";
import { useDialog } from "#renderer/state/dialog.ts";
import { axesSentence, lengthWords } from "./axes-words.ts";

const AXES: readonly (readonly [Axis, string])[] = [
  ["time", "time (volumes)"],
  ["voxels", "voxels"],
  ["subjects", "subjects"],
];

/** Which axis of arrays is time, where neither their names nor their shapes tell it. */
export function AxesDialog() {
  const { open, show } = useDialog();
  const busy = useAxes((axes) => axes.busy);
  return (
    <ModalOverlay
      className="veil"
      isDismissable={!busy}
      isKeyboardDismissDisabled={busy}
      isOpen={open === "axes"}
      onOpenChange={(now) => show(now ? "axes" : null)}
    >
      <Modal className="floating axes-dialog">
        <Dialog>
          <div className="heading">
            <Heading slot="title">Which axis is time?</Heading>
            <span className="spring" />
            <Button slot="close" isDisabled={busy}>
              Cancel
            </Button>
          </div>
          <AxesForm />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Lives as long as the dialog is open. */
function AxesForm() {
  const { path, asked, busy, wrong, use, tell } = useAxes();
  const [seconds, setSeconds] = useState("");
  const tr = seconds === "" ? null : Number(seconds);
  const isTime = tr === null || (tr > 0 && tr < 1000);
  const name = path.split(/[\\/]/).at(-1);
  return (
    <>
      <p className="path" title={path}>
        {name}
      </p>
      <ul className="asked">
        {asked.map(({ question, used }, at) => (
          <li key={question.shapes.join(" ")}>
            {asked.length > 1 && (
              <label className="keep">
                <input
                  type="checkbox"
                  checked={used}
                  disabled={busy}
                  onChange={(event) => use(at, event.target.checked)}
                />
                <span>These are images</span>
              </label>
            )}
            <AskedAxes at={at} />
          </li>
        ))}
      </ul>
      <label className="tr">
        Repetition time (TR), if known
        <span>
          <input
            type="number"
            min={0}
            max={1000}
            step="any"
            value={seconds}
            disabled={busy}
            aria-invalid={!isTime}
            onChange={(event) => setSeconds(event.target.value)}
          />{" "}
          s
        </span>
      </label>
      <p className="quiet">
        This is kept in a table beside the data, {name}_concord.tsv, and found there the next time.
      </p>
      {wrong !== "" && (
        <p className="wrong" role="alert">
          ▲ {wrong}
        </p>
      )}
      <p className="ways">
        <button
          type="button"
          className="primary"
          disabled={busy || !isTime || !asked.some(({ used }) => used)}
          onClick={() => void tell(tr)}
        >
          Open as this
        </button>
      </p>
    </>
  );
}

/** Arrays of a shape with an example, a choice for each axis, and what follows of it. */
function AskedAxes({ at }: { readonly at: number }) {
  const { asked, busy, mean } = useAxes();
  const id = useId();
  const one = asked[at];
  if (one === undefined) return null;
  const { question, axes, used } = one;
  const { file, name, type } = question.example;
  const shown = name === "" ? file : `${name} of ${file}`;
  const shape = axes.map((_, place) => lengthWords(question, place)).join(" × ");
  return (
    <fieldset disabled={busy || !used} aria-describedby={id}>
      <legend>
        <strong>{shape}</strong> <span className="quiet">{type}</span>
      </legend>
      <p className="quiet path" title={shown}>
        {question.count > 1 ? `such as ${shown}` : shown}
      </p>
      <div className="selects">
        {axes.map((axis, place) => (
          // An axis is known by its place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <label key={place}>
            Axis {place + 1}, {lengthWords(question, place)} long
            <select value={axis} onChange={(event) => mean(at, place, event.target.value as Axis)}>
              {AXES.filter(([value]) => value !== "subjects" || axes.length > 2).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <p id={id} aria-live="polite">
        {used ? `${axesSentence(question, axes)}.` : "Left out."}
      </p>
    </fieldset>
  );
}
