import { setImmediate as nextTurn } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { checkerRanges } from "../../routing/graph/checkerRanges";

/** A resource as a component requested it. */
export interface Made {
  readonly type: string;
  readonly name: string;
  /** Name of the parent; empty for the stack. */
  readonly parent: string;
  /** Reference of the requested provider; empty if none was requested. */
  readonly provider: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Names of its dependencies, including the sources of its properties. */
  readonly dependencies: readonly string[];
  /** Inputs whose changes are ignored once the resource exists. */
  readonly ignoreChanges: readonly string[];
  /** Whether a deletion is refused. */
  readonly protect: boolean;
  /** Whether it stays in AWS when it is deleted here. */
  readonly retainOnDelete: boolean;
}

/** Outputs that AWS would add; a component that reads any other gets nothing and fails its test. */
const computed: Readonly<Record<string, (name: string) => Readonly<Record<string, unknown>>>> = {
  "aws:dynamodb/table:Table": (name) => ({ name: `${name}-1234567` }),
  "aws:ec2/eip:Eip": (name) => ({
    publicIp: `ip of ${name}`,
    allocationId: `allocation of ${name}`,
  }),
  "aws:iam/role:Role": (name) => ({ name: `${name}-1234567`, arn: `arn of ${name}` }),
  "aws:iam/instanceProfile:InstanceProfile": (name) => ({ name: `${name}-1234567` }),
  "aws:elasticache/replicationGroup:ReplicationGroup": (name) => ({
    primaryEndpointAddress: `address of ${name}`,
  }),
  "aws:elasticache/subnetGroup:SubnetGroup": (name) => ({ name: `${name}-1234567` }),
  "aws:rds/instance:Instance": (name) => ({
    address: `address of ${name}`,
    masterUserSecrets: [{ secretArn: `secret of ${name}` }],
  }),
  "aws:rds/parameterGroup:ParameterGroup": (name) => ({ name: `${name}-1234567` }),
  "aws:rds/subnetGroup:SubnetGroup": (name) => ({ name: `${name}-1234567` }),
  "aws:kms/key:Key": (name) => ({ arn: `arn of ${name}`, keyId: `id of ${name}` }),
  "aws:secretsmanager/secret:Secret": (name) => ({ name, arn: `arn of ${name}` }),
  "aws:sns/topic:Topic": (name) => ({ arn: `arn of ${name}` }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": (name) => ({
    arn: `arn of ${name}`,
    name: `${name}-1234567`,
    region: `region of ${name}`,
  }),
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": (name) => ({ arn: `arn of ${name}` }),
  "aws:cloudwatch/logGroup:LogGroup": (name) => ({ arn: `arn of ${name}` }),
  "aws:lambda/function:Function": (name) => ({
    arn: `arn of ${name}`,
    name: `${name}-1234567`,
  }),
  "aws:sqs/queue:Queue": (name) => ({ arn: `arn of ${name}` }),
  "aws:route53/keySigningKey:KeySigningKey": (name) => ({ dsRecord: `DS record of ${name}` }),
  "aws:route53/zone:Zone": (name) => ({
    arn: `arn of ${name}`,
    zoneId: `id of ${name}`,
    nameServers: [`name server of ${name}`],
  }),
  "aws:s3/bucket:Bucket": (name) => ({
    arn: `arn of ${name}`,
    hostedZoneId: `zone of ${name}`,
    bucketRegionalDomainName: `domain of ${name}`,
  }),
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": (name) => ({
    websiteDomain: `domain of ${name}`,
  }),
  "aws:acm/certificate:Certificate": (name) => ({
    arn: `arn of ${name}`,
    domainValidationOptions: [
      "shop.cafe.com",
      "*.orders.cafe.com",
      "orders.cafe.com",
      "*.cafe.com",
    ].map((domainName) => ({
      domainName,
      resourceRecordName: `_name.${domainName}`,
      resourceRecordType: "CNAME",
      resourceRecordValue: `value for ${domainName}`,
    })),
  }),
  "aws:autoscaling/group:Group": (name) => ({ name: `${name}-1234567` }),
  "aws:cloudfront/distribution:Distribution": (name) => ({
    arn: `arn of ${name}`,
    domainName: `domain of ${name}`,
    hostedZoneId: `zone of ${name}`,
  }),
  "aws:cloudfront/function:Function": (name) => ({ arn: `arn of ${name}` }),
  "aws:ec2/instance:Instance": (name) => ({ ipv6Addresses: [`IPv6 address of ${name}`] }),
  "aws:ec2/launchTemplate:LaunchTemplate": () => ({ latestVersion: 3 }),
  "aws:lb/loadBalancer:LoadBalancer": (name) => ({
    arn: `arn of ${name}`,
    arnSuffix: `suffix of ${name}`,
  }),
  "aws:lb/listener:Listener": (name) => ({ arn: `arn of ${name}` }),
  "aws:lb/targetGroup:TargetGroup": (name) => ({
    arn: `arn of ${name}`,
    arnSuffix: `suffix of ${name}`,
  }),
  "aws:route53/record:Record": (name) => ({ fqdn: `FQDN of ${name}` }),
  "awsx:ec2:Vpc": (name) => {
    const inZones = (kind: string): readonly string[] =>
      ["first", "second"].map((nth) => `${nth} ${kind} of ${name}`);
    return {
      vpcId: `id of ${name}`,
      publicSubnetIds: inZones("subnet"),
      privateSubnetIds: inZones("private subnet"),
      isolatedSubnetIds: inZones("isolated subnet"),
      publicSubnets: ["2001:db8:1:1::/64", "2001:db8:1:2::/64"].map((ipv6CidrBlock) => ({
        ipv6CidrBlock,
      })),
      internetGateway: { id: `gateway of ${name}` },
      routeTables: ["first", "second", "third", "fourth"].map((nth) => ({
        id: `${nth} table of ${name}`,
      })),
    };
  },
};

