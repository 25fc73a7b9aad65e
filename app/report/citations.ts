import { type Reference, type Work, works } from "#app/contract/references.ts";

/** Gives the marks of works for a text, and keeps which were cited: the list never differs from the text. */
export class Citations {
  readonly #cited = new Set<Work>();

  /** "Haxby et al., 2011; Hanke et al., 2009", to stand in brackets. */
  cite(...cited: Work[]): string {
    for (const work of cited) this.#cited.add(work);
    return cited.map((work) => works[work].mark).join("; ");
  }

  /** The works cited, by their authors' names. */
  list(): Reference[] {
    return [...this.#cited].map((work) => works[work]).sort((a, b) => (a.mark < b.mark ? -1 : 1));
  }
}
