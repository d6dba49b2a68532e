import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { AwsError } from "../../aws/awsError";
import { fullClient } from "../../aws/clients";

/** The timeouts of a client, which its type does not show. */
interface Waiting {
  httpHandlerConfigs(): Readonly<Record<string, unknown>>;
  updateHttpClientConfig(key: string, milliseconds: number): void;
}

describe("a client of AWS", () => {
  let server: Server;
  let answer: RequestListener;

  before((done) => {
    server = createServer((request, response) => {
      answer(request, response);
    });
    server.listen(0, "127.0.0.1", done);
  });
  after((done) => {
    server.closeAllConnections();
    server.close(done);
  });

  const caller = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
  const answered: RequestListener = (_, response) => response.end(caller);

  /** The error of a call, by a client that waits 300 times less. */
  async function failureOf(listener: RequestListener): Promise<unknown> {
    const { port } = server.address() as AddressInfo;
    const sts = await fullClient("sts", "us-west-2", {
      AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    });
    answer = answered;
    expect((await sts.getCallerIdentity({})).Account).to.equal("123456789012");
    const waiting = sts.config.requestHandler as unknown as Waiting;
    const configured = waiting.httpHandlerConfigs();
    for (const key of ["requestTimeout", "socketTimeout"]) {
      const milliseconds = configured[key];
      if (typeof milliseconds === "number") waiting.updateHttpClientConfig(key, milliseconds / 300);
    }
    answer = listener;
    return Promise.race([
      sts.getCallerIdentity({}).then(
        () => "it was answered",
        (error: unknown) => error,
      ),
      setTimeout(5_000, "it still waits"),
    ]);
  }

  it("ends a call without an answer, as one that was not answered", async () => {
    const error = await failureOf(() => undefined);
    expect(error).to.be.instanceOf(AwsError);
    expect((error as AwsError).is("unreachable")).to.equal(true);
  });

  it("ends a call whose answer stalls", async () => {
    const error = await failureOf((_, response) => response.write(caller.slice(0, 40)));
    expect(error).to.be.instanceOf(AwsError);
    expect((error as AwsError).is("unreachable")).to.equal(true);
  });

  it("says that an answer is none of AWS's, without a piece of it", async () => {
    const { port } = server.address() as AddressInfo;
    const lambda = await fullClient("lambda", "us-west-2", {
      AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    });
    answer = (_, response) => {
      response.writeHead(403, { "content-type": "text/xml" });
      response.end('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>');
    };
    const error = await lambda.getFunctionConfiguration({ FunctionName: "f" }).then(
      () => "it was answered",
      (failed: unknown) => failed,
    );
    expect((error as AwsError).message).to.equal(
      "lambda getFunctionConfiguration in us-west-2: an answer that is none of AWS's, with HTTP status 403",
    );
  });
});
