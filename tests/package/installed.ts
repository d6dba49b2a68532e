import { execFile, execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../conventions/sourceTree";

/** The package as npm packs it. */
export interface Packed {
  /** Path of the tarball. */
  readonly file: string;
  readonly bytes: number;
  readonly unpackedBytes: number;
  /** Paths in the package. */
  readonly paths: readonly string[];
}

interface Listing {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

/** Builds and packs the package into a folder. */
export function pack(folder: string): Packed {
  const output = execFileSync("npm", ["pack", "--json", "--pack-destination", folder], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  // The output of the build comes first.
  const listings = JSON.parse(output.slice(output.search(/^\[/m))) as readonly Listing[];
  const [listing] = listings;
  if (!listing) throw new Error("npm pack: must list a package, got none; run it by hand");
  return {
    file: join(folder, listing.filename),
    bytes: listing.size,
    unpackedBytes: listing.unpackedSize,
    paths: listing.files.map(({ path }) => path).sort(),
  };
}

/**
 * Installs the package from the tarball into a folder, and links its dependencies from this
 * checkout, without network access.
 */
export function install({ file }: Packed, folder: string): void {
  const { dependencies, peerDependencies } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  ) as Record<"dependencies" | "peerDependencies", Record<string, string>>;
  const linked = Object.keys({ ...dependencies, ...peerDependencies, "@types/node": "" }).map(
    (name): [string, string] => [name, `file:${join(root, "node_modules", name)}`],
  );
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({
      private: true,
      dependencies: { "@cafe/failover": `file:${file}`, ...Object.fromEntries(linked) },
    }),
  );
  const quietly = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync("npm", ["install", ...quietly], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
}

/** Copies an example below the folder that the package is installed in. */
export function copyExample(example: string, parent: string, name: string = example): string {
  const folder = join(parent, name);
  cpSync(join(root, "examples", example), folder, { recursive: true });
  return folder;
}

/** Checks the types of the programs of folders. Nothing is compiled: `failover` runs the TypeScript itself. */
export function checkTypes(folders: readonly string[], parent: string): string {
  const project = join(parent, "tsconfig.json");
  writeFileSync(
    project,
    JSON.stringify({
      compilerOptions: {
        target: "es2022",
        module: "nodenext",
        moduleResolution: "nodenext",
        strict: true,
        skipLibCheck: true,
        noEmit: true,
        types: [],
      },
      files: folders.map((folder) => join(folder, "index.ts")),
    }),
  );
  try {
    const tsc = join(root, "node_modules/typescript-native/bin/tsc");
    return execFileSync(process.execPath, [tsc, "-p", project], { encoding: "utf8" });
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
}

/** The output of a command, and its exit code. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the installed `failover` in the folder of an example. */
export function failover(folder: string, ...args: readonly string[]): Promise<Ran> {
  const command = join(folder, "../node_modules/.bin/failover");
  return new Promise((resolve) => {
    execFile(command, args, { cwd: folder, maxBuffer: 64_000_000 }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}
