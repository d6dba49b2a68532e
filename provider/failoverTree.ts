import * as pulumi from "@pulumi/pulumi";
import { FailoverRecords, RegionTier, checked, failover, fixed } from "../components";
import type { RegionCompute } from "../components";
import type {
  AddressRegion,
  BalancerRegion,
  HttpProbe,
  MaintenanceTarget,
  RegionCheckIds,
} from "./flatArgs";

/** The arguments of every failover between two regions. */
interface FailoverTreeArgs {
  /** The public name. `any`, `live` and the regions' names are labels below it. */
  readonly hostname: string;
  /** Id of the public hosted zone of the name. */
  readonly zoneId: pulumi.Input<string>;
  /** TTL of records with addresses, in seconds, 0 to 300; aliases have their target's. */
  readonly ttlSeconds: number;
  /** The probe of each endpoint: its web server only. */
  readonly endpointProbe: HttpProbe;
  /** The probe of a region by its own name: with what its endpoints depend on. */
  readonly regionProbe: HttpProbe;
  /** The last answer, when no endpoint is healthy. */
  readonly maintenance: MaintenanceTarget;
  /** Tags of the health checks. */
  readonly tags: { readonly [key: string]: pulumi.Input<string> };
}

/** Arguments of a failover between balancers. */
export interface BalancerFailoverArgs extends FailoverTreeArgs {
  /** The region that serves first. */
  readonly primary: BalancerRegion;
  /** The region that serves while the primary is unhealthy. */
  readonly standby: BalancerRegion;
}

/** Arguments of a failover between servers. */
export interface AddressFailoverArgs extends FailoverTreeArgs {
  /** The region that serves first. */
  readonly primary: AddressRegion;
  /** The region that serves while the primary is unhealthy. */
  readonly standby: AddressRegion;
}

/**
 * Failover between existing balancers, two in each of two regions, and then a page: records and
 * health checks, over IPv4. Its provider is given by `providers`; Route 53 is global, so any region
 * will do.
 */
export class BalancerFailover extends pulumi.ComponentResource {
  /** Ids of the primary region's health checks. */
  readonly primaryCheckIds: pulumi.Output<RegionCheckIds>;
  /** Ids of the standby region's health checks. */
  readonly standbyCheckIds: pulumi.Output<RegionCheckIds>;

  constructor(name: string, args: BalancerFailoverArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cafe-failover:index:BalancerFailover", name, {}, opts);
    const { primary, standby } = args;
    const checkIds = failoverTree(
      name,
      args,
      [withBalancers(primary), withBalancers(standby)],
      this,
    );
    this.primaryCheckIds = checkIds.primary;
    this.standbyCheckIds = checkIds.standby;
    this.registerOutputs({
      primaryCheckIds: this.primaryCheckIds,
      standbyCheckIds: this.standbyCheckIds,
    });
  }
}

/**
 * Failover between existing servers, two in each of two regions, and then a page: records and
 * health checks, over IPv4. Its provider is given by `providers`; Route 53 is global, so any region
 * will do.
 */
export class AddressFailover extends pulumi.ComponentResource {
  /** Ids of the primary region's health checks. */
  readonly primaryCheckIds: pulumi.Output<RegionCheckIds>;
  /** Ids of the standby region's health checks. */
  readonly standbyCheckIds: pulumi.Output<RegionCheckIds>;

  constructor(name: string, args: AddressFailoverArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cafe-failover:index:AddressFailover", name, {}, opts);
    const { primary, standby } = args;
    const checkIds = failoverTree(
      name,
      args,
      [withAddresses(primary), withAddresses(standby)],
      this,
    );
    this.primaryCheckIds = checkIds.primary;
    this.standbyCheckIds = checkIds.standby;
    this.registerOutputs({
      primaryCheckIds: this.primaryCheckIds,
      standbyCheckIds: this.standbyCheckIds,
    });
  }
}

/** A region as the arguments of its tier. */
interface RegionOfTree {
  readonly name: string;
  readonly availabilityZones: readonly [string, string];
  readonly compute: RegionCompute;
}

function withBalancers({ name, first, second }: BalancerRegion): RegionOfTree {
  return {
    name,
    availabilityZones: [first.availabilityZone, second.availabilityZone],
    compute: {
      kind: "alias",
      endpoints: { [first.availabilityZone]: first, [second.availabilityZone]: second },
    },
  };
}

function withAddresses({ name, first, second }: AddressRegion): RegionOfTree {
  return {
    name,
    availabilityZones: [first.availabilityZone, second.availabilityZone],
    compute: {
      kind: "addresses",
      endpoints: { [first.availabilityZone]: first, [second.availabilityZone]: second },
    },
  };
}

/** The tiers and the records above them: the tree of examples/own-endpoints. */
function failoverTree(
  name: string,
  args: FailoverTreeArgs,
  [primary, standby]: readonly [RegionOfTree, RegionOfTree],
  parent: pulumi.Resource,
): Readonly<Record<"primary" | "standby", pulumi.Output<RegionCheckIds>>> {
  const { hostname, zoneId, ttlSeconds, endpointProbe, regionProbe, maintenance, tags } = args;
  const shared = { zoneId, ttlSeconds, endpointProbe, regionProbe, tags };
  const tierOf = ({ name: region, ...rest }: RegionOfTree): RegionTier =>
    new RegionTier(
      `${name}-${region}`,
      { ...shared, ...rest, recordName: `${region}.${hostname}` },
      { parent },
    );
  const [first, second] = [tierOf(primary), tierOf(standby)];
  const page = fixed<pulumi.Input<string>>({
    kind: "resource",
    dnsName: maintenance.dnsName,
    zoneId: maintenance.hostedZoneId,
    families: ["A"],
    // A website or distribution has no health that Route 53 could evaluate (A9, A10).
    evaluateTargetHealth: false,
  });
  const live = failover(
    `live.${hostname}`,
    checked(first.entry, first.checkId),
    checked(second.entry, second.checkId),
  );
  // The primary, unchecked, comes before the page, in case the deep checks fail everywhere.
  const any = failover(`any.${hostname}`, live, first.entry);
  new FailoverRecords(
    name,
    { zoneId, ttlSeconds, routes: [failover<pulumi.Input<string>>(hostname, any, page)] },
    { parent, dependsOn: [first, second] },
  );
  return { primary: checkIdsOf(first), standby: checkIdsOf(second) };
}

function checkIdsOf({
  availabilityZones: [first, second],
  deepCheckId,
  checkId,
}: RegionTier): pulumi.Output<RegionCheckIds> {
  return pulumi.output({
    first: idOf(first.checkIds.A),
    second: idOf(second.checkIds.A),
    deep: deepCheckId,
    region: checkId,
  });
}

function idOf(id: pulumi.Output<string> | undefined): pulumi.Output<string> {
  if (id === undefined) throw new Error("checkIds.A: must be there, got none; this is a bug");
  return id;
}
