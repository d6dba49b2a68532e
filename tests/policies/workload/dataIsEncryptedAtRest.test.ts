import { types } from "../../../policies/types";
import { dataIsEncryptedAtRest } from "../../../policies/workload/rules/dataIsEncryptedAtRest";
import type { Properties } from "../../../routing/graph/resource";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const one = (type: string, properties: Properties): Sample =>
  nothing.add({ type, name: "it", properties });

describeRule(dataIsEncryptedAtRest, {
  complies: [
    {
      title: "with encrypted disks",
      sample: one(types.instance, {
        rootBlockDevice: { encrypted: true },
        ebsBlockDevices: [{ encrypted: true }],
      }),
    },
    {
      title: "with an encrypted database",
      sample: one(types.databaseInstance, { storageEncrypted: true }),
    },
    {
      title: "with an encrypted cache",
      sample: one(types.cacheGroup, { atRestEncryptionEnabled: "true" }),
    },
    {
      title: "with a template of encrypted disks",
      sample: one(types.launchTemplate, {
        blockDeviceMappings: [
          { deviceName: "/dev/xvda", ebs: { encrypted: "true" } },
          { deviceName: "/dev/xvdb", virtualName: "ephemeral0" },
        ],
      }),
    },
  ],
  violates: [
    {
      title: "a root disk without encryption",
      sample: one(types.instance, {}),
      finds: [
        "it.rootBlockDevice.encrypted: must be true, got none, so anyone who obtains a copy of the disk or a snapshot can read it; set it before the resource is created",
      ],
    },
    {
      title: "one unencrypted disk in addition to the root disk",
      sample: one(types.instance, {
        rootBlockDevice: { encrypted: true },
        ebsBlockDevices: [{ encrypted: true }, { encrypted: false }],
      }),
      finds: [
        "it.ebsBlockDevices[1].encrypted: must be true, got false, so anyone who obtains a copy of the disk or a snapshot can read it; set it before the resource is created",
      ],
    },
    {
      title: "an unencrypted database",
      sample: one(types.databaseInstance, { storageEncrypted: false }),
      finds: [
        "it.storageEncrypted: must be true, got false, so anyone who obtains a copy of the disk or a snapshot can read it; set it before the resource is created",
      ],
    },
    {
      title: "an unencrypted cluster",
      sample: one(types.databaseCluster, {}),
      finds: [
        "it.storageEncrypted: must be true, got none, so anyone who obtains a copy of the disk or a snapshot can read it; set it before the resource is created",
      ],
    },
    {
      title: "an unencrypted cache",
      sample: one(types.cacheGroup, {}),
      finds: [
        "it.atRestEncryptionEnabled: must be true, got none, so anyone who obtains a copy of the disk or a snapshot can read it; set it before the resource is created",
      ],
    },
    {
      title: "an unencrypted file system",
      sample: one(types.fileSystem, {}),
      finds: [
        "it.encrypted: must be true, got none, so anyone who obtains a copy of the disk or a snapshot can read it; set it before the resource is created",
      ],
    },
    {
      title: "an unencrypted volume",
      sample: one(types.volume, {}),
      finds: [
        "it.encrypted: must be true, got none, so anyone who obtains a copy of the disk or a snapshot can read it; set it before the resource is created",
      ],
    },
    {
      title: "a template without disks",
      sample: one(types.launchTemplate, {}),
      finds: [
        "it.blockDeviceMappings[0].ebs.encrypted: must be true, got none, so anyone who obtains a copy of the disk or a snapshot can read it; set it before the resource is created",
      ],
    },
    {
      title: "a template with an unencrypted disk",
      sample: one(types.launchTemplate, { blockDeviceMappings: [{ ebs: {} }] }),
      finds: [
        "it.blockDeviceMappings[0].ebs.encrypted: must be true, got none, so anyone who obtains a copy of the disk or a snapshot can read it; set it before the resource is created",
      ],
    },
  ],
  boundary: [
    {
      title: "a launch configuration with an encrypted root",
      sample: one(types.launchConfiguration, { rootBlockDevice: { encrypted: true } }),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "in an empty stack", sample: nothing },
    { title: "in a stack of something else", sample: one("aws:sqs/queue:Queue", {}) },
  ],
  unknown: [
    {
      title: "an unknown setting",
      sample: one(types.databaseInstance, {}).hide("it", "storageEncrypted"),
      finds: ["unknown: storageEncrypted: it: it is not known before deployment"],
    },
    {
      title: "unknown disks",
      sample: one(types.instance, { rootBlockDevice: { encrypted: true } }).hide(
        "it",
        "ebsBlockDevices",
      ),
      finds: ["unknown: ebsBlockDevices: it: it is not known before deployment"],
    },
    {
      title: "a template's disks that are unknown",
      sample: one(types.launchTemplate, {}).hide("it", "blockDeviceMappings"),
      finds: ["unknown: blockDeviceMappings: it: it is not known before deployment"],
    },
  ],
  configuration: [],
});
