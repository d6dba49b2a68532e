import type { Properties, Resource, Value } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";

/** One omission from the program, applied to the resources. */
export interface Mutation {
  readonly title: string;
  readonly apply: (resources: readonly Resource[]) => readonly Resource[];
}

const without = (properties: Properties, key: string): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => name !== key));

/** The resources with one property of one resource removed or replaced. */
export function withProperty(urn: string, key: string, value?: Value): Mutation["apply"] {
  return (resources) =>
    resources.map((resource) => {
      if (resource.urn !== urn) return resource;
      const [inputs, outputs] = [resource.inputs, resource.outputs].map((properties) => ({
        ...without(properties, key),
        ...(value === undefined ? {} : { [key]: value }),
      }));
      const { [key]: dependencies, ...propertyDependencies } = resource.propertyDependencies;
      return {
        ...resource,
        inputs: inputs ?? {},
        outputs: outputs ?? {},
        propertyDependencies:
          value === undefined || dependencies === undefined
            ? propertyDependencies
            : resource.propertyDependencies,
      };
    });
}

/** The alias record without evaluate-target-health. */
export function withoutEvaluation(record: Resource): Mutation["apply"] {
  const aliases = (record.outputs["aliases"] as readonly Properties[]).map((alias) => ({
    ...alias,
    evaluateTargetHealth: false,
  }));
  return withProperty(record.urn, "aliases", aliases);
}

/** All possible omissions: each check, evaluation, set identifier and record alone. */
export function mutationsOf(resources: readonly Resource[]): readonly Mutation[] {
  const ofType = (type: string): readonly Resource[] =>
    resources.filter((resource) => resource.type === type);
  // Not those that validate certificates, and not the gate: no answer depends on them while it is
  // not attached (gate.test.ts covers it).
  const records = ofType(awsTypes.record).filter(
    ({ outputs: { type } }) => type === "A" || type === "AAAA",
  );
  const checks = ofType(awsTypes.healthCheck).filter(({ name }) => !name.startsWith("gate-"));
  const dropped =
    (resource: Resource): Mutation["apply"] =>
    (all) =>
      all.filter(({ urn }) => urn !== resource.urn);
  return [
    ...records
      .filter(({ outputs }) => outputs["healthCheckId"] !== undefined)
      .map((record) => ({
        title: `${record.name} without its check`,
        apply: withProperty(record.urn, "healthCheckId"),
      })),
    ...checks.map((check) => ({
      title: `no ${check.name}`,
      apply: dropped(check),
    })),
    ...checks
      .filter(({ outputs }) => outputs["type"] === "CALCULATED")
      .map((check) => ({
        title: `${check.name} without its children`,
        apply: withProperty(check.urn, "childHealthchecks"),
      })),
    ...records.filter(evaluates).map((record) => ({
      title: `${record.name} without evaluate-target-health`,
      apply: withoutEvaluation(record),
    })),
    ...records.map((record) => ({
      title: `${record.name} without its set identifier`,
      apply: withProperty(record.urn, "setIdentifier"),
    })),
    ...records.map((record) => ({ title: `no ${record.name}`, apply: dropped(record) })),
  ];
}

function evaluates({ outputs }: Resource): boolean {
  const aliases = outputs["aliases"] as readonly Properties[] | undefined;
  return aliases?.some((alias) => alias["evaluateTargetHealth"] === true) ?? false;
}
