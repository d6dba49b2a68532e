import { hole } from "./shellText";

/** What a command writes to its standard output; a hole if it is not known. */
export function outputOf(
  words: readonly string[],
  input: string | undefined,
  textOf: (path: string) => string | undefined,
): string {
  const [program = "", ...given] = words;
  const operands = given.filter((word) => !/^-[a-zA-Z]+$/.test(word));
  switch (program) {
    case "echo":
      return operands.join(" ");
    case "printf": {
      const [format = "", ...values] = operands;
      const text =
        values.length === 0 ? format : /^%s(?:\\n)?$/.test(format) ? values.join("\n") : hole;
      return text.replaceAll("\\n", "\n");
    }
    case "cat":
      return operands.length === 0 || operands[0] === "-"
        ? (input ?? hole)
        : (textOf(operands[0] ?? "") ?? hole);
    case "tee":
      return input ?? hole;
    default:
      return hole;
  }
}
