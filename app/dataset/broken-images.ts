import { basename } from "node:path";
import { BrokenImage, type Problem } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";

/** The fault of one image, to be kept beside the others' facts. @throws what is not about the image */
export function keepFault(subject: string, run: string, error: unknown): BrokenImage {
  const code = error instanceof Fault ? BrokenImage.shape.code.safeParse(error.code) : null;
  if (!(error instanceof Fault) || !code?.success) throw error;
  return { subject, run, code: code.data, values: error.values };
}

export function faultOf({ code, values }: BrokenImage): Fault {
  return new Fault(code, values);
}

/** As a problem; `usable` are the images that can be read: a subject without any is the one to leave out. */
export function tellBroken(
  { subject, run, code, values }: BrokenImage,
  usable: readonly { readonly subject: string }[],
): Problem {
  const whole = usable.some((image) => image.subject === subject);
  const fault = new Fault(code, { ...values, path: basename(values.path ?? "") });
  return {
    severity: "error",
    subject,
    run,
    text: `${fault.message} Or leave out the ${whole ? "run" : "subject"}.`,
    repair: whole ? "leave-out-run" : "leave-out-subject",
  };
}
