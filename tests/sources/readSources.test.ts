import { expect } from "chai";
import { exportOf } from "../../bench/stackExport";
import { StackModel } from "../../routing/graph/stackModel";
import { snapshotDocument } from "../../sources/aws/answers";
import { readSources } from "../../sources/readSources";
import { evaluated } from "../program/evaluated";
import { filesOf, reading } from "./read";

const zone = {
  ResourceRecordSets: [
    {
      Name: "example.org.",
      Type: "SOA",
      TTL: 900,
      ResourceRecords: [{ Value: "ns. root. 1 2 3 4 5" }],
    },
    { Name: "café.example.org.", Type: "A", TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] },
  ],
};
/** The names as Route 53 has them (N1): one letter read wrongly would be another name. */
const labels = ["example.org", "example.org SOA", "xn--caf-dma.example.org A"];

async function namesIn(content: Uint8Array): Promise<readonly string[]> {
  const { resources } = await readSources([{ path: "zone.json", content }]);
  return resources.map(({ name }) => name);
}

describe("reading a source by its content", () => {
  it("accepts the byte order marks that PowerShell and editors write", async () => {
    const text = JSON.stringify(zone);
    const utf16 = Buffer.from(`\ufeff${text}`, "utf16le");
    expect(await namesIn(Buffer.from(text))).to.deep.equal(labels);
    expect(await namesIn(Buffer.from(`\ufeff${text}`))).to.deep.equal(labels);
    expect(await namesIn(utf16)).to.deep.equal(labels);
    expect(await namesIn(Buffer.from(utf16).swap16())).to.deep.equal(labels);
  });

  it("reads files of one kind together, and different kinds separately", async () => {
    const { resources } = await readSources([
      ...filesOf("aws"),
      ...filesOf("terraform-state.json"),
    ]);
    const origins = new Set(resources.map(({ urn }) => urn.split("::")[1]));
    expect([...origins]).to.deep.equal(["terraform", "aws"]);
  });

  it("reads a snapshot as the answers that it contains", async () => {
    const document = snapshotDocument(
      [{ path: "AWS", about: "", value: zone }],
      new Date("2026-11-27T00:00:00Z"),
    );
    const { resources } = await reading(document as object);
    expect(resources.map(({ name }) => name)).to.deep.equal(labels);
    expect(document).to.deep.include({ takenAt: "2026-11-27T00:00:00.000Z" });
  });

  it("gives a Pulumi export as its own reader does", async () => {
    const [file] = filesOf("pulumi-export.json");
    const { resources, notes, failing } = await readSources(file ? [file] : []);
    expect([resources.length, notes, failing]).to.deep.equal([22, [], []]);
  });

  const refusals: readonly (readonly [title: string, content: string, message: string])[] = [
    ["an empty file", " \n", "file.json: the file is empty; write it again"],
    [
      "JSON of another kind",
      '{"a":1,"b":2}',
      "file.json: unknown format, got a, b; give a Pulumi export, answers of the AWS CLI, `terraform show -json`, a CloudFormation template, an octoDNS zone or a snapshot",
    ],
    [
      "a list",
      "[1, 2]",
      "file.json: unknown format, got a list of 2; give a Pulumi export, answers of the AWS CLI, `terraform show -json`, a CloudFormation template, an octoDNS zone or a snapshot",
    ],
    [
      "prose",
      "Good morning",
      'file.json: unknown format, got "Good morning"; give a Pulumi export, answers of the AWS CLI, `terraform show -json`, a CloudFormation template, an octoDNS zone or a snapshot',
    ],
    [
      "a Terraform state as Terraform keeps it",
      '{"version":4,"lineage":"x","resources":[]}',
      "file.json: it is a Terraform state as Terraform keeps it; give what `terraform show -json` prints",
    ],
    [
      "a Terraform state with nothing in it",
      '{"format_version":"1.0"}',
      "file.json: it is a Terraform state without resources; give the state of a workspace that has some",
    ],
    [
      "a batch of changes",
      '{"Changes":[]}',
      "file.json: it is a batch of changes to records; give what `aws route53 list-resource-record-sets` prints",
    ],
    [
      "a snapshot of a later version",
      '{"failoverSnapshot":2}',
      "file.json: failoverSnapshot: must be 1, got 2; write the file again with `failover snapshot`",
    ],
    [
      "a report of this tool",
      '{"title":"zone","stacks":[]}',
      "file.json: it looks like a report of this tool; give what it was made of, or keep it out of the folder",
    ],
    [
      "YAML with a tag of another tool",
      "a: !vault x",
      "file.json: line 1, column 4 is not YAML that can be read (Unresolved tag: !vault); repair it",
    ],
    [
      "a Pulumi export of an unknown version",
      '{"version":99,"deployment":{"resources":[]}}',
      "file.json: version: must be 3 or 4, got 99; write the file with a Pulumi CLI of version 3",
    ],
  ];
  for (const [title, content, message] of refusals) {
    it(`refuses ${title} in one line`, async () => {
      const refusal = await reading(content).then(
        () => "read",
        (error: unknown) => (error as Error).message,
      );
      expect(refusal).to.equal(message);
    });
  }

  it("reports the faults of all files together, with the position in a truncated file", async () => {
    const files = ['{"ResourceRecordSets": [', "[1]"].map((text, index) => ({
      path: `${index}.json`,
      content: Buffer.from(text),
    }));
    const refusal = await readSources(files).catch((error: unknown) => (error as Error).message);
    expect(refusal).to.match(
      /^0\.json: the file is not complete JSON, got .+; write it again\n1\.json: unknown format, got a list of 1;/,
    );
  });

  it("refuses bytes that are not text", async () => {
    const refusal = await readSources([
      { path: "zone.zip", content: Buffer.from([0x50, 0x4b, 0x80, 0xff]) },
    ]).catch((error: unknown) => (error as Error).message);
    expect(refusal).to.equal(
      "zone.zip: the file is not text, got bytes that are not UTF-8; give the file that the command wrote",
    );
  });

  it("answers from an export of prod as from the program itself", async () => {
    const prod = await evaluated("prod");
    const { resources } = await reading(exportOf(prod));
    const answer = (all: typeof resources): unknown =>
      new StackModel(all)
        .under([])
        .resolve("orders.cafe.com", "A")
        .answers.map(({ value, availabilityZone }) => [value, availabilityZone]);
    expect(answer(resources)).to.deep.equal(answer(prod.resources));
  });
});
