import { expect } from "chai";
import { listed, query, readRoute53 } from "../../../functions/aws/readAws";
import type { Aws } from "../../../functions/aws/readAws";
import type { HttpRequest, HttpResponse } from "../../../functions/http/exchange";

const ec2 = { name: "ec2", version: "2016-11-15" } as const;

function reached(answer: () => Promise<HttpResponse>): { aws: Aws; requests: HttpRequest[] } {
  const requests: HttpRequest[] = [];
  return {
    requests,
    aws: {
      region: "eu-west-1",
      credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token" },
      exchange: (request) => {
        requests.push(request);
        return answer();
      },
      now: () => new Date("2026-11-22T12:00:10.000Z"),
    },
  };
}

const answers = (status: number, body: string) => (): Promise<HttpResponse> =>
  Promise.resolve({ status, body });

async function failureOf(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => {
      throw new Error("it did not fail");
    },
    (error: unknown) => error as Error,
  );
}

describe("query", () => {
  it("sends a signed form to the service's endpoint in the region, and reads the answer", async () => {
    const { aws, requests } = reached(answers(200, "<a><b>1</b></a>"));
    const found = await query(ec2, "DescribeInstanceStatus", { "InstanceId.1": "i-1" }, aws);
    expect(found.children.map(({ name, text }) => [name, text])).to.deep.equal([["b", "1"]]);
    const [request] = requests;
    expect({ ...request, headers: undefined }).to.deep.equal({
      method: "POST",
      url: "https://ec2.eu-west-1.amazonaws.com/",
      headers: undefined,
      body: "Action=DescribeInstanceStatus&Version=2016-11-15&InstanceId.1=i-1",
      timeoutMs: 10_000,
      bodyBytesMax: 2_000_000,
    });
    expect(request?.headers).to.include({
      host: "ec2.eu-west-1.amazonaws.com",
      "content-type": "application/x-www-form-urlencoded",
      "x-amz-security-token": "token",
    });
    expect(request?.headers?.["authorization"]).to.contain(
      "Credential=AKIDEXAMPLE/20261122/eu-west-1/ec2/aws4_request",
    );
  });

  it("reports the service's answer, or the host that did not answer", async () => {
    const refused = reached(answers(403, "<Code>AccessDenied</Code>")).aws;
    expect((await failureOf(query(ec2, "One", {}, refused))).message).to.equal(
      "One: answered 403, <Code>AccessDenied</Code>",
    );
    const cause = new Error("connect ECONNREFUSED");
    const silent = reached(() => Promise.reject(cause)).aws;
    const failure = await failureOf(query(ec2, "One", {}, silent));
    expect(failure.message).to.equal("One: no answer from ec2.eu-west-1.amazonaws.com");
    expect(failure.cause).to.equal(cause);
  });

  it("fails for a truncated answer", async () => {
    const { aws } = reached(answers(200, "<a>"));
    expect((await failureOf(query(ec2, "One", {}, aws))).message).to.contain("whole document");
  });
});

describe("readRoute53", () => {
  it("reads a path from the only endpoint, signed for us-east-1", async () => {
    const { aws, requests } = reached(answers(200, "<a/>"));
    await readRoute53("GetHealthCheckStatus", "/2013-04-01/healthcheck/id-1/status", aws);
    const [request] = requests;
    expect(request?.method).to.equal("GET");
    expect(request?.url).to.equal(
      "https://route53.amazonaws.com/2013-04-01/healthcheck/id-1/status",
    );
    expect(request).not.to.have.property("body");
    expect(request?.headers?.["authorization"]).to.contain(
      "Credential=AKIDEXAMPLE/20261122/us-east-1/route53/aws4_request",
    );
  });
});

describe("listed", () => {
  it("counts from 1, with and without the prefix of some services", () => {
    expect(listed("Names", ["a", "b"])).to.deep.equal({
      "Names.member.1": "a",
      "Names.member.2": "b",
    });
    expect(listed("InstanceId", ["a"], "")).to.deep.equal({ "InstanceId.1": "a" });
    expect(listed("Names", [])).to.deep.equal({});
  });
});
