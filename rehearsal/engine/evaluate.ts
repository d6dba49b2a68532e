import { realpathSync } from "node:fs";
import { resolve, sep } from "node:path";
import { packageDirectory } from "../../packageDirectory";
import type { Resource, Value } from "../../routing/graph/resource";
import { InputError } from "../../routing/inputError";
import { isOfOwnProgram } from "../ownProgram";
import { ResourceRegistry } from "./resourceRegistry";
import type { Call } from "./resourceRegistry";
import { readLookups } from "./lookups";
import type { Lookups } from "./lookups";
import { programFault } from "./programFault";
import { findProgram } from "./programPath";
import type { Program } from "./programPath";
import { readStackSettings } from "./stackSettings";
import type { StackSettings } from "./stackSettings";
import type { WireProperties } from "./wire";

/** What to evaluate. */
export interface EvaluateOptions {
  /** The directory of Pulumi.yaml, in which the program runs. */
  readonly projectDirectory: string;
  /** The name of a stack that has a Pulumi.<stack>.yaml. */
  readonly stack: string;
  /** The program's file; by default the one in Pulumi.yaml, compiled or not. */
  readonly programPath?: string;
  /** Whether to evaluate as a first `pulumi preview`: AWS's outputs are unknown. Default: false. */
  readonly preview?: boolean;
  /**
   * Configuration that overrides the stack file's, by key: `failover:ipv6`. An undefined value
   * removes the key. Default: none.
   */
  readonly config?: Readonly<Record<string, unknown>>;
  /**
   * Outputs of other stacks, by the names in the program's stack references, such as
   * `cafe/failover/prod`, besides those of the stack's file (lookups.ts). Default: none.
   */
  readonly stackOutputs?: Readonly<Record<string, WireProperties>>;
}

/** The resources of a program, as after its deployment or at a first preview. */
export interface Evaluation {
  readonly project: string;
  readonly stack: string;
  readonly preview: boolean;
  /** In the order of their registration; the stack itself is the first. */
  readonly resources: readonly Resource[];
  /** The functions called during the run, such as the look-up of an image; in call order. */
  readonly calls: readonly Call[];
  /** The program's outputs. */
  readonly outputs: Readonly<Record<string, Value>>;
  /** Whether it has the settings of this package's program; default: no. */
  readonly isOwn?: boolean;
  /** What is not known offline, by resource or call; only of programs that are not this package's. Default: nothing. */
  readonly gaps?: readonly string[];
  /** Those of the gaps that are calls and outputs of other stacks. Default: none. */
  readonly lookups?: readonly string[];
}

/** Stack trace frames while looking for the line of an error: it may be deep in a package. */
const framesForCause = 100;

/**
 * Evaluates a Pulumi program without the Pulumi CLI and without an AWS account. AWS's outputs come
 * from tables (awsOutputs.ts, awsInvokes.ts); the same program and settings always give the same
 * values. Evaluations in one process run one after the other.
 *
 * @throws InputError for bad settings, for input that the program rejects, for the program's own errors, and for
 * what the tables do not support: resources with the same URN, default providers, unknown types, functions and
 * outputs; all faults of one run at once
 */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const projectDirectory = realpathSync(resolve(options.projectDirectory));
  const settings = readStackSettings(projectDirectory, options.stack, options.config);
  const program = findProgram(projectDirectory, settings, options.programPath);
  const given = readLookups(projectDirectory, options.stack);
  const job: Job = {
    projectDirectory,
    stack: options.stack,
    settings,
    program,
    preview: options.preview ?? false,
    lookups: {
      calls: given.calls,
      stacks: { ...given.stacks, ...options.stackOutputs },
    },
  };
  return oneAtATime(() => evaluateJob(job));
}

interface Job {
  readonly projectDirectory: string;
  readonly stack: string;
  readonly settings: StackSettings;
  readonly program: Program;
  readonly preview: boolean;
  readonly lookups: Lookups;
}

/**
 * Runs without stack traces first, because the SDK takes one for every promise and that is most of
 * the time; and again with them, and with source maps, if an error needs its line.
 */
async function evaluateJob(job: Job): Promise<Evaluation> {
  const limit = Error.stackTraceLimit;
  const { sourceMapsEnabled } = process;
  try {
    Error.stackTraceLimit = 0;
    return await evaluateOnce(job, false);
  } catch (first) {
    if (first instanceof InputError) throw first;
    Error.stackTraceLimit = Math.max(limit, framesForCause);
    process.setSourceMapsEnabled(true);
    const error = await errorOf(evaluateOnce(job, true), first);
    throw programFault(error, job.program) ?? error;
  } finally {
    Error.stackTraceLimit = limit;
    process.setSourceMapsEnabled(sourceMapsEnabled);
  }
}

/** What a promise rejects with; the other error if it does not. */
async function errorOf(promise: Promise<unknown>, other: unknown): Promise<unknown> {
  try {
    await promise;
    return other;
  } catch (error) {
    return error;
  }
}

async function evaluateOnce(job: Job, isRepeated: boolean): Promise<Evaluation> {
  const { settings, stack, preview, lookups } = job;
  const { project, disabledDefaultProviders } = settings;
  const registry = new ResourceRegistry({
    project,
    stack,
    preview,
    disabledDefaultProviders,
    config: settings.config,
    allowsGaps: !isOfPackage(job.projectDirectory),
    stackOutputs: lookups.stacks,
    givenCalls: lookups.calls,
  });
  // Loaded lazily: the SDK takes most of a second, and bad settings are known without it.
  const { runProgram } = await import("./program");
  try {
    await runProgram({ ...job, registry, isRepeated });
  } catch (error) {
    // Missing rows may be the reason that the program failed.
    if (error instanceof InputError || registry.faults.length === 0) throw error;
    throw refusal(registry, job, error);
  }
  if (registry.faults.length > 0) throw refusal(registry, job);
  const { resources, calls, stackOutputs: outputs, gaps } = registry;
  const isOwn = isOfOwnProgram(settings);
  const unanswered = [...registry.lookups.names];
  return { project, stack, preview, resources, calls, outputs, isOwn, gaps, lookups: unanswered };
}

/** The faults of an evaluation; for another team's program with the way round them, where a preview is one. */
function refusal(
  { faults, ownFaults, options }: ResourceRegistry,
  { stack }: Job,
  cause?: unknown,
): InputError {
  const wayRound = `stack ${stack}: what cannot be known offline, Pulumi knows: pulumi preview --stack ${stack} --json > preview.json, then --from preview.json in place of --stack ${stack}`;
  const hasWayRound = options.allowsGaps === true && faults.some((fault) => !ownFaults.has(fault));
  return new InputError(hasWayRound ? [...faults, wayRound] : faults, {
    cause,
    code: "program-not-evaluable",
  });
}

/** Whether a project is in this package, whose tables have all that its programs use. */
function isOfPackage(directory: string): boolean {
  return `${directory}${sep}`.startsWith(packageDirectory + sep);
}

let queue: Promise<unknown> = Promise.resolve();

/** An evaluation uses process-wide state, such as the working directory. */
function oneAtATime<T>(task: () => Promise<T>): Promise<T> {
  const result = queue.then(task);
  queue = result.catch(() => undefined);
  return result;
}
