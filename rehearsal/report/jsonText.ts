/** A value as the JSON that commands print and write: indented by 2 spaces, with a newline at its end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
