import { expect } from "chai";
import { treeLeafHasHealthCheck } from "../../policies/dns-failover/rules/treeLeafHasHealthCheck";
import { alarmCheckHasUsableAlarm } from "../../policies/dns-failover/rules/alarmCheckHasUsableAlarm";
import { checkHasAlarm } from "../../policies/dns-failover/rules/checkHasAlarm";
import { zoneIsSignedAndLogged } from "../../policies/dns-failover/rules/zoneIsSignedAndLogged";
import { balancerIsProtected } from "../../policies/workload/rules/balancerIsProtected";
import { dataIsEncryptedAtRest } from "../../policies/workload/rules/dataIsEncryptedAtRest";
import { instanceRequiresImdsv2 } from "../../policies/workload/rules/instanceRequiresImdsv2";
import { trafficIsEncryptedInTransit } from "../../policies/workload/rules/trafficIsEncryptedInTransit";
import { findingsOf } from "../../policies/inProcess";
import { messageOf } from "../../policies/message";
import type { Rule } from "../../policies/rule";
import { Stack } from "../../policies/stack";
import { readSources } from "../../sources/readSources";

/** What a rule finds in files, by path. */
async function find(
  rule: Rule,
  files: Readonly<Record<string, object | string>>,
): Promise<readonly string[]> {
  const { resources } = await readSources(
    Object.entries(files).map(([path, content]) => ({
      path,
      content: Buffer.from(typeof content === "string" ? content : JSON.stringify(content)),
    })),
  );
  return findingsOf(rule, new Stack(resources)).map(messageOf);
}

const octoZone = (rules: string, extra = ""): string => `"":
  type: A
  ttl: 60
  values: [54.72.21.99]
  dynamic:
    pools:
      main: {fallback: spare, values: [{value: 52.10.11.12}]}
      spare: {values: [{value: 54.72.21.22}]}
${extra}    rules: ${rules}
`;

describe("the policies on a zone of octoDNS", () => {
  for (const rules of ["[{pool: main}]", "[{geos: [EU], pool: spare}, {pool: main}]"]) {
    it(`need no check on the default pool, which ends each branch of ${rules}`, async () => {
      expect(
        await find(treeLeafHasHealthCheck, { "example.org.yaml": octoZone(rules) }),
      ).to.deep.equal([]);
    });
  }

  it("need a check on a value that hides the default pool", async () => {
    const [first, ...rest] = await find(treeLeafHasHealthCheck, {
      "example.org.yaml": octoZone(
        "[{pool: bare}]",
        "      bare: {values: [{value: 54.72.21.23, status: up}]}\n",
      ),
    });
    expect(first).to.match(/^_octodns-bare-value\.example\.org A bare-000\.healthCheckId: /);
    expect(rest).to.deep.equal([]);
  });
});

const unread = "what was read does not contain it";

const hostsAlarm = {
  AlarmName: "hosts",
  Namespace: "AWS/ApplicationELB",
  MetricName: "HealthyHostCount",
  Statistic: "Minimum",
  Period: 60,
  EvaluationPeriods: 2,
  Threshold: 1,
  ComparisonOperator: "LessThanThreshold",
};
const alarmCheck = {
  Type: "CLOUDWATCH_METRIC",
  AlarmIdentifier: { Name: "hosts", Region: "us-east-1" },
  InsufficientDataHealthStatus: "Unhealthy",
};
const checked = (setIdentifier: string, failover: string, value: string): object => ({
  Name: "shop.example.net.",
  Type: "A",
  TTL: 30,
  SetIdentifier: setIdentifier,
  Failover: failover,
  HealthCheckId: "hc",
  ResourceRecords: [{ Value: value }],
});
const listing = {
  "records.json": {
    ResourceRecordSets: [
      checked("p", "PRIMARY", "52.10.11.12"),
      checked("s", "SECONDARY", "54.72.21.22"),
    ],
  },
  "checks.json": { HealthChecks: [{ Id: "hc", HealthCheckConfig: alarmCheck }] },
};
const balancerArn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1";
const listenerOf = (own: object): object => ({
  ListenerArn: `${balancerArn}/listener`,
  LoadBalancerArn: balancerArn,
  ...own,
});
const balancer = {
  LoadBalancers: [{ LoadBalancerArn: balancerArn, LoadBalancerName: "shop", Type: "application" }],
};

