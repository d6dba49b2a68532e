import type { Rule } from "../rule";
import { administrationPortIsClosed } from "./rules/administrationPortIsClosed";
import { balancerIsProtected } from "./rules/balancerIsProtected";
import { bucketBlocksPublicAccess } from "./rules/bucketBlocksPublicAccess";
import { databaseHasBackups } from "./rules/databaseHasBackups";
import { databaseIsMultiAz } from "./rules/databaseIsMultiAz";
import { databaseIsPrivate } from "./rules/databaseIsPrivate";
import { databaseRequiresTls } from "./rules/databaseRequiresTls";
import { dataHasCopiesElsewhere } from "./rules/dataHasCopiesElsewhere";
import { dataIsEncryptedAtRest } from "./rules/dataIsEncryptedAtRest";
import { dataIsProtectedFromDeletion } from "./rules/dataIsProtectedFromDeletion";
import { instanceRequiresImdsv2 } from "./rules/instanceRequiresImdsv2";
import { policyGrantsNoWildcard } from "./rules/policyGrantsNoWildcard";
import { resourceHasExplicitProvider } from "./rules/resourceHasExplicitProvider";
import { resourceHasResilienceTags } from "./rules/resourceHasResilienceTags";
import { trafficIsEncryptedInTransit } from "./rules/trafficIsEncryptedInTransit";

/** The rules of the pack `workload`, from general requirements to data protection. */
export const rules: readonly Rule[] = [
  resourceHasExplicitProvider,
  resourceHasResilienceTags,
  instanceRequiresImdsv2,
  administrationPortIsClosed,
  policyGrantsNoWildcard,
  bucketBlocksPublicAccess,
  dataIsEncryptedAtRest,
  trafficIsEncryptedInTransit,
  balancerIsProtected,
  databaseRequiresTls,
  databaseIsPrivate,
  databaseIsMultiAz,
  databaseHasBackups,
  dataHasCopiesElsewhere,
  dataIsProtectedFromDeletion,
];
