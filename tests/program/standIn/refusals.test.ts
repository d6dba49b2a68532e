import { expect } from "chai";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { Account } from "./account";
import type { Surroundings } from "./account";
import { changed, declared } from "./declared";
import { update } from "./planner";

/** The refusals of AWS in a first update, a second one, and so on. */
function refused(
  surroundings: Surroundings,
  ...updates: readonly (readonly Resource[])[]
): readonly (readonly string[])[] {
  const account = new Account(surroundings);
  return updates.map((to) => update(account, to).refused);
}

const bucket = (inputs: Properties = {}): Resource =>
  declared("aws:s3/bucket:Bucket", "pages", { bucket: "pages-1", ...inputs });
const versioning = (of: Resource): Resource =>
  declared("aws:s3/bucketVersioning:BucketVersioning", "versions", {}, { from: { bucket: of } });

describe("what AWS refuses, in the stand-in", () => {
  it("a bucket that others wrote into, unless it may be emptied", () => {
    const [one, emptied] = [bucket(), bucket({ forceDestroy: true })];
    const surroundings = { written: [one.urn] };
    expect(refused(surroundings, [one], [])[1]).to.deep.equal([
      "pages: BucketNotEmpty: there are objects, versions or delete markers in it",
    ]);
    expect(refused(surroundings, [emptied], [])[1]).to.deep.equal([]);
    expect(refused({}, [one], [])[1]).to.deep.equal([]);
  });

  it("a bucket whose page may have been written before versioning was on", () => {
    const one = bucket();
    const versions = versioning(one);
    const page = (after: readonly Resource[]): Resource =>
      declared(
        "aws:s3/bucketObjectv2:BucketObjectv2",
        "page",
        { key: "503" },
        { from: { bucket: one }, after },
      );
    expect(refused({}, [one, versions, page([])], [])[1]).to.deep.equal([
      "pages: BucketNotEmpty: there are objects, versions or delete markers in it",
    ]);
    expect(refused({}, [one, versions, page([versions])], [])[1]).to.deep.equal([]);
    expect(refused({}, [one, page([])], [])[1]).to.deep.equal([]);
  });

  it("resources that are protected from deletion", () => {
    const protect = [
      declared("aws:rds/instance:Instance", "database", {
        identifier: "orders",
        deletionProtection: true,
        skipFinalSnapshot: true,
      }),
      declared("aws:dynamodb/table:Table", "table", {
        name: "orders",
        deletionProtectionEnabled: true,
      }),
      declared("aws:lb/loadBalancer:LoadBalancer", "balancer", {
        enableDeletionProtection: true,
      }),
    ];
    expect(refused({}, protect, [])[1]).to.have.members([
      "database: InvalidParameterCombination: cannot delete a protected DB Instance",
      "table: ValidationException: deletion protection is on",
      "balancer: OperationNotPermitted: deletion protection is on",
    ]);
  });

  it("the signing of a zone whose DS record is at the parent", () => {
    const zone = declared("aws:route53/zone:Zone", "zone", { name: "cafe.com" });
    const key = declared(
      "aws:route53/keySigningKey:KeySigningKey",
      "key",
      { name: "key" },
      { from: { hostedZoneId: zone } },
    );
    const signing = declared(
      "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec",
      "signing",
      {},
      { from: { hostedZoneId: zone }, after: [key] },
    );
    const why = "KeySigningKeyInParentDSRecord: the DS record is still at the parent";
    const all = [zone, key, signing];
    expect(refused({ dsAtParent: [zone.urn] }, all, [zone])[1]).to.deep.equal([
      `signing: ${why}`,
      `key: ${why}`,
    ]);
    expect(refused({}, all, [zone])[1]).to.deep.equal([]);
  });

  it("a zone with records that others made", () => {
    const zone = declared("aws:route53/zone:Zone", "zone", { name: "cafe.com" });
    const why = "zone: HostedZoneNotEmpty: there are records in it";
    expect(refused({ foreignRecords: [zone.urn] }, [zone], [])[1]).to.deep.equal([why]);
    const emptied = changed(zone, { forceDestroy: true });
    expect(refused({ foreignRecords: [zone.urn] }, [emptied], [])[1]).to.deep.equal([]);
  });

  it("an address in use: to a second holder, and to be released", () => {
    const address = declared("aws:ec2/eip:Eip", "address", { domain: "vpc" });
    const balancer = (privateIpv4Address: string): Resource =>
      declared(
        "aws:lb/loadBalancer:LoadBalancer",
        "balancer",
        {
          loadBalancerType: "network",
          subnetMappings: [{ allocationId: "address-id", privateIpv4Address }],
        },
        { from: { subnetMappings: address } },
      );
    const [old, next] = [balancer("10.0.0.4"), balancer("10.0.0.5")];
    expect(refused({}, [address, old], [address, next])[1]).to.deep.equal([
      "balancer: InvalidAllocationID: address is in use by balancer",
    ]);
    const kept = changed(old, { enableDeletionProtection: true });
    expect(refused({}, [address, kept], [])[1]).to.deep.equal([
      "balancer: OperationNotPermitted: deletion protection is on",
    ]);
    expect(refused({}, [address, old], [old])[1]).to.deep.equal([
      "address: InvalidIPAddress.InUse: used by balancer",
    ]);
  });

  it("a final snapshot whose name exists already", () => {
    const database = declared("aws:rds/instance:Instance", "database", {
      identifier: "orders",
      finalSnapshotIdentifier: "orders-final",
    });
    const [, first, , second] = refused({}, [database], [], [database], []);
    expect(first).to.deep.equal([]);
    expect(second).to.deep.equal([
      "database: DBSnapshotAlreadyExists: there is a snapshot orders-final already",
    ]);
    const unnamed = declared("aws:rds/instance:Instance", "database", { identifier: "orders" });
    expect(refused({}, [unnamed], [])[1]).to.deep.equal([
      "database: final_snapshot_identifier is required",
    ]);
  });

  it("an empty value in a record, or an empty address of a check, as AWS gives for a read-back", () => {
    const record = declared("aws:route53/record:Record", "record", {
      name: "cafe.com",
      type: "AAAA",
      records: [""],
    });
    const check = declared("aws:route53/healthCheck:HealthCheck", "check", { ipAddress: "" });
    expect(refused({}, [record, check])[0]).to.deep.equal([
      "record: InvalidChangeBatch: a value is empty",
      "check: InvalidInput: an empty IPAddress",
    ]);
  });

  it("an address that is not read back, which replaces a live balancer at every update", () => {
    const mapping = { allocationId: "eipalloc-1", ipv6Address: "2001:db8::1" };
    const balancer = declared(
      "aws:lb/loadBalancer:LoadBalancer",
      "balancer",
      { loadBalancerType: "network", subnetMappings: [mapping] },
      { outputs: { subnetMappings: [{ ...mapping, ipv6Address: "", outpostId: "" }] } },
    );
    const account = new Account();
    update(account, [balancer]);
    const { steps } = update(account, [balancer]);
    expect(steps.map(({ action, properties }) => [action, ...properties])).to.deep.equal([
      ["replace", "subnetMappings"],
    ]);
  });

  it("a target group of a listener, a security group of a rule, a check of a record", () => {
    const targets = declared("aws:lb/targetGroup:TargetGroup", "targets", { name: "t", port: 80 });
    const listener = declared(
      "aws:lb/listener:Listener",
      "listener",
      {},
      {
        from: { defaultActions: targets },
      },
    );
    const moved = changed(targets, { port: 81 });
    expect(refused({}, [targets, listener], [moved, listener])[1]?.[0]).to.equal(
      "targets: ResourceInUse: used by listener",
    );
    const group = declared("aws:ec2/securityGroup:SecurityGroup", "group", { name: "g" });
    const rule = declared(
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      "rule",
      {},
      { from: { referencedSecurityGroupId: group } },
    );
    expect(refused({}, [group, rule], [rule])[1]).to.deep.equal([
      "group: DependencyViolation: used by rule",
    ]);
    const check = declared("aws:route53/healthCheck:HealthCheck", "check", { type: "HTTP" });
    const record = declared(
      "aws:route53/record:Record",
      "record",
      { name: "cafe.com", type: "A", records: ["192.0.2.1"] },
      { from: { healthCheckId: check } },
    );
    expect(refused({}, [check, record], [record])[1]).to.deep.equal([
      "check: still in use, and what uses it would be taken as healthy: used by record",
    ]);
  });

  it("a second thing of one name, and a record with another policy than its namesakes", () => {
    const alarm = (name: string): Resource =>
      declared("aws:cloudwatch/metricAlarm:MetricAlarm", name, { name: "unhealthy" });
    expect(refused({}, [alarm("one"), alarm("two")])[0]).to.deep.equal([
      "two: already exists: one has the same name",
    ]);
    const record = (setIdentifier: string, policy: string): Resource =>
      declared("aws:route53/record:Record", setIdentifier, {
        name: "cafe.com",
        type: "A",
        setIdentifier,
        [policy]: [{}],
      });
    expect(
      refused({}, [
        record("blue", "weightedRoutingPolicies"),
        record("green", "failoverRoutingPolicies"),
      ])[0],
    ).to.deep.equal(["green: InvalidChangeBatch: blue has another routing policy"]);
  });
});
