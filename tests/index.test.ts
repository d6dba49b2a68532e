import { expect } from "chai";
import type { Resource } from "../routing/graph/resource";
import { evaluated } from "./program/evaluated";

/** Types that take no tags; a type that is not here must have them. */
const untagged = [
  "aws:acm/certificateValidation:CertificateValidation",
  "aws:cloudfront/originAccessControl:OriginAccessControl",
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
  "aws:cloudwatch/dashboard:Dashboard",
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
  "aws:ec2/eipAssociation:EipAssociation",
  "aws:ec2/route:Route",
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  "aws:lambda/invocation:Invocation",
  "aws:lambda/permission:Permission",
  "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec",
  "aws:route53/keySigningKey:KeySigningKey",
  "aws:route53/queryLog:QueryLog",
  "aws:route53/record:Record",
  "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  "aws:s3/bucketPolicy:BucketPolicy",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
  "aws:scheduler/schedule:Schedule",
  "aws:secretsmanager/secretVersion:SecretVersion",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:sns/topicSubscription:TopicSubscription",
];

/** A group of instances has its tags as a list. */
function tagsOf(tags: unknown): Readonly<Record<string, unknown>> {
  if (!Array.isArray(tags)) return (tags ?? {}) as Record<string, unknown>;
  const list = tags as readonly { readonly key: string; readonly value: unknown }[];
  return Object.fromEntries(list.map(({ key, value }) => [key, value]));
}

for (const stack of ["dev", "prod"]) {
  describe(`the program for ${stack}`, () => {
    let resources: readonly Resource[];
    before(async () => {
      ({ resources } = await evaluated(stack));
    });
    const ofAws = (): readonly Resource[] =>
      resources.filter(({ type }) => type.startsWith("aws:"));

    it("tags everything that takes tags with project, stack, contact and name", () => {
      const incomplete = ofAws()
        .filter(({ type }) => !untagged.includes(type))
        .filter(({ inputs }) => {
          const tags = tagsOf(inputs["tags"]);
          return (
            tags["Project"] !== "failover" ||
            tags["Environment"] !== stack ||
            tags["Contact"] !== "ops-team@cafe.com" ||
            typeof tags["Name"] !== "string"
          );
        });
      expect(incomplete.map(({ name }) => name)).to.deep.equal([]);
    });

    it("has each tier in its region, and what is global with the primary", () => {
      const regions: Record<string, string> =
        stack === "dev"
          ? {
              ohio: "us-east-2",
              virginia: "us-east-1",
              maintenance: "us-west-2",
              orders: "us-east-2",
              alerts: "us-east-1",
              dashboard: "us-east-1",
              gate: "us-east-1",
            }
          : {
              oregon: "us-west-2",
              dublin: "eu-west-1",
              maintenance: "us-east-2",
              outside: "us-east-2",
              synthetic: "us-east-2",
              // In the standby region, which lives while the guarded one is down.
              gate: "eu-west-1",
              // A subscription belongs to the region of its topic.
              "gate-controller-alerts-subscription": "us-east-1",
              orders: "us-west-2",
              // Route 53 has its metrics nowhere else.
              alerts: "us-east-1",
              dashboard: "us-east-1",
            };
      // A certificate is named by its region; the records that prove it are global.
      const expected = (name: string): string | undefined =>
        /^tls-(?:issued-)?([a-z]{2}-[a-z]+-\d)$/.exec(name)?.[1] ??
        (name.startsWith("tls-validation-") ? "us-west-2" : undefined) ??
        // Synthetic orders are placed, and judged, from outside.
        (/^(oregon|dublin)-(metric|order)-/.test(name) ? "us-east-2" : undefined) ??
        // Backups are copied to a third region.
        (/^(oregon|dublin)-orders-database-copy/.test(name) ? "us-east-2" : undefined) ??
        regions[name] ??
        regions[name.split("-")[0] ?? ""];
      const astray = ofAws().filter(({ name, region }) => region !== expected(name));
      expect(astray.map(({ name, region }) => ({ name, region }))).to.deep.equal([]);
    });

    it("makes each alias to a record after that record", () => {
      const records = resources.filter(({ type }) => type === "aws:route53/record:Record");
      const early = records.flatMap((record) => {
        const aliases = (record.inputs["aliases"] ?? []) as readonly { name?: unknown }[];
        return aliases.flatMap(({ name }) =>
          records
            .filter(
              ({ inputs }) => inputs["name"] === name && inputs["type"] === record.inputs["type"],
            )
            .filter(({ urn }) => !record.dependencies.includes(urn))
            .map((target) => `${record.name} does not wait for ${target.name}`),
        );
      });
      expect(early).to.deep.equal([]);
    });

    it("has no secret in it but what signs synthetic orders, and nothing that is unknown after deployment", () => {
      const unknown = resources.filter((resource) => Object.keys(resource.unknown).length > 0);
      expect(unknown.map(({ name }) => name)).to.deep.equal(
        stack === "prod" ? ["synthetic-orders-value"] : [],
      );
    });
  });
}
