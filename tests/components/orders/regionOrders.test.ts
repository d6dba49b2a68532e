import { expect } from "chai";
import { RegionOrders } from "../../../components/orders/regionOrders";
import type { RegionOrdersArgs } from "../../../components/orders/regionOrders";
import { promiseOf } from "../promiseOf";
import { named, refusalOf } from "../pulumiMocks";
import { args, dev, ordersOf, prod } from "./regionOrdersSample";
import { tags } from "../samples";

const own = (name: string): Record<string, string> => ({ ...tags, Tier: "region", Name: name });

describe("RegionOrders", () => {
  it("has exactly these resources", async () => {
    const { made } = await ordersOf(dev);
    expect(made.map(({ type, name, parent }) => `${parent} > ${name} ${type}`)).to.deep.equal([
      " > oregon-orders failover:index:RegionOrders",
      "oregon-orders > oregon-orders-cache aws:elasticache/replicationGroup:ReplicationGroup",
      "oregon-orders > oregon-orders-cache-access aws:ec2/securityGroup:SecurityGroup",
      "oregon-orders > oregon-orders-cache-access-in aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      "oregon-orders > oregon-orders-cache-access-out aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
      "oregon-orders > oregon-orders-cache-subnets aws:elasticache/subnetGroup:SubnetGroup",
      "oregon-orders > oregon-orders-database aws:rds/instance:Instance",
      "oregon-orders > oregon-orders-database-access aws:ec2/securityGroup:SecurityGroup",
      "oregon-orders > oregon-orders-database-access-in aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      "oregon-orders > oregon-orders-database-access-out aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
      "oregon-orders > oregon-orders-database-key aws:kms/key:Key",
      "oregon-orders > oregon-orders-database-log aws:cloudwatch/logGroup:LogGroup",
      "oregon-orders > oregon-orders-database-log-key aws:kms/key:Key",
      "oregon-orders > oregon-orders-database-parameters aws:rds/parameterGroup:ParameterGroup",
      "oregon-orders > oregon-orders-database-subnets aws:rds/subnetGroup:SubnetGroup",
      "oregon-orders > oregon-orders-dynamodb aws:ec2/vpcEndpoint:VpcEndpoint",
      "oregon-orders > oregon-orders-log aws:cloudwatch/logGroup:LogGroup",
      "oregon-orders > oregon-orders-log-key aws:kms/key:Key",
      "oregon-orders > oregon-orders-s3 aws:ec2/vpcEndpoint:VpcEndpoint",
    ]);
  });

  it("has the same resources in production, so that growing replaces nothing", async () => {
    const [small, large] = [await ordersOf(dev), await ordersOf(prod)];
    expect(large.made.map(({ name }) => name)).to.deep.equal(small.made.map(({ name }) => name));
  });
});

describe("the database of a region", () => {
  const database = {
    identifier: "failover-dev-oregon",
    engine: "mysql",
    engineVersion: "8.4",
    engineLifecycleSupport: "open-source-rds-extended-support-disabled",
    instanceClass: "db.t4g.micro",
    storageType: "gp3",
    allocatedStorage: 20,
    maxAllocatedStorage: 100,
    multiAz: false,
    availabilityZone: "us-west-2b",
    dbName: "orders",
    username: "orders",
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId: "arn of oregon-orders-database-key",
    storageEncrypted: true,
    kmsKeyId: "arn of oregon-orders-database-key",
    dbSubnetGroupName: "oregon-orders-database-subnets-1234567",
    vpcSecurityGroupIds: ["id of oregon-orders-database-access"],
    publiclyAccessible: false,
    port: 3306,
    parameterGroupName: "oregon-orders-database-parameters-1234567",
    enabledCloudwatchLogsExports: ["error"],
    backupRetentionPeriod: 7,
    backupWindow: "08:00-08:30",
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: true,
    maintenanceWindow: "tue:09:00-tue:09:30",
    autoMinorVersionUpgrade: true,
    applyImmediately: false,
    deletionProtection: false,
    skipFinalSnapshot: true,
    tags: own("oregon-orders-database"),
  };

  it("is only in the second zone in development, and no argument contains a password", async () => {
    const { made } = await ordersOf(dev);
    expect(named(made, "oregon-orders-database").inputs).to.deep.equal(database);
    expect(named(made, "oregon-orders-database").ignoreChanges).to.deep.equal(["availabilityZone"]);
  });

  it("is in both zones and protected in production", async () => {
    const { made } = await ordersOf(prod);
    const { inputs } = named(made, "oregon-orders-database");
    expect(inputs).not.to.have.property("availabilityZone");
    expect({ ...inputs, availabilityZone: "us-west-2b" }).to.deep.equal({
      ...database,
      instanceClass: "db.m7g.large",
      allocatedStorage: 100,
      maxAllocatedStorage: 500,
      maintenanceWindow: "thu:09:00-thu:09:30",
      multiAz: true,
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: "arn of oregon-orders-database-key",
      performanceInsightsRetentionPeriod: 7,
      backupRetentionPeriod: 35,
      deleteAutomatedBackups: false,
      deletionProtection: true,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: "failover-dev-oregon-final-id of oregon-orders-database-key",
    });
  });

  it("requires TLS and rejects invalid values, for every client", async () => {
    const { made } = await ordersOf(dev);
    expect(named(made, "oregon-orders-database-parameters").inputs).to.deep.equal({
      family: "mysql8.4",
      description: "TLS and strict mode",
      parameters: [
        // With another method, a value that is RDS's default would change at every update.
        ["require_secure_transport", "1", "pending-reboot"],
        [
          "sql_mode",
          "STRICT_TRANS_TABLES,STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
          "pending-reboot",
        ],
        ["innodb_flush_log_at_trx_commit", "1", "pending-reboot"],
        ["sync_binlog", "1", "pending-reboot"],
        ["max_connections", "100", "immediate"],
      ].map(([name, value, applyMethod]) => ({ name, value, applyMethod })),
      tags: own("oregon-orders-database-parameters"),
    });
  });

  it("is in isolated subnets, and logs to a group that was created before it", async () => {
    const { made } = await ordersOf(dev);
    expect(named(made, "oregon-orders-database-subnets").inputs).to.deep.equal({
      subnetIds: ["subnet-1", "subnet-2"],
      description: "Isolated",
      tags: own("oregon-orders-database-subnets"),
    });
    expect(named(made, "oregon-orders-database-log").inputs["name"]).to.equal(
      "/aws/rds/instance/failover-dev-oregon/error",
    );
    expect(named(made, "oregon-orders-database").dependencies).to.include(
      "oregon-orders-database-log",
    );
  });
});

