import { type Reference, referenceLine } from "#app/contract/references.ts";
import type { MethodsText } from "./methods-text.ts";

/** The methods text as a Markdown file. Signs that Markdown would take for its own are escaped. */
export function methodsMarkdown({ paragraphs, references }: MethodsText, credit: readonly string[]): string {
  const list = [...references.map(referenceLine), ...credit];
  return [
    "# Methods",
    ...paragraphs.map(plainMarkdown),
    ...(list.length === 0 ? [] : ["# References", list.map((one) => `- ${plainMarkdown(one)}`).join("\n")]),
    "",
  ].join("\n\n");
}

/** The works cited as BibTeX. */
export function bibliography(references: readonly Reference[]): string {
  return references.map(bibEntry).join("\n");
}

function bibEntry({ authors, year, title, journal, volume, pages, doi }: Reference): string {
  const names = authors.split(", ").map((name) => {
    const [, family = name, initials = ""] = /^(.*) ([A-Z-]+)$/.exec(name) ?? [];
    const given = [...initials].map((letter) => (letter === "-" ? "-" : `${letter}.`)).join("");
    return given === "" ? family : `${family}, ${given.replace(/\.(?=[A-Z])/g, ". ")}`;
  });
  const key = `${(names[0] ?? "").split(",")[0]?.toLowerCase()}${year}`;
  const fields = {
    author: names.join(" and "),
    title: `{${title}}`,
    journal,
    year: String(year),
    volume,
    pages: pages.replace("–", "--"),
    doi,
  };
  const given = Object.entries(fields).filter(([, value]) => value !== "");
  const lines = given.map(([name, value]) => `  ${name} = {${value}},`);
  return `@article{${key},\n${lines.join("\n")}\n}\n`;
}

function plainMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#]/g, (sign) => `\\${sign}`);
}
