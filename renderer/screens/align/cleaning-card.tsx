import { useId } from "react";
import { type Cleaning, cleaningOfAny, doneBefore, noCleaning } from "#app/contract/cleaning.ts";
import type { Plan } from "#app/contract/plan.ts";
import { Card } from "#renderer/screens/align/card.tsx";
import { ConfoundFields } from "#renderer/screens/align/confound-fields.tsx";
import { OptionalNumber } from "#renderer/screens/align/optional-number.tsx";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useStudy } from "#renderer/state/study.ts";

/** What is removed from the time courses, and what of it was done before. */
export function CleaningCard({ plan }: { readonly plan: Plan }) {
  const id = useId();
  const change = usePlanDraft((draft) => draft.change);
  const dataset = useStudy((study) => study.opened?.dataset);
  if (dataset === undefined) return null;
  const { cleaning } = plan;
  const set = (next: Partial<Cleaning>) =>
    change((old) => ({ ...old, cleaning: { ...old.cleaning, ...next } }));
  const { leaveOut } = plan.dataset;
  const images = dataset.files.filter(
    ({ subject, run }) => !leaveOut.subjects.includes(subject) && !leaveOut.runs.includes(run),
  );
  const volumes = images.every(({ grid }) => grid.kind === "volume");
  const timed = images.every(({ repetitionTimeSeconds }) => repetitionTimeSeconds !== null);
  return (
    <Card name="Cleaning" summary={summaryOf(cleaning, cleaningOfAny(images, cleaning))}>
      <OptionalNumber
        label="Smooth by"
        unit="mm FWHM"
        value={cleaning.smoothingMm}
        start={6}
        least={0.5}
        most={50}
        step={0.5}
        blockedBy={volumes ? null : `${id}-volumes`}
        onChange={(smoothingMm) => set({ smoothingMm })}
      />
      {!volumes && (
        <small id={`${id}-volumes`} className="quiet">
          Smoothing works on volumes only.
        </small>
      )}
      <label>
        Trends{" "}
        <select
          value={cleaning.detrend}
          onChange={(event) => set({ detrend: event.target.value as Cleaning["detrend"] })}
        >
          <option value="none">stay</option>
          <option value="linear">linear, removed</option>
          <option value="quadratic">linear and quadratic, removed</option>
        </select>
      </label>
      <OptionalNumber
        label="High-pass filter at"
        unit="Hz"
        value={cleaning.highPassHertz}
        start={0.008}
        least={0.0001}
        most={1}
        step={0.001}
        blockedBy={timed ? null : `${id}-time`}
        onChange={(highPassHertz) => set({ highPassHertz })}
      />
      {!timed && (
        <small id={`${id}-time`} className="quiet">
          The repetition time of some images is not known, which a filter needs.
        </small>
      )}
      <ConfoundFields
        cleaning={cleaning}
        there={images.some(({ confoundsPath }) => confoundsPath !== null)}
        onChange={set}
      />
      {doneBefore(images, everything(cleaning)).map((sentence) => (
        <p key={sentence} className="quiet">
          {sentence}
        </p>
      ))}
      <p className="quiet">Every run is z-scored in the end.</p>
    </Card>
  );
}

/** A cleaning that asks for all steps, so that all that was done before is told before a person asks for it. */
function everything(cleaning: Cleaning): Cleaning {
  return {
    smoothingMm: cleaning.smoothingMm ?? 1,
    detrend: "linear",
    highPassHertz: cleaning.highPassHertz ?? 1,
    confounds: { ...noCleaning.confounds, motion: "6" },
    scrubbing: null,
  };
}

/** What is done, and what is asked for and was done before. */
function summaryOf(asked: Cleaning, done: Cleaning): string {
  const parts = partsOf(done);
  const left = partsOf(asked).length - parts.length;
  const again = left > 0 ? `${left} ${left === 1 ? "step" : "steps"} done before` : null;
  return [...parts, ...(again === null ? [] : [again])].join(", ") || "none but the z-score";
}

function partsOf({ smoothingMm, detrend, highPassHertz, confounds, scrubbing }: Cleaning): string[] {
  const { motion, csfWhiteMatter, compcor, globalSignal, cosines } = confounds;
  return [
    ...(smoothingMm === null ? [] : [`smoothed by ${smoothingMm} mm`]),
    ...(detrend === "none" ? [] : ["detrended"]),
    ...(highPassHertz === null ? [] : [`above ${highPassHertz} Hz`]),
    ...(motion === "none" ? [] : [`${motion} motion`]),
    ...(csfWhiteMatter === "none" ? [] : ["CSF and white matter"]),
    ...(compcor === null ? [] : [`${compcor.components} aCompCor`]),
    ...(globalSignal ? ["global signal"] : []),
    ...(cosines ? ["cosines"] : []),
    ...(scrubbing === null ? [] : [`scrubbed above ${scrubbing.framewiseDisplacementMm} mm`]),
  ];
}
