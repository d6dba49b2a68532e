import { expect } from "chai";
import type { AffinityPolicy, VpcPlace } from "../../routing/affinity";
import { affinityPlacesIn, affinityRank, vpcPlaceOf, vpcPlaceWords } from "../../routing/affinity";
import { answerCases } from "../../routing/graph/cases";
import type { Resource } from "../../routing/graph/resource";
import { StackModel } from "../../routing/graph/stackModel";
import { main } from "../../cli/main";
import { memoryIo } from "../cli/memoryIo";
import { reading } from "../sources/read";
import { pair, record } from "./graph/stack";

const policy = (location: AffinityPolicy["location"], id: string): AffinityPolicy => ({
  kind: "azAffinity",
  location,
  id,
});
const zone = policy("AvailabilityZone", "use1-az1");
const group = policy("AvailabilityZoneGroup", "us-east-1-zg-1");
const region = policy("Region", "us-east-1");
const partition = policy("Partition", "aws");
const global = policy("Global", "global");
const all = [zone, group, region, partition, global];

const inZone: VpcPlace = {
  partition: "aws",
  region: "us-east-1",
  availabilityZoneId: "use1-az1",
};

describe("the place of a query within AWS", () => {
  it("C22 is contained in locations from its zone to the whole world, the smallest first", () => {
    const ranks = (place: VpcPlace | null): readonly number[] =>
      all.map((one) => affinityRank(one, place));
    expect(ranks({ ...inZone, zoneGroup: "us-east-1-zg-1" })).to.deep.equal([0, 1, 2, 3, 4]);
    expect(ranks(inZone)).to.deep.equal([0, Infinity, 2, 3, 4]);
    expect(ranks({ partition: "aws" })).to.deep.equal([Infinity, Infinity, Infinity, 3, 4]);
    expect(ranks(null)).to.deep.equal([Infinity, Infinity, Infinity, Infinity, 4]);
  });

  it("follows from the id of a zone, whose letters give its region, or from the id of a group", () => {
    expect(vpcPlaceOf("use1-az1")).to.deep.equal(inZone);
    const regions = ["apse2-az3", "apne1-az4", "euc1-az2", "cac1-az1", "mxc1-az1"].map(
      (id) => vpcPlaceOf(id)?.region,
    );
    expect(regions).to.deep.equal([
      "ap-southeast-2",
      "ap-northeast-1",
      "eu-central-1",
      "ca-central-1",
      "mx-central-1",
    ]);
    expect(vpcPlaceOf("us-east-1-zg-1")).to.deep.equal({
      partition: "aws",
      region: "us-east-1",
      zoneGroup: "us-east-1-zg-1",
    });
    for (const none of ["us-east-1a", "xx9-az1", "nowhere-zg-1", "use1", "use1-az99x"]) {
      expect(vpcPlaceOf(none), none).to.equal(undefined);
    }
  });

  it("is each location of a record, and a zone both within a group and without one", () => {
    const words = (given?: VpcPlace | null): readonly string[] =>
      affinityPlacesIn(all, given).map(vpcPlaceWords);
    expect(words()).to.deep.equal([
      "use1-az1",
      "use1-az1 in us-east-1-zg-1",
      "elsewhere in us-east-1-zg-1",
      "elsewhere in us-east-1",
      "another region of aws",
      "no known zone of AWS",
    ]);
    expect(words(inZone)).to.deep.equal(["use1-az1", "use1-az1 in us-east-1-zg-1"]);
    expect(words(null)).to.deep.equal([]);
    expect(affinityPlacesIn([region], inZone)).to.deep.equal([]);
    expect(affinityPlacesIn([{ kind: "latency", region: "us-east-1" }], undefined)).to.deep.equal(
      [],
    );
    expect(
      affinityPlacesIn(
        [policy("Region", "cn-north-1"), policy("Region", "us-gov-west-1")],
        undefined,
      ),
    ).to.deep.equal([
      { partition: "aws-cn", region: "cn-north-1" },
      { partition: "aws-us-gov", region: "us-gov-west-1" },
      null,
    ]);
  });
});

