import { createServer } from "node:http";
import type { Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { main } from "../../../cli/main";
import { memoryIo } from "../memoryIo";

const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };

/** Where the SDK itself looks for credentials, in addition to the environment of the command. */
const nowhere = {
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_PROFILE: undefined,
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
};

async function run(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const io = memoryIo({ env });
  const code = await main(["preflight", ...argv], io);
  return { code, out: io.out(), err: io.err() };
}

describe("failover preflight", function () {
  this.timeout(60_000);
  let server: Server;
  let endpoint: string;
  /** The error code with which AWS answers every call. */
  let code = "";
  const saved = new Map<string, string | undefined>();

  before(async () => {
    for (const [name, value] of Object.entries(nowhere)) {
      saved.set(name, process.env[name]);
      setEnvironment(name, value);
    }
    server = createServer((_, response) => {
      response.writeHead(403, { "content-type": "text/xml" });
      response.end(
        `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
      );
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    for (const [name, value] of saved) setEnvironment(name, value);
  });

  it("reports in one line that there are no credentials", async () => {
    expect(await run(["--stack", "dev"], {})).to.deep.equal({
      code: 2,
      out: "",
      err: "credentials: no AWS credentials; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with `aws sso login`\n",
    });
  });

  for (const [answer, line] of [
    [
      "ExpiredToken",
      "credentials: expired, got ExpiredToken; sign in again, as with `aws sso login`, or set AWS_PROFILE",
    ],
    [
      "InvalidClientTokenId",
      "credentials: AWS rejects them, got InvalidClientTokenId; sign in again, as with `aws sso login`, or set AWS_PROFILE",
    ],
    [
      "Throttling",
      "credentials: AWS does not identify the caller, got Throttling: no; check that AWS is reachable, and run it again",
    ],
  ] as const) {
    it(`reports in one line that AWS answers ${answer}`, async () => {
      code = answer;
      expect(await run(["--stack", "dev"], { ...keys, AWS_ENDPOINT_URL: endpoint })).to.deep.equal({
        code: 2,
        out: "",
        err: `${line}\n`,
      });
    });
  }

  it("reports in one line that AWS is not reachable", async () => {
    const { code: exit, err } = await run(["--stack", "dev"], {
      ...keys,
      // Nothing listens on port 1.
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
    });
    expect(exit).to.equal(2);
    expect(err).to.match(
      /^credentials: AWS does not identify the caller, got ECONNREFUSED: .*; check that AWS is reachable, and run it again\n$/,
    );
  });

  it("gives the fault a code in JSON", async () => {
    const { out } = await run(["--stack", "dev", "--json"], {});
    expect((JSON.parse(out) as { readonly error: object }).error).to.include({
      code: "no-credentials",
    });
  });

  it("requires a stack, and refuses one that does not exist, in one line each", async () => {
    expect(await run([], {})).to.deep.equal({
      code: 2,
      out: "",
      err: "--stack: required, got none; name a stack\n",
    });
    const { code: exit, err } = await run(["--stack", "staging"], {});
    expect(exit).to.equal(2);
    expect(err).to.match(/^[^\n]*staging[^\n]*\n$/);
  });
});

function setEnvironment(name: string, value: string | undefined): void {
  if (value === undefined) Reflect.deleteProperty(process.env, name);
  else process.env[name] = value;
}
