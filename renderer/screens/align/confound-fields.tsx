import { useId } from "react";
import type { Cleaning } from "#app/contract/cleaning.ts";
import { OptionalNumber } from "#renderer/screens/align/optional-number.tsx";

type Confounds = Cleaning["confounds"];

interface Props {
  readonly cleaning: Cleaning;
  /** Whether any image has a table of confounds. */
  readonly there: boolean;
  readonly onChange: (next: Partial<Cleaning>) => void;
}

/** Which columns of the confounds tables are regressed out, and which volumes are taken out of the fit. */
export function ConfoundFields({ cleaning, there, onChange }: Props) {
  const { confounds, scrubbing } = cleaning;
  const set = (next: Partial<Confounds>) => onChange({ confounds: { ...confounds, ...next } });
  const reason = useId();
  const blockedBy = there ? null : reason;
  const lone = confounds.compcor !== null && !confounds.cosines && cleaning.highPassHertz === null;
  return (
    <fieldset className="fields plain">
      <legend>Regress out</legend>
      {!there && (
        <small id={reason} className="quiet">
          No confounds table was found beside the images.
        </small>
      )}
      <label>
        Motion{" "}
        <select
          value={confounds.motion}
          disabled={!there && confounds.motion === "none"}
          aria-describedby={blockedBy ?? undefined}
          onChange={(event) => set({ motion: event.target.value as Confounds["motion"] })}
        >
          <option value="none">none</option>
          <option value="6">6 parameters</option>
          <option value="24">24: with differences and squares</option>
        </select>
      </label>
      <label>
        Cerebrospinal fluid and white matter{" "}
        <select
          value={confounds.csfWhiteMatter}
          disabled={!there && confounds.csfWhiteMatter === "none"}
          aria-describedby={blockedBy ?? undefined}
          onChange={(event) => set({ csfWhiteMatter: event.target.value as Confounds["csfWhiteMatter"] })}
        >
          <option value="none">none</option>
          <option value="basic">their means</option>
          <option value="full">8: with differences and squares</option>
        </select>
      </label>
      <OptionalNumber
        label="aCompCor"
        unit="components"
        value={confounds.compcor?.components ?? null}
        start={5}
        least={1}
        most={100}
        step={1}
        blockedBy={blockedBy}
        onChange={(components) =>
          set({
            compcor:
              components === null ? null : { name: "anat", components: Math.max(1, Math.round(components)) },
          })
        }
      />
      {lone && (
        <small className="quiet">
          CompCor was made of high-passed data: take cosines or a high-pass filter.
        </small>
      )}
      <Switch
        label="Cosines (fMRIPrep's high-pass filter of 128 s)"
        on={confounds.cosines}
        blockedBy={blockedBy}
        onChange={(cosines) => set({ cosines })}
      />
      <Switch
        label="Global signal"
        on={confounds.globalSignal}
        blockedBy={blockedBy}
        onChange={(globalSignal) => set({ globalSignal })}
      />
      <OptionalNumber
        label="Volumes that moved more than"
        unit="mm"
        value={scrubbing?.framewiseDisplacementMm ?? null}
        start={0.5}
        least={0.05}
        most={100}
        step={0.05}
        blockedBy={blockedBy}
        onChange={(limit) =>
          onChange({
            scrubbing:
              limit === null
                ? null
                : { stdDvars: scrubbing?.stdDvars ?? null, framewiseDisplacementMm: limit },
          })
        }
      />
      {scrubbing !== null && (
        <OptionalNumber
          label="and those with standardised DVARS above"
          unit="(1.5 is usual)"
          value={scrubbing.stdDvars}
          start={1.5}
          least={0.1}
          most={1000}
          step={0.1}
          blockedBy={null}
          onChange={(stdDvars) => onChange({ scrubbing: { ...scrubbing, stdDvars } })}
        />
      )}
    </fieldset>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly on: boolean;
  readonly blockedBy: string | null;
  readonly onChange: (on: boolean) => void;
}

function Switch({ label, on, blockedBy, onChange }: SwitchProps) {
  return (
    <label>
      <input
        type="checkbox"
        checked={on}
        disabled={blockedBy !== null && !on}
        aria-describedby={blockedBy ?? undefined}
        onChange={(event) => onChange(event.target.checked)}
      />{" "}
      {label}
    </label>
  );
}
