import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { main } from "../../../cli/main";
import { memoryIo } from "../memoryIo";
import type { MemoryIo } from "../memoryIo";

const foreign = JSON.stringify({
  deployment: {
    resources: [
      {
        urn: "urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod",
        type: "pulumi:pulumi:Stack",
        outputs: { region: "us-east-2" },
      },
    ],
  },
});
const exported = readFileSync(join(__dirname, "../../fixtures/dev-export.json"), "utf8");

async function run(
  ...argv: readonly string[]
): Promise<{ readonly code: number; readonly io: MemoryIo }> {
  const io = memoryIo({ files: { "dev.json": exported, "shop.json": foreign } });
  return { code: await main(["unreachable", ...argv], io), io };
}

describe("failover unreachable", () => {
  it("prints the arguments for `pulumi up`, one line each, without characters that need quoting", async () => {
    const { code, io } = await run("us-east-2", "--from", "dev.json");
    const [setting, ...excluded] = io.out().trimEnd().split("\n");
    expect(code).to.equal(0);
    expect(setting).to.equal(
      '--config=failover:unreachable={"region":"us-east-2","imageId":"ami-0abcdef1234567890"}',
    );
    expect(excluded).to.include.members([
      "--exclude=urn:pulumi:dev::failover::failover:index:RegionTier$failover:index:AvailabilityZoneTier$aws:ec2/instance:Instance::ohio-us-east-2a-instance",
      "--exclude=urn:pulumi:dev::failover::failover:index:OrderTables$aws:dynamodb/table:Table::orders-tables-journal",
      "--exclude=**::ohio-*",
    ]);
    expect(excluded.filter((one) => one.includes("virginia"))).to.deep.equal([]);
    expect(io.out()).not.to.match(/[ \t[\]]/);
  });

  it("refuses the stack of another team's program, which does not read the setting", async () => {
    const { code, io } = await run("us-east-2", "--from", "shop.json");
    expect([code, io.err()]).to.deep.equal([
      2,
      "--from shop.json: must be the export of a stack of this package's program, got one of shop; leave out the resources of that region by `pulumi up --exclude`\n",
    ]);
  });

  it("refuses a region in which the stack has no resource", async () => {
    const { code, io } = await run("eu-north-1", "--from", "dev.json");
    expect(code).to.equal(2);
    expect(io.err()).to.equal(
      "unreachable: must be a region that the stack in dev.json uses, got eu-north-1; write one of us-east-1, us-east-2, us-west-2\n",
    );
  });
});
