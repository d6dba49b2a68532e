import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { Resource, Value } from "../../routing/graph/resource";
import { InputError } from "../../routing/inputError";
import { ResourceRegistry } from "./resourceRegistry";
import type { Call } from "./resourceRegistry";
import { findProgram } from "./programPath";
import { readStackSettings } from "./stackSettings";
import type { StackSettings } from "./stackSettings";
import type { WireProperties } from "./wire";

/** What to evaluate. */
export interface EvaluateOptions {
  /** The directory of Pulumi.yaml, where the program also runs. */
  readonly projectDirectory: string;
  /** The name of a stack that has a Pulumi.<stack>.yaml. */
  readonly stack: string;
  /** The program's file; by default what Pulumi.yaml names, compiled or not. */
  readonly programPath?: string;
  /** The view of a first `pulumi preview`: what AWS would compute is unknown. Default: false. */
  readonly preview?: boolean;
  /**
   * Configuration to use in place of the stack file's, by key: `failover:ipv6`. A value that is
   * undefined leaves the key out. Default: none.
   */
  readonly config?: Readonly<Record<string, unknown>>;
  /**
   * Outputs of other stacks, by the names that the program's stack references have, such as
   * `cafe/failover/prod`. Default: none, and a program that reads another stack is refused.
   */
  readonly stackOutputs?: Readonly<Record<string, WireProperties>>;
}

/** The resources that a program makes, as after its deployment or at a first preview. */
export interface Evaluation {
  readonly project: string;
  readonly stack: string;
  readonly preview: boolean;
  /** In the order of their registration; the stack itself is the first. */
  readonly resources: readonly Resource[];
  /** What it asks AWS for while it runs, such as an image's id; in that order. */
  readonly calls: readonly Call[];
  /** What the program exports. */
  readonly outputs: Readonly<Record<string, Value>>;
}

/** Frames of a stack trace while looking for the cause of an error; Node's own default. */
const framesForCause = 10;

/**
 * Evaluates a Pulumi program without the Pulumi CLI and without an AWS account. What AWS would
 * compute comes from tables (awsOutputs.ts, awsInvokes.ts); the same program and settings always
 * give the same values. Evaluations in one process run one after the other.
 *
 * @throws InputError for bad settings, for what the program says is bad input, and for what the
 *   tables do not cover: resources with the same URN, default providers, unknown types, functions
 *   and outputs; all that one run finds, at once
 * @throws the program's own error
 */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const projectDirectory = realpathSync(resolve(options.projectDirectory));
  const settings = readStackSettings(projectDirectory, options.stack, options.config);
  const programPath = findProgram(projectDirectory, settings.main, options.programPath);
  const job: Job = {
    projectDirectory,
    stack: options.stack,
    settings,
    programPath,
    preview: options.preview ?? false,
    ...(options.stackOutputs ? { stackOutputs: options.stackOutputs } : {}),
  };
  return oneAtATime(() => evaluateJob(job));
}

interface Job {
  readonly projectDirectory: string;
  readonly stack: string;
  readonly settings: StackSettings;
  readonly programPath: string;
  readonly preview: boolean;
  readonly stackOutputs?: Readonly<Record<string, WireProperties>>;
}

/**
 * Runs without stack traces first, since the SDK takes one for every promise and that is most of
 * the time; and once more with them where an error needs its cause.
 */
async function evaluateJob(job: Job): Promise<Evaluation> {
  const limit = Error.stackTraceLimit;
  try {
    Error.stackTraceLimit = 0;
    return await evaluateOnce(job);
  } catch (error) {
    if (error instanceof InputError) throw error;
    Error.stackTraceLimit = Math.max(limit, framesForCause);
    await evaluateOnce(job);
    throw error;
  } finally {
    Error.stackTraceLimit = limit;
  }
}

async function evaluateOnce(job: Job): Promise<Evaluation> {
  const { settings, stack, preview, stackOutputs } = job;
  const { project, disabledDefaultProviders } = settings;
  const registry = new ResourceRegistry({
    project,
    stack,
    preview,
    disabledDefaultProviders,
    ...(stackOutputs ? { stackOutputs } : {}),
  });
  // Loaded here, because the SDK takes most of a second and bad settings are known without it.
  const { runProgram } = await import("./program");
  try {
    await runProgram({ ...job, registry });
  } catch (error) {
    // What the tables lack may well be what made the program fail.
    if (error instanceof InputError || registry.faults.length === 0) throw asError(error);
    throw new InputError(registry.faults, { cause: error, code: "program-not-evaluable" });
  }
  if (registry.faults.length > 0) {
    throw new InputError(registry.faults, { code: "program-not-evaluable" });
  }
  const { resources, calls, stackOutputs: outputs } = registry;
  return { project, stack, preview, resources, calls, outputs };
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}

let queue: Promise<unknown> = Promise.resolve();

/** An evaluation borrows what a process has only one of, such as its working directory. */
function oneAtATime<T>(task: () => Promise<T>): Promise<T> {
  const result = queue.then(task);
  queue = result.catch(() => undefined);
  return result;
}
