import { z } from "zod";

/**
 * What a result speaks of. "same subjects, new data": the subject tested took part in building the common space, with
 * other rows. "new subject": the space was built without them, and they were added to it.
 */
export const Claim = z.enum(["same subjects, new data", "new subject"]);
export type Claim = z.infer<typeof Claim>;

/** What a classifier between subjects learns from. A: the other subjects' rows to test. B: their rows to align on. */
export const Scheme = z.enum(["A", "B"]);
export type Scheme = z.infer<typeof Scheme>;
