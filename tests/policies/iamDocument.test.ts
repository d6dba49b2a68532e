import { expect } from "chai";
import { isOpen, parseDocument, iamStatementsOf } from "../../policies/iamDocument";

describe("a policy document", () => {
  it("is read from text and from JSON, with single values or lists", () => {
    const statement = {
      Sid: "A",
      Effect: "Allow",
      Principal: { AWS: ["*"] },
      Action: "s3:GetObject",
      Resource: ["a", "b"],
      Condition: { IpAddress: { "aws:SourceIp": ["192.0.2.0/24"] }, Odd: "x" },
    };
    const expected = [
      {
        sid: "A",
        effect: "Allow",
        actions: ["s3:GetObject"],
        notActions: [],
        resources: ["a", "b"],
        isForAnyone: true,
        conditionKeys: ["aws:sourceip"],
        sourceRanges: ["192.0.2.0/24"],
      },
    ];
    expect(iamStatementsOf(parseDocument(JSON.stringify({ Statement: statement })))).to.deep.equal(
      expected,
    );
    expect(iamStatementsOf(parseDocument({ Statement: [statement, "odd"] }))).to.deep.equal(
      expected,
    );
  });

  it("is for everyone, for a named principal, or for none", () => {
    const of = (Principal: string | { AWS: string } | { Service: string } | undefined): unknown =>
      iamStatementsOf({ Statement: Principal === undefined ? {} : { Principal } })[0]?.isForAnyone;
    expect([
      of("*"),
      of({ AWS: "*" }),
      of({ AWS: "arn:a" }),
      of({ Service: "*" }),
      of(undefined),
    ]).to.deep.equal([true, true, false, false, false]);
  });

  it("is open if it allows everyone something without a condition", () => {
    const open = (more: object): boolean | undefined =>
      iamStatementsOf({ Statement: { Effect: "Allow", Principal: "*", ...more } }).map(isOpen)[0];
    expect(open({})).to.equal(true);
    expect(open({ Effect: "Deny" })).to.equal(false);
    expect(open({ Principal: "arn" })).to.equal(false);
    expect(open({ Condition: { StringEquals: { "aws:SourceAccount": "1" } } })).to.equal(false);
    expect(iamStatementsOf({ Statement: { NotAction: "iam:*" } })[0]?.notActions).to.deep.equal([
      "iam:*",
    ]);
  });

  it("that is not valid has no statements", () => {
    for (const value of ["{", "[]", 5, undefined, { Statement: undefined as never }]) {
      expect(iamStatementsOf(parseDocument(value))).to.deep.equal([]);
    }
  });
});
