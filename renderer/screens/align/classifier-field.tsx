import { type Classifier, classifierLabels } from "#app/contract/classifier.ts";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";

const starts: Record<Classifier["name"], Classifier> = {
  "linear-svm": { name: "linear-svm", cost: 1 },
  "logistic-regression": { name: "logistic-regression", cost: 1 },
  ridge: { name: "ridge", penalty: 1 },
  "discriminant-analysis": { name: "discriminant-analysis", shrinkage: "ledoit-wolf" },
  "gaussian-naive-bayes": { name: "gaussian-naive-bayes" },
  "nearest-neighbours": { name: "nearest-neighbours", neighbours: 1, distance: "correlation" },
  "nearest-class-correlation": { name: "nearest-class-correlation" },
};

/** What tells conditions apart, and its settings. */
export function ClassifierField({ classifier }: { readonly classifier: Classifier }) {
  const change = usePlanDraft((draft) => draft.change);
  const set = (next: Classifier) => change((old) => ({ ...old, classifier: next }));
  return (
    <div className="row">
      <label>
        Classifier{" "}
        <select
          value={classifier.name}
          onChange={(event) => set(starts[event.target.value as Classifier["name"]])}
        >
          {Object.entries(classifierLabels).map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <Settings classifier={classifier} set={set} />
    </div>
  );
}

interface SettingsProps {
  readonly classifier: Classifier;
  readonly set: (next: Classifier) => void;
}

function Settings({ classifier, set }: SettingsProps) {
  switch (classifier.name) {
    case "linear-svm":
      return (
        <RuledNumber
          label="C"
          value={classifier.cost}
          rule={{ name: "pymvpa", label: "PyMVPA's rule" }}
          start={1}
          onChange={(cost) => set({ ...classifier, cost })}
        />
      );
    case "logistic-regression":
      return (
        <PositiveNumber label="C" value={classifier.cost} onChange={(cost) => set({ ...classifier, cost })} />
      );
    case "ridge":
      return (
        <PositiveNumber
          label="Penalty"
          value={classifier.penalty}
          onChange={(penalty) => set({ ...classifier, penalty })}
        />
      );
    case "discriminant-analysis":
      return (
        <RuledNumber
          label="Shrinkage"
          value={classifier.shrinkage}
          rule={{ name: "ledoit-wolf", label: "Ledoit and Wolf's rule" }}
          start={0.5}
          most={1}
          onChange={(shrinkage) => set({ ...classifier, shrinkage })}
        />
      );
    case "nearest-neighbours":
      return (
        <>
          <PositiveNumber
            label="Neighbours"
            value={classifier.neighbours}
            whole
            most={100}
            onChange={(neighbours) => set({ ...classifier, neighbours })}
          />
          <label>
            Distance{" "}
            <select
              value={classifier.distance}
              onChange={({ target }) =>
                set({ ...classifier, distance: target.value as typeof classifier.distance })
              }
            >
              <option value="correlation">1 − correlation</option>
              <option value="euclidean">Euclidean</option>
            </select>
          </label>
        </>
      );
    default:
      return null;
  }
}

interface NumberProps {
  readonly label: string;
  readonly value: number;
  readonly whole?: boolean;
  readonly most?: number;
  readonly onChange: (value: number) => void;
}

/** Nothing that is no positive number gets into the Plan. */
function PositiveNumber({ label, value, whole = false, most, onChange }: NumberProps) {
  return (
    <label>
      {label}{" "}
      <input
        type="number"
        min={whole ? 1 : 0}
        max={most}
        step={whole ? 1 : "any"}
        value={value}
        onChange={({ target }) => {
          const given = whole ? Math.round(target.valueAsNumber) : target.valueAsNumber;
          if (given > 0) onChange(Math.min(most ?? given, given));
        }}
      />
    </label>
  );
}

interface RuledNumberProps<Rule extends string> {
  readonly label: string;
  readonly value: number | Rule;
  readonly rule: { readonly name: Rule; readonly label: string };
  /** The number to begin with. */
  readonly start: number;
  readonly most?: number;
  readonly onChange: (value: number | Rule) => void;
}

/** A number, or a rule that finds it. */
function RuledNumber<Rule extends string>(props: RuledNumberProps<Rule>) {
  const { label, value, rule, start, most, onChange } = props;
  return (
    <>
      <label>
        {label}{" "}
        <select
          value={typeof value === "number" ? "number" : "rule"}
          onChange={({ target }) => onChange(target.value === "rule" ? rule.name : start)}
        >
          <option value="number">a number</option>
          <option value="rule">{rule.label}</option>
        </select>
      </label>
      {typeof value === "number" && (
        <PositiveNumber
          label={`${label} =`}
          value={value}
          {...(most === undefined ? {} : { most })}
          onChange={onChange}
        />
      )}
    </>
  );
}
