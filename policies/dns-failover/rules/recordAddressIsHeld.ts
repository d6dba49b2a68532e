import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { recordGroupsOf } from "../trees";
import type { RecordSet } from "../../../routing/model";

export const recordAddressIsHeld = stackRule({
  name: "record-address-is-held",
  description: "A record points to addresses that a resource of the stack has and keeps.",
  severity: "high",
  level: "mandatory",
  why: "AWS gives the public address of a stopped instance to another customer, who then receives the requests, including cookies, and can get a certificate for the name. An Elastic IP without a resource serves no one.",
  source:
    "Amazon EC2 User Guide, public IPv4 addresses: released when the instance is stopped; Elastic IP addresses",
  remediationSteps:
    "Associate an Elastic IP with the instance and use it in the record; delete the record before you release the address.",
  url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html",
  types: [types.record],
  config: {},
  find: (stack) =>
    recordGroupsOf(stack)
      .flat()
      .flatMap((record) => recordFindings(stack, record)),
});

const addressTypes = [types.elasticIp, types.instance] as const;

function recordFindings(stack: Stack, record: RecordSet): readonly Finding[] {
  const { target, type } = record;
  if (target.kind !== "values" || type !== "A") return [];
  return target.values.flatMap((value): readonly Finding[] => {
    const behind = stack.graph.byValue(value, addressTypes).map((one) => stack.subject(one));
    const address = behind.find(({ type: kind }) => kind === types.elasticIp);
    if (address) return isHeld(stack, address) ? [] : [looseFinding(record, address)];
    const [server] = behind.filter((one) => isPublicAddress(one, value));
    return server ? [passingFinding(record, server, value)] : [];
  });
}

/** Whether an instance, an interface, a balancer or a gateway has, or may have, an Elastic IP. */
function isHeld(stack: Stack, address: Subject): boolean {
  const named = ["instance", "networkInterface", "associationId"];
  return (
    named.some((property) => address.has(property)) ||
    stack.referringTo(address, types.elasticIpAssociation, "allocationId").length > 0 ||
    stack.referringTo(address, types.loadBalancer, "subnetMappings").length > 0 ||
    stack.referringTo(address, types.natGateway, "allocationId").length > 0 ||
    // An association with an unknown address may be with this one.
    stack.subjects(types.elasticIpAssociation).some((one) => one.unknownAt("allocationId"))
  );
}

function isPublicAddress(server: Subject, value: string): boolean {
  return !server.unknownAt("publicIp") && server.text("publicIp") === value;
}

function looseFinding(record: RecordSet, address: Subject): Finding {
  return violation(offenderOf(record), "records", {
    must: "must be an address that a resource has",
    got: `${address.name}, an Elastic IP without a resource`,
    so: `${record.name} points to nothing, and to another AWS customer once the address is released`,
    remedy: "associate the Elastic IP, or delete the record",
  });
}

function passingFinding(record: RecordSet, server: Subject, value: string): Finding {
  return violation(offenderOf(record), "records", {
    must: "must be an address that its server keeps",
    got: `${value}, which ${server.name} keeps only until it stops`,
    so: `once ${server.name} stops, ${record.name} points to whoever gets the address next`,
    remedy: "give the server an Elastic IP, and use that",
  });
}
