import type { Properties, Resource, Value } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import { fieldOf, listOf, numberIn, numberOf, textOf, valueOf } from "../../routing/graph/values";
import type { EndpointHealthCheck, RecordSet } from "../../routing/model";
import { aliasedName, canonicalNameOf } from "../../routing/model";
import { Trees } from "../../routing/trees";
import type { Assessment } from "./assess";

type Model = Assessment["model"];

/** The name that a record leads to. */
export function nameBehind(record: RecordSet): string | undefined {
  return aliasedName(record) ?? canonicalNameOf(record);
}

/** The resources at the end of a record, and the addresses and names there that no resource stands for. */
function endsOf(model: Model, record: RecordSet): readonly string[] {
  return new Trees(model.route53)
    .leavesOf(record)
    .flatMap((leaf) => [
      ...model.endpointsOf(leaf).map(({ urn }) => urn),
      ...model.outsideOf(leaf),
    ]);
}

/** Tells whether a check probes what a record leads to. */
export function watcherOf(
  model: Model,
  record: RecordSet,
): (check: EndpointHealthCheck) => boolean {
  const ends = endsOf(model, record);
  const name = nameBehind(record);
  return (check) => {
    const watched = model.endpointOfCheck(check)?.urn ?? model.outsideOfCheck(check);
    return (
      (watched !== undefined && ends.includes(watched)) ||
      (name !== undefined && check.fullyQualifiedDomainName === name)
    );
  };
}

/** What the listeners of the balancers at the end of a record answer, as properties of a check. */
export function listenedProbes(model: Model, record: RecordSet): readonly Properties[] {
  return endsOf(model, record)
    .flatMap((urn) => model.graph.get(urn) ?? [])
    .flatMap((end) => [...listenersOf(model, end), ...classicListenersOf(end)]);
}

function listenersOf({ graph }: Model, balancer: Resource): readonly Properties[] {
  return graph.referringTo(balancer, awsTypes.listener, "loadBalancerArn").flatMap((listener) => {
    const [group] = graph.follow(listener, "defaultActions", [awsTypes.targetGroup]);
    const path = group && fieldOf(valueOf(group, "healthCheck"), "path");
    return probeOf(textOf(listener, "protocol"), numberOf(listener, "port"), path);
  });
}

function classicListenersOf(balancer: Resource): readonly Properties[] {
  if (balancer.type !== awsTypes.classicBalancer) return [];
  return listOf(balancer, "listeners").flatMap((one) => {
    const protocol = fieldOf(one, "lbProtocol");
    return probeOf(
      typeof protocol === "string" ? protocol : undefined,
      numberIn(fieldOf(one, "lbPort")),
      undefined,
    );
  });
}

/** The type of check for each protocol of a listener; a check cannot probe the others. */
const checkTypes: Readonly<Record<string, string>> = {
  HTTP: "HTTP",
  HTTPS: "HTTPS",
  TCP: "TCP",
  TLS: "TCP",
  SSL: "TCP",
};

function probeOf(
  protocol: string | undefined,
  port: number | undefined,
  path: Value | undefined,
): readonly Properties[] {
  const type = checkTypes[protocol?.toUpperCase() ?? ""];
  if (type === undefined || port === undefined) return [];
  return [
    { type, port, ...(type !== "TCP" && typeof path === "string" ? { resourcePath: path } : {}) },
  ];
}
