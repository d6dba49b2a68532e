import type { EndpointHealthCheck, Group, RecordSet } from "../../../routing/model";
import { canonical } from "../../../routing/domainName";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { failoverGroupsOf, innerRecords, recordGroupsOf, treeRecords } from "../trees";

export const recordIsCheckedAtItsOwnEndpoint = stackRule({
  name: "record-is-checked-at-its-own-endpoint",
  description:
    "The check of a record probes the endpoint that the record points to, over the same IP version.",
  severity: "critical",
  level: "mandatory",
  why: "Route 53 probes the check's endpoint, whatever the record contains. With two checks swapped, the dead endpoint keeps its traffic and the live one loses it.",
  source: "H17, H13 (a check by name is IPv4 only)",
  remediationSteps:
    "Set `healthCheckId` to the check of this record's own address; an AAAA record needs a check of the IPv6 address.",
  url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html",
  types: [types.record],
  config: {},
  find: (stack) => [
    ...checkedRecords(stack)
      .filter((record) => stack.trees.isLeaf(record, record.type))
      .flatMap((record) => {
        const check = record.checkId && stack.model.route53.checks.get(record.checkId);
        return check && check.kind === "endpoint" && !check.inverted
          ? mismatchOf(stack, record, check)
          : [];
      }),
    ...failoverGroupsOf(stack).flatMap((group) => sharedCheckOf(stack, group)),
  ],
});

/**
 * The records of failover trees, the last tier included if it has a check of its own, and records among which
 * Route 53 chooses.
 */
function checkedRecords(stack: Stack): readonly RecordSet[] {
  const choices = recordGroupsOf(stack)
    .filter((group) => group.length > 1)
    .flat()
    .filter(({ policy }) => policy.kind !== "simple" && policy.kind !== "failover");
  // One finding reports a check that both members of a pair share.
  const shared = new Set(
    failoverGroupsOf(stack).flatMap((group) =>
      sharedCheckOf(stack, group).length > 0 ? (group[1] ?? []) : [],
    ),
  );
  const inner = innerRecords(stack);
  const last = treeRecords(stack).filter((one) => !inner.includes(one) && !shared.has(one));
  return [...new Set([...inner, ...last, ...choices])];
}

/** One check on both members of a pair: both fail together, and the primary answers (C4). */
function sharedCheckOf(stack: Stack, group: Group): readonly Finding[] {
  const [primary, secondary] = group;
  if (!primary || !secondary || group.length !== 2) return [];
  const { checkId } = secondary;
  if (checkId === undefined || checkId !== primary.checkId) return [];
  const check = stack.model.route53.checks.get(checkId)?.label ?? checkId;
  return [
    violation(offenderOf(secondary), "healthCheckId", {
      must: `must not be the check of ${primary.label}`,
      got: `${check} on both`,
      so: `when it fails, ${primary.name} has no healthy member, answers with its primary and never fails over`,
      remedy: "give each record a check of its own endpoint",
    }),
  ];
}

function mismatchOf(
  stack: Stack,
  record: RecordSet,
  check: EndpointHealthCheck,
): readonly Finding[] {
  const { ipAddress } = check;
  if (record.type === "AAAA" && (ipAddress === undefined ? !check.byAddress : isV4(ipAddress))) {
    return [
      violation(offenderOf(record), "healthCheckId", {
        must: "must be a check of an IPv6 address on an AAAA record",
        got: `${check.label}, which probes over IPv4`,
        so: "IPv6 clients keep a dead endpoint while the check probes the IPv4 path",
        remedy: "give the record a check of its own IPv6 address",
      }),
    ];
  }
  if (asksWhatIsAnswered(record, check)) return [];
  const theirs = stack.model.endpointOfCheck(check)?.urn;
  const ours = stack.model.endpointsOf(record).map(({ urn }) => urn);
  if (theirs === undefined || ours.length === 0) return literalMismatch(record, check);
  if (ours.includes(theirs)) return [];
  return [
    violation(offenderOf(record), "healthCheckId", {
      must: `must be a check of the record's endpoint, ${ours.map(nameOf).join(", ")}`,
      got: `${check.label}, which probes ${nameOf(theirs)}`,
      so: `${record.name} keeps answering with a dead ${ours.map(nameOf).join(", ")}, and drops it when ${nameOf(theirs)} dies`,
      remedy: "use the check of the record's own address",
    }),
  ];

  function nameOf(urn: string): string {
    return stack.graph.get(urn)?.name ?? urn;
  }
}

/**
 * Whether a check probes the exact address or name that the record points to: then the endpoint is
 * the same, even if no resource of the stack owns it.
 */
function asksWhatIsAnswered({ target }: RecordSet, check: EndpointHealthCheck): boolean {
  const { byAddress, ipAddress, fullyQualifiedDomainName } = check;
  if (target.kind === "values") return ipAddress !== undefined && target.values.includes(ipAddress);
  if (byAddress || target.target.kind === "record" || !fullyQualifiedDomainName) return false;
  return canonical(target.target.dnsName) === canonical(fullyQualifiedDomainName);
}

/** Addresses outside the stack can be compared as text. */
function literalMismatch(record: RecordSet, check: EndpointHealthCheck): readonly Finding[] {
  const { target } = record;
  if (target.kind !== "values" || check.ipAddress === undefined) return [];
  if (!target.values.every(isAddress)) return [];
  return [
    violation(offenderOf(record), "healthCheckId", {
      must: `must be a check of the record's endpoint, ${target.values.join(", ")}`,
      got: `${check.label}, which probes ${check.ipAddress}`,
      so: `${record.name} keeps answering with a dead address, and drops it when ${check.ipAddress} dies`,
      remedy: "use the check of the record's own address",
    }),
  ];
}

function isV4(address: string): boolean {
  return !address.includes(":");
}

function isAddress(value: string): boolean {
  return /^[\d.]+$|:/.test(value) && !value.startsWith("<");
}
