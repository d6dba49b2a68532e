import { packConfigOf } from "../../policies/packConfig";
import type { PackConfig, ServedRule } from "../../policies/packConfig";
import { ServedPack } from "../../rehearsal/policy/servedPack";
import type { Resource } from "../../routing/graph/resource";
import { InputError } from "../../routing/inputError";
import type { Io } from "../io";
import type { ConfigFile, PackName } from "./packs";
import { configFileOf, locationOf } from "./packs";
import type { PackVerdict, Verdict } from "./verdict";
import { packVerdict } from "./verdict";

/** A stack that the packs are asked about. */
export interface Question {
  /** What to call it: `stack prod`, or the path of an export. */
  readonly subject: string;
  readonly resources: readonly Resource[];
  /** Whose levels and bounds count. */
  readonly environment: string;
}

export interface CheckOptions {
  readonly packs: readonly PackName[];
  /** Files to take the levels and bounds of a pack from, instead of its own. */
  readonly configFiles?: ReadonlyMap<string, string>;
}

/**
 * What the packs say of each stack. Each pack is served once, in a process of its own, and asked over
 * gRPC as the engine does.
 *
 * @throws InputError with all faults of the packs' configurations
 */
export async function checkPolicies(
  questions: readonly Question[],
  { packs, configFiles = new Map() }: CheckOptions,
  io: Pick<Io, "readFile">,
): Promise<readonly Verdict[]> {
  const started = await Promise.allSettled(packs.map((pack) => ServedPack.start(locationOf(pack))));
  const served = started.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  try {
    for (const each of started) if (each.status === "rejected") throw each.reason;
    const files = await filesOf(questions, packs, configFiles, io);
    const configs = configsOf(served, packs, files);
    const columns = await Promise.all(
      served.map((pack, index) => askPack(pack, questions, configs[index] ?? [])),
    );
    return questions.map(({ subject }, index) => ({
      subject,
      packs: columns.flatMap((column) => column[index] ?? []),
    }));
  } finally {
    await Promise.all(served.map((pack) => pack.stop()));
  }
}

/** For each pack, the file of each question. */
function filesOf(
  questions: readonly Question[],
  packs: readonly PackName[],
  configFiles: ReadonlyMap<string, string>,
  io: Pick<Io, "readFile">,
): Promise<ConfigFile[][]> {
  return Promise.all(
    packs.map((pack) =>
      Promise.all(
        questions.map(({ environment }) =>
          configFileOf(pack, environment, configFiles.get(pack), io),
        ),
      ),
    ),
  );
}

interface Configured {
  readonly config: PackConfig;
  readonly path: string;
}

/** For each pack, the configuration for each question; the faults of all files at once. */
function configsOf(
  served: readonly ServedPack[],
  packs: readonly PackName[],
  files: readonly (readonly ConfigFile[])[],
): readonly (readonly Configured[])[] {
  const faults = new Set<string>();
  const configs = served.map(({ info }, index) =>
    (files[index] ?? []).flatMap(({ path, text }): readonly Configured[] => {
      try {
        return [{ config: packConfigOf(info.policies as readonly ServedRule[], text, path), path }];
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        for (const fault of error.faults) faults.add(fault);
        return [];
      }
    }),
  );
  if (faults.size > 0) throw new InputError([...faults]);
  return configs;
}

/** One question after the other, since a pack has one configuration at a time. */
async function askPack(
  pack: ServedPack,
  questions: readonly Question[],
  configs: readonly Configured[],
): Promise<readonly PackVerdict[]> {
  const verdicts: PackVerdict[] = [];
  for (const [index, { resources }] of questions.entries()) {
    const configured = configs[index];
    if (!configured) continue;
    await pack.configure(configured.config);
    const analysis = await pack.analyze(resources);
    verdicts.push(packVerdict(pack.info, configured.config, configured.path, analysis, resources));
  }
  return verdicts;
}
