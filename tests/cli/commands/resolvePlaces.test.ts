import { expect } from "chai";
import { main } from "../../../cli/main";
import { memoryIo } from "../memoryIo";

const urn = (type: string, name: string): string => `urn:pulumi:dev::shop::${type}::${name}`;

function entry(type: string, name: string, outputs: object): object {
  return { urn: urn(type, name), type, id: name, custom: true, inputs: outputs, outputs };
}

const record = (name: string, outputs: object): object =>
  entry("aws:route53/record:Record", name, {
    name: "www.a.test",
    type: "A",
    zoneId: "Z1",
    setIdentifier: name,
    ...outputs,
  });

/** One record for California, two regions for Europe, and none for other places. */
const exported = JSON.stringify({
  deployment: {
    resources: [
      entry("aws:route53/zone:Zone", "zone", { name: "a.test", zoneId: "Z1" }),
      record("california", {
        ttl: 60,
        records: ["192.0.2.1"],
        geolocationRoutingPolicies: [{ country: "US", subdivision: "CA" }],
      }),
      record("europe", {
        geolocationRoutingPolicies: [{ continent: "EU" }],
        aliases: [{ name: "eu.a.test", zoneId: "Z1", evaluateTargetHealth: true }],
      }),
      ...["eu-west-1", "eu-central-1"].map((region, index) =>
        record(region, {
          name: "eu.a.test",
          ttl: 60,
          records: [`192.0.2.${index + 2}`],
          latencyRoutingPolicies: [{ region }],
        }),
      ),
    ],
  },
});

async function resolve(
  ...more: readonly string[]
): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  const io = memoryIo({ files: { "stack.json": exported } });
  const code = await main(["resolve", "www.a.test", "--from", "stack.json", ...more], io);
  const text = io.out() + io.err();
  return { code, lines: text.split("\n").filter((line) => line !== "" && !/^ {4}/.test(line)) };
}

const from = (place: string): Promise<{ code: number; lines: readonly string[] }> =>
  resolve("--from-location", place);

describe("failover resolve of a name whose answer depends on the place", () => {
  it("shows every place that gets a different answer, and exits with 1 where one gets none", async () => {
    expect(await resolve()).to.deep.equal({
      code: 1,
      lines: [
        "From US-CA:",
        "  www.a.test 60 A 192.0.2.1",
        "From US; anywhere else:",
        "  www.a.test A: no answer",
        "From elsewhere in EU, eu-west-1:",
        "  www.a.test 60 A 192.0.2.2",
        "From elsewhere in EU, eu-central-1:",
        "  www.a.test 60 A 192.0.2.3",
      ],
    });
  });

  it("answers for the given place, and varies the rest", async () => {
    expect((await from("us-ca")).lines).to.deep.equal([
      "www.a.test 60 A 192.0.2.1",
      "  www.a.test A [california]: for US-CA, always healthy because it has no check",
    ]);
    // Ireland is in Europe, and a region is nearest to itself.
    expect((await from("eu-west-1")).lines[0]).to.equal("www.a.test 60 A 192.0.2.2");
    expect((await from("DE, eu-central-1")).lines[0]).to.equal("www.a.test 60 A 192.0.2.3");
    expect(await from("JP")).to.deep.equal({ code: 1, lines: ["www.a.test A: no answer"] });
    expect((await from("DE")).lines).to.deep.equal([
      "From DE, eu-west-1:",
      "  www.a.test 60 A 192.0.2.2",
      "From DE, eu-central-1:",
      "  www.a.test 60 A 192.0.2.3",
    ]);
    // The location of an address is unknown.
    expect((await from("198.51.100.7")).lines).to.have.length(8);
  });

  it("prints the places as JSON", async () => {
    const io = memoryIo({ files: { "stack.json": exported } });
    await main(["resolve", "www.a.test", "--from", "stack.json", "--json"], io);
    const { places } = JSON.parse(io.out()) as {
      places: readonly { readonly from: unknown; readonly unanswered?: number }[];
    };
    expect(places.map((place) => [place.from, place.unanswered])).to.deep.equal([
      [["US-CA"], undefined],
      [["US", "anywhere else"], 1],
      [["elsewhere in EU, eu-west-1"], undefined],
      [["elsewhere in EU, eu-central-1"], undefined],
    ]);
  });

  it("refuses all unknown places together", async () => {
    const remedy =
      "there is no such place; write a region of AWS such as eu-west-1, a country such as DE or US-CA, an address, or the id of a zone such as use1-az1";
    expect(await from("mars-north-1,XX")).to.deep.equal({
      code: 2,
      lines: [`--from-location mars-north-1: ${remedy}`, `--from-location XX: ${remedy}`],
    });
  });
});
