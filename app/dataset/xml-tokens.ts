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
 * The tokens of an XML document as its bytes (UTF-8) arrive; no more than a few chunks of it are in memory. The parser
 * knows XML's own five entities only, so that one a document declares is an error and never grows, and it reads past a
 * DTD without fetching it.
 * @throws Fault image/unreadable where it is not well formed; what the chunks throw
 */
export async function* xmlTokens(path: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<XmlToken> {
  let tokens: XmlToken[] = [];
  let levels = 0;
  let attributes = 0;
  // Its types do not know strictEntities.
  const options = { trim: false, strictEntities: true };
  const parser = sax.parser(true, options);
  // The parser goes on after an error unless it is thrown.
  parser.onerror = (error) => {
    throw error;
  };
  parser.onattribute = () => {
    if (++attributes > MOST_ATTRIBUTES) throw new Error("too many attributes");
  };
  parser.onopentag = ({ name, attributes: own }) => {
    if (++levels > MOST_LEVELS) throw new Error("nested too deep");
    attributes = 0;
    tokens.push({ kind: "open", name, attributes: own as Record<string, string> });
  };
  parser.onclosetag = (name) => {
    levels--;
    tokens.push({ kind: "close", name });
  };
  const take = (text: string) => tokens.push({ kind: "text", text });
  parser.ontext = take;
  parser.oncdata = take;
  const decoder = new TextDecoder();
  for await (const chunk of chunks) {
    parse(path, () => parser.write(decoder.decode(chunk, { stream: true })));
    yield* tokens;
    tokens = [];
  }
  parse(path, () => parser.write(decoder.decode()).close());
  yield* tokens;
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
