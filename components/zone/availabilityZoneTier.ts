import * as pulumi from "@pulumi/pulumi";
import * as rules from "../../constraints/rules";
import type { Endpoint, PerFamily } from "../../routing/route";
import { check, refuse } from "../common/argumentFaults";
import type { ArgumentFault } from "../common/argumentFaults";
import type { Tags } from "../common/tags";
import { balancerEndpoint } from "./balancerEndpoint";
import type { BalancerEndpointArgs } from "./balancerEndpoint";
import { capacityFaults } from "./capacity";
import { probeFaults } from "./endpointCheck";
import type { Probe } from "./endpointCheck";
import type { Checked } from "./endpointChecks";
import { instanceEndpoint } from "./instanceEndpoint";
import type { InstanceEndpointArgs } from "./instanceEndpoint";
import { ownAddresses, ownBalancer } from "./ownEndpoint";
import type { OwnAddressesArgs, OwnBalancerArgs } from "./ownEndpoint";
import type { CheckIds, Machines, WatchedEndpoint, ZoneEndpoint } from "./zoneEndpoint";

/**
 * The compute resources of a zone, by form; plain, because the form decides which resources there
 * are.
 */
export type ZoneCompute =
  | InstanceEndpointArgs
  | BalancerEndpointArgs
  | OwnAddressesArgs
  | OwnBalancerArgs;

export interface AvailabilityZoneTierArgs {
  /** Name of the availability zone, such as `us-west-2a`; plain, because it is the fault domain. */
  readonly availabilityZone: string;
  /** The compute resources. */
  readonly compute: ZoneCompute;
  /** The probe of the endpoint, by its own address; an external balancer by its name. */
  readonly probe: Probe;
  /** Record name of the region: Host header and SNI of a check by address. */
  readonly host: string;
  /** Whether the endpoint is published for IPv6 as well, with its own check. Default false. */
  readonly ipv6?: boolean;
  readonly tags: Tags;
}

/**
 * The availability-zone tier: the endpoint of one zone in any form, and its checks. All forms yield
 * the same route, so nothing above depends on the form.
 * Children, all named `<name>-…`: `instance`, `address`, `association` for an instance; `balancer`,
 * `balancer-address`, `listener-…`, `targets-…`, `template`, `group`, and with reserved capacity
 * `reservation` and `scaling`, for a balancer; `check` for an IPv4 address, `check-ipv6` for an
 * IPv6 one, `name-check` for an external balancer.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when plain arguments are invalid.
 */
export class AvailabilityZoneTier extends pulumi.ComponentResource {
  /** Name of the availability zone. */
  readonly availabilityZone: string;
  /** Addresses by family; those of an instance or balancer outlive the servers behind them. */
  readonly addresses: PerFamily<pulumi.Output<string>>;
  /** DNS name of the external balancer; absent for an endpoint with addresses. */
  readonly dnsName?: pulumi.Output<string>;
  /** Ids of the endpoint's health checks by family. */
  readonly checkIds: CheckIds;
  /** What the region's alarms can monitor; not an output of the resource. */
  readonly watched: WatchedEndpoint;
  /** The running version; absent for external endpoints. Not an output of the resource. */
  readonly machines?: Machines;
  /** The route to the zone, to compose into a failover tree; not an output of the resource. */
  readonly route: Endpoint<pulumi.Output<string>>;

  constructor(
    name: string,
    args: AvailabilityZoneTierArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    refuse(`AvailabilityZoneTier "${name}"`, argumentFaults(args));
    super("failover:index:AvailabilityZoneTier", name, {}, opts);
    const { probe, host, ipv6 = false, tags } = args;
    const made = endpointOf(name, args, { probe, host, ipv6, tags }, { parent: this });

    this.availabilityZone = args.availabilityZone;
    this.addresses = made.addresses;
    if (made.dnsName) this.dnsName = made.dnsName;
    this.checkIds = made.checkIds;
    this.watched = made.watched;
    if (made.machines) this.machines = made.machines;
    this.route = made.route;
    const { availabilityZone, addresses, dnsName, checkIds } = this;
    this.registerOutputs({
      availabilityZone,
      addresses,
      checkIds,
      ...(dnsName ? { dnsName } : {}),
    });
  }
}

function endpointOf(
  name: string,
  { compute, availabilityZone }: AvailabilityZoneTierArgs,
  checked: Checked,
  parent: pulumi.CustomResourceOptions,
): ZoneEndpoint {
  switch (compute.kind) {
    case "instance":
      return instanceEndpoint(name, compute, availabilityZone, checked, parent);
    case "balancer":
      return balancerEndpoint(name, compute, availabilityZone, checked, parent);
    case "addresses":
      return ownAddresses(name, compute, availabilityZone, checked, parent);
    case "alias":
      return ownBalancer(name, compute, availabilityZone, checked, parent);
  }
}

function argumentFaults(args: AvailabilityZoneTierArgs): readonly ArgumentFault[] {
  return [
    ...check("availabilityZone", args.availabilityZone, rules.availabilityZone),
    ...computeFaults("compute", args.compute, args.ipv6 ?? false),
    ...probeFaults("probe", args.probe),
    ...check("host", args.host, rules.recordName),
  ];
}

/** Faults of a form of compute, under the path that its owner gives. */
export function computeFaults(
  at: string,
  compute: ZoneCompute,
  ipv6: boolean,
): readonly ArgumentFault[] {
  switch (compute.kind) {
    case "instance":
      return [];
    case "balancer":
      return [
        ...check(`${at}.instances`, compute.instances, rules.instances),
        ...capacityFaults(`${at}.capacity`, compute.capacity, compute.instances),
      ];
    case "addresses":
      return [
        ...check(`${at}.ipv4`, compute.ipv4, rules.publicIpv4),
        ...(compute.ipv6 === undefined && !ipv6
          ? []
          : check(`${at}.ipv6`, compute.ipv6, rules.publicIpv6)),
      ];
    case "alias":
      return [
        ...check(`${at}.dnsName`, compute.dnsName, rules.balancerName),
        ...check(`${at}.hostedZoneId`, compute.hostedZoneId, rules.hostedZoneId),
      ];
  }
}
