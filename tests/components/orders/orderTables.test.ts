import { expect } from "chai";
import { OrderTables } from "../../../components/orders/orderTables";
import type { OrderTablesArgs } from "../../../components/orders/orderTables";
import { promiseOf } from "../promiseOf";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";
import { tags } from "../samples";

const args: OrderTablesArgs = {
  region: "us-west-2",
  otherRegion: "eu-west-1",
  isProtected: true,
  tags,
};

async function tablesOf(
  given: OrderTablesArgs,
): Promise<{ readonly tables: OrderTables; readonly made: readonly Made[] }> {
  const all: OrderTables[] = [];
  const made = await resourcesOf(() => all.push(new OrderTables("tables", given)));
  const [tables] = all;
  if (!tables) throw new Error("no tables were made");
  return { tables, made };
}

const common = {
  billingMode: "PAY_PER_REQUEST",
  hashKey: "id",
  streamEnabled: true,
  streamViewType: "NEW_AND_OLD_IMAGES",
  ttl: { attributeName: "expiresAt", enabled: true },
  pointInTimeRecovery: { enabled: true },
  deletionProtectionEnabled: true,
  replicas: [
    {
      regionName: "eu-west-1",
      pointInTimeRecovery: true,
      deletionProtectionEnabled: true,
      propagateTags: true,
    },
  ],
};

describe("OrderTables", () => {
  it("has exactly these resources", async () => {
    const { made } = await tablesOf(args);
    expect(made.map(({ type, name, parent }) => `${parent} > ${name} ${type}`)).to.deep.equal([
      " > tables failover:index:OrderTables",
      "tables > tables-journal aws:dynamodb/table:Table",
      "tables > tables-sessions aws:dynamodb/table:Table",
    ]);
  });

  it("keeps a journal with a sparse index of what a region has yet to store", async () => {
    const { made } = await tablesOf(args);
    expect(named(made, "tables-journal").inputs).to.deep.equal({
      ...common,
      rangeKey: "bodyHash",
      attributes: [
        { name: "id", type: "S" },
        { name: "bodyHash", type: "S" },
        { name: "undrainedRegion", type: "S" },
        { name: "acceptedMs", type: "N" },
      ],
      globalSecondaryIndexes: [
        {
          name: "undrained",
          keySchemas: [
            { attributeName: "undrainedRegion", keyType: "HASH" },
            { attributeName: "acceptedMs", keyType: "RANGE" },
          ],
          projectionType: "ALL",
        },
      ],
      tags: { ...tags, Tier: "region", Name: "tables-journal" },
    });
  });

  it("stores sessions by their id, and lets ended ones expire", async () => {
    const { made } = await tablesOf(args);
    expect(named(made, "tables-sessions").inputs).to.deep.equal({
      ...common,
      attributes: [{ name: "id", type: "S" }],
      tags: { ...tags, Tier: "region", Name: "tables-sessions" },
    });
  });

  it("can be deleted in a stack that is not protected, and is still recoverable", async () => {
    const { made } = await tablesOf({ ...args, isProtected: false });
    const { inputs } = named(made, "tables-journal");
    expect(inputs["deletionProtectionEnabled"]).to.equal(false);
    expect(inputs["pointInTimeRecovery"]).to.deep.equal({ enabled: true });
    expect(inputs["replicas"]).to.deep.equal([
      { ...common.replicas[0], deletionProtectionEnabled: false },
    ]);
  });

  for (const [here, there] of [
    ["us-west-2", "eu-west-1"],
    ["eu-west-1", "us-west-2"],
  ] as const) {
    it(`permits the application's operations in ${here}, and only adding in ${there}`, async () => {
      const { tables } = await tablesOf(args);
      const arn = (region: string, table: string): string =>
        `arn:aws:dynamodb:${region}:123456789012:table/tables-${table}-1234567`;
      const use = await promiseOf(tables.usedFrom(here));
      expect(use).to.deep.equal({
        journalTable: "tables-journal-1234567",
        sessionsTable: "tables-sessions-1234567",
        arns: [arn(here, "journal"), arn(here, "sessions")],
        statements: [
          {
            Sid: "JournalHere",
            Effect: "Allow",
            Action: [
              "dynamodb:GetItem",
              "dynamodb:PutItem",
              "dynamodb:Query",
              "dynamodb:UpdateItem",
            ],
            Resource: arn(here, "journal"),
          },
          {
            Sid: "JournalDrain",
            Effect: "Allow",
            Action: ["dynamodb:Query"],
            Resource: `${arn(here, "journal")}/index/undrained`,
          },
          {
            Sid: "JournalThere",
            Effect: "Allow",
            Action: ["dynamodb:PutItem"],
            Resource: arn(there, "journal"),
          },
          {
            Sid: "Sessions",
            Effect: "Allow",
            Action: ["dynamodb:GetItem", "dynamodb:PutItem"],
            Resource: [arn(here, "sessions"), arn(there, "sessions")],
          },
        ],
      });
    });
  }

  it("refuses a region as its own replica", () => {
    expect(
      refusalOf(() => new OrderTables("tables", { ...args, otherRegion: "us-west-2" })).errors,
    ).to.deep.equal([
      {
        propertyPath: "otherRegion",
        reason:
          'must be a different region from the first, got "us-west-2"; a region cannot be its own standby',
      },
    ]);
  });
});
