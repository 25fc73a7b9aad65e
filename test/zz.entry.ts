import { loadLinalg } from "#app/linalg/load.ts";
import { fitWork } from "#test/bench/fits.ts";

const linalg = loadLinalg(process.cwd());
const [name, n, rows, v] = process.argv.slice(2);
const run = fitWork(linalg, name as string, Number(n), Number(rows), Number(v)) as () => unknown;
for (let i = 0; i < Number(process.argv[6] ?? 1); i++) {
  const t = performance.now();
  run();
  console.log(name, ((performance.now() - t) / 1000).toFixed(2));
}
