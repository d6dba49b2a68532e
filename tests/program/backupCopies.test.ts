import { expect } from "chai";
import { types } from "../../policies/types";
import { evaluated } from "./evaluated";

describe("the copies of the databases' backups", () => {
  it("are in prod in the region of the maintenance page, each with its own key there", async () => {
    const { resources } = await evaluated("prod");
    const copies = resources.filter(({ type }) => type === types.backupReplication);
    const keyOf = (name: string): unknown =>
      resources.find((one) => one.name === `${name}-key` && one.region === "us-east-2")?.outputs[
        "arn"
      ];
    expect(
      copies.map(({ name, region, inputs }) => [
        name,
        region,
        inputs["kmsKeyId"],
        inputs["retentionPeriod"],
      ]),
    ).to.have.deep.members(
      ["oregon", "dublin"].map((side) => {
        const name = `${side}-orders-database-copy`;
        return [name, "us-east-2", keyOf(name), 35];
      }),
    );
    const sources = copies.map(({ inputs }) => inputs["sourceDbInstanceArn"]);
    const databases = resources.filter(({ type }) => type === types.databaseInstance);
    expect(sources).to.have.members(databases.map(({ outputs }) => outputs["arn"]));
  });

  it("are not in dev", async () => {
    const { resources } = await evaluated("dev");
    expect(resources.filter(({ type }) => type === types.backupReplication)).to.deep.equal([]);
  });
});
