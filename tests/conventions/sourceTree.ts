import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import ts from "typescript";

/** The repository. */
export const root = join(__dirname, "..", "..");

/** Folders without handwritten files. */
const foldersLeftOut = new Set(["node_modules", "dist", "coverage", "reports", ".git"]);

/** Files below a folder whose names end in one of these, by path from it, with `/`. */
export function filesBelow(folder: string, endings: readonly string[]): readonly string[] {
  const found: string[] = [];
  const visit = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      if (foldersLeftOut.has(entry.name)) continue;
      const path = join(at, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (endings.some((ending) => entry.name.endsWith(ending))) {
        found.push(relative(folder, path).replaceAll(sep, "/"));
      }
    }
  };
  visit(folder);
  return found.sort();
}

/** An import of a source file. */
export interface Import {
  /** Path of the file from the folder that was read. */
  readonly from: string;
  readonly line: number;
  readonly specifier: string;
  /** Path of the imported file, without its ending, if it is one of ours. */
  readonly target: string | undefined;
  /** Whether it happens when the file is loaded: false for types and `import()`. */
  readonly atLoad: boolean;
}

/** The imports of a file with a text: several tests ask for those of the whole repository. */
const knownImports = new Map<string, readonly Import[]>();

/** All imports of a TypeScript file: `import`, `export from`, `import()`, `require`, and types. */
export function importsOf(folder: string, path: string): readonly Import[] {
  const text = readFileSync(join(folder, path), "utf8");
  const key = `${path}\n${text}`;
  const imports = knownImports.get(key) ?? findImports(path, text);
  knownImports.set(key, imports);
  return imports;
}

function findImports(path: string, text: string): readonly Import[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const add = (specifier: ts.Node | undefined, atLoad: boolean): void => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const name = specifier.text;
    imports.push({
      from: path,
      line: file.getLineAndCharacterOfPosition(specifier.getStart()).line + 1,
      specifier: name,
      target: name.startsWith(".") ? posix.join(posix.dirname(path), name) : undefined,
      atLoad,
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, !isForTypes(node));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, !node.isTypeOnly);
    else if (ts.isImportTypeNode(node)) add(literalOf(node), false);
    else if (ts.isExternalModuleReference(node)) add(node.expression, true);
    else if (ts.isCallExpression(node)) {
      const [argument] = node.arguments;
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword) add(argument, false);
      else if (ts.isIdentifier(node.expression) && node.expression.text === "require") {
        add(argument, true);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return imports;
}

/** Whether nothing of an import remains without types. */
function isForTypes({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = importClause;
  if (name || !namedBindings || !ts.isNamedImports(namedBindings)) return false;
  const { elements } = namedBindings;
  return elements.length > 0 && elements.every(({ isTypeOnly }) => isTypeOnly);
}

function literalOf({ argument }: ts.ImportTypeNode): ts.Node | undefined {
  return ts.isLiteralTypeNode(argument) ? argument.literal : undefined;
}

/** The package that a specifier names: `@pulumi/aws` for `@pulumi/aws/route53`. */
export function packageOf(specifier: string): string {
  const [scope = "", name] = specifier.split("/");
  return scope.startsWith("@") && name !== undefined ? `${scope}/${name}` : scope;
}

/** The file of an import without an ending. */
export function fileOf(folder: string, target: string): string {
  const asFile = `${target}.ts`;
  return existsSync(join(folder, asFile)) ? asFile : `${target}/index.ts`;
}
