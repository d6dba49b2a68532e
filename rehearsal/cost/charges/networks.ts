import type { Resource } from "../../../routing/graph/resource";
import { fieldOf, flagOf, listOf, textOf } from "../../../routing/graph/values";
import { scaledBy } from "../amounts";
import type { Charger } from "./charge";
import { charge, chargeBy, freeOfCharge, unknownCharge } from "./charge";
import { freeUses } from "../prices/freeTypes";

/** An Elastic IP, in use or not. */
export const addressCharges: Charger = (_, { assumptions }) => [
  charge("public ipv4", assumptions.hours),
];

/** A balancer: its hours, its traffic, and public addresses that are not Elastic IPs. */
export const balancerCharges: Charger = (balancer, { assumptions, traffic }) => {
  const kind = textOf(balancer, "loadBalancerType") ?? "application";
  const item = { network: "nlb", application: "alb" }[kind];
  if (item === undefined) return [unknownCharge(`it is a ${kind} balancer`)];
  // A capacity unit is a GB per hour; connections never come near their limits at these loads.
  const processed = scaledBy(traffic.targetShare(balancer.urn), assumptions.dataOutGb);
  const addresses = ownAddresses(balancer);
  return [
    charge(item, assumptions.hours),
    ...(processed.steady + processed.failedOver > 0
      ? [chargeBy(`${item} capacity`, processed)]
      : []),
    ...(addresses > 0 ? [charge("public ipv4", assumptions.hours * addresses)] : []),
  ];
};

/** AWS gives a public balancer an address in each subnet without an Elastic IP. */
function ownAddresses(balancer: Resource): number {
  if (flagOf(balancer, "internal")) return 0;
  const mappings = listOf(balancer, "subnetMappings");
  if (mappings.length === 0) return listOf(balancer, "subnets").length;
  return mappings.filter((mapping) => !fieldOf(mapping, "allocationId")).length;
}

/** A NAT gateway; its address is an Elastic IP, charged separately. */
export const natCharges: Charger = (gateway, { assumptions }) =>
  textOf(gateway, "connectivityType") === "private"
    ? [unknownCharge("it is a private NAT gateway")]
    : [charge("nat gateway", assumptions.hours), charge("nat data", assumptions.natGb)];

/** A VPC endpoint: gateways are free, interfaces cost an hourly price in each subnet. */
export const endpointCharges: Charger = (endpoint, { assumptions }) => {
  const kind = textOf(endpoint, "vpcEndpointType") ?? "Gateway";
  if (kind === "Gateway") return [freeOfCharge(freeUses.gatewayEndpoint)];
  if (kind !== "Interface") return [unknownCharge(`it is a ${kind} endpoint`)];
  const zones = Math.max(1, listOf(endpoint, "subnetIds").length);
  return [
    charge("interface endpoint", assumptions.hours * zones),
    charge("interface endpoint data", assumptions.endpointGb),
  ];
};
