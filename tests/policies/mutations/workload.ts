import { types } from "../../../policies/types";
import type { Properties } from "../../../routing/graph/resource";
import { drop, idOf, set } from "./mutation";
import type { PolicyMutation } from "./mutation";

export const workloadMutations: readonly PolicyMutation[] = [
  {
    rule: "resource-has-explicit-provider",
    stack: "prod",
    title: "the journal has a default provider",
    apply: (sample) =>
      sample.change("orders-tables-journal", (journal) => ({
        ...journal,
        provider: "urn:pulumi:prod::failover::pulumi:providers:aws::default_7_48_0",
      })),
  },
  {
    rule: "resource-has-resilience-tags",
    stack: "prod",
    title: "the journal has no tags",
    apply: set("orders-tables-journal", { tags: undefined, tagsAll: undefined }),
  },
  {
    rule: "instance-requires-imdsv2",
    stack: "prod",
    title: "a launch template allows IMDSv1",
    apply: set("oregon-us-west-2a-template", { metadataOptions: { httpTokens: "optional" } }),
  },
  {
    rule: "administration-port-is-closed",
    stack: "prod",
    title: "SSH is open to the internet",
    apply: (sample) =>
      sample.add({
        type: types.securityGroupIngressRule,
        name: "ssh-in",
        properties: {
          securityGroupId: idOf(sample, "oregon-web"),
          ipProtocol: "tcp",
          fromPort: 22,
          toPort: 22,
          cidrIpv4: "0.0.0.0/0",
        },
      }),
  },
  {
    rule: "policy-grants-no-wildcard",
    stack: "prod",
    title: "the application's role allows every action",
    apply: set("oregon-role-app", {
      policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
    }),
  },
  {
    rule: "bucket-blocks-public-access",
    stack: "prod",
    title: "the releases' bucket has no public access block",
    apply: drop("oregon-releases-bucket-access"),
  },
  {
    rule: "data-is-encrypted-at-rest",
    stack: "prod",
    title: "Oregon's database is not encrypted",
    apply: set("oregon-orders-database", { storageEncrypted: false }),
  },
  {
    rule: "traffic-is-encrypted-in-transit",
    stack: "prod",
    title: "the distribution serves plain HTTP as well",
    apply: (sample) => {
      const distribution = sample.resources.find(({ type }) => type === types.distribution);
      const behavior = (distribution?.outputs["defaultCacheBehavior"] ?? {}) as Properties;
      return sample.set(distribution?.name ?? "", {
        defaultCacheBehavior: { ...behavior, viewerProtocolPolicy: "allow-all" },
      });
    },
  },
  {
    rule: "database-requires-tls",
    stack: "prod",
    title: "Oregon's database accepts connections without TLS",
    apply: set("oregon-orders-database-parameters", {
      parameters: [{ name: "require_secure_transport", value: "0" }],
    }),
  },
  {
    rule: "database-is-private",
    stack: "prod",
    title: "Oregon's database has a public address",
    apply: set("oregon-orders-database", { publiclyAccessible: true }),
  },
  {
    rule: "database-is-multi-az",
    stack: "prod",
    title: "Oregon's database is in one zone",
    apply: set("oregon-orders-database", { multiAz: false }),
  },
  {
    rule: "data-has-copies-elsewhere",
    stack: "prod",
    title: "the backups of Oregon's database stay in Oregon",
    apply: drop("oregon-orders-database-copy"),
  },
  {
    rule: "database-has-backups",
    stack: "prod",
    title: "Oregon's database keeps backups for a day",
    apply: set("oregon-orders-database", { backupRetentionPeriod: 1 }),
  },
  {
    rule: "data-is-protected-from-deletion",
    stack: "prod",
    title: "the journal has no deletion protection",
    apply: set("orders-tables-journal", { deletionProtectionEnabled: false }),
  },
];
