/**
 * The children of the remote component `awsx:ec2:Vpc`. A provider that does not run here registers
 * them, so this repeats awsx 3.9.0 for the arguments below; all others are refused by name. Source:
 * pulumi-awsx at e60adf3c, awsx/ec2/vpc.ts. The tests compare it with the resources that this
 * provider registered under the real engine.
 */
import { ipv6SubnetBlock } from "./subnetBlocks";
import { planVpc, subnetTypes, vpcInputs } from "./awsxVpcPlan";
import type { SubnetSpec, SubnetType, VpcPlan } from "./awsxVpcPlan";
import { hasUnknownWire, referencedUrns, referenceWire, wireText, unknownWire } from "./wire";
import type { Wire, WireProperties } from "./wire";

/** A child to register. Inputs come with the URNs of their origins. */
export interface Child {
  readonly type: string;
  readonly name: string;
  /** URN of the parent. */
  readonly parent: string;
  readonly inputs: Readonly<Record<string, Input | undefined>>;
  readonly dependsOn: readonly string[];
}

/** A registered child; before deployment its id and computed outputs are unknown. */
export interface VpcChild {
  readonly urn: string;
  readonly id: Wire;
  output(name: string): Wire;
}

/** A value, and the resources that it came from. */
export interface Input {
  readonly value: Wire;
  readonly from: readonly string[];
}

/** The component, as the program requested it. */
export interface VpcRequest {
  readonly urn: string;
  readonly name: string;
  readonly inputs: WireProperties;
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** The component's result for the program. */
export interface VpcResult {
  readonly outputs: WireProperties;
  /** For each output, the URNs that it depends on. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/**
 * Registers the children of a Vpc, parents first and in the order of the availability zones.
 *
 * @param zonesOfRegion the availability zones of its region, for one that names none
 * @throws InputError with every unsupported argument
 */
export function expandVpc(
  request: VpcRequest,
  register: (child: Child) => VpcChild,
  zonesOfRegion: () => readonly string[],
): VpcResult {
  const plan = planVpc(request.name, request.inputs, zonesOfRegion);
  const { name } = request;
  const sharedTags = { Name: name, ...plan.tags };
  const vpc = register({
    type: "aws:ec2/vpc:Vpc",
    name,
    parent: request.urn,
    inputs: {
      ...Object.fromEntries(vpcInputs.map((key) => [key, argument(request, key)])),
      cidrBlock: argument(request, "cidrBlock") ?? plain(plan.cidrBlock),
      tags: plain(sharedTags),
    },
    dependsOn: [],
  });
  const internetGateway = register({
    type: "aws:ec2/internetGateway:InternetGateway",
    name,
    parent: vpc.urn,
    inputs: { vpcId: idOf(vpc), tags: plain(sharedTags) },
    dependsOn: [vpc.urn],
  });
  const subnets = new Subnets(plan, name, vpc, internetGateway, register);
  const made = plan.zones.flatMap((_, zoneIndex) => subnets.make(zoneIndex));
  return resultOf(plan, vpc, internetGateway, made);
}

/** A subnet and its related resources. */
interface MadeSubnet {
  readonly spec: SubnetSpec;
  readonly subnet: VpcChild;
  readonly routeTable: VpcChild;
  readonly association: VpcChild;
  readonly route?: VpcChild;
  readonly eip?: VpcChild;
  readonly natGateway?: VpcChild;
}

/**
 * Creates the subnets, one availability zone after the other: public ones first, because they contain the
 * gateway.
 */
class Subnets {
  /** By the index of the zone. */
  readonly #natGateways = new Map<number, VpcChild>();

  constructor(
    readonly plan: VpcPlan,
    readonly vpcName: string,
    readonly vpc: VpcChild,
    readonly internetGateway: VpcChild,
    readonly register: (child: Child) => VpcChild,
  ) {}

  make(zoneIndex: number): MadeSubnet[] {
    const { specs, blocks, zones } = this.plan;
    return specs
      .map((spec, index) => ({ spec, block: blocks[zoneIndex]?.[index] ?? "" }))
      .sort((a, b) => subnetTypes.indexOf(a.spec.type) - subnetTypes.indexOf(b.spec.type))
      .map(({ spec, block }, position) =>
        this.#subnet(spec, block, zoneIndex, zoneIndex + position * zones.length),
      );
  }

  #subnet(spec: SubnetSpec, block: string, zoneIndex: number, ipv6Index: number): MadeSubnet {
    const name = `${this.vpcName}-${spec.name ?? spec.type.toLowerCase()}-${zoneIndex + 1}`;
    const own = { Name: name, SubnetType: spec.type };
    const tags = { Name: this.vpcName, ...this.plan.tags };
    const isPublic = spec.type === "Public";
    const subnet = this.register({
      type: "aws:ec2/subnet:Subnet",
      name,
      parent: this.vpc.urn,
      inputs: {
        vpcId: idOf(this.vpc),
        availabilityZone: plain(this.plan.zones[zoneIndex] ?? ""),
        mapPublicIpOnLaunch: plain(isPublic),
        cidrBlock: plain(block),
        assignIpv6AddressOnCreation: plain(spec.assignIpv6),
        ipv6CidrBlock: this.#ipv6(spec, ipv6Index),
        tags: plain({ ...tags, ...spec.tags, ...own }),
      },
      dependsOn: [this.vpc.urn],
    });
    const routeTable = this.register({
      type: "aws:ec2/routeTable:RouteTable",
      name,
      parent: subnet.urn,
      inputs: { vpcId: idOf(this.vpc), tags: plain({ ...tags, ...own }) },
      dependsOn: [subnet.urn],
    });
    const association = this.register({
      type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
      name,
      parent: routeTable.urn,
      inputs: { routeTableId: idOf(routeTable), subnetId: idOf(subnet) },
      dependsOn: [routeTable.urn],
    });
    const nat = isPublic && this.plan.nat !== "None" ? this.#nat(subnet, zoneIndex) : undefined;
    const route = this.#route(spec, name, routeTable, zoneIndex);
    return { spec, subnet, routeTable, association, ...(route && { route }), ...nat };
  }

