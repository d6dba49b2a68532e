import type { Reading } from "../../../sources/reading";
import { readSources } from "../../../sources/readSources";

export const balancerArn =
  "arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/app/web/50dc6c495c0c9188";
export const groupArn =
  "arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/web-servers/73e2d6bc24d8a067";

/** Reads several documents together, each with the path of its file. */
export const files = (
  ...documents: readonly (readonly [path: string, document: object])[]
): Promise<Reading> =>
  readSources(
    documents.map(([path, document]) => ({ path, content: Buffer.from(JSON.stringify(document)) })),
  );

export const balancer = {
  LoadBalancers: [
    {
      LoadBalancerArn: balancerArn,
      DNSName: "web-1234567890.us-west-2.elb.amazonaws.com",
      CanonicalHostedZoneId: "Z1H1FL5HABSF5",
      LoadBalancerName: "web",
      Scheme: "internet-facing",
      Type: "application",
      AvailabilityZones: [
        { ZoneName: "us-west-2a", SubnetId: "subnet-a", LoadBalancerAddresses: [] },
        { ZoneName: "us-west-2b", SubnetId: "subnet-b", LoadBalancerAddresses: [] },
      ],
    },
  ],
};
export const groups = {
  TargetGroups: [
    {
      TargetGroupArn: groupArn,
      TargetGroupName: "web-servers",
      TargetType: "instance",
      HealthCheckIntervalSeconds: 30,
      HealthCheckTimeoutSeconds: 5,
      HealthyThresholdCount: 5,
      UnhealthyThresholdCount: 2,
      LoadBalancerArns: [balancerArn],
    },
  ],
};
export const health = (state: string, id = "i-1"): object => ({
  TargetHealthDescriptions: [
    {
      Target: { Id: id, Port: 80 },
      TargetHealth: { State: state, ...(state === "healthy" ? {} : { Reason: "Target.Timeout" }) },
    },
  ],
});
export const instances = {
  Reservations: [
    {
      Instances: [
        {
          InstanceId: "i-1",
          Placement: { AvailabilityZone: "us-west-2a" },
          Tags: [{ Key: "Name", Value: "web" }],
        },
        { InstanceId: "i-2", State: { Name: "terminated" } },
      ],
    },
  ],
};
