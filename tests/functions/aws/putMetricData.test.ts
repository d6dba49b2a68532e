import { expect } from "chai";
import { putMetricData } from "../../../functions/aws/putMetricData";
import type { HttpRequest, HttpResponse } from "../../../functions/http/exchange";

const metric = {
  namespace: "failover",
  name: "SyntheticOrderSucceeded",
  dimension: { name: "EntryName", value: "oregon.orders.cafe.com" },
  value: 1,
  at: new Date("2026-11-22T12:00:00.000Z"),
};

async function sent(answer: () => Promise<HttpResponse>): Promise<readonly HttpRequest[]> {
  const requests: HttpRequest[] = [];
  await putMetricData(metric, {
    region: "us-east-2",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token" },
    exchange: (request) => {
      requests.push(request);
      return answer();
    },
    now: () => new Date("2026-11-22T12:00:10.000Z"),
  });
  return requests;
}

async function failureOf(answer: () => Promise<HttpResponse>): Promise<Error> {
  try {
    await sent(answer);
  } catch (error) {
    return error as Error;
  }
  throw new Error("it did not fail");
}

describe("putMetricData", () => {
  it("sends one value of standard resolution, signed, to the region's endpoint", async () => {
    const [request] = await sent(() => Promise.resolve({ status: 200, body: "" }));
    expect(request?.method).to.equal("POST");
    expect(request?.url).to.equal("https://monitoring.us-east-2.amazonaws.com/");
    expect(request?.timeoutMs).to.equal(5_000);
    expect(Object.fromEntries(new URLSearchParams(request?.body))).to.deep.equal({
      Action: "PutMetricData",
      Version: "2010-08-01",
      Namespace: "failover",
      "MetricData.member.1.MetricName": "SyntheticOrderSucceeded",
      "MetricData.member.1.Dimensions.member.1.Name": "EntryName",
      "MetricData.member.1.Dimensions.member.1.Value": "oregon.orders.cafe.com",
      "MetricData.member.1.Timestamp": "2026-11-22T12:00:00.000Z",
      "MetricData.member.1.Value": "1",
      "MetricData.member.1.StorageResolution": "60",
    });
    expect(request?.headers).to.include({
      host: "monitoring.us-east-2.amazonaws.com",
      "x-amz-date": "20261122T120010Z",
      "x-amz-security-token": "token",
    });
    expect(request?.headers?.["authorization"]).to.contain(
      "Credential=AKIDEXAMPLE/20261122/us-east-2/monitoring/aws4_request",
    );
  });

  it("fails when CloudWatch refuses the value, and reports its answer", async () => {
    const { message } = await failureOf(() =>
      Promise.resolve({ status: 403, body: "<Code>AccessDenied</Code>" }),
    );
    expect(message).to.equal("PutMetricData: answered 403, <Code>AccessDenied</Code>");
  });

  it("fails when CloudWatch cannot be reached, and keeps the cause", async () => {
    const cause = new Error("connect ECONNREFUSED");
    const failure = await failureOf(() => Promise.reject(cause));
    expect(failure.message).to.equal(
      "PutMetricData: no answer from monitoring.us-east-2.amazonaws.com",
    );
    expect(failure.cause).to.equal(cause);
  });
});
