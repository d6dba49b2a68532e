/** Reads the supported arguments of `awsx:ec2:Vpc` into a plan. */
import { InputError } from "../../routing/inputError";
import { subnetBlocks, zoneMaskOf } from "./subnetBlocks";
import { isWireObject, wireForMessage, wireText } from "./wire";
import type { Wire, WireProperties } from "./wire";

export const awsxVpcType = "awsx:ec2:Vpc";

export type SubnetType = "Public" | "Private" | "Isolated";

/** In the order of creation within a zone. */
export const subnetTypes: readonly SubnetType[] = ["Public", "Private", "Isolated"];

/** One kind of subnet, made in each availability zone. */
export interface SubnetSpec {
  readonly type: SubnetType;
  /** The program's name for this kind; absent if it is named after its type. */
  readonly name?: string;
  readonly cidrMask?: number;
  readonly assignIpv6: boolean;
  readonly tags: WireProperties;
}

/** Where NAT gateways are: in each availability zone, or in the first one for all. */
type NatStrategy = "None" | "OnePerAz" | "Single";

/** What to create. */
export interface VpcPlan {
  readonly cidrBlock: string;
  readonly zones: readonly string[];
  readonly nat: NatStrategy;
  readonly specs: readonly SubnetSpec[];
  /** Whether awsx chose the subnets itself. */
  readonly isDefaultLayout: boolean;
  readonly tags: WireProperties;
  /** By availability zone, then by spec. */
  readonly blocks: readonly (readonly string[])[];
}

/** Arguments that are passed to the VPC unchanged. */
export const vpcInputs = [
  "assignGeneratedIpv6CidrBlock",
  "cidrBlock",
  "enableDnsHostnames",
  "enableDnsSupport",
  "enableNetworkAddressUsageMetrics",
  "instanceTenancy",
] as const;

const supported: ReadonlySet<string> = new Set([
  ...vpcInputs,
  "availabilityZoneNames",
  "natGateways",
  "numberOfAvailabilityZones",
  "subnetSpecs",
  "subnetStrategy",
  "tags",
]);

const supportedSpec: ReadonlySet<string> = new Set([
  "assignIpv6AddressOnCreation",
  "cidrMask",
  "name",
  "tags",
  "type",
]);

const addHere = "remove it, or add it to rehearsal/engine/awsxVpcPlan.ts";

/** awsx's own defaults, awsx/ec2/vpc.ts. */
const defaultCidrBlock = "10.0.0.0/16";
const defaultZonesCount = 3;

/**
 * Reads the arguments of one Vpc.
 *
 * @param zonesOfRegion the names of the region's availability zones, as AWS lists them
 * @throws InputError with every unsupported argument
 */
export function planVpc(
  name: string,
  inputs: WireProperties,
  zonesOfRegion: () => readonly string[],
): VpcPlan {
  const reader = new Reader(`${awsxVpcType} ${name}`, inputs);
  reader.refuseUnsupported("", inputs, supported);
  const zones = reader.zones(zonesOfRegion);
  reader.strategy();
  const nat = reader.natStrategy();
  const cidrBlock = reader.cidrBlock();
  const tags = reader.tags();
  const specs = reader.specs(zoneMaskOf(cidrBlock, zones.length));
  const blocks = subnetBlocks(cidrBlock, zones.length, specs);
  if (blocks === undefined) {
    reader.refuse(
      "subnetSpecs",
      "do not fit",
      cidrBlock,
      "give larger masks, or a larger cidrBlock",
    );
  }
  const types = new Set(specs.map(({ type }) => type));
  if (nat !== "None" && specs.length > 0 && !(types.has("Public") && types.size > 1)) {
    const problem = "needs public subnets for the gateways and private ones behind them";
    reader.refuse("natGateways.strategy", problem, nat, `give both, or set "None"`);
  }
  if (reader.faults.length > 0) throw new InputError(reader.faults);
  const isDefaultLayout = inputs["subnetSpecs"] === undefined;
  return { cidrBlock, zones, nat, specs, isDefaultLayout, tags, blocks: blocks ?? [] };
}

/** Reads one argument after the other, and continues after a fault so that all are reported. */
class Reader {
  readonly faults: string[] = [];

  constructor(
    readonly subject: string,
    readonly inputs: WireProperties,
  ) {}

  refuse(path: string, problem: string, value: Wire | undefined, remedy: string): void {
    const got = value === undefined ? "" : `, got ${wireForMessage(value)}`;
    this.faults.push(`${this.subject}: ${path} ${problem}${got}; ${remedy}`);
  }

  refuseUnsupported(prefix: string, given: WireProperties, known: ReadonlySet<string>): void {
    for (const key of Object.keys(given).filter((each) => !known.has(each))) {
      this.refuse(`${prefix}${key}`, "is not expanded offline", given[key], addHere);
    }
  }

