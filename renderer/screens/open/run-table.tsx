import type { Dataset } from "#app/contract/dataset.ts";

/** Subjects down, runs across: what each file holds and whether it can be used. */
export function RunTable({ dataset }: { readonly dataset: Dataset }) {
  const cell = (subject: string, run: string) => {
    const file = dataset.files.find((one) => one.subject === subject && one.run === run);
    if (!file) return "○ missing";
    const odd = dataset.problems.find((one) => one.subject === subject && one.run === run);
    const state = odd ? `▲ ${odd.severity}` : "● ready";
    return `${state} · ${file.volumes} · ${file.repetitionTimeSeconds ?? "unknown"}`;
  };
  return (
    <>
      <table>
        <thead>
          <tr>
            <th scope="col">Subject</th>
            {dataset.runs.map((run) => (
              <th scope="col" key={run}>
                {run} (state · volumes · TR in s)
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {dataset.subjects.map((subject) => (
            <tr key={subject}>
              <th scope="row">{subject}</th>
              {dataset.runs.map((run) => (
                <td key={run}>{cell(subject, run)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <h2>Problems</h2>
      {dataset.problems.length === 0 && <p>None found in names and headers.</p>}
      <ul>
        {dataset.problems.map((one) => (
          <li key={`${one.subject} ${one.run} ${one.text}`}>
            {one.severity}: {one.text}
          </li>
        ))}
      </ul>
    </>
  );
}
