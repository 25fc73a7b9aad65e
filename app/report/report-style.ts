/**
 * The report's style sheet. Light unless the reader's system asks for dark on a screen; paper is always light.
 * Colours of methods and matrices are those of the window.
 */
export const reportStyle = `
:root {
  color-scheme: light;
  --page: #ffffff; --text: #1b1d20; --quiet: #555b63; --line: #d5d8dc; --faint: #f4f5f6;
  --accent: #1759b8; --grey: #777d85; --bad: #a8201a; --scale: #123f7a; --scale-low: #8c3a0b; --on-scale: #ffffff;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --page: #1b1c1e; --text: #eceef0; --quiet: #a9afb7; --line: #3a3d41; --faint: #242628;
    --accent: #7fb2ff; --grey: #8b9199; --bad: #ff9a92; --scale: #9cc7ff; --scale-low: #ffb07c; --on-scale: #10213a;
  }
}
* { box-sizing: border-box; }
body {
  max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem;
  font: 17px/1.55 Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif;
  color: var(--text); background: var(--page); overflow-wrap: anywhere;
}
header { border-bottom: 1px solid var(--line); padding-bottom: 1rem; margin-bottom: 1.5rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 0.25rem; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 0.5rem; break-after: avoid; }
h3 { font: 600 0.8125rem/1.4 var(--sans); margin: 1.25rem 0 0.25rem; break-after: avoid; }
p, ul, ol { margin: 0.5rem 0; }
li { margin: 0.25rem 0; }
a { color: var(--accent); }
.lead { font-size: 1.2rem; line-height: 1.45; }
.quiet, figcaption, caption, footer { font: 0.8125rem/1.5 var(--sans); color: var(--quiet); }
.facts {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: 0.75rem 1.5rem; margin: 1.25rem 0;
  font-family: var(--sans);
}
.facts div { border-top: 1px solid var(--line); padding-top: 0.35rem; }
.facts dt { font-size: 0.75rem; color: var(--quiet); }
.facts dd { margin: 0; font-size: 1.05rem; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; margin: 1rem 0; }
table {
  border-collapse: collapse; width: 100%; font: 0.8125rem/1.4 var(--sans); overflow-wrap: normal;
  font-variant-numeric: tabular-nums; border-block: 1.5px solid var(--text);
}
caption { text-align: left; padding-bottom: 0.5rem; }
caption b, figcaption b { color: var(--text); }
th, td { padding: 0.3rem 0.75rem 0.3rem 0; text-align: left; vertical-align: top; font-weight: inherit; }
thead th { font-weight: 600; border-bottom: 1px solid var(--text); vertical-align: bottom; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
th.number, td.number { text-align: right; }
td.number { white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
tr { break-inside: avoid; }
tfoot > tr:first-child > * { border-top: 1px solid var(--text); }
figure { margin: 1.5rem 0; break-inside: avoid; }
.matrices { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1rem; }
.matrices figure { margin: 0; }
svg.figure { display: block; width: 100%; height: auto; font: 12px var(--sans); font-variant-numeric: tabular-nums; }
svg text { fill: var(--text); }
svg .tick, svg .axis { fill: var(--quiet); }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .chance { stroke: var(--text); stroke-width: 1.25; stroke-dasharray: 5 4; }
svg .join { fill: none; stroke: var(--grey); stroke-width: 1; opacity: 0.6; }
svg .dot { stroke: var(--page); stroke-width: 1; fill: var(--grey); }
svg .dot.within { fill: var(--page); stroke: var(--text); stroke-width: 1.5; }
svg .dot.shifted { fill: var(--page); stroke: var(--accent); stroke-width: 1.5; }
svg .dot.aligned { fill: var(--accent); }
svg .ring { fill: none; stroke: var(--accent); stroke-width: 1.5; }
svg .mean { stroke: var(--text); stroke-width: 2.5; }
svg .sem { stroke: var(--text); stroke-width: 1.25; }
svg .value { font-weight: 600; }
svg .frame { fill: var(--faint); stroke: var(--line); }
svg .cell { fill: var(--scale); }
svg .cell.low { fill: var(--scale-low); }
svg .bar { fill: var(--grey); }
svg .observed { stroke: var(--accent); stroke-width: 2; }
svg .on-dark { fill: var(--on-scale); }
.methods { border-left: 3px solid var(--line); padding-left: 1rem; }
ol.references { padding-left: 0; list-style: none; }
ol.references li { padding-left: 1.5rem; text-indent: -1.5rem; font-size: 0.9375rem; }
.problem { font-weight: 600; }
.problem.error { color: var(--bad); }
details { margin: 0.75rem 0; }
summary { font: 600 0.8125rem/1.5 var(--sans); cursor: pointer; }
pre, code { font: 0.75rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
pre { background: var(--faint); padding: 0.75rem; white-space: pre-wrap; }
td code { overflow-wrap: anywhere; }
footer { border-top: 1px solid var(--line); margin-top: 2.5rem; padding-top: 0.75rem; }
@media print {
  @page { margin: 18mm 16mm; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  a { color: inherit; text-decoration: none; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