  /** Those named, else the first ones of the region. */
  zones(zonesOfRegion: () => readonly string[]): readonly string[] {
    const { availabilityZoneNames: value, numberOfAvailabilityZones: count } = this.inputs;
    if (value === undefined) return this.#firstZones(count ?? defaultZonesCount, zonesOfRegion());
    if (count !== undefined) {
      const problem = "must not be given with availabilityZoneNames";
      this.refuse("numberOfAvailabilityZones", problem, count, "leave it out");
    }
    const names = Array.isArray(value) ? value.map(wireText) : [];
    const known = names.filter((name) => name !== undefined);
    if (known.length === 0 || known.length < names.length) {
      const remedy = "name the availability zones: looking them up needs an account";
      this.refuse("availabilityZoneNames", "must be a list of names", value, remedy);
    }
    return known;
  }

  #firstZones(count: Wire, zones: readonly string[]): readonly string[] {
    if (typeof count === "number" && count > 0 && count <= zones.length) {
      return zones.slice(0, count);
    }
    const problem = `must be at most ${zones.length}, as further zones of the region are not known offline`;
    this.refuse("numberOfAvailabilityZones", problem, count, "give availabilityZoneNames");
    return [];
  }

  /** Without specs, awsx's own default "Legacy" makes the same subnets as "Auto". */
  strategy(): void {
    const { subnetStrategy: value, subnetSpecs: specs } = this.inputs;
    if (value === "Auto") return;
    if ((value === undefined || value === "Legacy") && specs === undefined) return;
    this.refuse("subnetStrategy", "must be Auto with subnetSpecs", value, `say "Auto"`);
  }

  /** awsx's own default is one gateway per availability zone. */
  natStrategy(): NatStrategy {
    const value = this.inputs["natGateways"];
    if (value === undefined) return "OnePerAz";
    const isStrategyOnly = isWireObject(value) && Object.keys(value).join() === "strategy";
    const strategy = isStrategyOnly ? value["strategy"] : undefined;
    if (strategy === "None" || strategy === "OnePerAz" || strategy === "Single") return strategy;
    const remedy = `give only a strategy, "None", "OnePerAz" or "Single"`;
    this.refuse("natGateways", "is not expanded offline", value, remedy);
    return "None";
  }

  cidrBlock(): string {
    const value = this.inputs["cidrBlock"];
    if (value === undefined) return defaultCidrBlock;
    const block = wireText(value);
    if (block !== undefined && /^\d+(\.\d+){3}\/\d+$/.test(block)) return block;
    this.refuse("cidrBlock", "must be an IPv4 block", value, `give one such as "10.0.0.0/16"`);
    return defaultCidrBlock;
  }

  tags(): WireProperties {
    const value = this.inputs["tags"] ?? {};
    if (isWireObject(value)) return value;
    this.refuse("tags", "must be known", value, "give a plain object");
    return {};
  }

  /**
   * Those given, else awsx's own: of each zone's part the first half is private, and the next quarter public.
   *
   * @param zoneMask the mask of a zone's part
   */
  specs(zoneMask: number): SubnetSpec[] {
    const { subnetSpecs: given } = this.inputs;
    if (given === undefined) {
      return [
        ...this.#spec({ type: "Private", cidrMask: zoneMask + 1 }, "subnetSpecs"),
        ...this.#spec({ type: "Public", cidrMask: zoneMask + 2 }, "subnetSpecs"),
      ];
    }
    if (Array.isArray(given) && given.length > 0) {
      return given.flatMap((spec, index) => this.#spec(spec, `subnetSpecs[${index}]`));
    }
    const remedy = "name the subnets of each availability zone";
    this.refuse("subnetSpecs", "must be a list", given, remedy);
    return [];
  }

  #spec(spec: Wire, path: string): SubnetSpec[] {
    if (!isWireObject(spec)) {
      this.refuse(path, "must be an object", spec, "give a type");
      return [];
    }
    this.refuseUnsupported(`${path}.`, spec, supportedSpec);
    const type = subnetTypes.find((each) => each === spec["type"]);
    if (type === undefined) {
      const remedy = `use one of ${subnetTypes.join(", ")}`;
      this.refuse(`${path}.type`, "is unknown", spec["type"], remedy);
      return [];
    }
    const { name, cidrMask } = spec;
    const vpcIpv6 = this.inputs["assignGeneratedIpv6CidrBlock"] ?? false;
    return [
      {
        type,
        ...(typeof name === "string" ? { name } : {}),
        ...(typeof cidrMask === "number" ? { cidrMask } : {}),
        assignIpv6: (spec["assignIpv6AddressOnCreation"] ?? vpcIpv6) === true,
        tags: isWireObject(spec["tags"]) ? spec["tags"] : {},
      },
    ];
  }
}
