/// <reference path="./saxen.d.ts" />
import { Parser } from "saxen";

export interface XmlVisitor {
  /** Names come without their namespace's prefix. */
  open?(name: string, attributes: () => Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Goes through an XML text. No entity but XML's own five and numbers is replaced. @throws Error where it is not whole */
export function parseXml(xml: string, { open, close, text }: XmlVisitor): void {
  const local = (name: string): string => name.slice(name.indexOf(":") + 1);
  const parser = new Parser();
  if (open) parser.on("openTag", (name, attributes) => open(local(name), attributes));
  if (close) parser.on("closeTag", (name) => close(local(name)));
  if (text) {
    parser.on("text", (raw, decode) => text(decode(raw)));
    parser.on("cdata", text);
  }
  parser.on("error", (error) => {
    throw error;
  });
  parser.parse(xml);
}
