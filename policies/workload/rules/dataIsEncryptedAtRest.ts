import type { Fields, Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";

/** The property that encrypts a whole resource. */
interface Switch {
  readonly property: string;
  /** The object that contains the property, if any. */
  readonly block?: string;
  /** Whether AWS encrypts by default. */
  readonly isOnByDefault?: true;
}

const switches: Readonly<Record<string, Switch>> = {
  [types.databaseInstance]: { property: "storageEncrypted" },
  [types.databaseCluster]: { property: "storageEncrypted" },
  [types.documentCluster]: { property: "storageEncrypted" },
  [types.graphCluster]: { property: "storageEncrypted" },
  [types.cacheGroup]: { property: "atRestEncryptionEnabled" },
  [types.fileSystem]: { property: "encrypted" },
  [types.searchDomain]: { block: "encryptAtRest", property: "enabled" },
  [types.elasticsearchDomain]: { block: "encryptAtRest", property: "enabled" },
  // Since January 2025 new clusters are encrypted by default (Amazon Redshift Management Guide).
  [types.warehouse]: { property: "encrypted", isOnByDefault: true },
  // SSE-SQS is on by default since October 2022 (Amazon SQS Developer Guide).
  [types.queue]: { property: "sqsManagedSseEnabled", isOnByDefault: true },
};

/** Types with disks, which an account may encrypt by default. */
const diskOwners: readonly string[] = [
  types.volume,
  types.instance,
  types.launchTemplate,
  types.launchConfiguration,
];

/** The properties in which an instance defines its disks. */
const diskProperties: readonly string[] = ["rootBlockDevice", "ebsBlockDevices"];

export const dataIsEncryptedAtRest = stackRule({
  name: "data-is-encrypted-at-rest",
  description: "Disks, databases, caches, file systems, search domains and queues are encrypted.",
  severity: "high",
  level: "mandatory",
  why: "They hold customers' data, and a copy of a disk or a snapshot leaks more easily than a password. Encryption cannot be enabled later without a new resource.",
  source: "AWS Well-Architected, SEC08-BP02",
  remediationSteps: "Set the property that the message names before the resource is created.",
  url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_protect_data_rest_encrypt.html",
  types: [...Object.keys(switches), ...diskOwners],
  config: {},
  find: (stack) => [
    ...stack
      .subjects(...Object.keys(switches))
      .flatMap((subject) => switchFindings(stack, subject, switches[subject.type])),
    ...stack
      .subjects(...diskOwners)
      .filter((owner) => !isEncryptedByDefault(stack, owner))
      .flatMap(ownerFindings),
  ],
});

/** Whether the account encrypts new disks in the region of their owner. */
function isEncryptedByDefault(stack: Stack, { resource }: Subject): boolean {
  return stack.subjects(types.encryptionByDefault).some(
    (setting) =>
      setting.resource.region === resource.region &&
      !setting.unknownAt("enabled") &&
      // The default is on.
      setting.flag("enabled") !== false,
  );
}

function switchFindings(
  stack: Stack,
  subject: Subject,
  how: Switch | undefined,
): readonly Finding[] {
  if (!how) return [];
  const { block, property, isOnByDefault } = how;
  const path = block === undefined ? property : `${block}.${property}`;
  const whole = block === undefined ? undefined : subject.unknownWhole(block);
  if (whole) return [unknown(subject, path, reasonWord(whole))];
  const fields = block === undefined ? subject : subject.object(block);
  if (!fields?.has(property)) {
    if (isOnByDefault || hasOwnKey(subject) || isEncryptedAsSource(stack, subject)) return [];
    if (isReplica(subject)) {
      return [unknown(subject, path, "it depends on the source, which is outside this stack")];
    }
    return [plainFinding(subject, path, "none")];
  }
  if (hasOwnKey(subject)) return [];
  return flagFindings(subject, fields, property, path);
}

/** A queue with a KMS key needs no SQS-managed key. */
function hasOwnKey(subject: Subject): boolean {
  return subject.type === types.queue && subject.has("kmsMasterKeyId");
}

function isReplica(subject: Subject): boolean {
  return subject.has("replicateSourceDb");
}

/** A replica in the region of its source has the same encryption (Amazon RDS User Guide, encrypting resources). */
function isEncryptedAsSource(stack: Stack, replica: Subject): boolean {
  return stack
    .follow(replica, "replicateSourceDb", types.databaseInstance)
    .some(
      (source) => !source.unknownAt("storageEncrypted") && source.flag("storageEncrypted") === true,
    );
}

function ownerFindings(owner: Subject): readonly Finding[] {
  switch (owner.type) {
    case types.volume:
      return flagFindings(owner, owner, "encrypted", "encrypted");
    case types.launchTemplate:
      return templateFindings(owner);
    default:
      return diskFindings(owner);
  }
}

function flagFindings(
  subject: Subject,
  fields: Fields,
  flag: string,
  path: string,
): readonly Finding[] {
  const reason = fields.unknownAt(flag);
  if (reason) return [unknown(subject, path, reasonWord(reason))];
  return fields.flag(flag) === true
    ? []
    : [plainFinding(subject, path, fields.has(flag) ? "false" : "none")];
}

function plainFinding(subject: Subject, path: string, got: string): Finding {
  return violation(subject, path, {
    must: "must be true",
    got,
    so: "anyone who obtains a copy of the disk or a snapshot can read it",
    remedy: "set it before the resource is created",
  });
}

function diskFindings(instance: Subject): readonly Finding[] {
  return diskProperties.flatMap((property): readonly Finding[] => {
    const whole = instance.unknownWhole(property);
    if (whole) return [unknown(instance, property, reasonWord(whole))];
    const disks = instance.items(property);
    if (disks.length === 0 && property === "rootBlockDevice") {
      // The template may set it; the template is checked separately.
      return instance.has("launchTemplate")
        ? []
        : [plainFinding(instance, "rootBlockDevice.encrypted", "none")];
    }
    return disks.flatMap((disk) =>
      flagFindings(instance, disk, "encrypted", disk.pathOf("encrypted")),
    );
  });
}

function templateFindings(template: Subject): readonly Finding[] {
  const whole = template.unknownWhole("blockDeviceMappings");
  if (whole) return [unknown(template, "blockDeviceMappings", reasonWord(whole))];
  const mappings = template.items("blockDeviceMappings");
  if (mappings.length === 0) {
    return [plainFinding(template, "blockDeviceMappings[0].ebs.encrypted", "none")];
  }
  return mappings.flatMap((mapping) => {
    const disk = mapping.object("ebs");
    return disk ? flagFindings(template, disk, "encrypted", disk.pathOf("encrypted")) : [];
  });
}
