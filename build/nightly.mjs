/**
 * `npm run nightly`: what takes too long for every change. Whether every protocol, method and classifier gives chance with
 * labels that say nothing, over 200 seeds.
 */
import { ensureDependencies } from "./dependencies.mjs";
import { runProgram } from "./run-command.mjs";

ensureDependencies();
process.env.CONCORD_CHANCE_SEEDS ??= "200";
const good = runProgram("vitest/vitest.mjs", ["run", "--project", "long", "test/evaluate/chance.test.ts"]);
process.exit(good ? 0 : 1);
