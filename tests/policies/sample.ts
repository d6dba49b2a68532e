import type { Properties, Resource, Value } from "../../routing/graph/resource";
import { Unknown } from "../../routing/graph/resource";

const prefix = "urn:pulumi:test::sample::";

/** The specification of a sample's resource: its properties and its region. */
export interface Made {
  readonly type: string;
  readonly name: string;
  readonly properties?: Properties;
  /** Default: us-west-2, the region of the sample's first provider. */
  readonly region?: string;
  /** The names of the resources that each property's value comes from. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
  readonly provider?: string;
  readonly protect?: boolean;
}

/** The resources of a stack, which can be changed by name; each change makes a new sample. */
export class Sample {
  constructor(readonly resources: readonly Resource[]) {}

  /** A deployed resource, whose id is its name; its inputs and outputs are the same. */
  add(...made: readonly Made[]): Sample {
    const urnsOf = (name: string): readonly string[] =>
      [...this.resources, ...more].filter((each) => each.name === name).map(({ urn }) => urn);
    const more: Resource[] = [];
    for (const one of made) {
      const { type, name, properties = {}, from = {}, provider, protect } = one;
      const region = one.region ?? "us-west-2";
      const dependencies = Object.fromEntries(
        Object.entries(from).map(([key, names]) => [key, names.flatMap(urnsOf)]),
      );
      more.push({
        urn: `${prefix}${type}::${name}`,
        type,
        name,
        custom: true,
        id: name,
        inputs: properties,
        outputs: properties,
        provider: provider ?? `${prefix}pulumi:providers:aws::${region}`,
        region,
        propertyDependencies: dependencies,
        dependencies: Object.values(dependencies).flat(),
        ...(protect === true ? { protect } : {}),
        unknown: {},
      });
    }
    return new Sample([...this.resources, ...more]);
  }

  /** Replaces properties of a resource; undefined removes a property. */
  set(name: string, changes: Readonly<Record<string, Value | undefined>>): Sample {
    return this.change(name, (resource) => ({
      ...resource,
      inputs: merged(resource.inputs, changes),
      outputs: merged(resource.outputs, changes),
      // A literal value comes from no other resource.
      propertyDependencies: Object.fromEntries(
        Object.entries(resource.propertyDependencies).filter(([key]) => !(key in changes)),
      ),
    }));
  }

  /** Makes properties unknown; their sources stay known. */
  hide(name: string, ...properties: readonly string[]): Sample {
    const hidden = Object.fromEntries(
      properties.map((property) => [property, new Unknown("computed")]),
    );
    return this.change(name, (resource) => ({
      ...resource,
      inputs: merged(resource.inputs, hidden),
      outputs: merged(resource.outputs, hidden),
      unknown: {
        ...resource.unknown,
        ...Object.fromEntries(
          properties.flatMap((property) => [
            [`inputs.${property}`, "computed" as const],
            [`outputs.${property}`, "computed" as const],
          ]),
        ),
      },
    }));
  }

  /** Moves a resource to another region. */
  move(name: string, region: string): Sample {
    return this.change(name, (resource) => ({
      ...resource,
      region,
      provider: `${prefix}pulumi:providers:aws::${region}`,
    }));
  }

  /** Makes the region of a resource unknown. */
  nowhere(name: string): Sample {
    return this.change(name, (resource) => {
      const { region, ...rest } = resource;
      return region === undefined ? resource : rest;
    });
  }

  change(name: string, edit: (resource: Resource) => Resource): Sample {
    if (!this.resources.some((resource) => resource.name === name)) {
      throw new Error(`${name}: the sample has no such resource`);
    }
    return new Sample(
      this.resources.map((resource) => (resource.name === name ? edit(resource) : resource)),
    );
  }

  drop(...names: readonly string[]): Sample {
    return new Sample(this.resources.filter(({ name }) => !names.includes(name)));
  }

  /** Only the resources with these names. */
  only(...names: readonly string[]): Sample {
    return new Sample(this.resources.filter(({ name }) => names.includes(name)));
  }

  urn(name: string): string {
    return this.resources.find((resource) => resource.name === name)?.urn ?? "";
  }
}

function merged(
  properties: Properties,
  changes: Readonly<Record<string, Value | undefined>>,
): Properties {
  return Object.fromEntries(
    Object.entries({ ...properties, ...changes }).filter(
      (entry): entry is [string, Value] => entry[1] !== undefined,
    ),
  );
}

/** An empty stack. */
export const nothing = new Sample([]);
