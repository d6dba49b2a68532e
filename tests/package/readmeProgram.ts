import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Resource } from "../../routing/graph/resource";
import { root } from "../conventions/sourceTree";

/** Everything that README's algebra refers to: the tiers, by address, and a website for the page. */
const tiers = `import * as aws from "@pulumi/aws";
import { FailoverRecords, RegionTier, StaticFallbackTier } from "@cafe/failover";
import { checked, failover, weighted } from "@cafe/failover";
import { maintenancePage } from "@cafe/failover/application";

const zoneId = "Z0123456789ABCDEFGHIJ";
const tags = { Project: "readme", Environment: "dev", Contact: "ops@example.com" };
const probe = { scheme: "http", token: "ok", intervalSeconds: 30, failureThreshold: 3 } as const;
const inRegion = (region: aws.Region) => ({ providers: [new aws.Provider(region, { region })] });
const tier = (name: string, region: aws.Region, block: string) => {
  const [a, b] = [\`\${region}a\`, \`\${region}b\`];
  const endpoints = { [a]: { ipv4: \`\${block}.1\` }, [b]: { ipv4: \`\${block}.2\` } };
  return new RegionTier(
    name,
    {
      recordName: \`\${name}.orders.cafe.com\`,
      zoneId,
      ttlSeconds: 10,
      tags,
      availabilityZones: [a, b],
      compute: { kind: "addresses", endpoints },
      endpointProbe: { ...probe, path: "/up" },
      regionProbe: { ...probe, path: "/health", failureThreshold: 6 },
    },
    inRegion(region),
  );
};
const oregon = tier("oregon", "us-west-2", "198.18.0");
const dublin = tier("dublin", "eu-west-1", "198.18.1");
const form = { kind: "s3Website" } as const;
const hostnames = ["orders.cafe.com"];
const pageArgs = { hostnames, form, pageHtml: maintenancePage(), tags };
const page = new StaticFallbackTier("page", pageArgs, inRegion("us-east-2"));
const provider = new aws.Provider("dns", { region: "us-west-2" });
const options = { provider, dependsOn: [oregon, dublin] };
`;

/** README's algebra as a program: its code block, after the declarations that it refers to. */
export function readmeProgram(): string {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);
  const [algebra] = blocks;
  if (algebra === undefined || blocks.length > 1) {
    throw new Error(`README.md: must have one block of TypeScript, got ${blocks.length}`);
  }
  return tiers + algebra;
}

interface AliasInputs {
  readonly name: string;
  readonly type: string;
  readonly setIdentifier?: string;
  readonly weightedRoutingPolicies?: readonly { readonly weight: number }[];
  readonly aliases?: readonly { readonly name: string; readonly evaluateTargetHealth: boolean }[];
  readonly healthCheckId?: string;
}

/**
 * The A records of the tree above the regions, one line each: place in the group, weight, target and
 * check. A target outside the tree is the page, and a check is named by its region.
 */
export function treeOf(resources: readonly Resource[]): readonly string[] {
  const regionOfCheck = (id: string): string =>
    resources.find((resource) => resource.id === id)?.name.split("-")[0] ?? id;
  const inTree = /^(?:(?:any|split|live|reversed)\.)?orders\.cafe\.com$/;
  const inRegions = /^(?:oregon|dublin)\.orders\.cafe\.com$/;
  return resources
    .filter(({ type }) => type === "aws:route53/record:Record")
    .map(({ inputs }) => inputs as unknown as AliasInputs)
    .filter(({ name, type }) => type === "A" && inTree.test(name))
    .map(({ name, setIdentifier, weightedRoutingPolicies, aliases, healthCheckId }) =>
      [
        `${name} ${setIdentifier ?? "simple"}`,
        ...(weightedRoutingPolicies ?? []).map(({ weight }) => `weight ${weight}`),
        ...(aliases ?? []).map((alias) => {
          const known = inTree.test(alias.name) || inRegions.test(alias.name);
          return known ? `${alias.name} evaluated ${alias.evaluateTargetHealth}` : "the page";
        }),
        ...(healthCheckId === undefined ? [] : [`check of ${regionOfCheck(healthCheckId)}`]),
      ].join(", "),
    )
    .sort();
}
