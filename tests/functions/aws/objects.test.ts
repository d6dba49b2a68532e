import { expect } from "chai";
import { deleteObject, getObject, putObject } from "../../../functions/aws/objects";
import type { Bucket } from "../../../functions/aws/objects";
import type { HttpRequest, HttpResponse } from "../../../functions/http/exchange";

describe("objects of a bucket", () => {
  let asked: HttpRequest[];
  let waited: number[];
  beforeEach(() => {
    asked = [];
    waited = [];
  });

  /** A bucket that answers as told, in turns; an error is no answer. */
  function bucketThat(...answers: readonly (HttpResponse | Error)[]): Bucket {
    return {
      bucket: "gate-bucket",
      region: "eu-west-1",
      credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
      exchange: (request) => {
        const answer = answers[Math.min(asked.length, answers.length - 1)];
        asked.push(request);
        return answer instanceof Error || answer === undefined
          ? Promise.reject(answer ?? new Error("none"))
          : Promise.resolve(answer);
      },
      now: () => new Date("2026-11-27T15:00:00Z"),
      sleep: (milliseconds) => {
        waited.push(milliseconds);
        return Promise.resolve();
      },
    };
  }
  const ok: HttpResponse = { status: 200, body: "text", etag: '"1"' };
  const error = (status: number, code: string): HttpResponse => ({
    status,
    body: `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`,
  });
  const messageOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => "none",
      (failure: unknown) => (failure as Error).message,
    );

  it("are read at the regional endpoint, with their version", async () => {
    expect(await getObject("state.json", bucketThat(ok))).to.deep.equal({
      text: "text",
      etag: '"1"',
    });
    expect(asked[0]).to.deep.include({
      method: "GET",
      url: "https://gate-bucket.s3.eu-west-1.amazonaws.com/state.json",
    });
    // S3 requires the hash of the body as a header; this is that of an empty one.
    expect(asked[0]?.headers).to.deep.include({
      "x-amz-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    });
  });

  it("are undefined if missing, but not if the bucket is", async () => {
    expect(await getObject("latch", bucketThat(error(404, "NoSuchKey")))).to.equal(undefined);
    expect(await messageOf(getObject("latch", bucketThat(error(404, "NoSuchBucket"))))).to.equal(
      "GetObject latch: answered 404 NoSuchBucket; deploy the stack again",
    );
  });

  it("are written under the condition that is asked for, which is signed", async () => {
    const signed = (): string => asked.at(-1)?.headers?.["authorization"] ?? "";
    await putObject("k", "b", "anything", bucketThat(ok));
    expect(signed()).to.contain("SignedHeaders=host;x-amz-content-sha256;x-amz-date,");
    expect(await putObject("k", "b", "nothing", bucketThat(ok, ok))).to.deep.equal({ etag: '"1"' });
    expect(asked.at(-1)?.headers).to.deep.include({ "if-none-match": "*" });
    await putObject("k", "b", { etag: '"0"' }, bucketThat(ok));
    expect(asked.at(-1)?.headers).to.deep.include({ "if-match": '"0"' });
    expect(signed()).to.contain("SignedHeaders=host;if-match;x-amz-content-sha256;x-amz-date,");
  });

  it("are lost to another write in each form of the answer", async () => {
    for (const answer of [
      error(412, "PreconditionFailed"),
      error(409, "ConditionalRequestConflict"),
      error(404, "NoSuchKey"),
    ]) {
      expect(await putObject("k", "b", { etag: '"0"' }, bucketThat(answer))).to.equal("lost");
      asked = [];
    }
    const refused = bucketThat(error(409, "OperationAborted"));
    expect(await messageOf(putObject("k", "b", "nothing", refused))).to.equal(
      "PutObject k: answered 409 OperationAborted",
    );
  });

  it("are deleted", async () => {
    await deleteObject("latch", bucketThat({ status: 204, body: "" }));
    expect(asked[0]?.method).to.equal("DELETE");
    expect(await messageOf(deleteObject("latch", bucketThat(error(403, "AccessDenied"))))).to.equal(
      "DeleteObject latch: answered 403 AccessDenied; check the function's role and the bucket's policy",
    );
  });

  it("are asked for three times at most, after 100 and 400 ms", async () => {
    const slow = error(503, "SlowDown");
    expect(await getObject("k", bucketThat(slow, new Error("reset"), ok))).to.include({
      text: "text",
    });
    expect(waited).to.deep.equal([100, 400]);
    asked = [];
    expect(await messageOf(getObject("k", bucketThat(slow)))).to.equal(
      "GetObject k: answered 503 SlowDown; S3 throttles; the next run tries again",
    );
    expect(asked).to.have.length(3);
    asked = [];
    expect(await messageOf(getObject("k", bucketThat(new Error("reset"))))).to.equal(
      "GetObject k: no answer from gate-bucket.s3.eu-west-1.amazonaws.com",
    );
    asked = [];
    await messageOf(getObject("k", bucketThat(error(403, "ExpiredToken"))));
    expect(asked).to.have.length(1);
  });

  it("are at the endpoint that replaces all, by path", async () => {
    await getObject("k", { ...bucketThat(ok), endpoint: "http://127.0.0.1:5000" });
    expect(asked[0]?.url).to.equal("http://127.0.0.1:5000/gate-bucket/k");
  });
});
