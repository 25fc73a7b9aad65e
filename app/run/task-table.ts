import { alignTasks } from "#app/align/align-tasks.ts";
import { aligners } from "#app/align/aligners.ts";
import { parcelTasks } from "#app/align/in-parcels.ts";
import { searchlightTasks } from "#app/align/in-searchlights.ts";
import { applyTasks } from "#app/align/streamed/streamed-apply.ts";
import { componentTasks } from "#app/align/streamed/streamed-components.ts";
import { streamedTasks } from "#app/align/streamed/streamed-tasks.ts";
import { evaluationTasks } from "#app/evaluate/evaluation-tasks.ts";
import { iscTasks } from "#app/evaluate/isc/isc-tasks.ts";
import { selectionTasks } from "#app/evaluate/selection/selection-tasks.ts";
import type { TaskTable } from "#app/linalg/task.ts";
import { prepareTasks } from "#app/prepare/prepare-tasks.ts";
import { drawFoldCode } from "./draw-fold.ts";

/** A method's own tasks carry its name before theirs. */
const pieces: TaskTable = {
  ...Object.fromEntries(
    [
      ...Object.values(aligners),
      { name: "parcels", tasks: parcelTasks },
      { name: "searchlights", tasks: searchlightTasks },
    ].flatMap(({ name, tasks }) => Object.entries(tasks).map(([task, code]) => [`${name}/${task}`, code])),
  ),
  ...evaluationTasks,
  ...selectionTasks,
  ...iscTasks,
  ...prepareTasks,
  ...alignTasks,
  ...streamedTasks,
  ...applyTasks,
  ...componentTasks,
};

/** Every task that a worker thread knows. */
export const taskTable: TaskTable = { ...pieces, "draw-fold": drawFoldCode(pieces) };
