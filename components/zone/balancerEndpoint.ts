import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { endpoint } from "../../routing/route";
import { balancerIpv6 } from "./balancerIpv6";
import { capacityReservation, scaling } from "./capacity";
import type { ReducedCapacity } from "./capacity";
import { endpointChecks } from "./endpointChecks";
import type { Checked } from "./endpointChecks";
import { instanceGroup } from "./instanceGroup";
import type { Machine } from "./machine";
import { placed, tagged } from "../common/tags";
import type { Tags } from "../common/tags";
import type { ZoneEndpoint } from "./zoneEndpoint";

/** A balancer of the zone, with a group of instances behind it. */
export interface BalancerEndpointArgs extends Machine {
  readonly kind: "balancer";
  readonly vpcId: pulumi.Input<string>;
  /** The zone's public subnet, for the balancer. */
  readonly publicSubnetId: pulumi.Input<string>;
  /** The zone's private subnet, for the instances. */
  readonly privateSubnetId: pulumi.Input<string>;
  readonly balancerSecurityGroupId: pulumi.Input<string>;
  /** ARN of an issued certificate in the region. */
  readonly certificateArn: pulumi.Input<string>;
  /** Instances that carry the full load; all of them run, unless `capacity` says otherwise. */
  readonly instances: number;
  /** Fewer running instances, with reserved capacity for the rest. Default: all of them run. */
  readonly capacity?: ReducedCapacity;
  /** The balancer's IPv6 address, if it is known. Default: looked up in the region. */
  readonly ipv6Address?: string;
}

/**
 * Port on which instances get requests that reached the balancer by TLS. The port tells them apart,
 * because a network balancer adds no header.
 */
export const tlsTargetPort = 8080;
/**
 * Port of the instances for health checks only: the balancer's own, and Route 53's over IPv6.
 * Customers cannot reach it (docs/adr/0035-checks-behind-a-balancer-have-a-port-of-their-own.md).
 */
export const healthTargetPort = 8081;
/** Port of the balancer that only Route 53's checkers use, over IPv6. */
export const ipv6CheckPort = 8443;
const httpPort = 80;
const tlsPort = 443;

/**
 * TLS 1.3 and 1.2, forward secrecy only: what AWS recommends for new listeners.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html
 */
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/**
 * The balancer's own check of an instance, with the path of the endpoint check. A dead instance is
 * removed within 2 × 10 s + 5 s; when all are dead the balancer sends to all, and Route 53's check
 * decides.
 */
const targetCheck = { interval: 10, timeout: 5, healthyThreshold: 2, unhealthyThreshold: 2 };

/** Seconds in which requests in flight may finish; orders take less than two. */
const deregistrationDelaySeconds = 30;

/** Balancer names have at most 32 characters, fewer than ours; the `Name` tag has the full name. */
const namePrefix = "zone-";

/**
 * Makes `<name>-balancer` and its address, `<name>-targets-tls` and `-http` with a listener each,
 * with IPv6 `-health` as well, `<name>-template`, `<name>-group`, `<name>-check`, with IPv6
 * `<name>-check-ipv6`, and with reserved capacity `<name>-reservation` and `<name>-scaling`.
 * The balancer always has an IPv6 address: it is set on creation, so adding it later would replace
 * the balancer. The caller decides whether names publish it.
 */
export function balancerEndpoint(
  name: string,
  args: BalancerEndpointArgs,
  availabilityZone: string,
  checked: Checked,
  parent: pulumi.CustomResourceOptions,
): ZoneEndpoint {
  const tags = (role: string): Tags =>
    placed(tagged(checked.tags, "availability-zone", `${name}-${role}`), availabilityZone);
  const { balancer, ipv4 } = zonalBalancer(name, args, tags, parent);
  const { targets, listeners } = listening(name, balancer, args, checked, tags, parent);
  const group = instancesOf(name, args, availabilityZone, { targets, listeners }, tags, parent);
  // Not looked up if names do not publish it: one call less that can fail.
  const ipv6 = checked.ipv6 ? ipv6Of(name, args, balancer, parent) : undefined;
  const published = { A: ipv4, ...(ipv6 ? { AAAA: ipv6 } : {}) };
  const checkIds = endpointChecks(name, published, { ...checked, ipv6CheckPort }, parent);
  return {
    route: endpoint(
      {
        kind: "addresses",
        addresses: { A: [ipv4], ...(ipv6 ? { AAAA: [ipv6] } : {}) },
      },
      checkIds,
    ),
    addresses: published,
    checkIds,
    watched: {
      kind: "balancer",
      balancerArnSuffix: balancer.arnSuffix,
      targetGroupArnSuffixes: { tls: targets.tls.arnSuffix, http: targets.http.arnSuffix },
      autoScalingGroup: group.name,
      instances: args.capacity?.running ?? args.instances,
    },
    machines: {
      kind: "group",
      groupName: group.name,
      templateVersion: group.launchTemplate.version,
    },
  };
}

function ipv6Of(
  name: string,
  { ipv6Address }: BalancerEndpointArgs,
  balancer: aws.lb.LoadBalancer,
  parent: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  if (ipv6Address === undefined) return balancerIpv6(`${name}-balancer`, balancer, parent);
  return balancer.arnSuffix.apply(() => ipv6Address);
}

