/**
 * Evaluates the program with a number of hostnames, in a separate process: `node
 * dist/bench/evaluateHostnames.js prod 1000 [file for the export]`. Prints time and memory.
 */
import { writeFileSync } from "node:fs";
import { evaluate } from "../rehearsal/engine/evaluate";
import { awsTypes } from "../routing/graph/types";
import type { Form } from "./benchHostnames";
import { benchHostnames } from "./benchHostnames";
import { exportOf } from "./stackExport";

/** The cost of an evaluation. */
export interface EvaluationCost {
  readonly seconds: number;
  /** Peak memory of the process. */
  readonly peakBytes: number;
  readonly resources: number;
  readonly records: number;
}

async function main([stack, count, exportFile]: readonly string[]): Promise<void> {
  const hostnames = benchHostnames(stack as Form, Number(count));
  const started = performance.now();
  const evaluation = await evaluate({
    projectDirectory: process.cwd(),
    stack: stack ?? "",
    config: { "failover:hostnames": hostnames },
  });
  const { resources } = evaluation;
  const evaluated: EvaluationCost = {
    seconds: (performance.now() - started) / 1000,
    // Linux and macOS: in KiB, as Node reports it.
    peakBytes: process.resourceUsage().maxRSS * 1024,
    resources: resources.length,
    records: resources.filter(({ type }) => type === awsTypes.record).length,
  };
  if (exportFile !== undefined) writeFileSync(exportFile, exportOf(evaluation));
  process.stdout.write(JSON.stringify(evaluated));
}

void main(process.argv.slice(2));
