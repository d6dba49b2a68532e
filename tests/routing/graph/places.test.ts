import { expect } from "chai";
import type { Asker } from "../../../routing/asker";
import { askerWords, locationOfRegion } from "../../../routing/asker";
import { awsRegions, continentOf, kilometresBetween } from "../../../routing/locations";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { record, resource, zone } from "./stack";

/** A member of `www.a.test` with its own check, named after its value. */
function member(value: string, policy: Properties, more: Properties = {}): readonly Resource[] {
  return [
    resource("aws:route53/healthCheck:HealthCheck", value, { type: "HTTP", ipAddress: value }),
    record(`www ${value}`, {
      setIdentifier: value,
      records: [value],
      healthCheckId: value,
      ...policy,
      ...more,
    }),
  ];
}

const latency = (region: string): Properties => ({ latencyRoutingPolicies: [{ region }] });
const geolocation = (place: Properties): Properties => ({ geolocationRoutingPolicies: [place] });
const geoproximity = (place: Properties): Properties => ({ geoproximityRoutingPolicy: place });
const cidr = (locationName: string): Properties => ({
  cidrRoutingPolicy: { collectionId: "c", locationName },
});

const country = (code: string, subdivision?: string): Asker => ({
  location: {
    continent: continentOf(code) ?? "",
    country: code,
    ...(subdivision === undefined ? {} : { subdivision }),
  },
});

/** The answer of `www.a.test` at a place, with some checks failing; empty without an answer. */
function at(stack: readonly Resource[], asker: Asker, ...failing: readonly string[]): string {
  const model = new StackModel([zone, ...stack]);
  const faults = model.faults(failing.map((check) => `check:${check}`));
  const { answers, lastResort } = model.under(faults).resolve("www.a.test", "A", asker);
  return [...answers.map(({ value }) => value), ...(lastResort ? ["last resort"] : [])].join(" ");
}

