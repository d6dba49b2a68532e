import type { Properties, Resource } from "../../../routing/graph/resource";

/** What a resource of a test is declared with, beside its type, name and inputs. */
export interface Rest {
  /** The resources that an input's value came from: their ids, where the inputs say nothing else. */
  readonly from?: Readonly<Record<string, Resource>>;
  /** What it is told to wait for beside those. */
  readonly after?: readonly Resource[];
  /** What the provider reads back, where that is not what it was given. */
  readonly outputs?: Properties;
}

/** A resource as the evaluation of a program gives it. */
export function declared(
  type: string,
  name: string,
  inputs: Properties,
  { from = {}, after = [], outputs = {} }: Rest = {},
): Resource {
  const sources = Object.entries(from);
  const ids = Object.fromEntries(sources.map(([key, { id = "" }]) => [key, id]));
  const all = { ...ids, ...inputs };
  return {
    urn: `urn:pulumi:test::project::${type}::${name}`,
    type,
    name,
    custom: true,
    id: `${name}-id`,
    inputs: all,
    outputs: { ...all, ...outputs },
    region: "us-west-2",
    propertyDependencies: Object.fromEntries(sources.map(([key, { urn }]) => [key, [urn]])),
    dependencies: [...sources.map(([, source]) => source), ...after].map(({ urn }) => urn),
    unknown: {},
  };
}

/** A resource with other inputs. */
export function changed(resource: Resource, inputs: Properties): Resource {
  const outputs = { ...resource.outputs, ...inputs };
  return { ...resource, inputs: { ...resource.inputs, ...inputs }, outputs };
}
