import { expect } from "chai";
import { boundaryOf } from "../../../aws/permissions/roleStatements";
import { resource } from "../../routing/graph/stack";

describe("the boundary of roles", () => {
  const actionsWith = (policy: object): readonly unknown[] =>
    boundaryOf([
      resource("aws:iam/rolePolicy:RolePolicy", "policy", { policy: JSON.stringify(policy) }),
    ]).flatMap(({ Action }) => Action);

  it("reads a policy with a list of statements, with a single one as IAM allows, and with none", () => {
    const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
    expect(actionsWith({ Statement: [statement] })).to.deep.equal(["s3:GetObject"]);
    expect(actionsWith({ Statement: statement })).to.deep.equal(["s3:GetObject"]);
    expect(actionsWith({})).to.deep.equal([]);
  });
});
