import type { Aligner } from "./aligner.ts";
import { deterministicSrm } from "./deterministic-srm.ts";
import { diagonal } from "./diagonal.ts";
import { fusedGromovWasserstein } from "./fused-gromov-wasserstein.ts";
import { generalisedProcrustes } from "./generalised-procrustes.ts";
import { hyperalignment } from "./hyperalignment.ts";
import { individualTuning } from "./individual-tuning.ts";
import { matching } from "./matching.ts";
import { mcca } from "./mcca.ts";
import { optimalTransport } from "./optimal-transport.ts";
import { pairwise } from "./pairwise.ts";
import { promises } from "./promises.ts";
import { ridge } from "./ridge.ts";
import { robustSrm } from "./robust-srm.ts";
import { semiSupervisedSrm } from "./semi-supervised-srm.ts";
import { spectralTransport } from "./spectral-transport.ts";
import { srm } from "./srm.ts";
import { tutorialProcrustes } from "./tutorial-procrustes.ts";
import { warp } from "./warp.ts";

const all: readonly Aligner[] = [
  mcca,
  srm,
  deterministicSrm,
  robustSrm,
  semiSupervisedSrm,
  hyperalignment,
  generalisedProcrustes,
  promises,
  pairwise,
  tutorialProcrustes,
  ridge,
  warp,
  individualTuning,
  optimalTransport,
  spectralTransport,
  fusedGromovWasserstein,
  matching,
  diagonal,
];

/** Every method of alignment by name: the form, the command line and the conformance battery read this list. */
export const aligners: Readonly<Record<string, Aligner>> = Object.fromEntries(
  all.map((aligner) => [aligner.name, aligner]),
);
