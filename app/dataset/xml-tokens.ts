import sax from "sax";
import { Fault } from "#app/contract/fault.ts";

/** What an XML file holds, in order; a long text comes in pieces. Names and attributes as they are written. */
export type XmlToken =
  | { readonly kind: "open"; readonly name: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly kind: "close"; readonly name: string }
  | { readonly kind: "text"; readonly text: string };

/** Deeper than any imaging format nests, and more attributes than any of their elements has. */
const MOST_LEVELS = 32;
const MOST_ATTRIBUTES = 64;

/**
 * The tokens of an XML document as its bytes (UTF-8) arrive; no more than a few chunks of it are in memory.
 * @throws Fault image/unreadable where it is not well formed; what the chunks throw
 */
export async function* xmlTokens(path: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<XmlToken> {
  const tokenizer = new Tokenizer(path);
  const decoder = new TextDecoder();
  for await (const chunk of chunks) yield* tokenizer.take(decoder.decode(chunk, { stream: true }));
  yield* tokenizer.end(decoder.decode());
}

/** The same of a text that is in memory. */
export function* textTokens(path: string, text: string): Generator<XmlToken> {
  const tokenizer = new Tokenizer(path);
  yield* tokenizer.take(text);
  yield* tokenizer.end("");
}

/**
 * The parser knows XML's own five entities only, so that one a document declares is an error and never grows, and it
 * reads past a DTD without fetching it.
 */
class Tokenizer {
  readonly #path: string;
  readonly #parser: sax.SAXParser;
  #tokens: XmlToken[] = [];
  #levels = 0;
  #attributes = 0;

  constructor(path: string) {
    this.#path = path;
    // Its types do not know strictEntities.
    const options = { trim: false, strictEntities: true };
    const parser = sax.parser(true, options);
    this.#parser = parser;
    // The parser goes on after an error unless it is thrown.
    parser.onerror = (error) => {
      throw error;
    };
    parser.onattribute = () => {
      if (++this.#attributes > MOST_ATTRIBUTES) throw new Error("too many attributes");
    };
    parser.onopentag = ({ name, attributes }) => {
      if (++this.#levels > MOST_LEVELS) throw new Error("nested too deep");
      this.#attributes = 0;
      this.#tokens.push({ kind: "open", name, attributes: attributes as Record<string, string> });
    };
    parser.onclosetag = (name) => {
      this.#levels--;
      this.#tokens.push({ kind: "close", name });
    };
    const take = (text: string) => this.#tokens.push({ kind: "text", text });
    parser.ontext = take;
    parser.oncdata = take;
  }

  take(text: string): XmlToken[] {
    parse(this.#path, () => this.#parser.write(text));
    return this.#given();
  }

  /** Takes the last of the text: what is open then is cut off. */
  end(text: string): XmlToken[] {
    parse(this.#path, () => this.#parser.write(text).close());
    return this.#given();
  }

  #given(): XmlToken[] {
    const tokens = this.#tokens;
    this.#tokens = [];
    return tokens;
  }
}

function parse(path: string, work: () => unknown): void {
  try {
    work();
  } catch (error) {
    // The parser's first line says what; the others say where.
    const [what = ""] = (error as Error).message.split("\n");
    const detail = `its XML is ${/unclosed|unexpected end/i.test(what) ? "cut off" : "not well formed"} (${what})`;
    throw new Fault("image/unreadable", { path, detail });
  }
}
