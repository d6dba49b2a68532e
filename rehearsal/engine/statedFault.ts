/** Errors that a program means to throw, such as those of its settings. */
import { InputPropertiesError, InputPropertyError, RunError } from "@pulumi/pulumi";
import { InputError } from "../../routing/inputError";

/** An input error of the program, as the tool's own class; otherwise undefined. */
export function statedFault(error: unknown, stack: string): InputError | undefined {
  if (error instanceof InputError) return error;
  if (!(error instanceof Error)) return undefined;
  const options = { cause: error };
  // The program has its own copy of the class.
  if (error.name === "InputError" && "faults" in error) {
    const code = "code" in error ? { code: error.code as InputError["code"] } : {};
    return new InputError(error.faults as string[], { ...options, ...code });
  }
  const missing = /The Pulumi CLI does not support (.+?)\. Please/.exec(error.message)?.[1];
  if (missing !== undefined) {
    return new InputError(
      `program: uses ${missing}, which the offline evaluation does not provide`,
      {
        ...options,
        code: "program-not-evaluable",
      },
    );
  }
  const code = "bad-arguments";
  if (InputPropertiesError.isInstance(error)) {
    const lines = error.errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
    return new InputError(lines.length === 0 ? error.message : lines, { ...options, code });
  }
  if (InputPropertyError.isInstance(error)) {
    return new InputError(`${error.propertyPath}: ${error.reason}`, { ...options, code });
  }
  if (!RunError.isInstance(error)) return undefined;
  const setting = settingFault(error.message, stack);
  return setting === undefined
    ? new InputError(
        error.message.split("\n").map((line) => withoutPlaceholder(line.trim())),
        options,
      )
    : new InputError(setting, { ...options, code: "bad-settings" });
}

/** A fault of `pulumi.Config`, as the other faults of settings are worded. */
function settingFault(message: string, stack: string): string | undefined {
  const [, missing, isSecret] =
    /^Missing required configuration variable '(.+)'\n.*?pulumi config set( --secret)?/.exec(
      message,
    ) ?? [];
  if (missing !== undefined) {
    const secret = isSecret === undefined ? "" : "--secret ";
    return `Pulumi.${stack}.yaml: config ${missing} is required, got none; pulumi config set ${secret}${missing} VALUE`;
  }
  const [, key, value = "", problem] =
    /^Configuration '(.+?)' value '(.*)' ((?:is|does) not .+|is outside .+)$/s.exec(message) ?? [];
  if (key === undefined) return undefined;
  return withoutPlaceholder(
    `Pulumi.${stack}.yaml: config ${key} ${problem}, got ${JSON.stringify(value)}; pulumi config set ${key} VALUE`,
  );
}

/** A fault of a placeholder (`secretPlaceholder`): the secret itself was not seen. */
const placeholderFault =
  /^(.+?)(?:: must be| is not a| is outside of| does not match) .*, got "\[secret [^\]]+\]"/;

function withoutPlaceholder(fault: string): string {
  const path = placeholderFault.exec(fault)?.[1];
  return path === undefined
    ? fault
    : `${path}: is encrypted, and cannot be checked offline; set it without --secret`;
}
