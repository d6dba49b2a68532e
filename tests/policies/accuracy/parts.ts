import type { Properties, Value } from "../../../routing/graph/resource";
import type { Made } from "../sample";

/** Typical parts of public programs, as an export shows them after deployment. */

/** The hosted zone ids of application and classic balancers (AWS General Reference, elb). */
const balancerZones: Readonly<Record<string, string>> = {
  "us-east-1": "Z35SXDOTRQ7X7K",
  "us-west-2": "Z1H1FL5HABSF5",
  "eu-west-1": "Z32O12XQLNTSW2",
  "eu-central-1": "Z215JYRZR1TBD5",
};
/** The zone id of every distribution (API:AliasTarget). */
export const cloudFrontZone = "Z2FDTNDATAQYW2";
/** The hosted zone ids of S3 websites (AWS General Reference, s3). */
export const websiteZones: Readonly<Record<string, string>> = {
  "us-east-1": "Z3AQBSTGFYJSTF",
  "us-west-2": "Z3BJ6K6RIION7M",
  "eu-west-1": "Z1BKCTXD74EZPE",
};

export const made = (
  type: string,
  name: string,
  properties: Properties = {},
  region?: string,
): Made => ({
  type: `aws:${type}`,
  name,
  properties,
  ...(region === undefined ? {} : { region }),
});

const world = ["0.0.0.0/0"];
export const rule = (port: number, more: Properties = { cidrBlocks: world }): Properties => ({
  protocol: "tcp",
  fromPort: port,
  toPort: port,
  ...more,
});

export const group = (name: string, ingress: readonly Value[], region = "us-east-1"): Made =>
  made("ec2/securityGroup:SecurityGroup", name, { ingress }, region);

/** Subnets of a region in two zones. */
export function subnets(id: string, region: string): readonly Made[] {
  return ["a", "b"].map((zone) =>
    made(
      "ec2/subnet:Subnet",
      `${id}-subnet-${zone}`,
      { availabilityZone: `${region}${zone}` },
      region,
    ),
  );
}
const subnetIds = (id: string): readonly string[] => [`${id}-subnet-a`, `${id}-subnet-b`];

export const balancerName = (id: string, region: string): string =>
  `${id}-1234567890.${region}.elb.amazonaws.com`;