/** The refusal of a question about `www.a.test`. */
function refusal(stack: readonly Resource[], asker: Asker = {}): string {
  try {
    at(stack, asker);
    return "nothing";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("latency routing", () => {
  const stack = [
    ...member("192.0.2.1", latency("us-west-2")),
    ...member("192.0.2.2", latency("eu-west-1")),
    ...member("192.0.2.3", latency("ap-southeast-1")),
  ];

  it("C18 answers a region by its own record", () => {
    expect(at(stack, { region: "eu-west-1" })).to.equal("192.0.2.2");
    expect(at(stack, { region: "us-west-2" })).to.equal("192.0.2.1");
  });

  it("C18 goes to the nearest region left, by assumption, and gives this as the reason", () => {
    expect(at(stack, { region: "eu-west-1" }, "192.0.2.2")).to.equal("192.0.2.1");
    expect(at(stack, { region: "ap-south-1" })).to.equal("192.0.2.3");
    const [answer] = new StackModel([zone, ...stack])
      .under([])
      .resolve("www.a.test", "A", { region: "ap-south-1" }).answers;
    expect(answer?.path[0]?.reason).to.equal(
      "ap-southeast-1, taken to have the lowest latency from ap-south-1 since it is the nearest left, 192.0.2.3 is healthy",
    );
  });

  it("C3 answers as if all were healthy where none is", () => {
    const all = ["192.0.2.1", "192.0.2.2", "192.0.2.3"];
    expect(at(stack, { region: "eu-west-1" }, ...all)).to.equal("192.0.2.2 last resort");
  });

  it("C18 refuses a country and an unknown region", () => {
    const needed =
      "www.a.test A: who answers depends on where a query comes from, by latency routing; give the place with --from-location";
    expect(refusal(stack, country("DE"))).to.equal(needed);
    expect(refusal(stack)).to.equal(needed);
    expect(refusal(stack, { region: "mars-north-1" })).to.equal(needed);
  });

  it("C18 has one record for each region, with one value", () => {
    const twice = member("192.0.2.4", latency("eu-west-1"));
    expect(refusal([...stack, ...twice], { region: "eu-west-1" })).to.equal(
      "www 192.0.2.4: a group has one record for each place (C18), got eu-west-1 twice; drop one of them",
    );
    const many = member("192.0.2.5", latency("sa-east-1"), { records: ["192.0.2.5", "192.0.2.6"] });
    expect(refusal([...stack, ...many], { region: "eu-west-1" })).to.equal(
      "www 192.0.2.5: a latency record has one value (C18), got 2; let it lead to a record with all of them",
    );
  });
});

describe("geolocation routing", () => {
  const stack = [
    ...member("192.0.2.1", geolocation({ country: "US", subdivision: "CA" })),
    ...member("192.0.2.2", geolocation({ country: "US" })),
    ...member("192.0.2.3", geolocation({ continent: "NA" })),
    ...member("192.0.2.4", geolocation({ country: "*" })),
    ...member("192.0.2.5", geolocation({ continent: "EU" })),
  ];

  it("C19 answers by the smallest location that contains the place", () => {
    expect(at(stack, country("US", "CA"))).to.equal("192.0.2.1");
    expect(at(stack, country("US", "OR"))).to.equal("192.0.2.2");
    expect(at(stack, country("US"))).to.equal("192.0.2.2");
    expect(at(stack, country("MX"))).to.equal("192.0.2.3");
    expect(at(stack, country("JP"))).to.equal("192.0.2.4");
    expect(at(stack, { location: null })).to.equal("192.0.2.4");
    // Route 53 has Russia in Europe.
    expect(at(stack, country("RU"))).to.equal("192.0.2.5");
  });

  it("C19 goes to the next larger location where one is unhealthy, up to the default", () => {
    const california = country("US", "CA");
    expect(at(stack, california, "192.0.2.1")).to.equal("192.0.2.2");
    expect(at(stack, california, "192.0.2.1", "192.0.2.2")).to.equal("192.0.2.3");
    const noneLeft = ["192.0.2.1", "192.0.2.2", "192.0.2.3"];
    expect(at(stack, california, ...noneLeft)).to.equal("192.0.2.4");
    expect(at(stack, california, ...noneLeft, "192.0.2.4")).to.equal("192.0.2.1 last resort");
  });

  it("C19 gives no answer to a place without a record, whether or not others are healthy", () => {
    const some = stack.slice(0, 6);
    expect(at(some, country("JP"))).to.equal("");
    const { unanswered } = new StackModel([zone, ...some])
      .under([])
      .resolve("www.a.test", "A", country("JP"));
    expect(unanswered).to.equal(1);
  });

  it("C19 has one record for each location", () => {
    const twice = member("192.0.2.9", geolocation({ continent: "NA" }));
    expect(refusal([...stack, ...twice], country("US"))).to.include("(C19), got NA * twice");
  });
});

describe("geoproximity routing", () => {
  const stack = [
    ...member("192.0.2.1", geoproximity({ awsRegion: "us-east-1" })),
    ...member("192.0.2.2", geoproximity({ awsRegion: "us-west-2" })),
    ...member(
      "192.0.2.3",
      geoproximity({ coordinates: [{ latitude: "-26.2", longitude: "28.0" }] }),
    ),
  ];

  it("C20 answers by the nearest region or coordinates", () => {
    expect(at(stack, { region: "us-east-2" })).to.equal("192.0.2.1");
    expect(at(stack, { region: "us-west-1" })).to.equal("192.0.2.2");
    expect(at(stack, { region: "af-south-1" })).to.equal("192.0.2.3");
    expect(at(stack, { region: "us-east-2" }, "192.0.2.1")).to.equal("192.0.2.2");
  });

  it("C20 multiplies a distance by 1 - bias/100, or divides it by 1 + bias/100 if the bias is negative", () => {
    const biased = (bias: number): readonly Resource[] => [
      ...member("192.0.2.1", geoproximity({ awsRegion: "us-east-1" })),
      ...member("192.0.2.2", geoproximity({ awsRegion: "us-west-2", bias })),
    ];
    const { "us-east-1": east, "us-west-2": west, "us-east-2": ohio } = awsRegions;
    if (!east || !west || !ohio) throw new Error("there are such regions");
    const ratio = kilometresBetween(east, ohio) / kilometresBetween(west, ohio);
    // The bias at the boundary, by the formula.
    const positive = 100 * (1 - ratio);
    expect(at(biased(Math.floor(positive)), { region: "us-east-2" })).to.equal("192.0.2.1");
    expect(at(biased(Math.ceil(positive)), { region: "us-east-2" })).to.equal("192.0.2.2");
    const reverse = [
      ...member("192.0.2.1", geoproximity({ awsRegion: "us-east-1", bias: -99 })),
      ...member("192.0.2.2", geoproximity({ awsRegion: "us-west-2" })),
    ];
    expect(at(reverse, { region: "us-east-2" })).to.equal("192.0.2.2");
    expect(at(reverse, { region: "us-east-1" })).to.equal("192.0.2.1");
  });

  it("C20 has a bias from -99 to 99", () => {
    const wide = member("192.0.2.4", geoproximity({ awsRegion: "eu-west-1", bias: 100 }));
    expect(refusal([...stack, ...wide], { region: "us-east-1" })).to.equal(
      "www 192.0.2.4: a bias is from -99 to 99 (C20), got 100; change it",
    );
  });
});

describe("IP-based routing", () => {
  const blocks = (name: string, ...cidrBlocks: readonly string[]): Resource =>
    resource("aws:route53/cidrLocation:CidrLocation", `location-${name}`, {
      cidrCollectionId: "c",
      name,
      cidrBlocks,
    });
  const stack = [
    blocks("office", "198.51.100.0/24", "2001:db8:1::/48"),
    blocks("provider", "198.51.0.0/16"),
    ...member("192.0.2.1", cidr("office")),
    ...member("192.0.2.2", cidr("provider")),
    ...member("192.0.2.3", cidr("*")),
  ];

  it("C21 answers by the longest block that contains the address, else by the default", () => {
    expect(at(stack, { address: "198.51.100.7" })).to.equal("192.0.2.1");
    expect(at(stack, { address: "198.51.7.7" })).to.equal("192.0.2.2");
    expect(at(stack, { address: "203.0.113.7" })).to.equal("192.0.2.3");
    expect(at(stack, { address: "2001:db8:1::7" })).to.equal("192.0.2.1");
    expect(at(stack, { address: null })).to.equal("192.0.2.3");
  });

  it("C21 goes to the next shorter block where a location is unhealthy", () => {
    expect(at(stack, { address: "198.51.100.7" }, "192.0.2.1")).to.equal("192.0.2.2");
    expect(at(stack, { address: "198.51.100.7" }, "192.0.2.1", "192.0.2.2")).to.equal("192.0.2.3");
  });

  it("C21 gives no answer to an address in no block, without a default", () => {
    expect(at(stack.slice(0, -2), { address: "203.0.113.7" })).to.equal("");
  });

  it("C21 is refused with unread blocks, and with two collections", () => {
    expect(refusal(stack.slice(1), { address: "198.51.100.7" })).to.include(
      "www 192.0.2.1: the blocks of its CIDR location are not part of what was read, got ",
    );
    const other = record("www other", {
      setIdentifier: "other",
      records: ["192.0.2.9"],
      cidrRoutingPolicy: { collectionId: "d", locationName: "*" },
    });
    expect(refusal([...stack.slice(0, -2), other], { address: null })).to.include(
      "www.a.test A: the records of a group use one CIDR collection (C21), got c and d",
    );
  });
});

describe("the places that a name is asked from", () => {
  const places = (stack: readonly Resource[]): readonly string[] =>
    new StackModel([zone, ...stack]).askersOf("www.a.test", "A").map(askerWords);

  it("are anywhere, where nothing depends on the place", () => {
    expect(places([record("www", { records: ["192.0.2.1"] })])).to.deep.equal(["anywhere"]);
  });

  it("are the regions of latency records, and each location with the rest of its country", () => {
    expect(places(member("192.0.2.1", latency("us-west-2")))).to.deep.equal(["us-west-2"]);
    const located = [
      ...member("192.0.2.1", geolocation({ country: "US", subdivision: "CA" })),
      ...member("192.0.2.2", geolocation({ continent: "EU" })),
    ];
    expect(places(located)).to.deep.equal(["US-CA", "US", "elsewhere in EU", "anywhere else"]);
  });

  it("are the product of both policies, where one leads to the other", () => {
    const to = (name: string, policy: Properties): Resource =>
      record(`www to ${name}`, {
        setIdentifier: name,
        aliases: [{ name, zoneId: "Z1", evaluateTargetHealth: true }],
        ...policy,
      });
    const stack = [
      to("eu.a.test", geolocation({ continent: "EU" })),
      ...member("192.0.2.1", geolocation({ country: "*" })),
      ...member("192.0.2.2", { ...latency("eu-west-1"), name: "eu.a.test" }),
      ...member("192.0.2.3", { ...latency("eu-central-1"), name: "eu.a.test" }),
    ];
    expect(places(stack)).to.deep.equal([
      "elsewhere in EU, eu-west-1",
      "elsewhere in EU, eu-central-1",
      "anywhere else, eu-west-1",
      "anywhere else, eu-central-1",
    ]);
  });

  it("include a location for each region", () => {
    const missing = Object.keys(awsRegions).filter((one) => locationOfRegion(one) === undefined);
    expect(missing).to.deep.equal([]);
  });
});

describe("a check by a name whose answer depends on the place", () => {
  const checked = (...members: readonly (readonly Resource[])[]): readonly Resource[] => [
    ...members.flat(),
    resource("aws:route53/healthCheck:HealthCheck", "outer", { type: "HTTP", fqdn: "www.a.test" }),
    record("p", {
      name: "app.a.test",
      setIdentifier: "p",
      failoverRoutingPolicies: [{ type: "PRIMARY" }],
      healthCheckId: "outer",
      records: ["192.0.2.100"],
    }),
    record("s", {
      name: "app.a.test",
      setIdentifier: "s",
      failoverRoutingPolicies: [{ type: "SECONDARY" }],
      records: ["192.0.2.200"],
    }),
  ];
  const server = (value: string): readonly Resource[] => [
    resource("aws:ec2/instance:Instance", `web-${value}`, { publicIp: value }),
  ];
  const unchecked = (value: string, policy: Properties): readonly Resource[] => [
    ...server(value),
    record(`www ${value}`, { setIdentifier: value, records: [value], ...policy }),
  ];
  const answer = (stack: readonly Resource[], ...faults: readonly string[]): string | undefined => {
    const model = new StackModel([zone, ...stack]);
    return model.under(model.faults(faults)).resolve("app.a.test", "A").answers[0]?.value;
  };

  it("H13 resolves in each checker's region, and passes while more than 18 % get a living answer", () => {
    const stack = checked(
      unchecked("192.0.2.1", geolocation({ country: "BR" })),
      unchecked("192.0.2.2", geolocation({ country: "*" })),
    );
    expect(answer(stack)).to.equal("192.0.2.100");
    // São Paulo is one of eight regions, and 12.5 % are not enough.
    expect(answer(stack, "web-192.0.2.2")).to.equal("192.0.2.200");
    expect(answer(stack, "web-192.0.2.1")).to.equal("192.0.2.100");
  });

  it("H13 is unknown where blocks decide, because the checkers' addresses change", () => {
    const stack = checked(unchecked("192.0.2.1", cidr("*")));
    const model = new StackModel([zone, ...stack]);
    expect(model.under([]).unknownsOf("app.a.test", "A")).to.deep.equal([
      {
        name: "outer",
        why: "who answers www.a.test depends on the addresses of the checkers, which change",
      },
    ]);
  });
});
