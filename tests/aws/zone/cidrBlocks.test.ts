import type { ResourceRecordSet } from "@aws-sdk/client-route-53";
import { expect } from "chai";
import { AwsError } from "../../../aws/awsError";
import { accountOf } from "../../../aws/clients";
import type { LiveZone } from "../../../aws/zone/liveZone";
import { liveZone } from "../../../aws/zone/liveZone";
import { StackModel } from "../../../routing/graph/stackModel";
import { readAnswers } from "../../../sources/aws/readAnswers";
import type { Answers } from "../answers";
import { withAnswers } from "../answers";

const soa: ResourceRecordSet = {
  Name: "a.test.",
  Type: "SOA",
  TTL: 900,
  ResourceRecords: [
    { Value: "ns-1.awsdns-00.com. hostmaster.example.com. 1 7200 900 1209600 86400" },
  ],
};
const record = (
  name: string,
  value: string,
  CollectionId: string,
  LocationName: string,
): ResourceRecordSet => ({
  Name: `${name}.a.test.`,
  Type: "CNAME",
  TTL: 60,
  SetIdentifier: value,
  ResourceRecords: [{ Value: `${value}.b.test` }],
  CidrRoutingConfig: { CollectionId, LocationName },
});
const records = [
  soa,
  record("www", "first", "c1", "office"),
  record("www", "second", "c1", "provider"),
  record("www", "others", "c1", "*"),
  record("shop", "first", "c2", "office"),
  record("shop", "others", "c2", "*"),
];

/** The blocks by collection; those of the first are on two pages. */
const pages: Readonly<Record<string, object>> = {
  "c1 ": {
    CidrBlocks: [{ LocationName: "office", CidrBlock: "198.51.100.0/24" }],
    NextToken: "page 2",
  },
  "c1 page 2": { CidrBlocks: [{ LocationName: "provider", CidrBlock: "198.51.0.0/16" }] },
  "c2 ": { CidrBlocks: [{ LocationName: "office", CidrBlock: "203.0.113.0/24" }] },
};

/** The zone of an account that has these records and no checks. */
function zoneWith(
  listed: readonly ResourceRecordSet[],
  listCidrBlocks: Answers[string],
): Promise<LiveZone> {
  const account = withAnswers(accountOf({ AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" }), {
    "route53.getHostedZone": () => ({ HostedZone: { Id: "/hostedzone/Z1", Name: "a.test." } }),
    "route53.listResourceRecordSets": () => ({ ResourceRecordSets: listed }),
    "route53.listCidrBlocks": listCidrBlocks,
  });
  return liveZone("Z1", account);
}

describe("the CIDR locations of a hosted zone of an account", () => {
  it("C21 answer the addresses in their blocks, of every page and collection", async () => {
    const { answers, notes } = await zoneWith(
      records,
      ({ CollectionId, NextToken = "" }) =>
        pages[`${String(CollectionId)} ${String(NextToken)}`] ?? {},
    );
    expect(notes).to.deep.equal([]);
    const state = new StackModel(readAnswers(answers).resources).under([]);
    const answered = (name: string, address: string): string | undefined =>
      state.resolve(`${name}.a.test`, "CNAME", { address }).answers[0]?.value.split(".")[0];
    expect(
      ["198.51.100.7", "198.51.7.7", "203.0.113.7"].map((address) => [
        answered("www", address),
        answered("shop", address),
      ]),
    ).to.deep.equal([
      ["first", "others"],
      ["second", "others"],
      ["others", "first"],
    ]);
  });

  it("are asked for by collection, once, and only where records use one", async () => {
    const asked: unknown[] = [];
    const count: Answers[string] = ({ CollectionId }) => {
      asked.push(CollectionId);
      return { CidrBlocks: [] };
    };
    await zoneWith([soa], count);
    expect(asked).to.deep.equal([]);
    await zoneWith(records, count);
    expect(asked).to.deep.equal(["c1", "c2"]);
  });

  it("C21 are unknown, with a note, where they may not be read", async () => {
    const { answers, notes } = await zoneWith(records, () => {
      throw new AwsError(
        "route53 listCidrBlocks in us-east-1",
        Object.assign(new Error("not for you"), { name: "AccessDenied" }),
      );
    });
    expect(notes).to.deep.equal([
      "these credentials may not call route53 listCidrBlocks in us-east-1: the blocks of CIDR locations are unknown.",
    ]);
    const { records: read } = new StackModel(readAnswers(answers).resources).route53.dns;
    expect(
      read.flatMap(({ policy }) => (policy.kind === "unsupported" ? policy.why : [])),
    ).to.deep.equal(
      ["c1", "c1", "c2"].map(
        (collection, index) =>
          `the blocks of its CIDR location are not part of what was read, got ${index === 1 ? "provider" : "office"} of collection ${collection}; add that location`,
      ),
    );
  });
});