/** An application balancer with TLS, a redirect to it, logs and protection, but without targets. */
export function alb(id: string, region: string, module = "lb"): readonly Made[] {
  const of = (kind: string): string =>
    `${module}/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
  const arn = `arn:aws:elasticloadbalancing:${region}:1:loadbalancer/app/${id}/1`;
  const target = `arn:aws:elasticloadbalancing:${region}:1:targetgroup/${id}/1`;
  return [
    ...subnets(id, region),
    group(`${id}-lb`, [rule(443), rule(80)], region),
    made(
      of("LoadBalancer"),
      `${id}-alb`,
      {
        arn,
        dnsName: balancerName(id, region),
        zoneId: balancerZones[region] ?? "",
        loadBalancerType: "application",
        internal: false,
        securityGroups: [`${id}-lb`],
        subnets: subnetIds(id),
        enableDeletionProtection: true,
        dropInvalidHeaderFields: true,
        accessLogs: { bucket: "logs", enabled: true },
      },
      region,
    ),
    made(
      of("TargetGroup"),
      `${id}-tg`,
      {
        arn: target,
        port: 8080,
        protocol: "HTTP",
        targetType: "instance",
        healthCheck: {
          path: "/healthz",
          protocol: "HTTP",
          matcher: "200",
          interval: 30,
          timeout: 5,
          healthyThreshold: 3,
          unhealthyThreshold: 3,
        },
      },
      region,
    ),
    made(
      of("Listener"),
      `${id}-https`,
      {
        loadBalancerArn: arn,
        port: 443,
        protocol: "HTTPS",
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
        certificateArn: `arn:aws:acm:${region}:1:certificate/1`,
        defaultActions: [{ type: "forward", targetGroupArn: target }],
      },
      region,
    ),
    made(
      of("Listener"),
      `${id}-http`,
      {
        loadBalancerArn: arn,
        port: 80,
        protocol: "HTTP",
        defaultActions: [
          {
            type: "redirect",
            redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" },
          },
        ],
      },
      region,
    ),
  ];
}

/** Instances behind a balancer, by a launch template and a group. */
export function scaled(id: string, region: string, count = 2): readonly Made[] {
  return [
    made(
      "ec2/launchTemplate:LaunchTemplate",
      `${id}-template`,
      {
        instanceType: "t3.medium",
        metadataOptions: { httpTokens: "required" },
        blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true" } }],
      },
      region,
    ),
    made(
      "autoscaling/group:Group",
      `${id}-asg`,
      {
        minSize: count,
        maxSize: 8,
        desiredCapacity: count,
        vpcZoneIdentifiers: subnetIds(id),
        launchTemplate: { id: `${id}-template` },
        targetGroupArns: [`arn:aws:elasticloadbalancing:${region}:1:targetgroup/${id}/1`],
      },
      region,
    ),
  ];
}

/** A Fargate service behind a balancer. */
export function fargate(id: string, region: string, desiredCount = 2): readonly Made[] {
  return [
    group(`${id}-task`, [rule(8080, { securityGroups: [`${id}-lb`] })], region),
    made("ecs/cluster:Cluster", `${id}-cluster`, {}, region),
    made(
      "ecs/taskDefinition:TaskDefinition",
      `${id}-definition`,
      { arn: `arn:${id}-definition`, cpu: "256", memory: "512", networkMode: "awsvpc" },
      region,
    ),
    made(
      "ecs/service:Service",
      `${id}-service`,
      {
        cluster: `${id}-cluster`,
        desiredCount,
        launchType: "FARGATE",
        taskDefinition: `arn:${id}-definition`,
        networkConfiguration: { subnets: subnetIds(id), securityGroups: [`${id}-task`] },
        loadBalancers: [
          {
            targetGroupArn: `arn:aws:elasticloadbalancing:${region}:1:targetgroup/${id}/1`,
            containerName: "app",
            containerPort: 8080,
          },
        ],
      },
      region,
    ),
  ];
}

/** A web server with an Elastic IP. */
export function server(id: string, zone: string, address: string): readonly Made[] {
  const region = zone.slice(0, -1);
  return [
    group(`${id}-web`, [rule(80), rule(443)], region),
    made("ec2/subnet:Subnet", `${id}-subnet`, { availabilityZone: zone }, region),
    made(
      "ec2/instance:Instance",
      id,
      {
        instanceType: "t3.small",
        availabilityZone: zone,
        subnetId: `${id}-subnet`,
        vpcSecurityGroupIds: [`${id}-web`],
        publicIp: `198.51.100.${address.split(".").at(-1) ?? ""}`,
        metadataOptions: { httpTokens: "required" },
        rootBlockDevice: { encrypted: true },
      },
      region,
    ),
    made("ec2/eip:Eip", `${id}-eip`, { publicIp: address, instance: id, domain: "vpc" }, region),
  ];
}

/** A topic with a subscriber. */
export const pager: readonly Made[] = [
  made(
    "sns/topic:Topic",
    "pager",
    { arn: "arn:aws:sns:us-east-1:1:pager", kmsMasterKeyId: "alias/pager" },
    "us-east-1",
  ),
  made(
    "sns/topicSubscription:TopicSubscription",
    "pager-mail",
    { topic: "arn:aws:sns:us-east-1:1:pager", protocol: "email", endpoint: "oncall@example.com" },
    "us-east-1",
  ),
];

/** A health check with its alarm. */
export function check(id: string, properties: Properties): readonly Made[] {
  const { type } = properties;
  const probes = type !== "CALCULATED" && type !== "CLOUDWATCH_METRIC";
  return [
    made(
      "route53/healthCheck:HealthCheck",
      id,
      probes
        ? {
            requestInterval: 30,
            failureThreshold: 3,
            resourcePath: "/healthz",
            searchString: "ok",
            ...properties,
          }
        : properties,
      "us-east-1",
    ),
    made(
      "cloudwatch/metricAlarm:MetricAlarm",
      `${id}-alarm`,
      {
        namespace: "AWS/Route53",
        metricName: "HealthCheckStatus",
        comparisonOperator: "LessThanThreshold",
        threshold: 1,
        statistic: "Minimum",
        period: 60,
        evaluationPeriods: 1,
        dimensions: { HealthCheckId: id },
        alarmActions: ["arn:aws:sns:us-east-1:1:pager"],
      },
      "us-east-1",
    ),
  ];
}

/** A check of a balancer by its own name, over TLS. */
export const balancerCheck = (id: string, balancer: string, region: string): readonly Made[] =>
  check(id, { type: "HTTPS_STR_MATCH", fqdn: balancerName(balancer, region), port: 443 });

export const zoneId = "Z0EXAMPLE";
export const record = (name: string, properties: Properties): Made =>
  made("route53/record:Record", name, { zoneId, type: "A", ...properties });

export const aliasTo = (
  dnsName: string,
  zone: string,
  evaluateTargetHealth = true,
): Properties => ({
  aliases: [{ name: dnsName, zoneId: zone, evaluateTargetHealth }],
});
export const aliasToAlb = (id: string, region: string, evaluates = true): Properties =>
  aliasTo(balancerName(id, region), balancerZones[region] ?? "", evaluates);

/** A pair of failover records of one name. */
export function pair(
  name: string,
  primary: Properties,
  secondary: Properties,
  type = "A",
): readonly Made[] {
  const one = (role: string, properties: Properties): Made =>
    record(role, {
      name,
      type,
      setIdentifier: role,
      failoverRoutingPolicies: [{ type: role.toUpperCase() }],
      ...properties,
    });
  return [one("primary", primary), one("secondary", secondary)];
}
