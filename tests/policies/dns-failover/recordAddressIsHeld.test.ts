import { recordAddressIsHeld } from "../../../policies/dns-failover/rules/recordAddressIsHeld";
import { types } from "../../../policies/types";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

/** The primary's address without its instance. */
const loose = cafe.set("address-2a", { instance: undefined });
const withHolder = (type: string, properties: Readonly<Record<string, never>> | object): Sample =>
  loose
    .set("address-2a", { allocationId: "eip-1" })
    .add({ type, name: "holder", properties: properties as Readonly<Record<string, never>> });

describeRule(recordAddressIsHeld, {
  complies: [
    { title: "with addresses of instances", sample: cafe },
    {
      title: "with an address of an association",
      sample: withHolder(types.elasticIpAssociation, { allocationId: "eip-1" }),
    },
    {
      title: "with an address of a balancer",
      sample: withHolder(types.loadBalancer, { subnetMappings: [{ allocationId: "eip-1" }] }),
    },
    {
      title: "with an address of a gateway",
      sample: withHolder(types.natGateway, { allocationId: "eip-1" }),
    },
    {
      title: "with an address of another owner",
      sample: cafe.set("record-oregon-primary", { records: ["203.0.113.1"] }),
    },
  ],
  violates: [
    {
      title: "an Elastic IP without a resource",
      sample: loose,
      finds: [
        "record-oregon-primary.records: must be an address that a resource has, got address-2a, an Elastic IP without a resource, so oregon.www.cafe.test points to nothing, and to another AWS customer once the address is released; associate the Elastic IP, or delete the record",
      ],
    },
    {
      title: "an address that its instance keeps only until it stops",
      sample: cafe.drop("address-2a").set("web-2a", { publicIp: "192.0.2.1" }),
      finds: [
        "record-oregon-primary.records: must be an address that its server keeps, got 192.0.2.1, which web-2a keeps only until it stops, so once web-2a stops, oregon.www.cafe.test points to whoever gets the address next; give the server an Elastic IP, and use that",
      ],
    },
  ],
  boundary: [
    {
      title: "the private address of an instance, which it keeps",
      sample: cafe.drop("address-2a").set("web-2a", { privateIp: "192.0.2.1" }),
      finds: [],
    },
    {
      title: "an Elastic IP, if an association is unknown",
      sample: withHolder(types.elasticIpAssociation, {}).hide("holder", "allocationId"),
      finds: [],
    },
  ],
  notApplicable: [{ title: "in an empty stack", sample: nothing }],
  unknown: [
    {
      title: "an unknown address",
      sample: loose.hide("record-oregon-primary", "records"),
      finds: [],
    },
  ],
  configuration: [],
});
