import type { GateOwnerStack } from "../aws/gate/gateLocation";
import type { StatusSubject } from "../aws/status/subject";
import type { Resource } from "../routing/graph/resource";
import { StackModel } from "../routing/graph/stackModel";
import { factsOfResources } from "../routing/graph/stackOutputs";
import { fieldOf, isList } from "../routing/graph/values";
import { InputError } from "../routing/inputError";
import { exportedStack } from "../aws/gate/gateLocation";
import { evaluateStack, resourcesOfBoth } from "./evaluatedStack";
import type { Io } from "./io";
import { sourceResources } from "./source";

/** The options that name a live system. */
export interface LiveOptions {
  readonly stack?: string;
  readonly from?: string;
  readonly zone?: string;
}

/** A deployed stack, with its resources as far as they are known. */
export interface LiveStack {
  readonly owner: GateOwnerStack;
  readonly resources: readonly Resource[];
}

/**
 * The stack that `--stack` or `--from` names; with both, the export must be of that stack.
 *
 * @throws InputError if there is none, or the export is of another stack
 */
export async function liveStackOf({ stack, from }: LiveOptions, io: Io): Promise<LiveStack> {
  if (from !== undefined) {
    const { resources } = await sourceResources({ from: [from] }, io);
    const owner = exportedStack(resources, from);
    if (stack !== undefined && owner.stack !== stack) {
      throw new InputError(
        `--from ${from}: must be the export of stack ${stack}, got stack ${owner.stack}; export it with \`pulumi stack export --stack ${stack}\``,
      );
    }
    return { owner, resources };
  }
  if (stack === undefined) {
    throw new InputError("--stack, --from: one is required, got none; name a stack", {
      code: "bad-usage",
    });
  }
  const evaluated = await evaluateStack(stack, io);
  const { project, outputs } = evaluated.program;
  return { owner: { project, stack, outputs }, resources: resourcesOfBoth(evaluated) };
}

/** The subject of `failover status`. */
export async function statusSubjectOf(options: LiveOptions, io: Io): Promise<StatusSubject> {
  const { stack, from, zone } = options;
  if (zone !== undefined) {
    if (stack !== undefined || from !== undefined) {
      throw new InputError(
        "--zone: must be alone, got another source; a stack names its zone itself",
        { code: "bad-usage" },
      );
    }
    return { title: zone, zone, regionNames: new Map() };
  }
  const live = await liveStackOf(options, io);
  return statusSubjectFrom(live, from);
}

/** @internal */
export function statusSubjectFrom({ owner, resources }: LiveStack, from?: string): StatusSubject {
  const { hostnames, regionNames } = factsOfResources(resources);
  const { hostedZone } = owner.outputs;
  const [id, name] = [fieldOf(hostedZone, "id"), fieldOf(hostedZone, "name")];
  // Only an export has the real id, which distinguishes zones of one name.
  const zone = from === undefined ? name : (id ?? name);
  if (typeof zone !== "string" || hostnames.length === 0) {
    throw new InputError(
      `${from === undefined ? `--stack ${owner.stack}` : `--from ${from}`}: must have the outputs hostedZone and hostnames, got none; for another program's stack use --zone NAME`,
    );
  }
  const model = new StackModel(resources);
  const servers = fieldOf(hostedZone, "nameServers");
  const names = typeof name === "string" ? hostnames.concat(liveNames(model, name)) : hostnames;
  return {
    title: owner.stack,
    zone,
    names,
    regionNames,
    owner,
    ...(from === undefined
      ? {}
      : {
          exported: model,
          ...(isList(servers)
            ? { nameServers: servers.filter((one) => typeof one === "string") }
            : {}),
        }),
  };
}

/** The names that choose between the regions: `live` below the zone. */
function liveNames({ route53 }: StackModel, zone: string): readonly string[] {
  return route53
    .names()
    .map(({ name }) => name)
    .filter((name) => name.startsWith("live.") && name.endsWith(`.${zone}`));
}
