import { expect } from "chai";
import { runningExperiments, startExperiment } from "../../../functions/aws/experiments";
import type { Aws } from "../../../functions/aws/readAws";
import type { HttpRequest, HttpResponse } from "../../../functions/http/exchange";

function reached(...answers: readonly (() => Promise<HttpResponse>)[]): {
  readonly aws: Aws;
  readonly requests: HttpRequest[];
} {
  const requests: HttpRequest[] = [];
  return {
    requests,
    aws: {
      region: "us-west-2",
      credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
      exchange: (request) => {
        requests.push(request);
        const answer = answers[requests.length - 1] ?? answers.at(-1);
        return answer ? answer() : Promise.reject(new Error("not foreseen"));
      },
      now: () => new Date("2026-12-01T18:00:01.000Z"),
    },
  };
}

const answer = (status: number, body: unknown) => (): Promise<HttpResponse> =>
  Promise.resolve({ status, body: typeof body === "string" ? body : JSON.stringify(body) });

const failureOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "none",
    (error: unknown) => (error as Error).message,
  );

describe("startExperiment", () => {
  it("sends FIS a signed request in the region, and returns the experiment's id", async () => {
    const { aws, requests } = reached(answer(200, { experiment: { id: "EXP1" } }));
    expect(await startExperiment("EXT1", "token", aws)).to.equal("EXP1");
    const [request] = requests;
    expect({ ...request, headers: undefined }).to.deep.equal({
      method: "POST",
      url: "https://fis.us-west-2.amazonaws.com/experiments",
      headers: undefined,
      body: '{"clientToken":"token","experimentTemplateId":"EXT1"}',
      timeoutMs: 10_000,
      bodyBytesMax: 2_000_000,
    });
    expect(request?.headers).to.include({ "content-type": "application/json" });
    expect(request?.headers?.["authorization"]).to.contain("/us-west-2/fis/aws4_request");
  });

  it("fails if FIS refuses, does not answer, or names no experiment", async () => {
    const refused = reached(answer(409, '{"message":"Conflict"}'));
    expect(await failureOf(startExperiment("EXT1", "token", refused.aws))).to.equal(
      'StartExperiment: answered 409, {"message":"Conflict"}',
    );
    const dead = reached(() => Promise.reject(new Error("ECONNREFUSED")));
    expect(await failureOf(startExperiment("EXT1", "token", dead.aws))).to.equal(
      "StartExperiment: no answer from fis.us-west-2.amazonaws.com",
    );
    const odd = reached(answer(200, {}));
    expect(await failureOf(startExperiment("EXT1", "token", odd.aws))).to.equal(
      "StartExperiment: the answer has no experiment",
    );
  });
});

describe("runningExperiments", () => {
  it("reads all pages, and omits ended experiments", async () => {
    const states = ["completed", "running", "pending", "stopped", "stopping", "failed"];
    const experiments = states.map((status, index) => ({ id: `EXP${index}`, state: { status } }));
    const { aws, requests } = reached(
      answer(200, { experiments, nextToken: "a/b+='" }),
      answer(200, {
        experiments: [{ id: "EXP6", state: { status: "initiating" } }, { id: "EXP7" }],
      }),
    );
    expect(await runningExperiments(aws)).to.deep.equal(["EXP1", "EXP2", "EXP4", "EXP6"]);
    const at = "https://fis.us-west-2.amazonaws.com/experiments?maxResults=100";
    expect(requests.map(({ method, url, body }) => [method, url, body])).to.deep.equal([
      ["GET", at, undefined],
      ["GET", `${at}&nextToken=a%2Fb%2B%3D%27`, undefined],
    ]);
  });

  it("is empty without experiments", async () => {
    expect(await runningExperiments(reached(answer(200, {})).aws)).to.deep.equal([]);
  });

  it("gives up on an endless list", async () => {
    const { aws, requests } = reached(answer(200, { nextToken: "more" }));
    expect(await failureOf(runningExperiments(aws))).to.equal(
      "ListExperiments: must end within 50 pages, got more; check FIS",
    );
    expect(requests).to.have.length(50);
  });
});
