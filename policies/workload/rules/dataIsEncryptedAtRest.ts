import type { Fields, Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import { resourceRule } from "../../rule";
import { types } from "../../types";

/** The property that encrypts a whole resource, by its type. */
const flags: Readonly<Record<string, string>> = {
  [types.volume]: "encrypted",
  [types.databaseInstance]: "storageEncrypted",
  [types.databaseCluster]: "storageEncrypted",
  [types.cacheGroup]: "atRestEncryptionEnabled",
  [types.fileSystem]: "encrypted",
};

/** Where an instance or launch template defines its disks. */
const diskProperties: readonly string[] = ["rootBlockDevice", "ebsBlockDevices"];

export const dataIsEncryptedAtRest = resourceRule({
  name: "data-is-encrypted-at-rest",
  description: "Disks, databases, caches and file systems are encrypted.",
  severity: "high",
  level: "mandatory",
  why: "They hold customers' data, and a copy of a disk or a snapshot leaks more easily than a password. Encryption cannot be enabled later without a new resource.",
  source: "AWS Well-Architected, SEC08-BP02",
  remediationSteps: "Set the property that the message names before the resource is created.",
  url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_protect_data_rest_encrypt.html",
  types: [...Object.keys(flags), types.instance, types.launchTemplate, types.launchConfiguration],
  config: {},
  find: (subject): readonly Finding[] => {
    const flag = flags[subject.type];
    if (flag !== undefined) return flagFindings(subject, subject, flag, flag);
    if (subject.type === types.launchTemplate) return templateFindings(subject);
    return diskFindings(subject);
  },
});

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
      return [plainFinding(instance, "rootBlockDevice.encrypted", "none")];
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