/** The zone's instances, and reserved capacity for those that do not always run. */
function instancesOf(
  name: string,
  args: BalancerEndpointArgs,
  availabilityZone: string,
  { targets, listeners }: Listening,
  tags: (role: string) => Tags,
  parent: pulumi.CustomResourceOptions,
): aws.autoscaling.Group {
  const { capacity, instances, instanceType } = args;
  const running = capacity?.running ?? instances;
  const reservation = capacity
    ? capacityReservation(
        `${name}-reservation`,
        {
          availabilityZone,
          instanceType,
          instances: capacity.reserved,
          tags: tags("reservation"),
        },
        parent,
      )
    : undefined;
  const group = instanceGroup(
    name,
    {
      ...args,
      running,
      subnetId: args.privateSubnetId,
      targetGroupArns: Object.values(targets).map(({ arn }) => arn),
    },
    tags,
    // A target group accepts instances once a listener uses it, and counts their health from then
    // on.
    { ...parent, dependsOn: [...listeners, ...(reservation ? [reservation] : [])] },
  );
  if (running < instances) scaling(`${name}-scaling`, group, parent);
  return group;
}

interface Balancer {
  readonly balancer: aws.lb.LoadBalancer;
  readonly ipv4: pulumi.Output<string>;
}

/**
 * A balancer in this zone only. Its IPv4 address is ours and outlives it. AWS takes its IPv6
 * address from the subnet, and it lasts as long as the balancer (docs/adr/0007).
 */
function zonalBalancer(
  name: string,
  args: BalancerEndpointArgs,
  tags: (role: string) => Tags,
  parent: pulumi.CustomResourceOptions,
): Balancer {
  const address = new aws.ec2.Eip(
    `${name}-balancer-address`,
    { domain: "vpc", tags: tags("balancer-address") },
    parent,
  );
  const balancer = new aws.lb.LoadBalancer(
    `${name}-balancer`,
    {
      namePrefix,
      loadBalancerType: "network",
      ipAddressType: "dualstack",
      // Route 53 does the failover: another zone must not hide a dead one.
      enableCrossZoneLoadBalancing: false,
      // Security groups can be changed later, but not added to a balancer created without any.
      securityGroups: [args.balancerSecurityGroupId],
      subnetMappings: [
        // No `ipv6Address`: the provider reads back one address per mapping, the Elastic IP's, and
        // would see a changed mapping at each update (elbv2/load_balancer.go,
        // flattenSubnetMappingsFromAvailabilityZones; terraform-provider-aws #49531).
        { subnetId: args.publicSubnetId, allocationId: address.allocationId },
      ],
      tags: tags("balancer"),
    },
    parent,
  );
  return { balancer, ipv4: address.publicIp };
}

interface Listening {
  readonly targets: Readonly<Record<"tls" | "http", aws.lb.TargetGroup>> & {
    /** Present if there are checks over IPv6. */
    readonly health?: aws.lb.TargetGroup;
  };
  readonly listeners: readonly aws.lb.Listener[];
}

/** The listeners, for TLS, plain HTTP and the checkers over IPv6, and their target groups. */
function listening(
  name: string,
  balancer: aws.lb.LoadBalancer,
  args: BalancerEndpointArgs,
  { probe, ipv6 }: Checked,
  tags: (role: string) => Tags,
  parent: pulumi.CustomResourceOptions,
): Listening {
  const targetsOf = (role: string, port: number): aws.lb.TargetGroup =>
    new aws.lb.TargetGroup(
      `${name}-targets-${role}`,
      { ...targetGroupArgs(args.vpcId, port, probe.path), tags: tags(`targets-${role}`) },
      parent,
    );
  const listenerOf = (
    role: string,
    target: aws.lb.TargetGroup,
    own: Pick<aws.lb.ListenerArgs, "port" | "protocol" | "certificateArn" | "sslPolicy">,
  ): aws.lb.Listener =>
    new aws.lb.Listener(
      `${name}-listener-${role}`,
      {
        loadBalancerArn: balancer.arn,
        ...own,
        defaultActions: [{ type: "forward", targetGroupArn: target.arn }],
        tags: tags(`listener-${role}`),
      },
      parent,
    );
  const tls = { protocol: "TLS", certificateArn: args.certificateArn, sslPolicy: tlsPolicy };
  const targets = { tls: targetsOf("tls", tlsTargetPort), http: targetsOf("http", httpPort) };
  const listeners = [
    listenerOf("tls", targets.tls, { port: tlsPort, ...tls }),
    listenerOf("http", targets.http, { port: httpPort, protocol: "TCP" }),
  ];
  if (!ipv6) return { targets, listeners };
  const health = targetsOf("health", healthTargetPort);
  const spoken = probe.scheme === "https" ? tls : { protocol: "TCP" };
  const forCheckers = listenerOf("health", health, { port: ipv6CheckPort, ...spoken });
  return { targets: { ...targets, health }, listeners: [...listeners, forCheckers] };
}

function targetGroupArgs(
  vpcId: pulumi.Input<string>,
  port: number,
  path: string,
): aws.lb.TargetGroupArgs {
  return {
    namePrefix,
    vpcId,
    port,
    protocol: "TCP",
    targetType: "instance",
    deregistrationDelay: deregistrationDelaySeconds,
    healthCheck: {
      protocol: "HTTP",
      // Not the traffic port: traffic that exhausts it would get healthy instances replaced.
      port: String(healthTargetPort),
      path,
      matcher: "200",
      ...targetCheck,
    },
  };
}
