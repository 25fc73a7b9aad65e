import type { Aligner } from "./aligner.ts";
import { deterministicSrm } from "./deterministic-srm.ts";
import { hyperalignment } from "./hyperalignment.ts";
import { mcca } from "./mcca.ts";
import { srm } from "./srm.ts";

/** Every method of alignment by name: the form, the command line and the conformance battery read this list. */
export const aligners: Readonly<Record<string, Aligner>> = {
  [mcca.name]: mcca,
  [srm.name]: srm,
  [deterministicSrm.name]: deterministicSrm,
  [hyperalignment.name]: hyperalignment,
};
