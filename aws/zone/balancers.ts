import type { ResourceRecordSet } from "@aws-sdk/client-route-53";
import { canonical } from "../../routing/domainName";
import type { AwsAnswer } from "../../sources/aws/answers";
import type { Account } from "../clients";
import { allOf } from "../clients";
import { answer } from "./answer";

/**
 * The region in a balancer's name: `web-1.us-west-2.elb.amazonaws.com`, or for a network balancer
 * `web-1.elb.us-west-2.amazonaws.com` (Elastic Load Balancing endpoints).
 */
const balancerName = /(?:\.([a-z0-9-]+)\.elb|\.elb\.([a-z0-9-]+))\.amazonaws\.com$/;

/** The balancers that records lead to, with their listeners, target groups and targets. */
export async function balancersOf(
  sets: readonly ResourceRecordSet[],
  account: Account,
): Promise<readonly AwsAnswer[]> {
  const byRegion = new Map<string, Set<string>>();
  for (const { AliasTarget } of sets) {
    const name = canonical(AliasTarget?.DNSName ?? "").replace(/^dualstack\./, "");
    const [, before, after] = balancerName.exec(name) ?? [];
    const region = before ?? after;
    if (region === undefined) continue;
    byRegion.set(region, (byRegion.get(region) ?? new Set()).add(name));
  }
  const answers = await Promise.all(
    [...byRegion].map(([region, names]) => regionBalancers(region, names, account)),
  );
  return answers.flat();
}

async function regionBalancers(
  region: string,
  names: ReadonlySet<string>,
  account: Account,
): Promise<readonly AwsAnswer[]> {
  const elbv2 = await account.client("elbv2", region);
  const all = await allOf(
    (Marker) => elbv2.describeLoadBalancers({ Marker }),
    ({ LoadBalancers }) => LoadBalancers,
    ({ NextMarker }) => NextMarker,
  );
  const LoadBalancers = all.filter(({ DNSName = "" }) => names.has(canonical(DNSName)));
  const behind = await Promise.all(
    LoadBalancers.map(async ({ LoadBalancerArn = "" }) => {
      const [groups, listeners] = await Promise.all([
        elbv2.describeTargetGroups({ LoadBalancerArn }),
        elbv2.describeListeners({ LoadBalancerArn }),
      ]);
      const targets = (groups.TargetGroups ?? []).map(async ({ TargetGroupArn = "" }) =>
        answer(TargetGroupArn, await elbv2.describeTargetHealth({ TargetGroupArn })),
      );
      return [answer("", groups), answer("", listeners), ...(await Promise.all(targets))];
    }),
  );
  const others = new Set(names);
  for (const { DNSName = "" } of LoadBalancers) others.delete(canonical(DNSName));
  return [
    answer("", { LoadBalancers }),
    ...behind.flat(),
    ...(others.size === 0 ? [] : await classicBalancers(region, others, account)),
  ];
}

/** The classic balancers among the names, with the state of their instances. */
async function classicBalancers(
  region: string,
  names: ReadonlySet<string>,
  account: Account,
): Promise<readonly AwsAnswer[]> {
  const elb = await account.client("elb", region);
  const all = await allOf(
    (Marker) => elb.describeLoadBalancers({ Marker }),
    (page) => page.LoadBalancerDescriptions,
    ({ NextMarker }) => NextMarker,
  );
  const LoadBalancerDescriptions = all.filter(({ DNSName = "" }) => names.has(canonical(DNSName)));
  const states = LoadBalancerDescriptions.map(async ({ LoadBalancerName = "" }) =>
    answer(LoadBalancerName, await elb.describeInstanceHealth({ LoadBalancerName })),
  );
  return [answer("", { LoadBalancerDescriptions }), ...(await Promise.all(states))];
}
