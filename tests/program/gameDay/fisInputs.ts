import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Resource } from "../../../routing/graph/resource";

/** A shape of botocore's description of FIS: tests/fixtures/fis-inputs.json. */
interface Shape {
  readonly type: "structure" | "list" | "map" | "string" | "integer";
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, string>>;
  readonly member?: string;
  readonly key?: string;
  readonly value?: string;
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
}

interface Model {
  readonly inputs: Readonly<Record<string, string>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

const model = JSON.parse(
  readFileSync(join(__dirname, "../../fixtures/fis-inputs.json"), "utf8"),
) as Model;

/** The faults of an operation's input, by its description. */
export function inputFaults(operation: string, input: unknown): readonly string[] {
  return faultsOf(model.inputs[operation] ?? "", input, "");
}

type Mapping = Readonly<Record<string, unknown>>;

function faultsOf(name: string, value: unknown, at: string): readonly string[] {
  const shape = model.shapes[name];
  if (shape === undefined) return [`${at}: no shape ${name}`];
  switch (shape.type) {
    case "structure":
      return isMapping(value) ? structureFaults(shape, value, at) : [`${at}: is no structure`];
    case "map":
      return isMapping(value) ? mapFaults(shape, value, at) : [`${at}: is no map`];
    case "list":
      return Array.isArray(value)
        ? [
            ...sizeFaults(shape, value.length, at),
            ...value.flatMap((item, index) =>
              faultsOf(shape.member ?? "", item, `${at}[${index}]`),
            ),
          ]
        : [`${at}: is no list`];
    case "string":
      return typeof value === "string" ? textFaults(shape, value, at) : [`${at}: is no text`];
    case "integer":
      return Number.isInteger(value) ? [] : [`${at}: is no whole number`];
  }
}

function structureFaults(
  { required = [], members = {} }: Shape,
  value: Mapping,
  at: string,
): readonly string[] {
  return [
    ...required.filter((key) => value[key] === undefined).map((key) => `${at}.${key}: is missing`),
    ...Object.entries(value).flatMap(([key, inner]) => {
      // An undefined value is not sent.
      if (inner === undefined) return [];
      const member = members[key];
      return member === undefined
        ? [`${at}.${key}: is no member`]
        : faultsOf(member, inner, `${at}.${key}`);
    }),
  ];
}

function mapFaults(shape: Shape, value: Mapping, at: string): readonly string[] {
  return [
    ...sizeFaults(shape, Object.keys(value).length, at),
    ...Object.entries(value).flatMap(([key, inner]) => [
      ...faultsOf(shape.key ?? "", key, `${at}.${key} (key)`),
      ...faultsOf(shape.value ?? "", inner, `${at}.${key}`),
    ]),
  ];
}

function textFaults(shape: Shape, value: string, at: string): readonly string[] {
  // Patterns apply to the whole text, with or without anchors.
  const pattern =
    shape.pattern === undefined ? undefined : new RegExp(`^(?:${shape.pattern})$`, "u");
  return [
    ...sizeFaults(shape, value.length, at),
    ...(pattern === undefined || pattern.test(value)
      ? []
      : [`${at}: is not like ${String(shape.pattern)}`]),
    ...(shape.enum === undefined || shape.enum.includes(value)
      ? []
      : [`${at}: is none of ${shape.enum.join(", ")}`]),
  ];
}

function sizeFaults(
  { min = 0, max = Infinity }: Shape,
  size: number,
  at: string,
): readonly string[] {
  return size < min || size > max ? [`${at}: has a size of ${size}, not ${min} to ${max}`] : [];
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A template's inputs by Pulumi's names. */
export interface TemplateInputs {
  readonly actions: readonly NamedAction[];
  readonly targets: readonly NamedTarget[];
  readonly stopConditions: readonly { readonly source: string; readonly value?: string }[];
  readonly logConfiguration?: Mapping;
  readonly experimentReportConfiguration?: {
    readonly dataSources?: {
      readonly cloudwatchDashboards?: readonly { readonly dashboardArn?: string }[];
    };
  };
  readonly roleArn: string;
}

interface Pair {
  readonly key: string;
  readonly value: string;
}

export interface NamedAction {
  readonly name: string;
  readonly actionId: string;
  readonly parameters?: readonly Pair[];
  readonly target?: Pair;
  readonly startAfters?: readonly string[];
}

export interface NamedTarget {
  readonly name: string;
  readonly resourceType: string;
  readonly selectionMode: string;
  readonly resourceArns?: readonly string[];
  readonly resourceTags?: readonly Pair[];
  readonly parameters?: Readonly<Record<string, string>>;
  readonly filters?: readonly { readonly path: string; readonly values: readonly string[] }[];
}

export function templateInputs({ inputs }: Resource): TemplateInputs {
  return inputs as unknown as TemplateInputs;
}

/**
 * The request that the provider makes from a template's inputs: its lists of named items are maps
 * in the API, some names differ, and the provider adds the token (terraform-provider-aws,
 * internal/service/fis/experiment_template.go).
 */
export function createInput({ inputs }: Resource): Mapping {
  const { actions, targets, stopConditions, logConfiguration, experimentReportConfiguration } =
    inputs as unknown as TemplateInputs;
  return {
    ...inputs,
    clientToken: "token",
    stopConditions,
    actions: byName(actions, ({ parameters = [], target, startAfters, ...action }) => ({
      ...action,
      parameters: mapOf(parameters),
      ...(target ? { targets: mapOf([target]) } : {}),
      ...(startAfters ? { startAfter: startAfters } : {}),
    })),
    targets: byName(targets, ({ resourceTags, ...target }) => ({
      ...target,
      ...(resourceTags ? { resourceTags: mapOf(resourceTags) } : {}),
    })),
    ...(logConfiguration
      ? {
          logConfiguration: renamed(
            logConfiguration,
            "cloudwatchLogsConfiguration",
            "cloudWatchLogsConfiguration",
          ),
        }
      : {}),
    ...(experimentReportConfiguration
      ? { experimentReportConfiguration: reportInput(experimentReportConfiguration) }
      : {}),
  };
}

function reportInput({
  dataSources,
  ...report
}: NonNullable<TemplateInputs["experimentReportConfiguration"]>): Mapping {
  const { cloudwatchDashboards = [], ...sources } = dataSources ?? {};
  return {
    ...report,
    dataSources: {
      ...sources,
      cloudWatchDashboards: cloudwatchDashboards.map((dashboard) =>
        renamed(dashboard, "dashboardArn", "dashboardIdentifier"),
      ),
    },
  };
}

function byName<T extends { readonly name: string }>(
  list: readonly T[],
  input: (one: Omit<T, "name">) => Mapping,
): Mapping {
  return Object.fromEntries(list.map(({ name, ...one }) => [name, input(one)]));
}

function mapOf(pairs: readonly Pair[]): Mapping {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
}

function renamed(value: Mapping, from: string, to: string): Mapping {
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key === from ? to : key, inner]),
  );
}
