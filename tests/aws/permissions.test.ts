import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { actionsFor, actionsOf } from "../../aws/permissions/deployer";
import { schemaTypes } from "../../aws/permissions/schemaTypes";
import { needModels } from "../program/awsModels/python";
import { rows } from "../program/awsModels/subjects";
import { evaluated, evaluatedZone } from "../program/evaluated";

describe("the actions of an update", function () {
  this.timeout(60_000);

  it("are known for every type that the program can make", () => {
    const unknown = Object.keys(rows).filter((type) => actionsOf(type) === undefined);
    expect(unknown).to.deep.equal([]);
  });

  it("are known for every type of prod, dev and the zone", async () => {
    const all = [await evaluated("prod"), await evaluated("dev"), await evaluatedZone("prod")];
    const types = all.flatMap(({ resources }) =>
      resources.filter(({ custom }) => custom).map(({ type }) => type),
    );
    expect(types.filter((type) => actionsOf(type) === undefined)).to.deep.equal([]);
  });

  it("are single ones, without a star", () => {
    const actions = actionsFor(Object.keys(rows));
    expect(actions.filter((one) => !/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(one))).to.deep.equal([]);
    expect(actions).to.include.members(["ec2:RunInstances", "s3:PutObject", "iam:PassRole"]);
  });

  it("are split into reads and changes, and none for a type that nobody has looked at", () => {
    expect(actionsOf("aws:cloudfront/originAccessControl:OriginAccessControl")).to.deep.equal({
      reads: ["cloudfront:GetOriginAccessControl", "cloudfront:ListOriginAccessControls"],
      changes: [
        "cloudfront:CreateOriginAccessControl",
        "cloudfront:DeleteOriginAccessControl",
        "cloudfront:GetOriginAccessControl",
        "cloudfront:UpdateOriginAccessControl",
      ],
    });
    expect(actionsOf("aws:sqs/queue:Queue")).to.equal(undefined);
    expect(actionsOf("cafe:index:Anything")).to.deep.equal({ reads: [], changes: [] });
  });

  it("are what AWS's schemas say today", function () {
    needModels(this);
    const { stdout, stderr } = spawnSync(
      "python3",
      ["-B", join(__dirname, "handlerActions.py"), ...new Set(Object.values(schemaTypes))],
      { encoding: "utf8" },
    );
    const table = readFileSync(join(__dirname, "../../aws/permissions/handlerActions.ts"), "utf8");
    expect(stderr).to.equal("");
    expect(table === stdout, "run tests/aws/handlerActions.py again").to.equal(true);
  });
});
