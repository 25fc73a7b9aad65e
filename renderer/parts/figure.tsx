import { type ReactNode, useRef, useState } from "react";
import { FigureMenu } from "#renderer/parts/figure-menu.tsx";
import { csvOf, savePng, saveText, svgOf } from "#renderer/parts/save.ts";

interface Props {
  readonly title: string;
  /** For file names. */
  readonly name: string;
  readonly columns: readonly string[];
  /** Asked for only when the table or a file is. */
  readonly rows: () => readonly (readonly (string | number)[])[];
  readonly children: ReactNode;
  readonly aside?: ReactNode;
}

/** A chart with its title, its table and its exports. The chart is the first svg in it. */
export function Figure({ title, name, columns, rows, children, aside }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [table, setTable] = useState(false);
  const withChart = (use: (svg: SVGSVGElement) => void) =>
    table
      ? null
      : () => {
          const found = place.current?.querySelector("svg") ?? null;
          if (found !== null) use(found);
        };
  return (
    <figure className="figure">
      <figcaption>
        <h2>{title}</h2>
        {aside}
        <FigureMenu
          label={`Export and table of ${title}`}
          actions={[
            { name: table ? "Chart" : "Table", perform: () => setTable(!table) },
            { name: "CSV…", perform: () => void saveText(`${name}.csv`, csvOf(columns, rows())) },
            { name: "SVG…", perform: withChart((svg) => void saveText(`${name}.svg`, svgOf(svg))) },
            { name: "PNG…", perform: withChart((svg) => void savePng(`${name}.png`, svg)) },
          ]}
        />
      </figcaption>
      <div ref={place} className="figure-body">
        {table ? <DataTable columns={columns} rows={rows()} caption={title} /> : children}
      </div>
    </figure>
  );
}

interface TableProps {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly caption: string;
}

function DataTable({ columns, rows, caption }: TableProps) {
  return (
    <table aria-label={caption}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col" key={column}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.join(" ")}>
            {row.map((cell, at) => (
              <td key={columns[at]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
