import type { ReactNode } from "react";

interface Props {
  readonly name: string;
  /** What it says when closed. */
  readonly summary: string;
  readonly children: ReactNode;
}

/** One card of the Plan. */
export function Card({ name, summary, children }: Props) {
  return (
    <details className="card">
      <summary>
        <strong>{name}</strong>
        <span>{summary}</span>
      </summary>
      <div className="fields">{children}</div>
    </details>
  );
}
