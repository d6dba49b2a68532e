import type { Properties, Resource, Value } from "../../../routing/graph/resource";
import { awsTypes } from "../../../routing/graph/types";
import { fieldOf, isTrue, listOf, numberOf, textOf, valueOf } from "../../../routing/graph/values";
import { withProperty } from "../../program/mutations";

/** One mistake in a zone, and the resources to blame. */
export interface ZoneMutation {
  readonly title: string;
  readonly subjects: readonly string[];
  readonly apply: (resources: readonly Resource[]) => readonly Resource[];
}

/** All mistakes that this file can make in a zone, each alone. */
export function zoneMutationsOf(resources: readonly Resource[]): readonly ZoneMutation[] {
  const ofType = (type: string): readonly Resource[] =>
    resources.filter((resource) => resource.type === type);
  const records = ofType(awsTypes.record).filter(
    (record) => textOf(record, "type") === "A" && valueOf(record, "setIdentifier") !== undefined,
  );
  const checks = ofType(awsTypes.healthCheck);
  return [
    ...records.flatMap((record) => recordMutations(record, records)),
    ...aliasMutations(ofType(awsTypes.record)),
    ...checks.flatMap((check) => checkMutations(check, checks, records)),
  ];
}

/** Replaces a value and its dependencies. */
function given(urn: string, property: string, value?: Value): ZoneMutation["apply"] {
  return (resources) => withProperty(urn, property, value)(withProperty(urn, property)(resources));
}

/** Copies a value of another resource, with its dependencies. */
function borrowed(to: Resource, from: Resource, property: string): ZoneMutation["apply"] {
  const dependencies = from.propertyDependencies[property];
  return (resources) =>
    given(
      to.urn,
      property,
      valueOf(from, property),
    )(resources).map((resource) =>
      resource.urn === to.urn && dependencies
        ? {
            ...resource,
            propertyDependencies: { ...resource.propertyDependencies, [property]: dependencies },
          }
        : resource,
    );
}

function recordMutations(record: Resource, records: readonly Resource[]): readonly ZoneMutation[] {
  const { name, urn } = record;
  const set = (title: string, property: string, value?: Value): ZoneMutation => ({
    title: `${name}: ${title}`,
    subjects: [name],
    apply: given(urn, property, value),
  });
  const siblings = records.filter(
    (other) => other !== record && textOf(other, "name") === textOf(record, "name"),
  );
  const role = fieldOf(listOf(record, "failoverRoutingPolicies")[0], "type");
  const ttl = numberOf(record, "ttl");
  const hasCheck = valueOf(record, "healthCheckId") !== undefined;
  return [
    ...(hasCheck ? [set("no check", "healthCheckId")] : []),
    ...(hasCheck ? [set("a check that does not exist", "healthCheckId", "no-such-check")] : []),
    set("no set identifier", "setIdentifier"),
    {
      title: `${name}: left out`,
      subjects: [name, ...siblings.map((one) => one.name)],
      apply: (all) => all.filter((one) => one.urn !== urn),
    },
    ...(ttl === undefined
      ? []
      : [
          {
            ...set("a TTL of an hour", "ttl", 3600),
            // Members of a weighted group have one TTL (C16): the message names the first that has another.
            subjects: [name, ...siblings.map((one) => one.name)],
          },
        ]),
    ...(role === undefined
      ? []
      : [
          {
            ...set("the other's role", "failoverRoutingPolicies", [
              { type: role === "PRIMARY" ? "SECONDARY" : "PRIMARY" },
            ]),
            // Either of the two could be wrong, so the group is to blame.
            subjects: [`${textOf(record, "name")?.replace(/\.$/, "") ?? ""} A`],
          },
        ]),
    ...siblings.slice(0, 1).flatMap((other): readonly ZoneMutation[] => {
      const property = ttl === undefined ? "aliases" : "records";
      return [
        {
          title: `${name}: where ${other.name} leads`,
          subjects: [name],
          apply: borrowed(record, other, property),
        },
        {
          title: `${name}: the check of ${other.name}`,
          subjects: [name],
          apply: borrowed(record, other, "healthCheckId"),
        },
      ].filter(
        (_, index) => index === 0 || (hasCheck && valueOf(other, "healthCheckId") !== undefined),
      );
    }),
    ...(role === "PRIMARY" && siblings.length > 0
      ? [
          {
            title: `${name}: roles swapped with ${siblings[0]?.name ?? ""}`,
            subjects: [name, siblings[0]?.name ?? ""],
            apply: (all: readonly Resource[]) =>
              withProperty(siblings[0]?.urn ?? "", "failoverRoutingPolicies", [
                { type: "PRIMARY" },
              ])(withProperty(urn, "failoverRoutingPolicies", [{ type: "SECONDARY" }])(all)),
          },
        ]
      : []),
    ...(listOf(record, "weightedRoutingPolicies").length > 0
      ? [
          set("a weight of 0", "weightedRoutingPolicies", [{ weight: 0 }]),
          set("a weight of 256", "weightedRoutingPolicies", [{ weight: 256 }]),
        ]
      : []),
  ];
}