/** AWS's answer to a call. */
export type Answer = (
  inputs: Readonly<Record<string, unknown>>,
) => Readonly<Record<string, unknown>>;

const answers: Readonly<Record<string, Readonly<Record<string, unknown>> | Answer>> = {
  "aws:ec2/getNetworkInterface:getNetworkInterface": ({ filters }) => {
    const [{ values }] = filters as [{ readonly values: readonly [string] }];
    return { ipv6Addresses: [`IPv6 address of ${values[0]}`] };
  },
  "aws:ssm/getParameter:getParameter": { insecureValue: "ami-1" },
  "aws:secretsmanager/getRandomPassword:getRandomPassword": ({ passwordLength }) => ({
    randomPassword: "x".repeat(Number(passwordLength)),
  }),
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": { id: "pl-1" },
  "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "123456789012" },
  "aws:index/getIpRanges:getIpRanges": { cidrBlocks: [...checkerRanges] },
  "aws:index/getRegion:getRegion": { region: "us-east-2" },
};

/** The getters of the SDK's request that are used here (proto/resource.proto). */
interface RegisterRequest {
  getParent(): string;
  getProvider(): string;
  getDependenciesList(): string[];
  getIgnorechangesList(): string[];
  getProtect(): boolean;
  getRetainondelete(): boolean;
}

/** Keeps the current request, which the SDK does not pass to its mocks. */
class RecordingMonitor extends MockMonitor {
  request: RegisterRequest | undefined;

  override async registerResource(
    req: RegisterRequest,
    callback: (error: unknown, response: unknown) => void,
  ): Promise<void> {
    // The base class calls `newResource` before it waits for anything.
    this.request = req;
    await super.registerResource(req, callback);
  }

  /** An existing resource is read: it has no parent and no dependencies. */
  override async readResource(
    req: unknown,
    callback: (error: unknown, response: unknown) => void,
  ): Promise<void> {
    this.request = undefined;
    await super.readResource(req, callback);
  }
}

/**
 * The resources that `work` creates, by name, once all are registered. (The SDK decides the order
 * of registration; `dependencies` states what waits for what.) They show what a component requests,
 * not what AWS or the engine would answer.
 *
 * @param states additional outputs by type of resource
 * @param calls answers that replace the usual answers to calls
 */
export async function resourcesOf(
  work: () => unknown,
  states: Readonly<Record<string, object>> = {},
  calls: Readonly<Record<string, Answer>> = {},
): Promise<readonly Made[]> {
  const made: Made[] = [];
  const urns = new Set<string>();
  const mocks: pulumi.runtime.Mocks = {
    call({ token, inputs }) {
      const answer = calls[token] ?? answers[token];
      if (!answer) throw new Error(`${token}: a call that no test foresees`);
      const given = inputs as Record<string, unknown>;
      return { ...given, ...(typeof answer === "function" ? answer(given) : answer) };
    },
    newResource({ type, name, inputs }) {
      const { request } = monitor;
      const parent = request?.getParent() ?? "";
      const urn = [parent, type, name].join(" ");
      if (urns.has(urn)) throw new Error(`${urn}: registered twice`);
      urns.add(urn);
      made.push({
        type,
        name,
        parent: nameOf(parent),
        provider: nameOf(request?.getProvider() ?? ""),
        inputs: inputs as Record<string, unknown>,
        dependencies: (request?.getDependenciesList() ?? []).map(nameOf).sort(),
        ignoreChanges: request?.getIgnorechangesList() ?? [],
        protect: request?.getProtect() ?? false,
        retainOnDelete: request?.getRetainondelete() ?? false,
      });
      const state = { ...(inputs as object), ...computed[type]?.(name), ...states[type] };
      return { id: `id of ${name}`, state };
    },
  };
  const monitor = new RecordingMonitor(mocks);
  const limit = Error.stackTraceLimit;
  // The SDK takes a stack trace for every promise, and that is most of the time.
  Error.stackTraceLimit = 0;
  try {
    await pulumi.runtime.setMocks(mocks, "failover", "test");
    pulumi.runtime.setMockOptions(monitor, "failover", "test");
    work();
    let before: number;
    do {
      before = made.length;
      await pulumi.runtime.disconnect();
      await nextTurn();
    } while (made.length > before);
  } finally {
    Error.stackTraceLimit = limit;
  }
  return made.sort((a, b) => (`${a.name} ${a.type}` < `${b.name} ${b.type}` ? -1 : 1));
}

/** The last part of a URN: the resource's name. */
function nameOf(urn: string): string {
  return urn.split("::").at(3) ?? "";
}

/** The only resource of that name, apart from components. */
export function named(made: readonly Made[], name: string): Made {
  const found = made.filter((one) => one.name === name && !one.type.startsWith("failover:"));
  if (found.length === 1 && found[0]) return found[0];
  throw new Error(`${name}: must be one resource, got ${found.length}`);
}

/** The refusal by a component: the message and the faults of its error. */
export function refusalOf(work: () => unknown): { message: string; errors: unknown } {
  try {
    work();
  } catch (error) {
    if (pulumi.InputPropertiesError.isInstance(error)) {
      return { message: error.message, errors: error.errors };
    }
    if (pulumi.InputPropertyError.isInstance(error)) {
      const { message, propertyPath, reason } = error;
      return { message, errors: [{ propertyPath, reason }] };
    }
    throw error;
  }
  throw new Error("it was not refused");
}
