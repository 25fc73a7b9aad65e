import type { Preview, Role } from "#app/contract/preview.ts";
import { count } from "#renderer/parts/numbers.ts";

type Fold = Preview["folds"][number];
type Run = Fold["runs"][number];

const GLYPHS: Record<Role, string> = { align: "A", select: "", train: "R", test: "T" };
const WORDS: Record<Role, string> = {
  align: "aligned on",
  select: "voxels selected on",
  train: "trained on",
  test: "tested",
};

interface Props {
  readonly fold: Fold;
  readonly run: Run;
  readonly subject: string;
}

/** A subject's parts of a run, each as wide as it is long. */
export function FoldCell({ fold, run, subject }: Props) {
  const tested = subject === fold.tested;
  return (
    <span className={run.parts.length > 1 ? "parts cut" : "parts"}>
      {run.parts.map((part) => {
        const roles = tested ? part.tested : part.others;
        const added = fold.newcomer && tested && roles.includes("align");
        const words = roles.map((role) => (added && role === "align" ? "added by" : WORDS[role])).join(", ");
        const where = run.parts.length > 1 ? `, volumes ${count(part.from + 1)} to ${count(part.to)}` : "";
        const shown = roles.filter((role) => role !== "select");
        return (
          <span
            key={part.from}
            className={`role ${shown.join(" ") || "none"}${added ? " added" : ""}`}
            style={{ flexGrow: (part.to - part.from) / run.volumes }}
            title={`${subject}, ${run.run}${where}: ${words || "not used"}`}
          >
            {shown.map((role) => GLYPHS[role]).join("")}
          </span>
        );
      })}
    </span>
  );
}

/** What the cells of this fold mean. */
export function FoldLegend({ fold }: { readonly fold: Fold }) {
  const parts = fold.runs.flatMap(({ parts: all }) => all);
  const others = parts.map((part) => part.others);
  const has = (...wanted: Role[]) =>
    others.some((roles) => wanted.every((role) => roles.includes(role)) && roles.length > 0);
  const both = has("align", "train");
  const alone = others.some((roles) => roles.includes("align") && !roles.includes("train"));
  const aligns = parts.some((part) => part.tested.includes("align"));
  return (
    <p className="legend">
      {(alone || (aligns && both && !fold.newcomer)) && (
        <span>
          <span className="role align">A</span> align and select
        </span>
      )}
      {fold.newcomer && (
        <span>
          <span className="role align added">A</span> add by
        </span>
      )}
      {both && (
        <span>
          <span className="role align train">AR</span> align, select and train
        </span>
      )}
      {others.some((roles) => roles.includes("train") && !roles.includes("align")) && (
        <span>
          <span className="role train">R</span> train
        </span>
      )}
      <span>
        <span className="role test">T</span> test
      </span>
    </p>
  );
}
