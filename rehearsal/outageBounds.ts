import type { Bound } from "../routing/bound";
import { deaths } from "../routing/checker";
import type { Outage } from "../routing/graph/outages";
import { Outages } from "../routing/graph/outages";
import type { World } from "../routing/graph/world";
import { Trees } from "../routing/trees";

/** The worst case of one outage of a hostname, for one way of dying. */
export type OutageBound = Bound & Pick<Outage, "cause">;

/** Every outage that a hostname is to survive, over all its address types and all ways of dying. */
export function outageBoundsOf(world: World, hostname: string): readonly OutageBound[] {
  const outages = new Outages(world, new Trees(world.route53));
  return addressTypesOf(world, hostname).flatMap((type) =>
    outages.of(hostname, type).flatMap((outage) =>
      deaths.map((death) => ({
        cause: outage.cause,
        ...outages.worstCase(hostname, type, outage, death),
      })),
    ),
  );
}

/** The address types that a name has. */
export function addressTypesOf({ route53 }: World, name: string): readonly string[] {
  return ["A", "AAAA"].filter((each) => route53.group(name, each) !== undefined);
}
