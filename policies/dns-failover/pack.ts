import type { Rule } from "../rule";
import { alarmCheckAnswersMissingData } from "./rules/alarmCheckAnswersMissingData";
import { alarmCheckHasUsableAlarm } from "./rules/alarmCheckHasUsableAlarm";
import { aliasNamesItsTargetsZone } from "./rules/aliasNamesItsTargetsZone";
import { checkIsNotInverted } from "./rules/checkIsNotInverted";
import { everyChoiceHasACheck } from "./rules/everyChoiceHasACheck";
import { failoverHappens } from "./rules/failoverHappens";
import { geolocationHasDefault } from "./rules/geolocationHasDefault";
import { recordAddressIsHeld } from "./rules/recordAddressIsHeld";
import { recordTargetIsOwned } from "./rules/recordTargetIsOwned";
import { zoneIsSignedAndLogged } from "./rules/zoneIsSignedAndLogged";
import { alarmTopicIsEncryptedAndHeard } from "./rules/alarmTopicIsEncryptedAndHeard";
import { branchCheckDetectsInTime } from "./rules/branchCheckDetectsInTime";
import { branchCheckOutlastsDatabaseFailover } from "./rules/branchCheckOutlastsDatabaseFailover";
import { checkAddressIsPublic } from "./rules/checkAddressIsPublic";
import { checkAgreesWithTargetGroup } from "./rules/checkAgreesWithTargetGroup";
import { checkArgumentsAreValid } from "./rules/checkArgumentsAreValid";
import { checkAsksForHealth } from "./rules/checkAsksForHealth";
import { checkerIsLetIn } from "./rules/checkerIsLetIn";
import { checkHasAlarm } from "./rules/checkHasAlarm";
import { checkIsEnabled } from "./rules/checkIsEnabled";
import { checkIsReplacedBeforeDeleted } from "./rules/checkIsReplacedBeforeDeleted";
import { checkSpeaksItsEndpointsProtocol } from "./rules/checkSpeaksItsEndpointsProtocol";
import { checkWatchesNoNameAboveIt } from "./rules/checkWatchesNoNameAboveIt";
import { checkWithstandsABlip } from "./rules/checkWithstandsABlip";
import { cloudfrontAliasDoesNotEvaluateTarget } from "./rules/cloudfrontAliasDoesNotEvaluateTarget";
import { experimentStopsOnHarmElsewhere } from "./rules/experimentStopsOnHarmElsewhere";
import { endpointCheckDetectsInTime } from "./rules/endpointCheckDetectsInTime";
import { failbackIsGated } from "./rules/failbackIsGated";
import { failoverBudgetIsKept } from "./rules/failoverBudgetIsKept";
import { failoverGroupIsComplete } from "./rules/failoverGroupIsComplete";
import { failoverRecordHasShortTtl } from "./rules/failoverRecordHasShortTtl";
import { httpsTreeEndsInHttps } from "./rules/httpsTreeEndsInHttps";
import { lastTierIsInAnotherRegion } from "./rules/lastTierIsInAnotherRegion";
import { lastTierIsStatic } from "./rules/lastTierIsStatic";
import { latchIsProtected } from "./rules/latchIsProtected";
import { latchIsReadable } from "./rules/latchIsReadable";
import { primaryRecordHasHealthCheck } from "./rules/primaryRecordHasHealthCheck";
import { recordHasOwnSetIdentifier } from "./rules/recordHasOwnSetIdentifier";
import { recordIsAcceptedByRoute53 } from "./rules/recordIsAcceptedByRoute53";
import { recordIsCheckedAtItsOwnEndpoint } from "./rules/recordIsCheckedAtItsOwnEndpoint";
import { recordNameHasOneRoutingPolicy } from "./rules/recordNameHasOneRoutingPolicy";
import { regionTierCrossesRegions } from "./rules/regionTierCrossesRegions";
import { route53AlarmIsWhereItsMetricIs } from "./rules/route53AlarmIsWhereItsMetricIs";
import { tierCarriesFullLoad } from "./rules/tierCarriesFullLoad";
import { tiersFailApart } from "./rules/tiersFailApart";
import { treeAliasEvaluatesTarget } from "./rules/treeAliasEvaluatesTarget";
import { treeLeafHasHealthCheck } from "./rules/treeLeafHasHealthCheck";
import { websiteBucketIsNamedLikeRecord } from "./rules/websiteBucketIsNamedLikeRecord";
import { weightedRecordHasWeight } from "./rules/weightedRecordHasWeight";
import { zoneCheckIsShallow } from "./rules/zoneCheckIsShallow";

/**
 * The rules of the pack `dns-failover`: records, then tiers and checks, then alarms and
 * experiments.
 */
export const rules: readonly Rule[] = [
  failoverGroupIsComplete,
  recordNameHasOneRoutingPolicy,
  recordHasOwnSetIdentifier,
  recordIsAcceptedByRoute53,
  aliasNamesItsTargetsZone,
  recordTargetIsOwned,
  recordAddressIsHeld,
  geolocationHasDefault,
  zoneIsSignedAndLogged,
  primaryRecordHasHealthCheck,
  treeLeafHasHealthCheck,
  treeAliasEvaluatesTarget,
  cloudfrontAliasDoesNotEvaluateTarget,
  everyChoiceHasACheck,
  weightedRecordHasWeight,
  failoverRecordHasShortTtl,
  lastTierIsStatic,
  lastTierIsInAnotherRegion,
  httpsTreeEndsInHttps,
  websiteBucketIsNamedLikeRecord,
  tiersFailApart,
  regionTierCrossesRegions,
  tierCarriesFullLoad,
  recordIsCheckedAtItsOwnEndpoint,
  checkWatchesNoNameAboveIt,
  checkAddressIsPublic,
  checkerIsLetIn,
  checkSpeaksItsEndpointsProtocol,
  checkAgreesWithTargetGroup,
  checkAsksForHealth,
  zoneCheckIsShallow,
  checkArgumentsAreValid,
  checkIsEnabled,
  checkIsNotInverted,
  checkWithstandsABlip,
  checkIsReplacedBeforeDeleted,
  endpointCheckDetectsInTime,
  branchCheckDetectsInTime,
  branchCheckOutlastsDatabaseFailover,
  failoverHappens,
  failoverBudgetIsKept,
  alarmCheckAnswersMissingData,
  alarmCheckHasUsableAlarm,
  failbackIsGated,
  latchIsReadable,
  latchIsProtected,
  checkHasAlarm,
  route53AlarmIsWhereItsMetricIs,
  alarmTopicIsEncryptedAndHeard,
  experimentStopsOnHarmElsewhere,
];