  /** Unknown before deployment even if none is assigned: it depends on the VPC's own block. */
  #ipv6({ assignIpv6 }: SubnetSpec, index: number): Input | undefined {
    const from = [this.vpc.urn];
    const block = this.vpc.output("ipv6CidrBlock");
    if (block === unknownWire) return { value: unknownWire, from };
    return assignIpv6 ? { value: ipv6SubnetBlock(wireText(block) ?? "", index), from } : undefined;
  }

  /** The zone with the gateway of a zone. */
  #zoneOfNat(zoneIndex: number): number {
    return this.plan.nat === "Single" ? 0 : zoneIndex;
  }

  /** One gateway per availability zone, or for all: a further public subnet gets none. */
  #nat(subnet: VpcChild, zoneIndex: number): { eip: VpcChild; natGateway: VpcChild } | undefined {
    if (this.#natGateways.has(this.#zoneOfNat(zoneIndex))) return undefined;
    const name = `${this.vpcName}-${zoneIndex + 1}`;
    const tags = plain({ ...this.plan.tags, Name: name });
    const common = { name, parent: subnet.urn, dependsOn: [subnet.urn] };
    const eip = this.register({ ...common, type: "aws:ec2/eip:Eip", inputs: { tags } });
    const natGateway = this.register({
      ...common,
      type: "aws:ec2/natGateway:NatGateway",
      inputs: {
        subnetId: idOf(subnet),
        allocationId: { value: eip.output("allocationId"), from: [eip.urn] },
        tags,
      },
    });
    this.#natGateways.set(zoneIndex, natGateway);
    return { eip, natGateway };
  }

  #route(
    spec: SubnetSpec,
    name: string,
    routeTable: VpcChild,
    zoneIndex: number,
  ): VpcChild | undefined {
    const natGateway = this.#natGateways.get(this.#zoneOfNat(zoneIndex));
    const target =
      spec.type === "Public"
        ? { gatewayId: idOf(this.internetGateway) }
        : spec.type === "Private" && natGateway !== undefined
          ? { natGatewayId: idOf(natGateway) }
          : undefined;
    if (target === undefined) return undefined;
    return this.register({
      type: "aws:ec2/route:Route",
      name,
      parent: routeTable.urn,
      inputs: {
        routeTableId: idOf(routeTable),
        ...target,
        destinationCidrBlock: plain("0.0.0.0/0"),
      },
      dependsOn: [routeTable.urn],
    });
  }
}

function resultOf(
  plan: VpcPlan,
  vpc: VpcChild,
  igw: VpcChild,
  made: readonly MadeSubnet[],
): VpcResult {
  const all = (pick: (subnet: MadeSubnet) => VpcChild | undefined): Wire[] =>
    made.flatMap((subnet) => {
      const resource = pick(subnet);
      return resource === undefined ? [] : [referenceTo(resource)];
    });
  const ofType = (type: SubnetType) => made.filter(({ spec }) => spec.type === type);
  // An output with any unknown part is entirely unknown to the program.
  const ids = (type: SubnetType): Wire => {
    const list = ofType(type).map(({ subnet }) => subnet.id);
    return hasUnknownWire(list) ? unknownWire : list;
  };
  const references = (type: SubnetType) => ofType(type).map(({ subnet }) => referenceTo(subnet));
  const outputs: WireProperties = {
    vpcId: vpc.id,
    vpc: referenceTo(vpc),
    internetGateway: referenceTo(igw),
    publicSubnetIds: ids("Public"),
    privateSubnetIds: ids("Private"),
    isolatedSubnetIds: ids("Isolated"),
    subnets: all(({ subnet }) => subnet),
    publicSubnets: references("Public"),
    privateSubnets: references("Private"),
    isolatedSubnets: references("Isolated"),
    routeTables: all(({ routeTable }) => routeTable),
    routeTableAssociations: all(({ association }) => association),
    routes: all(({ route }) => route),
    eips: all(({ eip }) => eip),
    natGateways: all(({ natGateway }) => natGateway),
    vpcEndpoints: [],
    // Of its own layout awsx gives another description, which is not repeated here.
    subnetLayout: plan.isDefaultLayout
      ? unknownWire
      : plan.specs.map(({ type, name, cidrMask }) => ({
          type,
          ...(name === undefined ? {} : { name }),
          ...(cidrMask === undefined ? {} : { cidrMask, size: 2 ** (32 - cidrMask) }),
        })),
  };
  // The component resolves its ids together, so each output depends on all of them.
  const common = [vpc.urn, ...made.map(({ subnet }) => subnet.urn)];
  const dependencies = Object.entries(outputs).map(([key, value]): [string, string[]] => [
    key,
    [...new Set([...common, ...referencedUrns(value)])],
  ]);
  return { outputs, dependencies: Object.fromEntries(dependencies) };
}

function referenceTo({ urn, id }: VpcChild): Wire {
  return referenceWire(urn, id);
}

function plain(value: Wire): Input {
  return { value, from: [] };
}

function idOf(resource: VpcChild): Input {
  return { value: resource.id, from: [resource.urn] };
}

function argument(request: VpcRequest, key: string): Input | undefined {
  const value = request.inputs[key];
  return value === undefined ? undefined : { value, from: request.propertyDependencies[key] ?? [] };
}