function aliasMutations(records: readonly Resource[]): readonly ZoneMutation[] {
  return records.flatMap((record) => {
    const aliases = listOf(record, "aliases");
    return aliases.some((alias) => isTrue(fieldOf(alias, "evaluateTargetHealth")))
      ? [
          {
            title: `${record.name}: does not evaluate its target`,
            subjects: [record.name],
            apply: withProperty(
              record.urn,
              "aliases",
              aliases.map((alias) => ({ ...(alias as Properties), evaluateTargetHealth: false })),
            ),
          },
        ]
      : [];
  });
}

function checkMutations(
  check: Resource,
  checks: readonly Resource[],
  records: readonly Resource[],
): readonly ZoneMutation[] {
  const { name, urn } = check;
  const set = (title: string, property: string, value?: Value): ZoneMutation => ({
    title: `${name}: ${title}`,
    subjects: [name, check.id ?? name],
    apply: given(urn, property, value),
  });
  const users = records
    .filter(
      (one) =>
        valueOf(one, "healthCheckId") === check.id ||
        one.propertyDependencies["healthCheckId"]?.includes(urn),
    )
    .map((one) => one.name);
  const children = listOf(check, "childHealthchecks");
  const both = [
    set("inverted", "invertHealthcheck", true),
    set("disabled", "disabled", true),
    {
      ...set("left out", "type"),
      // A missing resource is blamed by its id, or by the record that refers to it.
      subjects: [name, check.id ?? name, ...users],
      apply: (all: readonly Resource[]) => all.filter((one) => one.urn !== urn),
    },
  ];
  if (children.length > 0) {
    return [
      ...both,
      set("a threshold of 0", "childHealthThreshold", 0),
      set("a threshold of all", "childHealthThreshold", children.length),
      set("a threshold above all", "childHealthThreshold", children.length + 1),
      set("no threshold", "childHealthThreshold"),
      set("one child only", "childHealthchecks", children.slice(0, 1)),
      set("no children", "childHealthchecks", []),
    ];
  }
  const other = checks.find((one) => one !== check && valueOf(one, "ipAddress") !== undefined);
  return [
    ...both,
    ...(other
      ? [
          {
            ...set(`watches what ${other.name} watches`, "ipAddress"),
            apply: borrowed(check, other, "ipAddress"),
          },
        ]
      : []),
    set("10 failures in a row", "failureThreshold", 10),
    ...(numberOf(check, "requestInterval") === 10
      ? [set("every 30 s", "requestInterval", 30)]
      : []),
    {
      ...set("asks for no text", "searchString"),
      apply: (all: readonly Resource[]) =>
        withProperty(urn, "type", "HTTP")(withProperty(urn, "searchString")(all)),
    },
  ];
}
