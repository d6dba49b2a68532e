import type { PackConfig, ServedRule } from "../../policies/packConfig";
import { defaultConfig, packConfigOf } from "../../policies/packConfig";
import type { Resource } from "../../routing/graph/resource";
import { InputError } from "../../routing/inputError";
import type { ConfigFile, FileReader, PackName } from "./packs";
import { configFileOf, locationOf } from "./packs";
import { ServedPack } from "./servedPack";
import type { PackVerdict, PoliciesVerdict } from "./verdict";
import { packVerdict } from "./verdict";

/** A stack to check. */
export interface PolicyQuestion {
  /** The name of the stack: `stack prod`, or the path of an export. */
  readonly subject: string;
  readonly resources: readonly Resource[];
  /** The environment whose configuration applies; undefined for the packs' own levels. */
  readonly environment: string | undefined;
}

export interface CheckOptions {
  readonly packs: readonly PackName[];
  /** Configuration files to use instead of the pack's own, by pack. */
  readonly configFiles?: ReadonlyMap<string, string>;
}

/** A running pack, with its configuration for each environment. */
interface ReadyPack {
  readonly served: ServedPack;
  readonly configs: ReadonlyMap<string | undefined, Configured>;
}

interface Configured {
  readonly config: PackConfig;
  /** The origin of its levels, in words. */
  readonly source: string;
}

/** The levels of a pack for any stack. */
const ownLevels = "levels for any stack";

/**
 * Running packs, each served in a separate process and called over gRPC as the engine does. They start
 * immediately, and callers need not wait: they can compute the input meanwhile.
 */
export class PackSession {
  /**
   * The current work of each pack. A pack has one configuration at a time, so requests to it are
   * serialized.
   */
  private readonly turns: Promise<unknown>[];

  private constructor(
    private readonly starting: readonly Promise<ServedPack>[],
    private readonly ready: Promise<readonly ReadyPack[]>,
  ) {
    this.turns = starting.map(() => Promise.resolve());
    // The callers of `judge` get the error; without this, a session that is only stopped would crash.
    ready.catch(() => undefined);
  }

  /**
   * Starts the packs.
   *
   * @param environments the environments of later requests
   */
  static start(
    environments: readonly PolicyQuestion["environment"][],
    { packs, configFiles = new Map() }: CheckOptions,
    io: FileReader,
  ): PackSession {
    const starting = packs.map((pack) => ServedPack.start(locationOf(pack)));
    const files = filesOf(environments, packs, configFiles, io);
    const ready = Promise.all([Promise.all(starting), files]).then(([served, all]) =>
      readyPacks(served, all),
    );
    return new PackSession(starting, ready);
  }

  /**
   * The findings of the packs on a stack.
   *
   * @throws InputError with all faults of the packs' configurations, of all environments
   */
  async judge(question: PolicyQuestion): Promise<PoliciesVerdict> {
    const { subject } = question;
    const packs = await Promise.all(
      this.turns.map((turn, index) => {
        const asked = turn.then(async () => ask((await this.ready)[index], question));
        this.turns[index] = asked.catch(() => undefined);
        return asked;
      }),
    );
    return { subject, packs };
  }

  /** Ends the packs' processes, including those still starting. */
  async stop(): Promise<void> {
    const started = await Promise.allSettled(this.starting);
    const served = started.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    await Promise.all(served.map((pack) => pack.stop()));
  }
}

/**
 * The findings of the packs on each stack.
 *
 * @throws InputError with all faults of the packs' configurations
 */
export async function checkPolicies(
  questions: readonly PolicyQuestion[],
  options: CheckOptions,
  io: FileReader,
): Promise<readonly PoliciesVerdict[]> {
  const environments = new Set(questions.map(({ environment }) => environment));
  const session = PackSession.start([...environments], options, io);
  try {
    return await Promise.all(questions.map((question) => session.judge(question)));
  } finally {
    await session.stop();
  }
}

type FilesByEnvironment = ReadonlyMap<string | undefined, ConfigFile | undefined>;

/** For each pack, the file of each environment. */
function filesOf(
  environments: readonly PolicyQuestion["environment"][],
  packs: readonly PackName[],
  configFiles: ReadonlyMap<string, string>,
  io: FileReader,
): Promise<FilesByEnvironment[]> {
  return Promise.all(
    packs.map(async (pack) => {
      const entries = environments.map(async (environment) => {
        const file = await configFileOf(pack, environment, configFiles.get(pack), io);
        return [environment, file] as const;
      });
      return new Map(await Promise.all(entries));
    }),
  );
}

/** The packs with their configurations; throws the faults of all files together. */
function readyPacks(
  served: readonly ServedPack[],
  files: readonly FilesByEnvironment[],
): readonly ReadyPack[] {
  const faults = new Set<string>();
  const ready = served.map((pack, index): ReadyPack => {
    const policies = pack.info.policies as readonly ServedRule[];
    const configs = new Map<string | undefined, Configured>();
    for (const [environment, file] of files[index] ?? []) {
      if (!file) {
        configs.set(environment, { config: defaultConfig(policies), source: ownLevels });
        continue;
      }
      const { path, text } = file;
      try {
        const config = packConfigOf(policies, text, path);
        configs.set(environment, { config, source: `levels of ${path}` });
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        for (const fault of error.faults) faults.add(fault);
      }
    }
    return { served: pack, configs };
  });
  if (faults.size > 0) throw new InputError([...faults], { code: "bad-pack-config" });
  return ready;
}

async function ask(
  pack: ReadyPack | undefined,
  { environment, resources }: PolicyQuestion,
): Promise<PackVerdict> {
  const configured = pack?.configs.get(environment);
  if (!pack || !configured) {
    throw new Error(
      `${environment ?? "any"}: the packs have no configuration for this environment`,
    );
  }
  await pack.served.configure(configured.config);
  const analysis = await pack.served.analyze(resources);
  return packVerdict(pack.served.info, configured.config, configured.source, analysis, resources);
}
