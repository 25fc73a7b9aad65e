import type { Progress } from "#app/contract/progress.ts";
import { duration } from "#renderer/parts/numbers.ts";

/** "Align and classify, 40 %, about 12 s left". */
export function progressText(progress: Progress | null): string {
  if (progress === null) return "Starting";
  const { step, done, total, remainingMs, note } = progress;
  const share = total === null || total === 0 ? "" : `, ${Math.floor((100 * done) / total)} %`;
  const left = remainingMs === null ? "" : `, about ${duration(remainingMs[1] / 1000)} left`;
  return `${step.charAt(0).toUpperCase()}${step.slice(1)}${share}${left}${note === null ? "" : `; ${note}`}`;
}