describe("the cache of a region", () => {
  const cache = {
    replicationGroupId: "failover-dev-oregon",
    description: "Sessions, in front of their table",
    engine: "redis",
    engineVersion: "7.1",
    nodeType: "cache.t4g.micro",
    numCacheClusters: 1,
    preferredCacheClusterAzs: ["us-west-2b"],
    automaticFailoverEnabled: false,
    multiAzEnabled: false,
    subnetGroupName: "oregon-orders-cache-subnets-1234567",
    securityGroupIds: ["id of oregon-orders-cache-access"],
    port: 6379,
    transitEncryptionEnabled: true,
    transitEncryptionMode: "required",
    atRestEncryptionEnabled: true,
    snapshotRetentionLimit: 0,
    autoMinorVersionUpgrade: true,
    maintenanceWindow: "wed:09:00-wed:10:00",
    applyImmediately: false,
    tags: own("oregon-orders-cache"),
  };

  it("is one node in development", async () => {
    const { made } = await ordersOf(dev);
    expect(named(made, "oregon-orders-cache").inputs).to.deep.equal(cache);
  });

  it("fails over between both zones in production", async () => {
    const { made } = await ordersOf(prod);
    expect(named(made, "oregon-orders-cache").inputs).to.deep.equal({
      ...cache,
      nodeType: "cache.m7g.large",
      numCacheClusters: 2,
      preferredCacheClusterAzs: ["us-west-2a", "us-west-2b"],
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      maintenanceWindow: "fri:09:00-fri:10:00",
    });
  });
});

