import { expect } from "chai";
import type { Asker } from "../../../routing/asker";
import { StackModel } from "../../../routing/graph/stackModel";
import { InputError } from "../../../routing/inputError";
import { reading } from "../read";

const template = (collection: string, office = '["198.51.100.0/24"]'): string =>
  [
    "Parameters:",
    "  Block: {Type: String}",
    "Resources:",
    "  Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: a.test}}",
    "  Places:",
    "    Type: AWS::Route53::CidrCollection",
    "    Properties:",
    "      Name: places",
    "      Locations:",
    `        - {LocationName: office, CidrList: ${office}}`,
    '        - {LocationName: provider, CidrList: ["198.51.0.0/16"]}',
    "  Others:",
    "    Type: AWS::Route53::CidrCollection",
    '    Properties: {Name: others, Locations: [{LocationName: office, CidrList: ["203.0.113.0/24"]}]}',
    ...[
      ["office", "192.0.2.1"],
      ["provider", "192.0.2.2"],
      ["*", "192.0.2.3"],
    ].flatMap(([location = "", address = ""], index) => [
      `  Www${index}:`,
      "    Type: AWS::Route53::RecordSet",
      "    Properties:",
      "      {HostedZoneId: !Ref Zone, Name: www.a.test, Type: A, TTL: '60',",
      `       SetIdentifier: '${index}', ResourceRecords: ['${address}'],`,
      `       CidrRoutingConfig: {CollectionId: ${collection}, LocationName: '${location}'}}`,
    ]),
  ].join("\n");

async function answeredTo(address: string, written: string): Promise<string | undefined> {
  const { resources } = await reading(written, "t.yaml");
  const asker: Asker = { address };
  return new StackModel(resources).under([]).resolve("www.a.test", "A", asker).answers[0]?.value;
}

describe("the CIDR locations of a CloudFormation template", () => {
  for (const collection of ["!Ref Places", "!GetAtt Places.Id"]) {
    it(`C21 answer the addresses in their blocks, with the collection as ${collection}`, async () => {
      for (const [address, value] of [
        ["198.51.100.7", "192.0.2.1"],
        ["198.51.7.7", "192.0.2.2"],
        // In the block of another collection's location of that name.
        ["203.0.113.7", "192.0.2.3"],
      ] as const) {
        expect(await answeredTo(address, template(collection)), address).to.equal(value);
      }
    });
  }

  it("C21 answer none while a block is unknown, or in a collection that was not read", async () => {
    const refused = async (written: string): Promise<unknown> => {
      try {
        return await answeredTo("198.51.100.7", written);
      } catch (error) {
        return (error as InputError).faults[0];
      }
    };
    const missing = (record: string, of: string): string =>
      `${record}: the blocks of its CIDR location are not part of what was read, got office of collection ${of}; add that location`;
    expect(await refused(template("!Ref Places", "[!Ref Block, 198.51.100.0/24]"))).to.equal(
      missing("Www0", "Places"),
    );
    expect(await refused(template("0b4cc1e0"))).to.equal(missing("Www0", "0b4cc1e0"));
  });
});
