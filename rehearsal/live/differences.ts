import type { StackModel } from "../../routing/graph/stackModel";
import type { DrillOrder } from "./drillOrder";
import { attachedGateOf } from "../simulation/modelGate";
import type { Inventory } from "./inventory";
import { isProbed } from "./inventory";
import { lampDifferences } from "./lamp/lampServers";

/** What a drill does not do as AWS would, in sentences. */
export function differencesOf(
  model: StackModel,
  { name, type, checks, records }: Inventory,
  { speed, app }: Pick<DrillOrder, "speed" | "app">,
): readonly string[] {
  const { route53 } = model;
  const probed = checks.filter(isProbed);
  const kinds = new Set(checks.map(({ kind }) => kind));
  const hasTargets = records.some(
    ({ target }) =>
      target.kind === "alias" && target.evaluateTargetHealth && target.target.kind !== "record",
  );
  return [
    ...(speed === 1
      ? []
      : [
          `Time runs ${speed} times as fast: intervals, limits and TTLs are divided by ${speed}, and so is what this machine needs for a probe multiplied.`,
        ]),
    ...(probed.some((check) => check.type.startsWith("HTTPS"))
      ? ["Checks over HTTPS probe over HTTP: the drill has no certificates."]
      : []),
    "All servers listen on one port of this machine, so connections take no time.",
    "Every checker asks one name server, which learns a decision within δ, drawn from the seed.",
    ...(attachedGateOf(model, name, type)
      ? [
          "The failback gate asks one name server in place of four, and does not compare the published ranges of the checkers.",
        ]
      : []),
    `Customers ask for ${type} records from one place, and obey the TTL.`,
    ...(type === "A" && route53.group(name, "AAAA") ? ["IPv6 is not drilled."] : []),
    ...(kinds.has("alarm")
      ? [
          "Checks that follow an alarm are not measured: they follow the model, after a time drawn from the limits of their alarm.",
        ]
      : []),
    ...(hasTargets
      ? [
          "Targets of balancers are not probed: they follow the model, after a time drawn from the limits of their checks.",
        ]
      : []),
    "A silent server drops SYN packets by a full queue, as Linux does; a draining one does the same and completes its open requests.",
    "A failure that only some checkers see resets or hangs after the connection, since all share one listener.",
    "A server that is slow to connect is played by a wait before the connection.",
    ...(app === "lamp"
      ? lampDifferences(speed)
      : [
          "The servers store no orders. A database's failure shows in the paths that need it: an error if it refuses, silence if it drops.",
        ]),
    "The capacity of places is not drilled.",
  ];
}
