import { types } from "../../../policies/types";
import { dataIsProtectedFromDeletion } from "../../../policies/workload/rules/dataIsProtectedFromDeletion";
import type { Properties } from "../../../routing/graph/resource";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const one = (type: string, properties: Properties): Sample =>
  nothing.add({ type, name: "it", properties });

const disposedBucket =
  "it.forceDestroy: must not be set, got true, so one update that renames or removes the resource deletes its contents; remove it";

describeRule(dataIsProtectedFromDeletion, {
  complies: [
    {
      title: "with a protected database",
      sample: one(types.databaseInstance, { deletionProtection: true }),
    },
    {
      title: "with a protected table",
      sample: one(types.table, { deletionProtectionEnabled: true }),
    },
    { title: "with a zone without settings", sample: one(types.zone, {}) },
  ],
  violates: [
    {
      title: "a database without settings",
      sample: one(types.databaseInstance, {}),
      finds: [
        "it.deletionProtection: must be true, got none, so one update that renames or removes the resource deletes its contents; set it",
      ],
    },
    {
      title: "a database without a final snapshot",
      sample: one(types.databaseCluster, { deletionProtection: true, skipFinalSnapshot: true }),
      finds: [
        "it.skipFinalSnapshot: must not be set, got true, so one update that renames or removes the resource deletes its contents; remove it",
      ],
    },
    {
      title: "a zone that can be deleted with its records",
      sample: one(types.zone, { forceDestroy: true }),
      finds: [
        "it.forceDestroy: must not be set, got true, so one update that renames or removes the resource deletes its contents; remove it",
      ],
    },
    {
      title: "a bucket that can be deleted with its objects",
      sample: one(types.bucket, { forceDestroy: true }),
      finds: [
        "it.forceDestroy: must not be set, got true, so one update that renames or removes the resource deletes its contents; remove it",
      ],
    },
    {
      title: "a table without settings",
      sample: one(types.table, {}),
      finds: [
        "it.deletionProtectionEnabled: must be true, got none, so one update that renames or removes the resource deletes its contents; set it",
      ],
    },
  ],
  boundary: [
    {
      title: "a bucket with a reason in the configured tag",
      sample: one(types.bucket, { forceDestroy: true, tags: { Disposable: "made anew" } }),
      config: { disposableTag: "Disposable" },
      finds: [],
    },
    {
      title: "a bucket with the tag, if no tag is configured",
      sample: one(types.bucket, { forceDestroy: true, tags: { Disposable: "made anew" } }),
      finds: [disposedBucket],
    },
    {
      title: "a bucket without a reason",
      sample: one(types.bucket, { forceDestroy: true, tags: { Disposable: "", Name: "it" } }),
      config: { disposableTag: "Disposable" },
      finds: [disposedBucket],
    },
    {
      title: "a bucket without tags, if a tag is configured",
      sample: one(types.bucket, { forceDestroy: true }),
      config: { disposableTag: "Disposable" },
      finds: [disposedBucket],
    },
    {
      title: "a zone with the tag, which applies only to buckets",
      sample: one(types.zone, { forceDestroy: true, tags: { Disposable: "made anew" } }),
      config: { disposableTag: "Disposable" },
      finds: [disposedBucket],
    },
    {
      title: "a bucket that explicitly stays",
      sample: one(types.bucket, { forceDestroy: false }),
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
      sample: one(types.table, {}).hide("it", "deletionProtectionEnabled"),
      finds: ["unknown: deletionProtectionEnabled: it: it is not known before deployment"],
    },
    {
      title: "unknown tags",
      sample: one(types.bucket, { forceDestroy: true, tags: {} }).hide("it", "tags"),
      config: { disposableTag: "Disposable" },
      finds: ["unknown: tags: it: it is not known before deployment"],
    },
  ],
  configuration: [
    {
      values: { disposableTag: true },
      faults: [
        "data-is-protected-from-deletion.disposableTag: must be a string of at least 0 characters, got true; it means: key of a tag that states why a bucket may be deleted with its contents, because an update recreates them",
      ],
    },
  ],
});
