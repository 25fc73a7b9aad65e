import { methodForms } from "./method-forms.ts";
import { methodHelp } from "./method-help.ts";

/** The help of every method as it stands in docs/methods.md. */
export function methodsPage(): string {
  return `# Methods of alignment

What \`concord methods\` prints; \`npm run docs\` writes this page. How they compare on data is in
[methods-measured.md](methods-measured.md).

${methodForms().map(methodHelp).join("\n")}`;
}
