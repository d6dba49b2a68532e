import { expect } from "chai";
import { fromExport } from "../../../routing/graph/fromExport";
import { Unknown } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";

const urn = (type: string, name: string): string => `urn:pulumi:dev::shop::${type}::${name}`;
const provider = urn("pulumi:providers:aws", "oregon");
const secret = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

const exported = (...resources: readonly object[]): string =>
  JSON.stringify({
    version: 3,
    deployment: {
      resources: [
        {
          urn: provider,
          type: "pulumi:providers:aws",
          custom: true,
          id: "p",
          inputs: { region: "us-west-2" },
        },
        ...resources,
      ],
    },
  });

const record = (name: string, outputs: object, more: object = {}): object => ({
  urn: urn("aws:route53/record:Record", name),
  type: "aws:route53/record:Record",
  custom: true,
  id: name,
  provider: `${provider}::p`,
  inputs: outputs,
  outputs,
  ...more,
});
const plain = { name: "www.a.test", type: "A", zoneId: "Z1", ttl: 60, records: ["192.0.2.1"] };

describe("reading a stack export", () => {
  it("gives every resource its own region, or that of its provider", () => {
    const resources = fromExport(
      exported(record("www", plain), record("own", { ...plain, region: "eu-west-1" })),
      "stack.json",
    );
    expect(resources.map(({ name, region }) => [name, region])).to.deep.equal([
      ["oregon", "us-west-2"],
      ["www", "us-west-2"],
      ["own", "eu-west-1"],
    ]);
    expect(resources[1]?.provider).to.equal(provider);
  });

  it("reads a resource in a property as its id, and a component as its URN", () => {
    const reference = (content: object): object => ({
      [secret]: "5cf8f73096256a8f31e491e813e4eb8e",
      ...content,
    });
    const web = urn("aws:ec2/eip:Eip", "web");
    const [, made] = fromExport(
      exported(
        record("www", {
          ...plain,
          zoneId: reference({ urn: web, id: "Z9" }),
          records: [reference({ urn: web, id: "" })],
        }),
      ),
      "stack.json",
    );
    expect([made?.outputs["zoneId"], made?.outputs["records"]]).to.deep.equal(["Z9", [web]]);
    expect(made?.unknown).to.deep.equal({});
  });

  it("leaves out a resource that is pending deletion", () => {
    const text = exported(record("www", plain), record("www", plain, { delete: true }));
    expect(fromExport(text, "stack.json")).to.have.length(2);
  });

  it("keeps an encrypted value unknown, and reads one that was exported in plain text", () => {
    const value = (content: object): object => ({ [secret]: secretSignature, ...content });
    const [, hidden, shown] = fromExport(
      exported(
        record("hidden", { ...plain, records: [value({ ciphertext: "v1:x" })] }),
        record("shown", { ...plain, records: value({ plaintext: '["192.0.2.9"]' }) }),
      ),
      "stack.json",
    );
    expect(hidden?.outputs["records"]).to.deep.equal([new Unknown("encrypted")]);
    expect(hidden?.unknown).to.deep.equal({
      "inputs.records[0]": "encrypted",
      "outputs.records[0]": "encrypted",
    });
    expect(shown?.outputs["records"]).to.deep.equal(["192.0.2.9"]);
  });

  it("refuses to answer from an encrypted value, and answers for the other names", () => {
    const hidden = { ...plain, records: { [secret]: secretSignature, ciphertext: "v1:x" } };
    const model = new StackModel(
      fromExport(
        exported(record("www", hidden), record("other", { ...plain, name: "b.test" })),
        "stack.json",
      ),
    );
    expect(() => model.under([]).resolve("www.a.test", "A")).to.throw(
      "www: records is encrypted in the export; run `pulumi stack export --show-secrets` and keep the file safe",
    );
    expect(model.under([]).resolve("b.test", "A").answers[0]?.value).to.equal("192.0.2.1");
  });

  it("marks a value that a preview did not know", () => {
    const [, www] = fromExport(
      exported(record("www", { ...plain, ttl: "3eeb2bf0-c639-47a8-9e75-3b44932eb421" })),
      "stack.json",
    );
    expect(www?.unknown).to.deep.equal({ "inputs.ttl": "computed", "outputs.ttl": "computed" });
  });

  const refusals: readonly (readonly [string, string, RegExp])[] = [
    [
      "an empty file",
      " \n",
      /^stack.json: the file is empty; write it with `pulumi stack export`$/,
    ],
    [
      "a truncated file",
      exported(record("www", plain)).slice(0, -20),
      /^stack.json: the file is not complete JSON, got .+; write it again with `pulumi stack export`$/,
    ],
    [
      "another kind of JSON",
      "[1]",
      /^stack.json: not a stack export, deployment.resources is missing; write it with/,
    ],
    [
      "a resource without a type",
      exported({ urn: "x" }),
      /^stack.json: deployment.resources\[1\]: urn or type is missing; write the file again with/,
    ],
  ];
  for (const [title, text, message] of refusals) {
    it(`refuses ${title} in one line`, () => {
      expect(() => fromExport(text, "stack.json")).to.throw(message);
    });
  }

  it("of another cloud has no Route 53 record", () => {
    const text = exported({
      urn: urn("gcp:dns/recordSet:RecordSet", "www"),
      type: "gcp:dns/recordSet:RecordSet",
    });
    expect(() =>
      new StackModel(fromExport(text, "x")).under([]).resolve("www.a.test", "A"),
    ).to.throw("www.a.test: the stack has no Route 53 records; name a stack that has some");
  });
});
