/** The parts of saxen that are used here; it brings no types of its own. */
declare module "saxen" {
  type Decode = (text: string) => string;
  export class Parser {
    on(event: "openTag", visit: (name: string, attributes: () => Record<string, string>) => void): this;
    on(event: "closeTag", visit: (name: string) => void): this;
    on(event: "text", visit: (text: string, decode: Decode) => void): this;
    on(event: "cdata", visit: (text: string) => void): this;
    on(event: "error", visit: (error: Error) => void): this;
    parse(text: string): void;
  }
}
