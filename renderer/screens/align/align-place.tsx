import { CleaningCard } from "#renderer/screens/align/cleaning-card.tsx";
import { DataCard } from "#renderer/screens/align/data-card.tsx";
import { DrawPlace } from "#renderer/screens/align/draw-place.tsx";
import { FoldPicture } from "#renderer/screens/align/fold-picture.tsx";
import { MeasuresCard } from "#renderer/screens/align/measures-card.tsx";
import { MethodCard } from "#renderer/screens/align/method-card.tsx";
import { Presets } from "#renderer/screens/align/presets.tsx";
import { RegionCard } from "#renderer/screens/align/region-card.tsx";
import { SamplesCard } from "#renderer/screens/align/samples-card.tsx";
import { StartButton } from "#renderer/screens/align/start-button.tsx";
import { StatisticsCard } from "#renderer/screens/align/statistics-card.tsx";
import { TestCard } from "#renderer/screens/align/test-card.tsx";
import { useDrawing } from "#renderer/state/drawing.ts";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useStudy } from "#renderer/state/study.ts";
import "./align.css";

/** The Plan as seven cards that read as a sentence, and what it will do. */
export function AlignPlace() {
  const { plan, preview, wrong } = usePlanDraft();
  const opened = useStudy((study) => study.opened);
  const drawnOn = useDrawing((drawing) => drawing.open);
  if (plan === null) return <p className="wrong">{wrong}</p>;
  const image = opened?.dataset.files.find(({ path }) => path === drawnOn);
  if (opened !== null && image !== undefined)
    return <DrawPlace key={image.path} opened={opened} region={plan.region} image={image} />;
  return (
    <section aria-label="Plan" className="align">
      <div className="heading">
        <h1>Align</h1>
        <Presets />
      </div>
      <div className="split">
        <div className="cards">
          <DataCard plan={plan} />
          <RegionCard plan={plan} />
          <CleaningCard plan={plan} />
          <SamplesCard plan={plan} />
          <MethodCard plan={plan} />
          <TestCard plan={plan} />
          <MeasuresCard plan={plan} />
          <StatisticsCard plan={plan} />
        </div>
        <aside className="panel plan-side">
          <FoldPicture preview={preview} wrong={wrong} />
          <StartButton plan={plan} />
        </aside>
      </div>
    </section>
  );
}
