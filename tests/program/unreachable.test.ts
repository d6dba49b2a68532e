import { expect } from "chai";
import type { Evaluation } from "../../rehearsal/engine/evaluate";
import { withoutRegion } from "../../routing/graph/withoutRegion";
import type { Resource } from "../../routing/graph/resource";
import { evaluated } from "./evaluated";
import { settingOf } from "./settingOf";
import { Account } from "./standIn/account";
import { update } from "./standIn/planner";
import type { Outcome } from "./standIn/planner";

const providerType = "pulumi:providers:aws";

/** The program while a region is gone, with the region's values from the state. */
async function runWithout(region: string, stack: string): Promise<Evaluation> {
  const { resources } = await evaluated(stack);
  return evaluated(stack, false, {
    "failover:unreachable": withoutRegion(resources, region).setting,
  });
}

/**
 * Calls that the region itself need not answer: Route 53 answers in us-east-1, STS in the other
 * region (`stsRegion`), the name of a provider's region is known without a call, and AWS's ranges
 * are in a public file.
 */
const askedElsewhere = [
  "aws:index/getCallerIdentity:getCallerIdentity",
  "aws:index/getIpRanges:getIpRanges",
  "aws:index/getRegion:getRegion",
  "aws:route53/getZone:getZone",
];

describe("the program without a region", () => {
  for (const [stack, region, other] of [
    ["prod", "us-west-2", "eu-west-1"],
    ["prod", "eu-west-1", "us-west-2"],
    ["dev", "us-east-2", "us-east-1"],
  ] as const) {
    it(`${stack}: makes no call in ${region}`, async () => {
      const usual = await evaluated(stack);
      const ofRegion = ({ calls }: Evaluation): readonly string[] =>
        calls
          .filter((call) => call.region === region && !askedElsewhere.includes(call.token))
          .map(({ token }) => token);
      expect(ofRegion(usual)).to.include("aws:ssm/getParameter:getParameter");
      expect(ofRegion(await runWithout(region, stack))).to.deep.equal([]);
    });

    it(`${stack}: declares the same without ${region} as with it`, async () => {
      const [usual, without] = await Promise.all([evaluated(stack), runWithout(region, stack)]);
      // The order is random if resources do not wait for each other.
      const rest = ({ resources }: Evaluation): ReadonlyMap<string, Resource> =>
        new Map(resources.flatMap((one) => (one.type === providerType ? [] : [[one.urn, one]])));
      expect(rest(without)).to.deep.equal(rest(usual));
      expect(without.outputs).to.deep.equal(usual.outputs);
      const provider = without.resources.find(
        ({ type, name }) => type === providerType && name === region,
      );
      expect(provider?.inputs).to.deep.equal({
        region,
        stsRegion: other,
        skipCredentialsValidation: "true",
        skipRegionValidation: "true",
      });
    });
  }
});

describe("the program without a region, with visitor networks", () => {
  it("looks up no list of the checkers", async () => {
    const { metric, ...checks } = settingOf("prod", "checks");
    const config = {
      "failover:visitorNetworks": ["203.0.113.0/24"],
      "failover:checks": { ...checks, metric: { ...(metric as object), enabled: false } },
    };
    const usual = await evaluated("prod", false, config);
    const { setting } = withoutRegion(usual.resources, "us-west-2");
    const without = await evaluated("prod", false, { ...config, "failover:unreachable": setting });
    const asked = ({ calls }: Evaluation): readonly string[] =>
      calls.filter(({ token }) => /getManagedPrefixList/.test(token)).map(({ region }) => region);
    expect(new Set(asked(usual))).to.deep.equal(new Set(["us-west-2", "eu-west-1"]));
    expect(new Set(asked(without))).to.deep.equal(new Set(["eu-west-1"]));
  });
});

describe("an update of prod while Oregon is gone", () => {
  const region = "us-west-2";
  const { endpoint, ...checks } = settingOf("prod", "checks");
  /** More machines, another token for the checkers as in a fix, and another page. */
  const changes = {
    "failover:compute": { ...settingOf("prod", "compute"), instancesPerZone: 3 },
    "failover:checks": { ...checks, endpoint: { ...(endpoint as object), token: "fixed" } },
    "failover:staticTier": { ...settingOf("prod", "staticTier"), retryAfterSeconds: 600 },
  };
  const steps = ({ steps: all }: Outcome): readonly string[] =>
    all.map(({ action, resource: { name } }) => `${action} ${name}`);
  const regionsOf = ({ steps: all }: Outcome): ReadonlySet<string | undefined> =>
    new Set(all.map(({ resource }) => resource.region));
  const inOregon = (account: Account): readonly unknown[] =>
    account.all.filter(({ resource }) => resource.region === region);

  let account: Account;
  let before: Evaluation;
  let changed: Evaluation;
  beforeEach(async () => {
    before = await evaluated("prod");
    changed = await evaluated("prod", false, changes);
    account = new Account();
    update(account, before.resources);
  });

  it("fails if nothing is excluded", () => {
    const { refused } = update(account, changed.resources, { gone: region });
    expect(refused).to.include.members([
      "oregon-us-west-2a-template: no answer from us-west-2",
      "oregon-us-west-2a-group: no answer from us-west-2",
    ]);
  });

  it("changes Dublin and the page, does not change Oregon, and is completed by the next one", async () => {
    const { setting, excluded } = withoutRegion(before.resources, region);
    const without = await evaluated("prod", false, {
      ...changes,
      "failover:unreachable": setting,
    });
    const untouched = inOregon(account);
    const outage = update(account, without.resources, { exclude: excluded, gone: region });
    expect(outage.refused).to.deep.equal([]);
    expect(regionsOf(outage)).not.to.include(region);
    expect(inOregon(account)).to.deep.equal(untouched);
    expect(steps(outage)).to.include.members([
      "update dublin-eu-west-1a-template",
      "update dublin-eu-west-1b-group",
      "update maintenance-function",
    ]);

    const caughtUp = update(account, changed.resources);
    expect(caughtUp.refused).to.deep.equal([]);
    expect(regionsOf(caughtUp)).to.deep.equal(new Set([region]));
    expect(steps(caughtUp)).to.include.members([
      "update oregon-us-west-2a-template",
      "update oregon-us-west-2b-group",
    ]);
    expect(update(account, changed.resources).steps).to.deep.equal([]);
  });
});