describe("the policies on what a format cannot hold", () => {
  it("do not ask a listing or a template for a provider's argument", async () => {
    const template = {
      Resources: {
        Alarm: { Type: "AWS::CloudWatch::Alarm", Properties: hostsAlarm },
        Check: { Type: "AWS::Route53::HealthCheck", Properties: { HealthCheckConfig: alarmCheck } },
      },
    };
    expect(await find(alarmCheckHasUsableAlarm, listing)).to.deep.equal([]);
    expect(await find(alarmCheckHasUsableAlarm, { "template.json": template })).to.deep.equal([]);
  });

  it("do not know whether a listed zone is signed and logged", async () => {
    const zones = {
      "shop.example.net": listing,
      "example.org": { "example.org.yaml": octoZone("[{pool: main}]") },
    };
    for (const [zone, files] of Object.entries(zones)) {
      expect(await find(zoneIsSignedAndLogged, files)).to.have.members([
        `unknown: dnssec: ${zone}: ${unread}`,
        `unknown: queryLog: ${zone}: ${unread}`,
      ]);
    }
  });

  it("know that a check has no alarm only where alarms were asked for", async () => {
    expect(await find(checkHasAlarm, listing)).to.deep.equal([`unknown: alarm: hc: ${unread}`]);
    const [found] = await find(checkHasAlarm, { ...listing, "alarms.json": { MetricAlarms: [] } });
    expect(found).to.match(/^hc\.alarm: must have an alarm/);
  });

  it("read the metadata options of an instance, and not its disks", async () => {
    const instanceWith = (own: object): Record<string, object> => ({
      "instances.json": { Reservations: [{ Instances: [{ InstanceId: "i-1", ...own }] }] },
    });
    const safe = instanceWith({ MetadataOptions: { HttpTokens: "required" } });
    expect(await find(instanceRequiresImdsv2, safe)).to.deep.equal([]);
    const [open] = await find(
      instanceRequiresImdsv2,
      instanceWith({ MetadataOptions: { HttpTokens: "optional" } }),
    );
    expect(open).to.match(/^i-1\.metadataOptions\.httpTokens: .* got optional/);
    expect(await find(instanceRequiresImdsv2, instanceWith({}))).to.deep.equal([
      `unknown: metadataOptions: i-1: ${unread}`,
    ]);
    expect(await find(dataIsEncryptedAtRest, safe)).to.deep.equal([
      `unknown: rootBlockDevice: i-1: ${unread}`,
      `unknown: ebsBlockDevices: i-1: ${unread}`,
    ]);
  });

  it("read the TLS policy and the redirect of a listener", async () => {
    const tls = { Port: 443, Protocol: "HTTPS", SslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" };
    const redirect = (protocol: string): object => ({
      Port: 80,
      Protocol: "HTTP",
      DefaultActions: [{ Type: "redirect", RedirectConfig: { Protocol: protocol } }],
    });
    const found = async (...own: readonly object[]): Promise<readonly string[]> =>
      find(trafficIsEncryptedInTransit, {
        "balancers.json": balancer,
        "listeners.json": { Listeners: own.map(listenerOf) },
        "groups.json": { TargetGroups: [] },
      });
    expect(await found(tls, redirect("HTTPS"))).to.deep.equal([]);
    expect(await found({ ...tls, SslPolicy: "ELBSecurityPolicy-2016-08" })).to.have.length(1);
    expect(await found(redirect("HTTP"))).to.have.length(1);
  });

  it("do not know the attributes of a listed balancer", async () => {
    const found = await find(balancerIsProtected, { "balancers.json": balancer });
    expect(found).to.have.members(
      ["enableDeletionProtection", "dropInvalidHeaderFields", "accessLogs.enabled"].map(
        (property) => `unknown: ${property}: shop: ${unread}`,
      ),
    );
  });
});
