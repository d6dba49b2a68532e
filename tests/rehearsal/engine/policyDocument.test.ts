import { expect } from "chai";
import { policyDocument } from "../../../rehearsal/engine/policyDocument";

describe("a policy document, as the provider writes it", () => {
  it("has sorted lists, variables and conditions of IAM", () => {
    const made = policyDocument({
      statements: [
        {
          sid: "read",
          actions: ["s3:GetObject", "s3:ListBucket"],
          resources: ["arn:aws:s3:::logs/&{aws:username}/*"],
          principals: [
            { type: "Service", identifiers: ["ec2.amazonaws.com"] },
            { type: "AWS", identifiers: ["111111111111", "222222222222", "111111111111"] },
          ],
          conditions: [
            { test: "StringLike", variable: "s3:prefix", values: ["b", "a"] },
            { test: "Bool", variable: "aws:SecureTransport", values: ["true"] },
            { test: "StringLike", variable: "s3:prefix", values: ["<c&"] },
          ],
        },
        { effect: "Deny", notActions: ["iam:*"], resources: ["*"] },
        { actions: ["sqs:*"], resources: ["*"], principals: [{ type: "*", identifiers: ["*"] }] },
      ],
    });
    expect(made?.["json"]).to.equal(`{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "read",
      "Effect": "Allow",
      "Action": [
        "s3:ListBucket",
        "s3:GetObject"
      ],
      "Resource": "arn:aws:s3:::logs/\${aws:username}/*",
      "Principal": {
        "AWS": [
          "222222222222",
          "111111111111"
        ],
        "Service": "ec2.amazonaws.com"
      },
      "Condition": {
        "Bool": {
          "aws:SecureTransport": "true"
        },
        "StringLike": {
          "s3:prefix": [
            "b",
            "a",
            "\\u003cc\\u0026"
          ]
        }
      }
    },
    {
      "Effect": "Deny",
      "NotAction": "iam:*",
      "Resource": "*"
    },
    {
      "Effect": "Allow",
      "Action": "sqs:*",
      "Resource": "*",
      "Principal": "*"
    }
  ]
}`);
    expect(made?.["minifiedJson"]).to.match(
      /^{"Version":"2012-10-17","Statement":\[{"Sid":"read",/,
    );
  });

  it("is not known where it builds on others, or has an argument that is new", () => {
    expect(policyDocument({ sourcePolicyDocuments: ["{}"] })).to.equal(undefined);
    expect(policyDocument({ statements: [{ actions: ["a:b"], also: "c" }] })).to.equal(undefined);
  });

  it("without statements has a version only", () => {
    expect(policyDocument({})?.["minifiedJson"]).to.equal('{"Version":"2012-10-17"}');
  });
});
