import { expect } from "chai";
import { sha256, signedHeaders } from "../../../functions/aws/signedHeaders";

/** The credentials and the date of AWS's own examples. */
const credentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};
const scope = { service: "service", region: "us-east-1", at: new Date("2015-08-30T12:36:00.000Z") };
const request = {
  host: "example.amazonaws.com",
  contentType: "application/x-www-form-urlencoded",
  body: "Param1=value1",
};

describe("signedHeaders", () => {
  it("matches AWS's test suite for Signature Version 4 (post-x-www-form-urlencoded)", () => {
    expect(signedHeaders(request, scope, credentials)).to.deep.equal({
      "content-type": "application/x-www-form-urlencoded",
      host: "example.amazonaws.com",
      "x-amz-date": "20150830T123600Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
    });
  });

  it("signs the token of temporary credentials too", () => {
    const headers = signedHeaders(request, scope, { ...credentials, sessionToken: "token" });
    expect(headers["x-amz-security-token"]).to.equal("token");
    expect(headers["authorization"]).to.contain(
      "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token,",
    );
  });

  it("signs a GET of a path as another implementation does (botocore 1.43)", () => {
    const headers = signedHeaders(
      {
        method: "GET",
        host: request.host,
        path: "/2013-04-01/healthcheck/id-1/status",
        body: "",
      },
      { ...scope, service: "route53" },
      credentials,
    );
    expect(headers["authorization"]?.split("Signature=")[1]).to.equal(
      "3516ed8e988abca07cda28de77fe597f514693b78f06c8fcb0ec2fba4c45d690",
    );
  });

  it("signs query parameters as another implementation does (botocore 1.43)", () => {
    const headers = signedHeaders(
      {
        method: "GET",
        host: request.host,
        path: "/experiments",
        query: "maxResults=100&nextToken=a%2Fb%2B%3D",
        body: "",
      },
      { ...scope, service: "fis" },
      credentials,
    );
    expect(headers["authorization"]?.split("Signature=")[1]).to.equal(
      "c44105844498c06bb08ad450ca1b18c662924b89058a1479dc6b06d070f22f79",
    );
  });

  it("signs a conditional write of S3 as another implementation does (botocore 1.44)", () => {
    const body = '{"version":1}';
    const headers = signedHeaders(
      {
        method: "PUT",
        host: request.host,
        path: "/state.json",
        headers: { "x-amz-content-sha256": sha256(body), "if-match": '"0123"' },
        body,
      },
      { ...scope, service: "s3" },
      credentials,
    );
    expect(headers["authorization"]?.split("Signature=")[1]).to.equal(
      "52471786f3fc653bcb0d1a4bba14b601589607b31f9cb4ea9ee47e0825f37a7b",
    );
  });

  it("returns another signature for another body, second or secret", () => {
    const others = [
      signedHeaders({ ...request, body: "Param1=value2" }, scope, credentials),
      signedHeaders(request, { ...scope, at: new Date("2015-08-30T12:36:01Z") }, credentials),
      signedHeaders(request, scope, { ...credentials, secretAccessKey: "another" }),
      signedHeaders(request, scope, credentials),
    ].map((headers) => headers["authorization"]?.split("Signature=")[1]);
    expect(new Set(others).size).to.equal(4);
  });
});
