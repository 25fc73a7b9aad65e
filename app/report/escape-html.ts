/** Text as it stands in HTML and SVG, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  // Control characters, which XML refuses, go; a tab and a line's end stay.
  const readable = [...text].filter((sign) => sign >= " " || sign === "\t" || sign === "\n").join("");
  return readable.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
