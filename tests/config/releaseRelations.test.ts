import { expect } from "chai";
import { parseSettings } from "../../config";
import { faultsOf, withValues } from "./configSamples";
import type { Raw } from "./configSamples";

const sha256 = "0123456789abcdef".repeat(4);
const image = "ami-0123456789abcdef0";
const endpoints = Object.fromEntries(
  ["us-west-2a", "us-west-2b", "eu-west-1a", "eu-west-1b"].map((zone, index) => [
    zone,
    { ipv4: `203.0.113.${index + 1}` },
  ]),
);
const balanced = { "compute.kind": "balancer", "compute.instancesPerZone": 4 };

describe("the configuration of releases and of a warm standby", () => {
  it("has neither by default", () => {
    const { regions, standby } = parseSettings(withValues({}));
    expect(standby).to.deep.equal({ warmPercent: 0 });
    expect([regions.primary.release, regions.primary.capacity]).to.deep.equal([
      undefined,
      undefined,
    ]);
  });

  const right: readonly [title: string, values: Raw][] = [
    ["95/5", { "regions.primary.release": { blue: 95, green: 5 } }],
    ["100/0", { "regions.primary.release": { blue: 100, green: 0 } }],
    ["0/100", { "regions.primary.release": { blue: 0, green: 100 } }],
    ["the largest weights", { "regions.standby.release": { blue: 255, green: 255 } }],
    [
      "a side that is pinned to an older release",
      {
        "regions.primary.release": {
          blue: 95,
          green: 5,
          pinned: { blue: { siteSha256: sha256 } },
        },
      },
    ],
    [
      "a side that is pinned to an older image",
      {
        "regions.primary.imageId": "ami-0fedcba9876543210",
        "regions.primary.release": {
          blue: 95,
          green: 5,
          pinned: { blue: { siteSha256: sha256, imageId: image } },
        },
      },
    ],
    ["half of the traffic in the standby", { "standby.warmPercent": 50 }],
    [
      "fewer machines than carry the load, with reserved capacity for all",
      { ...balanced, "regions.standby.capacity": { runningPerZone: 1, reservedPerZone: 4 } },
    ],
    [
      "reserved capacity for machines that all run",
      { ...balanced, "regions.standby.capacity": { runningPerZone: 4, reservedPerZone: 2 } },
    ],
  ];
  for (const [title, values] of right) {
    it(`takes ${title}`, () => {
      expect(faultsOf(values)).to.deep.equal([]);
    });
  }

  it("pins nothing by default", () => {
    const { regions } = parseSettings(
      withValues({ "regions.primary.release": { blue: 95, green: 5 } }),
    );
    expect(regions.primary.release).to.deep.equal({ blue: 95, green: 5, pinned: {} });
  });

  const weight = "must be a whole number from 0 to 255";
  const share = "write both sides' shares, such as 95 and 5";
  const wrong: readonly [title: string, values: Raw, line: string][] = [
    [
      "weights that are all zero",
      { "regions.primary.release": { blue: 0, green: 0 } },
      'regions.primary.release: must be other than 0 for both sides, got {"blue":0,"green":0}; give the serving side a weight, such as 100',
    ],
    [
      "a weight over 255",
      { "regions.standby.release": { blue: 256, green: 1 } },
      `regions.standby.release.blue: ${weight}, got 256; ${share}`,
    ],
    [
      "a weight below 0",
      { "regions.primary.release": { blue: 1, green: -1 } },
      `regions.primary.release.green: ${weight}, got -1; ${share}`,
    ],
    [
      "a fraction of a weight",
      { "regions.primary.release": { blue: 0.95, green: 1 } },
      `regions.primary.release.blue: ${weight}, got 0.95; ${share}`,
    ],
    [
      "one side only",
      { "regions.primary.release": { green: 5 } },
      `regions.primary.release.blue: ${weight}, got nothing; ${share}`,
    ],
    [
      "a third side",
      { "regions.primary.release": { blue: 90, green: 5, red: 5 } },
      "regions.primary.release.red: unknown key, got 5; the keys here are blue, green, pinned",
    ],
    [
      "a release that is pinned to a word",
      {
        "regions.primary.release": {
          blue: 95,
          green: 5,
          pinned: { blue: { siteSha256: "yesterday" } },
        },
      },
      'regions.primary.release.pinned.blue.siteSha256: must be the SHA-256 of a release in 64 hexadecimal digits, got "yesterday"; write the earlier value of the stack\'s output release.siteSha256',
    ],
    [
      "a pinned release without its image, where images are prebuilt",
      {
        "regions.primary.imageId": image,
        "regions.primary.release": {
          blue: 95,
          green: 5,
          pinned: { blue: { siteSha256: sha256 } },
        },
      },
      "regions.primary.release.pinned.blue.imageId: must be set with regions.primary.imageId, got nothing; an image contains its release; name the image of that release",
    ],
    [
      "an image of a pinned release, where none is prebuilt",
      {
        "regions.primary.release": {
          blue: 95,
          green: 5,
          pinned: { green: { siteSha256: sha256, imageId: image } },
        },
      },
      `regions.primary.release.pinned.green.imageId: must be omitted without regions.primary.imageId, got "${image}"; machines without an image fetch their release by siteSha256`,
    ],
    [
      "a release of external endpoints",
      {
        compute: { kind: "addresses", endpoints },
        "regions.primary.release": { blue: 95, green: 5 },
      },
      'regions.primary.release: must be omitted with compute.kind addresses, got {"blue":95,"green":5}; the endpoints are external, and this stack does not manage their releases',
    ],
    [
      "most of the traffic in the standby",
      { "standby.warmPercent": 51 },
      "standby.warmPercent: must be a whole number of percent from 0 to 50, got 51; write the bare number, such as 10; above 50 the standby would be the primary",
    ],
    [
      "half a percent",
      { "standby.warmPercent": 0.5 },
      "standby.warmPercent: must be a whole number of percent from 0 to 50, got 0.5; write the bare number, such as 10; above 50 the standby would be the primary",
    ],
    [
      "less than nothing",
      { "standby.warmPercent": -10 },
      "standby.warmPercent: must be a whole number of percent from 0 to 50, got -10; write the bare number, such as 10; above 50 the standby would be the primary",
    ],
    [
      "a standby that is smaller than what fails over to it",
      { ...balanced, "regions.standby.capacity": { runningPerZone: 1, reservedPerZone: 3 } },
      "regions.standby.capacity.reservedPerZone: must be at least compute.instancesPerZone 4, as only 1 run, got 3; a failover into less than the full load is a second outage; reserve capacity for it",
    ],
    [
      "a region that is larger than the others",
      { ...balanced, "regions.primary.capacity": { runningPerZone: 5, reservedPerZone: 5 } },
      "regions.primary.capacity.runningPerZone: must be at most compute.instancesPerZone 4, got 5; raise that, for all tiers",
    ],
    [
      "the capacity of plain instances",
      { "regions.standby.capacity": { runningPerZone: 1, reservedPerZone: 1 } },
      'regions.standby.capacity: must be omitted with compute.kind instance, got {"runningPerZone":1,"reservedPerZone":1}; only a group behind a balancer has a number of machines',
    ],
    [
      "a capacity of nothing",
      { ...balanced, "regions.standby.capacity": { runningPerZone: 0, reservedPerZone: 4 } },
      "regions.standby.capacity.runningPerZone: must be a whole number from 1 to 100, got 0; write the number of instances that carry the full load, such as 2",
    ],
    ...["split", "reversed", "release.oregon", "green.dublin"].map(
      (label): [string, Raw, string] => [
        `a hostname that ${label} needs`,
        { hostnames: ["orders.cafe.com", `${label}.orders.cafe.com`] },
        `hostnames[1]: must be not a name of a tier below hostnames[0], got "${label}.orders.cafe.com"; give it another name`,
      ],
    ),
    ...["split", "reversed", "release", "green", "blue", "any"].map(
      (name): [string, Raw, string] => [
        `a region named ${name}`,
        { "regions.primary.name": name },
        `regions.primary.name: must be a DNS label of at most 40 characters other than any, live, split, reversed, release, blue, green, gate, got "${name}"; write your name for the region, such as oregon`,
      ],
    ),
    [
      "a hostname of another zone",
      { hostnames: ["orders.cafe.com", "orders.tea.com"] },
      'hostnames[1]: must be a name below hostedZone cafe.com, got "orders.tea.com"; the zone\'s apex has no tree',
    ],
  ];
  for (const [title, values, line] of wrong) {
    it(`refuses ${title}`, () => {
      expect(faultsOf(values)).to.deep.equal([line]);
    });
  }

  it("reports all faults at once", () => {
    expect(
      faultsOf({
        "regions.primary.release": { blue: 300, green: 0 },
        "regions.standby.release": { blue: 0, green: 0 },
        "standby.warmPercent": 90,
      }),
    ).to.have.length(3);
  });
});
