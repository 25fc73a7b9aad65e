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
  const unfit = there ? null : "No confounds table was found beside the images.";
  const lone = confounds.compcor !== null && !confounds.cosines && cleaning.highPassHertz === null;
  return (
    <fieldset className="fields plain">
      <legend>Regress out</legend>
      {unfit !== null && <small className="quiet">{unfit}</small>}
      <label>
        Motion{" "}
        <select
          value={confounds.motion}
          disabled={!there && confounds.motion === "none"}
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
        unfit={unfit}
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
        there={there}
        onChange={(cosines) => set({ cosines })}
      />
      <Switch
        label="Global signal"
        on={confounds.globalSignal}
        there={there}
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
        unfit={unfit}
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
          unfit={null}
          onChange={(stdDvars) => onChange({ scrubbing: { ...scrubbing, stdDvars } })}
        />
      )}
    </fieldset>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly on: boolean;
  readonly there: boolean;
  readonly onChange: (on: boolean) => void;
}

function Switch({ label, on, there, onChange }: SwitchProps) {
  return (
    <label>
      <input
        type="checkbox"
        checked={on}
        disabled={!there && !on}
        onChange={(event) => onChange(event.target.checked)}
      />{" "}
      {label}
    </label>
  );
}