const set = (LocationType: string, LocationId: string, value: string, more = {}): object => ({
  Name: "www.example.org.",
  Type: "A",
  SetIdentifier: LocationId,
  AZAffinity: { LocationType, LocationId },
  TTL: 60,
  ResourceRecords: [{ Value: value }],
  ...more,
});

describe("a name with AZ affinity", () => {
  const listing = {
    ResourceRecordSets: [
      set("AvailabilityZone", "use1-az1", "192.0.2.1", { HealthCheckId: "c1" }),
      set("Region", "us-east-1", "192.0.2.2", { HealthCheckId: "c2" }),
      set("Global", "global", "192.0.2.3", { HealthCheckId: "c3" }),
    ],
    HealthChecks: ["c1", "c2", "c3"].map((Id, index) => ({
      Id,
      HealthCheckConfig: { Type: "TCP", Port: 80, IPAddress: `192.0.2.${index + 1}` },
    })),
  };
  const resolve = async (from: string, ...fail: readonly string[]): Promise<readonly string[]> => {
    const io = memoryIo({ files: { "records.json": JSON.stringify(listing) } });
    await main(
      [
        "resolve",
        "www.example.org",
        ...["--from", "records.json", "--from-location", from],
        ...(fail.length > 0 ? ["--fail", fail.join(",")] : []),
      ],
      io,
    );
    return (io.out() + io.err()).split("\n");
  };

  it("C22 answers from the smallest healthy location, and from the smallest when none is healthy", async () => {
    expect(await resolve("use1-az1")).to.deep.equal([
      "www.example.org 60 A 192.0.2.1",
      "  www.example.org A [use1-az1]: for use1-az1, c1 is healthy",
      "",
    ]);
    const first = async (...fail: readonly string[]): Promise<string | undefined> =>
      (await resolve("use1-az1", ...fail))[0];
    expect(await first("check:c1")).to.equal("www.example.org 60 A 192.0.2.2");
    expect(await first("check:c1", "check:c2")).to.equal("www.example.org 60 A 192.0.2.3");
    expect(await first("check:c1", "check:c2", "check:c3")).to.equal(
      "www.example.org 60 A 192.0.2.1",
    );
    expect((await resolve("use1-az2"))[0]).to.equal("www.example.org 60 A 192.0.2.2");
    expect((await resolve("euw1-az1")).slice(0, 2)).to.deep.equal([
      "www.example.org 60 A 192.0.2.3",
      "  www.example.org A [global]: for all other places, c3 is healthy",
    ]);
  });

  it("C22 has one record for each location, and no unknown location types", async () => {
    const faults = async (...sets: readonly object[]): Promise<string> => {
      const { resources } = await reading({ ResourceRecordSets: sets });
      try {
        new StackModel(resources).under([]).resolve("www.example.org", "A", { vpc: null });
        return "";
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(
      await faults(
        set("Region", "us-east-1", "192.0.2.1"),
        set("Region", "us-east-1", "192.0.2.2", { SetIdentifier: "second" }),
      ),
    ).to.match(/a group has one record for each place \(C22\), got us-east-1 twice/);
    expect(await faults(set("Moon", "luna", "192.0.2.1"))).to.match(
      /azAffinity .* routing is not modelled/,
    );
  });

  it("C22 answers a checker on the internet from the record for all places", () => {
    const affine = (locationType: string, locationId: string, value: string): Resource =>
      record(locationId, {
        name: "in.a.test",
        setIdentifier: locationId,
        records: [value],
        azAffinityRoutingPolicy: { locationType, locationId },
      });
    const model = new StackModel([
      ...pair({ records: ["198.51.100.1"] }, { fqdn: "in.a.test" }),
      affine("Region", "us-west-2", "10.0.0.5"),
      affine("Global", "global", "203.0.113.1"),
    ]);
    const question = { name: "www.a.test", type: "A", faults: [] };
    const { unknown, cases } = answerCases(model, question, new Map());
    expect([unknown, cases[0]?.resolution.answers[0]?.value]).to.deep.equal([[], "198.51.100.1"]);
  });
});
