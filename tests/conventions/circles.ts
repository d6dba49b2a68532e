import { filesBelow, fileOf, importsOf } from "./sourceTree";

/**
 * Import circles among the files of the program, including imports of types: one line per circle.
 */
export function importCircles(folder: string): readonly string[] {
  const paths = filesBelow(folder, [".ts"]).filter((path) => !/^(?:tests|bench)\//.test(path));
  const reached = new Map(paths.map((path) => [path, reachedFrom(folder, path)]));
  const circles = paths.map((path) =>
    paths.filter((other) => reached.get(path)?.has(other) && reached.get(other)?.has(path)),
  );
  return [...new Set(circles.filter(({ length }) => length > 0).map((each) => each.join(" ⇄ ")))];
}

/** The files that a file imports, directly or through others. */
function reachedFrom(folder: string, path: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const visit = (at: string): void => {
    for (const target of targetsOf(folder, at)) {
      if (reached.has(target)) continue;
      reached.add(target);
      visit(target);
    }
  };
  visit(path);
  return reached;
}

const known = new Map<string, readonly string[]>();

/** The direct imports of a file; read once, because every file is reached from many. */
function targetsOf(folder: string, path: string): readonly string[] {
  const key = `${folder}/${path}`;
  const targets =
    known.get(key) ??
    importsOf(folder, path).flatMap(({ target }) =>
      target === undefined ? [] : [fileOf(folder, target)],
    );
  known.set(key, targets);
  return targets;
}
