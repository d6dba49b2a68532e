import type { Bound } from "../routing/bound";
import { failureModes } from "../routing/checker";
import type { Outage } from "../routing/graph/outages";
import { Outages } from "../routing/graph/outages";
import type { StackModel } from "../routing/graph/stackModel";
import { Trees } from "../routing/trees";

/** The worst case of one outage of a hostname, for one failure mode. */
export type ReportedOutageBound = Bound & Pick<Outage, "cause">;

/** Every outage that a hostname must survive, for all its address types and failure modes. */
export function outageBoundsOf(
  model: StackModel,
  hostname: string,
): readonly ReportedOutageBound[] {
  const outages = new Outages(model, new Trees(model.route53));
  return addressTypesOf(model, hostname).flatMap((type) =>
    outages.of(hostname, type).flatMap((outage) =>
      failureModes.map((death) => ({
        cause: outage.cause,
        ...outages.worstCase(hostname, type, outage, death),
      })),
    ),
  );
}

/** The address types of a name. */
export function addressTypesOf({ route53 }: StackModel, name: string): readonly string[] {
  return ["A", "AAAA"].filter((each) => route53.group(name, each) !== undefined);
}
