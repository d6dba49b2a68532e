import * as aws from "@pulumi/aws";
import { FailoverRecords, RegionTier, StaticFallbackTier, checked, failover } from "@cafe/failover";
import { maintenancePage } from "@cafe/failover/application";

const [zoneId, host] = ["Z0123456789ABCDEFGHIJ", "orders.example.com"];
const tags = { Project: "orders", Environment: "dev", Contact: "ops@example.com" };
const inRegion = (region: aws.Region) => ({ providers: [new aws.Provider(region, { region })] });
const [us, eu, ohio] = [inRegion("us-west-2"), inRegion("eu-west-1"), inRegion("us-east-2")];
const probe = { scheme: "http", token: "ok", intervalSeconds: 30, failureThreshold: 3 } as const;
const shared = { zoneId, ttlSeconds: 60, tags, endpointProbe: { ...probe, path: "/up" } };
const deep = { regionProbe: { ...probe, path: "/health", failureThreshold: 6 } };
const tier = (name: string, at: typeof us, [a, x]: [string, string], [b, y]: [string, string]) => {
  const compute = { kind: "addresses", endpoints: { [a]: { ipv4: x }, [b]: { ipv4: y } } } as const;
  const own = { recordName: `${name}.${host}`, availabilityZones: [a, b], compute } as const;
  return new RegionTier(name, { ...shared, ...deep, ...own }, at);
};
const oregon = tier("oregon", us, ["us-west-2a", "198.18.0.1"], ["us-west-2b", "198.18.0.2"]);
const dublin = tier("dublin", eu, ["eu-west-1a", "198.18.0.3"], ["eu-west-1b", "198.18.0.4"]);
const form = { kind: "s3Website" } as const;
const pageArgs = { hostnames: [host], form, pageHtml: maintenancePage(), tags };
const page = new StaticFallbackTier("page", pageArgs, ohio);
const branch = ({ entry, checkId }: RegionTier) => checked(entry, checkId);
const live = failover(`live.${host}`, branch(oregon), branch(dublin));
const routes = [failover(host, failover(`any.${host}`, live, oregon.entry), page.routeOf(host))];
new FailoverRecords("orders", { ...shared, routes }, { ...us, dependsOn: [oregon, dublin] });