describe("access to a region's data", () => {
  for (const [store, port] of [
    ["database", 3306],
    ["cache", 6379],
  ] as const) {
    it(`lets only the web servers reach the ${store}, on one port`, async () => {
      const { made } = await ordersOf(dev);
      const name = `oregon-orders-${store}-access`;
      const tcp = { ipProtocol: "tcp", fromPort: port, toPort: port };
      expect(named(made, name).inputs).to.deep.equal({
        vpcId: "vpc-1",
        description: `Port ${port} from the web servers`,
        tags: own(name),
      });
      expect(named(made, `${name}-in`).inputs).to.deep.equal({
        securityGroupId: `id of ${name}`,
        referencedSecurityGroupId: "sg-web",
        description: "The web servers",
        ...tcp,
        tags: own(`${name}-in`),
      });
      expect(named(made, `${name}-out`).inputs).to.deep.equal({
        securityGroupId: "sg-web",
        referencedSecurityGroupId: `id of ${name}`,
        description: name,
        ...tcp,
        tags: own(`${name}-out`),
      });
    });
  }

  it("reaches DynamoDB and S3 through gateways that permit our tables, and reading", async () => {
    const { made } = await ordersOf(dev);
    const gateway = (service: string, statement: object): object => ({
      vpcId: "vpc-1",
      serviceName: `com.amazonaws.us-west-2.${service}`,
      vpcEndpointType: "Gateway",
      routeTableIds: ["rtb-1", "rtb-2"],
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: "*", ...statement }],
      }),
      tags: own(`oregon-orders-${service}`),
    });
    expect(named(made, "oregon-orders-dynamodb").inputs).to.deep.equal(
      gateway("dynamodb", {
        Action: ["GetItem", "PutItem", "Query", "UpdateItem"].map((name) => `dynamodb:${name}`),
        Resource: ["arn of journal", "arn of journal/index/*"],
      }),
    );
    expect(named(made, "oregon-orders-s3").inputs).to.deep.equal(
      gateway("s3", { Action: ["s3:GetObject"], Resource: ["*"] }),
    );
  });

  it("permits the web servers the tables, one secret with its key, and the log", async () => {
    const { orders } = await ordersOf(dev);
    expect(await promiseOf(orders.statements)).to.deep.equal([
      { Sid: "Tables" },
      {
        Sid: "DatabaseAccount",
        Effect: "Allow",
        Action: ["secretsmanager:GetSecretValue"],
        Resource: "secret of oregon-orders-database",
      },
      {
        Sid: "DatabaseAccountKey",
        Effect: "Allow",
        Action: ["kms:Decrypt"],
        Resource: "arn of oregon-orders-database-key",
        Condition: {
          StringEquals: {
            "kms:ViaService": "secretsmanager.us-west-2.amazonaws.com",
            "kms:EncryptionContext:SecretARN": "secret of oregon-orders-database",
          },
        },
      },
      {
        Sid: "Log",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: "arn of oregon-orders-log:*",
      },
    ]);
  });

  it("gives the web servers the addresses of all stores, and no secret", async () => {
    const { orders } = await ordersOf(dev);
    expect(await promiseOf(orders.use)).to.deep.equal({
      database: {
        host: "address of oregon-orders-database",
        port: 3306,
        name: "orders",
        secretId: "secret of oregon-orders-database",
      },
      redis: { host: "address of oregon-orders-cache", port: 6379 },
      journalTable: "journal",
      sessionsTable: "sessions",
    });
    expect(await promiseOf(orders.logGroupName)).to.equal("/cafe/failover-dev-oregon");
    expect(orders.databaseIdentifier).to.equal("failover-dev-oregon");
  });
});

describe("what RegionOrders refuses", () => {
  const faults: readonly (readonly [Partial<RegionOrdersArgs>, string])[] = [
    [
      { identifier: "Failover--dev" },
      'identifier: must be 1 to 40 lower-case letters, digits and single hyphens, a letter first, got "Failover--dev"; for example failover-dev-oregon',
    ],
    [
      { identifier: "a".repeat(41) },
      `identifier: must be 1 to 40 lower-case letters, digits and single hyphens, a letter first, got "${"a".repeat(41)}"; for example failover-dev-oregon`,
    ],
    [
      { availabilityZones: ["us-west-2a", "us-west-2"] },
      'availabilityZones[1]: must be the name of an availability zone, got "us-west-2"; did you mean us-west-2a?',
    ],
    [
      { settings: { ...dev, database: { ...dev.database, instanceClass: "db.t3.micro" } } },
      'settings.database.instanceClass: must be a Graviton class of RDS, got "db.t3.micro"; for example db.t4g.micro',
    ],
    [
      { settings: { ...dev, database: { ...dev.database, storageGibibytes: 19 } } },
      "settings.database.storageGibibytes: must be a whole number of GiB from 20 to 13000, got 19; write the bare number, such as 20; the disk grows automatically",
    ],
    [
      { settings: { ...dev, database: { ...dev.database, connectionsMax: 28 } } },
      "settings.database.connectionsMax: must be a whole number from 29 to 16000, got 28; write 29 per web server, including those of a rollout",
    ],
    [
      { settings: { ...dev, cacheNodeType: "t4g.micro" } },
      'settings.cacheNodeType: must be a Graviton class of ElastiCache, got "t4g.micro"; for example cache.t4g.micro',
    ],
    [
      { settings: { ...dev, quietHoursMax: 169 } },
      "settings.quietHoursMax: must be a whole number of hours from 1 to 168, got 169; write more hours than the café is closed, such as 14",
    ],
  ];
  for (const [wrong, line] of faults) {
    it(line, () => {
      const { errors } = refusalOf(
        () => new RegionOrders("oregon-orders", { ...args(dev), ...wrong }),
      );
      expect(
        (errors as { propertyPath: string; reason: string }[]).map(
          ({ propertyPath, reason }) => `${propertyPath}: ${reason}`,
        ),
      ).to.deep.equal([line]);
    });
  }
});
