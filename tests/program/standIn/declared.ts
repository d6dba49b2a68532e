import type { Properties, Resource } from "../../../routing/graph/resource";

/** The declaration of a resource in a test, besides its type, name and inputs. */
export interface Rest {
  /**
   * The resources that an input's value came from: their ids, if the inputs have no other value.
   */
  readonly from?: Readonly<Record<string, Resource>>;
  /** Its other dependencies. */
  readonly after?: readonly Resource[];
  /** The values that the provider reads back, if they differ from the given ones. */
  readonly outputs?: Properties;
}

/** A resource as the evaluation of a program returns it. */
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
