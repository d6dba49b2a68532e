import { expect } from "chai";
import type { Asker } from "../../routing/asker";
import { askersOf, placesOf, shortened } from "../../routing/askers";
import type { RecordSet, RoutingPolicy } from "../../routing/model";

/** Records of one name, one of each policy. */
function records(...policies: readonly RoutingPolicy[]): readonly RecordSet[] {
  return policies.map((policy, index) => ({
    id: `record-${index}`,
    label: `record-${index}`,
    zoneId: "Z1",
    name: "www.a.test",
    type: "A",
    policy,
    target: { kind: "values", values: [`192.0.2.${index + 1}`], ttlSeconds: 60 },
  }));
}

const geolocation = (place: { country?: string; subdivision?: string } | null): RoutingPolicy => ({
  kind: "geolocation",
  place,
});

const cidr = (block: string): RoutingPolicy => ({
  kind: "cidr",
  collection: "networks",
  location: block,
  blocks: [block],
});

describe("the places that a name has to be asked from", () => {
  it("are one without any property where no record depends on the place", () => {
    expect(askersOf(records({ kind: "simple" }))).to.deep.equal([{}]);
  });

  it("are the regions of latency records (C18), or the given one", () => {
    const latency = records(
      { kind: "latency", region: "us-west-2" },
      { kind: "latency", region: "eu-west-1" },
    );
    expect(askersOf(latency)).to.deep.equal([{ region: "us-west-2" }, { region: "eu-west-1" }]);
    expect(askersOf(latency, { region: "sa-east-1" })).to.deep.equal([{ region: "sa-east-1" }]);
  });

  it("are each location of a record, the rest of its country, and everywhere else (C19)", () => {
    const places = records(
      geolocation({ country: "US", subdivision: "CA" }),
      geolocation({ country: "DE" }),
      geolocation(null),
    );
    expect(askersOf(places).map(({ location }) => location)).to.deep.equal([
      { continent: "NA", country: "US", subdivision: "CA" },
      { continent: "NA", country: "US" },
      { continent: "EU", country: "DE" },
      null,
    ]);
  });

  it("are the parts of a given country, and no others", () => {
    const places = records(
      geolocation({ country: "US", subdivision: "CA" }),
      geolocation({ country: "DE" }),
    );
    const given: Asker = { location: { continent: "NA", country: "US" } };
    expect(askersOf(places, given).map(({ location }) => location)).to.deep.equal([
      { continent: "NA", country: "US", subdivision: "CA" },
      { continent: "NA", country: "US" },
    ]);
    const whole: Asker = { location: { continent: "NA", country: "US", subdivision: "CA" } };
    expect(askersOf(places, whole)).to.deep.equal([whole]);
    expect(askersOf(places, { location: null })).to.deep.equal([{ location: null }]);
  });

  it("are an address of each block and one in no block (C21), or the given one", () => {
    const blocks = records(cidr("198.51.100.0/24"));
    expect(askersOf(blocks)).to.deep.equal([{ address: "198.51.100.0" }, { address: null }]);
    expect(askersOf(blocks, { address: "192.0.2.7" })).to.deep.equal([{ address: "192.0.2.7" }]);
  });

  it("are refused where they are too many", () => {
    const many = records(
      { kind: "latency", region: "us-west-2" },
      ...Array.from({ length: 2_001 }, (_, index) => cidr(`10.${index >> 8}.${index & 255}.0/24`)),
    );
    expect(() => askersOf(many)).to.throw(
      "its answer depends on the place in 2002 ways, at most 2000 are shown; give a place with --from-location",
    );
  });
});

describe("places that get the same answer", () => {
  const all: readonly Asker[] = ["us-west-2", "eu-west-1"].flatMap((region) =>
    ["192.0.2.1", null].map((address) => ({ region, address })),
  );

  it("are described without properties that make no difference", () => {
    const some = all.filter(({ region }) => region === "us-west-2");
    expect(shortened(some, all)).to.deep.equal([{ region: "us-west-2" }]);
  });

  it("keep the properties that distinguish them from the others", () => {
    const some = all.slice(0, 1);
    expect(shortened(some, all)).to.deep.equal(some);
  });
});

describe("the places that have to be distinguished", () => {
  const alike = (all: readonly RecordSet[], given?: Asker): readonly (readonly string[])[] =>
    placesOf(all, () => all, given).map(({ from }) => from);

  it("are those where a group prefers different members, and none where nothing depends on place", () => {
    expect(alike(records({ kind: "simple" }))).to.deep.equal([[]]);
    const latency = records(
      { kind: "latency", region: "us-west-2" },
      { kind: "latency", region: "us-east-1" },
      { kind: "latency", region: "eu-west-1" },
    );
    expect(alike(latency)).to.deep.equal([["us-west-2"], ["us-east-1"], ["eu-west-1"]]);
  });

  it("are merged where places prefer the same members in the same order (C19)", () => {
    const places = records(
      geolocation({ country: "US", subdivision: "CA" }),
      geolocation({ country: "DE" }),
      geolocation(null),
    );
    expect(alike(places)).to.deep.equal([["US-CA"], ["US", "anywhere else"], ["DE"]]);
  });

  it("are the given one, by its name", () => {
    expect(alike(records({ kind: "simple" }), { region: "eu-west-1" })).to.deep.equal([
      ["eu-west-1"],
    ]);
  });
});
