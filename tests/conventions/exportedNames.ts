import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { filesBelow } from "./sourceTree";

/** Names that several files export by design, with the reason. */
export const sharedNames: Readonly<Record<string, string>> = {
  certificates: "the preflight check, and the part of the program that it is about",
  describe: "one in each command of the CLI",
  handler: "the entry point of a Lambda function",
  judge: "the decision of a preflight check, one in each",
  policies: "the entry point of a policy pack",
  quotas: "AWS's default quotas, and the preflight check that compares them",
  rules: "the rules of a policy pack, one list in each",
  run: "one in each command of the CLI",
};

/**
 * The faults of the names that the program's files export: a line for each name that is defined in
 * several files and is not shared, and for each shared name that is not.
 */
export function exportFaults(
  folder: string,
  shared: Readonly<Record<string, string>>,
): readonly string[] {
  const filesOf = new Map<string, Set<string>>();
  for (const path of filesBelow(folder, [".ts"])) {
    if (path.startsWith("tests/")) continue;
    for (const name of namesExportedBy(folder, path)) {
      filesOf.set(name, (filesOf.get(name) ?? new Set()).add(path));
    }
  }
  const isTwice = (name: string): boolean => (filesOf.get(name)?.size ?? 0) > 1;
  return [
    ...[...filesOf]
      .filter(([name]) => isTwice(name) && !Object.hasOwn(shared, name))
      .map(
        ([name, files]) =>
          `${name}: exported names must be unique, got ${[...files].join(", ")}; rename all but one`,
      ),
    ...Object.keys(shared)
      .filter((name) => !isTwice(name))
      .map((name) => `${name}: one file at most exports this shared name; remove it from the list`),
  ].sort();
}

/** The names that a file defines and exports; names that it exports from other files are left out. */
function namesExportedBy(folder: string, path: string): readonly string[] {
  const text = readFileSync(join(folder, path), "utf8");
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const defined = new Set<string>();
  const exported = new Set<string>();
  for (const statement of file.statements) {
    const names = namesDefinedBy(statement);
    for (const name of names) defined.add(name);
    if (isExported(statement)) for (const name of names) exported.add(name);
    if (ts.isExportDeclaration(statement) && !statement.moduleSpecifier) {
      for (const name of namesListedBy(statement)) exported.add(name);
    }
  }
  return [...exported].filter((name) => defined.has(name));
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return (modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function namesDefinedBy(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => namesIn(name));
  }
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}

/** The names that a declaration binds, also by destructuring. */
function namesIn(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isBindingElement(element) ? namesIn(element.name) : [],
  );
}

/** The local names in `export { … }`. */
function namesListedBy({ exportClause }: ts.ExportDeclaration): readonly string[] {
  return exportClause && ts.isNamedExports(exportClause)
    ? exportClause.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
    : [];
}
