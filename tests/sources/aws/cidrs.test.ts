import { expect } from "chai";
import { readSources } from "../../../sources/readSources";
import type { Reading } from "../../../sources/reading";

const collection = "0b4cc1e0-0000-0000-0000-000000000001";
const records = (...collections: readonly string[]): object => ({
  ResourceRecordSets: collections.map((id, index) => ({
    Name: `www${index}.example.org.`,
    Type: "A",
    TTL: 60,
    SetIdentifier: `${index}`,
    ResourceRecords: [{ Value: "192.0.2.1" }],
    CidrRoutingConfig: { CollectionId: id, LocationName: "office" },
  })),
});
const blocks = {
  CidrBlocks: [
    { CidrBlock: "198.51.100.0/24", LocationName: "office" },
    { CidrBlock: "2001:db8:1::/48", LocationName: "office" },
    { CidrBlock: "198.51.0.0/16", LocationName: "provider" },
  ],
};

function read(files: Readonly<Record<string, object>>): Promise<Reading> {
  return readSources(
    Object.entries(files).map(([path, content]) => ({
      path,
      content: Buffer.from(JSON.stringify(content)),
    })),
  );
}

function locationsIn({ resources }: Reading): readonly object[] {
  return resources
    .filter(({ type }) => type === "aws:route53/cidrLocation:CidrLocation")
    .map(({ outputs }) => outputs);
}

describe("the blocks of a listing of CIDR blocks", () => {
  const expected = [
    {
      name: "office",
      cidrCollectionId: collection,
      cidrBlocks: ["198.51.100.0/24", "2001:db8:1::/48"],
    },
    { name: "provider", cidrCollectionId: collection, cidrBlocks: ["198.51.0.0/16"] },
  ];

  it("are of the collection that the file is named after, else of the only one of the records", async () => {
    const two = records(collection, "another");
    expect(
      locationsIn(await read({ "r.json": two, [`blocks-${collection}.json`]: blocks })),
    ).to.deep.equal(expected);
    expect(
      locationsIn(await read({ "r.json": records(collection), "blocks.json": blocks })),
    ).to.deep.equal(expected);
  });

  it("are left out, with a note, where their collection is unknown or the listing is one page of several", async () => {
    const two = await read({ "r.json": records(collection, "another"), "blocks.json": blocks });
    expect(locationsIn(two)).to.deep.equal([]);
    expect(two.notes).to.deep.equal([
      "blocks.json: its CIDR collection is unknown, so its blocks are left out; name the file after the collection's id.",
    ]);
    const page = await read({
      "r.json": records(collection),
      "blocks.json": { ...blocks, NextToken: "x" },
    });
    expect(locationsIn(page)).to.deep.equal([]);
    expect(page.notes).to.deep.equal([
      "blocks.json: it is one page of several, so its blocks are left out; leave out --max-items and --no-paginate.",
    ]);
  });
});
