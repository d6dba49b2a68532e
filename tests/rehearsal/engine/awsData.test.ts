import { expect } from "chai";
import { Cloud } from "../../../rehearsal/engine/cloud";
import type { WireProperties } from "../../../rehearsal/engine/wire";

describe("the stand-in for AWS's databases, caches and tables", () => {
  let cloud: Cloud;
  beforeEach(() => {
    cloud = new Cloud();
  });

  function create(type: string, name: string, inputs: WireProperties) {
    const urn = `urn:pulumi:dev::cafe::${type}::${name}`;
    const made = cloud.create({ urn, type, name, inputs, region: "us-west-2", provider: {} });
    if (made === undefined) throw new Error(`no row for ${type}`);
    return made;
  }

  const subnetGroup = (): string => {
    const subnet = create("aws:ec2/subnet:Subnet", "subnet", {
      vpcId: "vpc-1",
      availabilityZone: "us-west-2b",
    });
    const { id, outputs } = create("aws:rds/subnetGroup:SubnetGroup", "group", {
      name: "group-1",
      subnetIds: [subnet.id],
    });
    expect(outputs).to.deep.equal({
      arn: "arn:aws:rds:us-west-2:123456789012:subgrp:group-1",
      region: "us-west-2",
      vpcId: "vpc-1",
    });
    return id;
  };

  it("keeps the method of a parameter whose value is its default", () => {
    const parameter = (name: string, value: string, applyMethod: string): WireProperties => ({
      name,
      value,
      applyMethod,
    });
    const { readBack } = create("aws:rds/parameterGroup:ParameterGroup", "settings", {
      family: "mysql8.4",
      parameters: [
        parameter("sync_binlog", "1", "immediate"),
        parameter("innodb_flush_log_at_trx_commit", "2", "immediate"),
        parameter("max_connections", "100", "immediate"),
      ],
    });
    expect(readBack).to.deep.equal({
      parameters: [
        parameter("sync_binlog", "1", "pending-reboot"),
        parameter("innodb_flush_log_at_trx_commit", "2", "immediate"),
        parameter("max_connections", "100", "immediate"),
      ],
    });
  });

  it("gives a database an address, a zone from its subnets, and a secret of RDS", () => {
    const { id, outputs } = create("aws:rds/instance:Instance", "orders", {
      identifier: "orders",
      dbSubnetGroupName: subnetGroup(),
      engineVersion: "8.4",
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: "key",
    });
    expect(id).to.match(/^db-[0-9A-F]{26}$/);
    const { address, endpoint, masterUserSecrets, ...rest } = outputs as Record<string, unknown>;
    expect(address).to.match(/^orders\.[0-9a-f]{12}\.us-west-2\.rds\.amazonaws\.com$/);
    expect(endpoint).to.equal(`${address as string}:3306`);
    expect(rest).to.deep.equal({
      arn: "arn:aws:rds:us-west-2:123456789012:db:orders",
      region: "us-west-2",
      port: 3306,
      resourceId: id,
      status: "available",
      availabilityZone: "us-west-2b",
      engineVersionActual: "8.4",
    });
    const [secret] = masterUserSecrets as readonly [Record<string, string>];
    expect(secret["secretArn"]).to.match(
      /^arn:aws:secretsmanager:us-west-2:123456789012:secret:rds!db-[0-9a-f]{26}-[0-9a-f]{6}$/,
    );
    expect(secret["kmsKeyId"]).to.equal("key");
  });

  it("gives a database no secret if RDS does not manage its password", () => {
    const { outputs } = create("aws:rds/instance:Instance", "orders", { identifier: "orders" });
    expect(outputs["masterUserSecrets"]).to.deep.equal([]);
    expect(outputs["availabilityZone"]).to.equal("us-west-2a");
  });

  it("gives a cache the name of its primary and an id for each node", () => {
    const { id, outputs } = create("aws:elasticache/replicationGroup:ReplicationGroup", "cache", {
      replicationGroupId: "orders",
      numCacheClusters: 2,
    });
    expect(id).to.equal("orders");
    expect(outputs["primaryEndpointAddress"]).to.match(
      /^master\.orders\.[0-9a-f]{6}\.usw2\.cache\.amazonaws\.com$/,
    );
    expect(outputs["memberClusters"]).to.deep.equal(["orders-001", "orders-002"]);
  });

  it("gives a table its ARN and that of its stream", () => {
    const { outputs } = create("aws:dynamodb/table:Table", "journal", { name: "journal-1" });
    expect(outputs["arn"]).to.equal("arn:aws:dynamodb:us-west-2:123456789012:table/journal-1");
    expect(outputs["streamArn"]).to.match(/table\/journal-1\/stream\/2026/);
  });

  it("gives a gateway endpoint an id in EC2's format", () => {
    const { id } = create("aws:ec2/vpcEndpoint:VpcEndpoint", "s3", {});
    expect(id).to.match(/^vpce-0[0-9a-f]{16}$/);
  });
});
