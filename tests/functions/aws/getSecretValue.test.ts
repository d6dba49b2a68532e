import { expect } from "chai";
import { getSecretValue } from "../../../functions/aws/getSecretValue";
import type { HttpRequest, HttpResponse } from "../../../functions/http/exchange";

const secretId = "failover-prod-synthetic-orders";

/** The request, and the result of an answer: the value or the message. */
async function asked(
  answer: () => Promise<HttpResponse>,
): Promise<{ readonly request: HttpRequest | undefined; readonly result: string }> {
  let request: HttpRequest | undefined;
  const result = await getSecretValue(secretId, {
    region: "us-east-2",
    credentials: { accessKeyId: "AKID", secretAccessKey: "secret", sessionToken: "token" },
    exchange: (sent) => {
      request = sent;
      return answer();
    },
    now: () => new Date(Date.UTC(2026, 10, 22, 12)),
  }).catch((error: unknown) => (error as Error).message);
  return { request, result };
}

const answered = (status: number, body: string) => () => Promise.resolve({ status, body });

describe("getSecretValue", () => {
  it("requests the value, with its target signed", async () => {
    const { request, result } = await asked(answered(200, '{"SecretString":"s3cret"}'));
    expect(result).to.equal("s3cret");
    expect(request?.url).to.equal("https://secretsmanager.us-east-2.amazonaws.com/");
    expect(request?.body).to.equal(`{"SecretId":"${secretId}"}`);
    expect(request?.headers?.["x-amz-target"]).to.equal("secretsmanager.GetSecretValue");
    expect(request?.headers?.["authorization"]).to.contain(
      "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target,",
    );
  });

  for (const [title, answer, message] of [
    [
      "no answer",
      () => Promise.reject(new Error("off")),
      "GetSecretValue: no answer from secretsmanager.us-east-2.amazonaws.com",
    ],
    ["a refusal", answered(400, "AccessDenied"), `GetSecretValue: answered 400 for ${secretId}`],
    ["no value", answered(200, "{}"), `GetSecretValue: answered no value for ${secretId}`],
    [
      "an empty value",
      answered(200, '{"SecretString":""}'),
      `GetSecretValue: answered no value for ${secretId}`,
    ],
    ["no JSON", answered(200, "<html>"), `GetSecretValue: answered no value for ${secretId}`],
  ] as const) {
    it(`fails with ${title}`, async () => {
      expect((await asked(answer)).result).to.equal(message);
    });
  }
});
