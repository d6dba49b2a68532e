import { domainToASCII } from "node:url";

/**
 * A name as Route 53 stores it: lower case, without the trailing dot, punycode for non-ASCII
 * labels, and characters in place of their octal codes (N1). A dot or control character within a
 * label stays a code.
 */
export function canonical(name: string): string {
  if (/^[a-z0-9._*-]*[^.]$/.test(name)) return name;
  const plain = name.replace(/\\([0-3][0-7]{2})/g, (code, octal: string) => {
    const character = String.fromCharCode(parseInt(octal, 8));
    return /[!-~]/.test(character) && !/[.\\]/.test(character) ? character : code;
  });
  return plain.split(".").map(asciiLabel).join(".").replace(/\.$/, "");
}

function asciiLabel(label: string): string {
  // A label that no host name can have, such as one with an asterisk, is only put in lower case.
  return isAscii(label) ? label.toLowerCase() : domainToASCII(label) || label.toLowerCase();
}

function isAscii(label: string): boolean {
  return /^[\0-\x7f]*$/.test(label);
}

/** The name without its first label; undefined for a name of one label. */
export function parentOf(name: string): string | undefined {
  const dot = name.indexOf(".");
  return dot < 0 ? undefined : name.slice(dot + 1);
}

/** Whether a name equals another one or is below it. */
export function isWithin(name: string, zoneName: string): boolean {
  return name === zoneName || name.endsWith(`.${zoneName}`);
}
