import { expect } from "chai";
import { StackModel } from "../../routing/graph/stackModel";
import type { PlacedResolution } from "../../routing/graph/stackModel";
import { configurations, evaluatedWith, refused } from "./configurations";
import type { Configuration } from "./configurations";

const hostname = "orders.cafe.com";

/** The place of the answer under every fault of one zone, of one region, and of both regions. */
const expected: readonly (readonly [faults: string, place: string])[] = [
  ["", "us-west-2a"],
  ["us-west-2a", "us-west-2b"],
  ["us-west-2b", "us-west-2a"],
  ["eu-west-1a", "us-west-2a"],
  ["eu-west-1b", "us-west-2a"],
  ["us-west-2", "eu-west-1a"],
  ["eu-west-1", "us-west-2a"],
  ["us-east-2", "us-west-2a"],
  ["us-west-2,eu-west-1a", "eu-west-1b"],
  ["check:oregon-deep-check", "eu-west-1a"],
  ["us-west-2,eu-west-1", "the page"],
];

const page = { s3Website: "us-east-2", cloudFront: "maintenance-distribution" };

function placeOf({ answers, lastResort }: PlacedResolution): unknown {
  return {
    lastResort,
    answers: answers.map(({ availabilityZone, region, target, alive }) => ({
      place: availabilityZone ?? region ?? target.split("::").at(-1),
      alive,
    })),
  };
}

function familiesOf({ ipv6 }: Configuration): readonly ("A" | "AAAA")[] {
  return ipv6 ? ["A", "AAAA"] : ["A"];
}

describe("every configuration", function () {
  for (const configuration of configurations) {
    it(`${configuration.title}: answers correctly under every fault of one zone or region`, async () => {
      const { resources } = await evaluatedWith(configuration);
      const model = new StackModel(resources);
      for (const family of familiesOf(configuration)) {
        const found = expected.map(([faults]) => {
          const state = model.under(model.faults(faults.split(",").filter((one) => one !== "")));
          return [faults, placeOf(state.resolve(hostname, family))];
        });
        expect(found, family).to.deep.equal(
          expected.map(([faults, place]) => [
            faults,
            {
              lastResort: false,
              answers: [
                {
                  place: place === "the page" ? page[configuration.staticTier] : place,
                  alive: true,
                },
              ],
            },
          ]),
        );
      }
    });
  }

  it("publishes IPv6 only if it is on", async () => {
    for (const configuration of configurations) {
      const { resources } = await evaluatedWith(configuration);
      const types = resources
        .filter(({ type }) => type === "aws:route53/record:Record")
        .map(({ inputs }) => inputs["type"])
        // Certificates are validated by CNAME, and the gate's signals are TXT.
        .filter((type) => type !== "CNAME" && type !== "TXT");
      expect([...new Set(types)], configuration.title).to.have.members(familiesOf(configuration));
    }
  });

  it("has no duplicate resource, and the same names for common resources", async () => {
    const all = await Promise.all(configurations.map(evaluatedWith));
    for (const { resources } of all) {
      expect(new Set(resources.map(({ urn }) => urn)).size).to.equal(resources.length);
    }
    const [first = [], ...others] = all.map(({ resources }) => resources.map(({ urn }) => urn));
    const common = first.filter((urn) => others.every((urns) => urns.includes(urn)));
    const named = common.map((urn) => urn.split("::").at(-1));
    expect(named).to.include.members([
      ...["oregon-us-west-2", "dublin-eu-west-1"].flatMap((region) => [`${region}a`, `${region}b`]),
      ...["oregon", "dublin"].flatMap((region) => [
        region,
        `${region}-deep-check`,
        `${region}-region-check`,
        `${region}-records-${region}.${hostname}-A-primary`,
        `${region}-records-${region}.${hostname}-A-secondary`,
      ]),
      ...["", "any.", "live."].flatMap((name) => [
        `orders-${name}${hostname}-A-primary`,
        `orders-${name}${hostname}-A-secondary`,
      ]),
      "maintenance",
    ]);
  });

  it("names resources by role and place, never by a running number", async () => {
    const all = await Promise.all(configurations.map(evaluatedWith));
    // awsx.ec2.Vpc names its resources itself, by the index of a zone in the list.
    const counted = all.flatMap(({ resources }) =>
      resources
        .filter(({ urn }) => !urn.includes("awsx:ec2:Vpc"))
        .filter(({ name }) => /-\d+$/.test(name) && !/[a-z]{2}-[a-z]+-\d$/.test(name))
        .map(({ name }) => name),
    );
    expect(counted).to.deep.equal([]);
  });

  for (const configuration of refused) {
    it(`${configuration.title}: is refused by name`, async () => {
      let message = "";
      await evaluatedWith(configuration).catch((error: unknown) => {
        message = (error as Error).message;
      });
      expect(message).to.equal(
        "Pulumi.prod.yaml: ipv6: must be false with staticTier.kind s3Website, got true; an S3 website has no IPv6, and without its last tier a name would answer dead addresses; choose cloudFront",
      );
    });
  }
});
