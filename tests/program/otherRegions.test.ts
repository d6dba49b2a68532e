import { readFileSync } from "node:fs";
import { expect } from "chai";
import { startPolicies } from "../../rehearsal/policy/rehearsedPolicies";
import type { RehearsedPolicies } from "../../rehearsal/policy/rehearsedPolicies";
import { verdictOf } from "../../rehearsal/story/wording";
import { rehearse } from "../../rehearsal/rehearse";
import { sampled } from "../sampled";
import { evaluated } from "./evaluated";

const region = (name: string, code: string, letters: string, cidrBlock: string): object => ({
  name,
  region: code,
  availabilityZones: Array.from(letters, (letter) => `${code}${letter}`),
  cidrBlock,
});

/** Other places for the stacks: as shipped except for one name, and entirely elsewhere. */
const places: readonly (readonly [string, "dev" | "prod", Readonly<Record<string, object>>])[] = [
  [
    "prod with Oregon by another name",
    "prod",
    {
      "failover:regions": {
        primary: region("portland", "us-west-2", "ab", "10.30.0.0/16"),
        standby: region("dublin", "eu-west-1", "ab", "10.40.0.0/16"),
      },
    },
  ],
  [
    "prod in Canada and Sweden, with its page in Sydney",
    "prod",
    {
      "failover:regions": {
        primary: region("montreal", "ca-central-1", "bd", "10.30.0.0/16"),
        standby: region("stockholm", "eu-north-1", "ca", "10.40.0.0/16"),
      },
      "failover:staticTier": { kind: "cloudFront", region: "ap-southeast-2" },
    },
  ],
  [
    "dev in Singapore and Frankfurt, with its page in São Paulo",
    "dev",
    {
      "failover:regions": {
        primary: region("singapore", "ap-southeast-1", "ab", "10.10.0.0/16"),
        standby: region("frankfurt", "eu-central-1", "bc", "10.20.0.0/16"),
      },
      "failover:staticTier": { kind: "s3Website", region: "sa-east-1" },
    },
  ],
];

describe("a stack in other places than the shipped ones", function () {
  let policies: RehearsedPolicies;
  before(() => {
    policies = startPolicies(["dev", "prod"], {
      readFile: (path) => Promise.resolve().then(() => readFileSync(path, "utf8")),
    });
  });
  after(() => policies.stop());

  for (const [title, stack, config] of places.slice(0, sampled(places.length, 3))) {
    it(`is stopped by no policy, and passes the rehearsal: ${title}`, async () => {
      const program = await evaluated(stack, false, config);
      const reports = await policies.reportsOn({ program });
      expect(reports.flatMap(({ stops }) => stops)).to.deep.equal([]);
      const { stacks } = rehearse([program]);
      expect(
        verdictOf({ stacks: stacks.map((one) => ({ ...one, policies: reports })) }).isGood,
      ).to.equal(true);
    });
  }
});

describe("dev and prod in one account", () => {
  it("need no more Elastic IPs in any region than AWS allows by default", async () => {
    const addresses = (await Promise.all([evaluated("dev"), evaluated("prod")]))
      .flatMap(({ resources }) => resources)
      .filter(({ type }) => type === "aws:ec2/eip:Eip");
    const counts = new Map<string, number>();
    for (const { region: code = "" } of addresses) counts.set(code, (counts.get(code) ?? 0) + 1);
    // AWS's default, quota L-0263D0A3.
    expect([...counts].filter(([, count]) => count > 5)).to.deep.equal([]);
    expect([...counts.keys()].sort()).to.deep.equal([
      "eu-west-1",
      "us-east-1",
      "us-east-2",
      "us-west-2",
    ]);
  });
});
