import { buildSync } from "esbuild";

/**
 * The code of a Lambda function as one file of JavaScript, made from its TypeScript and all that it
 * imports. The same sources give the same text wherever the project lies, so that a function is
 * deployed again only when its code has changed.
 *
 * It costs some 20 ms, and needs no build step before `pulumi up`. Lines stay readable, for the
 * stack traces in the log; the whole is a few kilobytes.
 *
 * @param projectDirectory where Pulumi.yaml is
 * @param entry path of the source from there, such as `functions/syntheticOrder/handler.ts`
 */
export function functionCode(projectDirectory: string, entry: string): string {
  const { outputFiles } = buildSync({
    absWorkingDir: projectDirectory,
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    legalComments: "none",
    write: false,
    logLevel: "silent",
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`${entry}: must be a source, got no code for it; look at the file`);
  return file.text;
}
