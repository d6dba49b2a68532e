import { InputError } from "../routing/inputError";

/**
 * Reads what a command compares with: its faults name the option or argument and the path, as those of the command's
 * own source do not.
 *
 * @param side such as `<base>` or `--compare`
 */
export async function comparedSide<T>(
  side: string,
  path: string,
  read: () => T | Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    // Wrong usage is of the whole command line.
    if (!(error instanceof InputError) || error.code === "bad-usage") throw error;
    throw new InputError(
      error.faults.map((fault) => ofSide(side, path, fault)),
      { cause: error, code: error.code },
    );
  }
}

function ofSide(side: string, path: string, fault: string): string {
  const plain = fault.replace(/^--from /, "");
  if (plain.includes(`${side} `)) return fault;
  return plain.startsWith(path) ? `${side} ${plain}` : `${side} ${path}: ${fault}`;
}
