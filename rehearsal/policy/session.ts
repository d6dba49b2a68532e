import type { PackConfig, ServedRule } from "../../policies/packConfig";
import { packConfigOf } from "../../policies/packConfig";
import type { Resource } from "../../routing/graph/resource";
import { InputError } from "../../routing/inputError";
import type { ConfigFile, FileReader, PackName } from "./packs";
import { configFileOf, locationOf } from "./packs";
import { ServedPack } from "./servedPack";
import type { PackVerdict, PoliciesVerdict } from "./verdict";
import { packVerdict } from "./verdict";

/** A stack that the packs are asked about. */
export interface PolicyQuestion {
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

/** A pack that runs, and what it is to be told for each environment. */
interface ReadyPack {
  readonly served: ServedPack;
  readonly configs: ReadonlyMap<string, Configured>;
}

interface Configured {
  readonly config: PackConfig;
  readonly path: string;
}

/**
 * Packs that run, each served in a process of its own and asked over gRPC as the engine does. They
 * start at once and nobody has to wait for them: what there is to ask can be worked out meanwhile.
 */
export class PackSession {
  /** What each pack does now; a pack has one configuration at a time, so questions take turns. */
  private readonly turns: Promise<unknown>[];

  private constructor(
    private readonly starting: readonly Promise<ServedPack>[],
    private readonly ready: Promise<readonly ReadyPack[]>,
  ) {
    this.turns = starting.map(() => Promise.resolve());
    // Whoever asks is told; a session that is only stopped has nobody to tell.
    ready.catch(() => undefined);
  }

  /**
   * Starts the packs.
   *
   * @param environments the names that questions will have
   */
  static start(
    environments: readonly string[],
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
   * What the packs say of a stack.
   *
   * @throws InputError with all faults of the packs' configurations, whichever environment's
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

  /** Ends the packs' processes, those too that have only just begun. */
  async stop(): Promise<void> {
    const started = await Promise.allSettled(this.starting);
    const served = started.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    await Promise.all(served.map((pack) => pack.stop()));
  }
}

/**
 * What the packs say of each stack.
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

/** For each pack, the file of each environment. */
function filesOf(
  environments: readonly string[],
  packs: readonly PackName[],
  configFiles: ReadonlyMap<string, string>,
  io: FileReader,
): Promise<ReadonlyMap<string, ConfigFile>[]> {
  return Promise.all(
    packs.map(async (pack) => {
      const entries = environments.map(async (environment): Promise<[string, ConfigFile]> => [
        environment,
        await configFileOf(pack, environment, configFiles.get(pack), io),
      ]);
      return new Map(await Promise.all(entries));
    }),
  );
}

/** The packs with their configurations; the faults of all files at once. */
function readyPacks(
  served: readonly ServedPack[],
  files: readonly ReadonlyMap<string, ConfigFile>[],
): readonly ReadyPack[] {
  const faults = new Set<string>();
  const ready = served.map((pack, index): ReadyPack => {
    const configs = new Map<string, Configured>();
    for (const [environment, { path, text }] of files[index] ?? []) {
      try {
        const config = packConfigOf(pack.info.policies as readonly ServedRule[], text, path);
        configs.set(environment, { config, path });
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
    throw new Error(`${environment}: the packs have no configuration for this environment`);
  }
  await pack.served.configure(configured.config);
  const analysis = await pack.served.analyze(resources);
  return packVerdict(pack.served.info, configured.config, configured.path, analysis, resources);
}
