import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";
import { functionCode, functionNames } from "../components/common/functionCode";
import type { FunctionName } from "../components/common/functionCode";
import type { Figures } from "./figures";
import { median } from "./measure";

/** Number of cold-start measurements of a figure. */
const runsCount = 5;

/** AWS SDK clients that would make the calls of a function instead of our own code. */
const clients: Readonly<Record<FunctionName, Readonly<Record<string, readonly string[]>>>> = {
  bake: {
    "auto-scaling": ["AutoScaling", "DescribeAutoScalingGroups", "DescribeInstanceRefreshes"],
    cloudwatch: ["CloudWatch", "DescribeAlarms"],
    ec2: ["EC2", "DescribeInstanceStatus"],
    "route-53": ["Route53", "GetHealthCheckStatus"],
  },
  gameDay: {
    cloudwatch: ["CloudWatch", "DescribeAlarms"],
    fis: ["Fis", "ListExperiments", "StartExperiment"],
  },
  gate: {
    s3: ["S3", "DeleteObject", "GetObject", "PutObject"],
    sns: ["SNS", "Publish"],
  },
  syntheticOrder: { cloudwatch: ["CloudWatch", "PutMetricData"] },
};

/**
 * Size and load time of each function: the uploaded code, and its cold start beyond Node's own.
 * With a folder of AWS SDK clients, the same calls with those are measured too.
 *
 * @param sdkFolder the folder; absent: only ours are measured
 */
export function functionFigures(figures: Figures, sdkFolder: string | undefined): void {
  for (const name of functionNames) {
    printCode(figures, `functions.${name}`, functionCode(name));
    if (sdkFolder === undefined) continue;
    printCode(figures, `functions.${name}.bySdk`, sdkCode(name, sdkFolder));
  }
}

/** As small as esbuild makes it: the calls only, without the rest of the function. */
function sdkCode(name: FunctionName, folder: string): string {
  const lines = Object.entries(clients[name]).flatMap(([client, [service = "", ...calls]]) => [
    `import { ${service}Client, ${calls.map((call) => `${call}Command`).join(", ")} } from "@aws-sdk/client-${client}";`,
    `const ${service} = new ${service}Client({ region: "us-east-1" });`,
    ...calls.map(
      (call) => `export const ${call} = (input) => ${service}.send(new ${call}Command(input));`,
    ),
  ]);
  const { outputFiles } = buildSync({
    stdin: { contents: lines.join("\n"), resolveDir: folder },
    bundle: true,
    minify: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    write: false,
    legalComments: "none",
  });
  return outputFiles[0]?.text ?? "";
}

function printCode(figures: Figures, name: string, code: string): void {
  figures.print(`${name}.code`, code.length / 1000, "kB");
  figures.print(`${name}.packed`, gzipSync(code, { level: 9 }).length / 1000, "kB");
  const folder = mkdtempSync(join(tmpdir(), "function-"));
  try {
    const path = join(folder, "index.js");
    writeFileSync(path, code);
    const loads = Array.from({ length: runsCount }, () => load(path));
    figures.print(`${name}.require`, median(loads.map(({ ms }) => ms)), "ms");
    figures.print(`${name}.resident`, median(loads.map(({ bytes }) => bytes)) / 1e6, "MB");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Loads code in a separate process, as Lambda does at a cold start. */
function load(path: string): { readonly ms: number; readonly bytes: number } {
  const script = `
    const started = performance.now();
    require(process.argv[1]);
    const ms = performance.now() - started;
    console.log(JSON.stringify({ ms, bytes: process.memoryUsage().rss }));`;
  const out = execFileSync(process.execPath, ["--no-warnings", "-e", script, path], {
    encoding: "utf8",
  });
  return JSON.parse(out) as { readonly ms: number; readonly bytes: number };
}
