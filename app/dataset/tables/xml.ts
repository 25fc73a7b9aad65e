import { textTokens } from "#app/dataset/xml-tokens.ts";

export interface XmlVisitor {
  /** Names come without their namespace's prefix. */
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Goes through an XML text. @throws Fault image/unreadable where it is not whole */
export function parseXml(path: string, xml: string, { open, close, text }: XmlVisitor): void {
  const local = (name: string): string => name.slice(name.indexOf(":") + 1);
  for (const token of textTokens(path, xml)) {
    if (token.kind === "open") open?.(local(token.name), token.attributes);
    else if (token.kind === "close") close?.(local(token.name));
    else text?.(token.text);
  }
}
