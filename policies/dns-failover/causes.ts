import type { Rule, StackRule, ResourceRule } from "../rule";
import { Subject } from "../fields";
import type { Stack } from "../stack";
import type { HostnameTree } from "./trees";
import { alarmCheckHasUsableAlarm } from "./rules/alarmCheckHasUsableAlarm";
import { checkArgumentsAreValid } from "./rules/checkArgumentsAreValid";
import { checkIsEnabled } from "./rules/checkIsEnabled";
import { checkIsNotInverted } from "./rules/checkIsNotInverted";
import { checkWatchesNoNameAboveIt } from "./rules/checkWatchesNoNameAboveIt";
import { failoverGroupIsComplete } from "./rules/failoverGroupIsComplete";
import { primaryRecordHasHealthCheck } from "./rules/primaryRecordHasHealthCheck";
import { recordAddressIsHeld } from "./rules/recordAddressIsHeld";
import { recordIsAcceptedByRoute53 } from "./rules/recordIsAcceptedByRoute53";
import { recordIsCheckedAtItsOwnEndpoint } from "./rules/recordIsCheckedAtItsOwnEndpoint";
import { recordTargetIsOwned } from "./rules/recordTargetIsOwned";
import { tiersFailApart } from "./rules/tiersFailApart";
import { treeAliasEvaluatesTarget } from "./rules/treeAliasEvaluatesTarget";
import { treeLeafHasHealthCheck } from "./rules/treeLeafHasHealthCheck";
import { websiteBucketIsNamedLikeRecord } from "./rules/websiteBucketIsNamedLikeRecord";
import { weightedRecordHasWeight } from "./rules/weightedRecordHasWeight";

/** Rules about one record or check whose violation prevents a failover; none has a configuration. */
const causes: readonly Rule[] = [
  failoverGroupIsComplete,
  primaryRecordHasHealthCheck,
  treeLeafHasHealthCheck,
  treeAliasEvaluatesTarget,
  weightedRecordHasWeight,
  recordIsAcceptedByRoute53,
  recordIsCheckedAtItsOwnEndpoint,
  recordAddressIsHeld,
  recordTargetIsOwned,
  websiteBucketIsNamedLikeRecord,
  tiersFailApart,
  checkArgumentsAreValid,
  checkIsEnabled,
  checkIsNotInverted,
  checkWatchesNoNameAboveIt,
  alarmCheckHasUsableAlarm,
];

const offenders = new WeakMap<Stack, ReadonlySet<string>>();

/** Whether a record or check of a tree has a fault of its own that may prevent a failover. */
export function hasCause(stack: Stack, { records }: HostnameTree): boolean {
  const urns = offendersOf(stack);
  return (
    urns.size > 0 &&
    records.some(
      (record) =>
        urns.has(record.id) ||
        stack.trees.checksOf(record).some((check) => urns.has(check.id)) ||
        stack.model.endpointsOf(record).some(({ urn }) => urns.has(urn)),
    )
  );
}

function offendersOf(stack: Stack): ReadonlySet<string> {
  let urns = offenders.get(stack);
  if (!urns) {
    urns = new Set(
      causes
        .flatMap((rule) => findingsIn(stack, rule))
        .flatMap((finding) => (finding.kind === "violation" ? [finding.urn] : [])),
    );
    offenders.set(stack, urns);
  }
  return urns;
}

const noConfig: Readonly<Record<string, never>> = {};

function findingsIn(stack: Stack, rule: Rule): ReturnType<StackRule["find"]> {
  return rule.about === "stack" ? rule.find(stack, noConfig) : ofResources(stack, rule);
}

function ofResources(stack: Stack, rule: ResourceRule): ReturnType<ResourceRule["find"]> {
  return stack.graph
    .ofType(...rule.types)
    .flatMap((resource) => rule.find(new Subject(resource), noConfig));
}
