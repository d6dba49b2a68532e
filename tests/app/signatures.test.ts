import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { anOrder, ask, place, postJson } from "./harness/customer";
import type { RecordedRequest } from "../../rehearsal/live/lamp/journalLink";
import { ROLE } from "../../rehearsal/live/lamp/metadataService";
import { pathOf, REGION_PARTS } from "./harness/parts";
import { useTwoRegions, type TwoRegions } from "./harness/twoRegions";

describe("the signatures of the application's calls to AWS, recomputed by botocore", function () {
  let two: TwoRegions;
  const requests: RecordedRequest[] = [];

  useTwoRegions(
    async (started) => {
      two = started;
      const { oregon } = two;
      await oregon.region.forgetState();
      for (const link of [oregon.here, oregon.there, oregon.secretsLink]) link.recorded = requests;
    },
    { parts: [...REGION_PARTS, "python3"] },
  );

  /** The fault that botocore finds in each request; "" if it is right. */
  function faultsOf(all: readonly RecordedRequest[]): readonly string[] {
    const { AccessKeyId: key, SecretAccessKey: secret, Token: token } = ROLE;
    const done = spawnSync(pathOf("python3"), [join(__dirname, "harness", "verifySignatures.py")], {
      input: JSON.stringify({ key, secret, token, requests: all }),
      encoding: "utf8",
    });
    expect(done.stderr).to.equal("");
    return JSON.parse(done.stdout) as string[];
  }

  it("are right for every call that the application makes", async () => {
    const { oregon, dublin } = two;
    const { origin } = oregon.region;
    const order = anOrder({ name: "Zoë ☕ — “naïve”", note: '日本語 \\ "quotes" \u{1f600}' });
    expect((await place(origin, order)).status).to.equal(201);
    expect((await place(dublin.region.origin, anOrder())).status).to.equal(201);
    await oregon.region.drain("--now", "--compare-now");
    const greeted = await postJson(`${origin}/session`, { name: "Zoë", phone: "" });
    const cookie = (greeted.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    await ask(`${origin}/session`, { headers: { cookie } });
    await ask(`${origin}/orders/${anOrder().id}`);
    oregon.there.mode = "refused";
    expect((await place(origin, anOrder())).status).to.equal(202);
    oregon.there.mode = "ok";

    const calls = requests.map(({ headers }) => String(headers["x-amz-target"]));
    expect([...new Set(calls)].sort()).to.deep.equal([
      "DynamoDB_20120810.GetItem",
      "DynamoDB_20120810.PutItem",
      "DynamoDB_20120810.Query",
      "DynamoDB_20120810.UpdateItem",
      "secretsmanager.GetSecretValue",
    ]);
    const faults = faultsOf(requests);
    expect(faults.map((fault, n) => `${calls[n] ?? ""}: ${fault}`)).to.deep.equal(
      calls.map((call) => `${call}: `),
    );
    process.stdout.write(`      ${requests.length} requests, each signature recomputed\n`);
  });

  it("are detected as wrong when anything that they cover is changed", () => {
    const [one] = requests;
    if (one === undefined) throw new Error("nothing was recorded");
    const changed = (headers: Readonly<Record<string, string>>, body = one.body) => ({
      ...one,
      headers: { ...one.headers, ...headers },
      body,
    });
    const { authorization = "" } = one.headers;
    expect(
      faultsOf([
        changed({}, Buffer.from("{}").toString("base64")),
        changed({ "x-amz-target": "DynamoDB_20120810.DeleteItem" }),
        changed({ "x-amz-security-token": "other" }),
        changed({
          authorization: authorization.replace("SignedHeaders=", "SignedHeaders=expect;"),
        }),
        changed({ authorization: authorization.replace("x-amz-security-token", "x-amz-target") }),
        changed({ authorization: "" }),
      ]),
    ).to.deep.equal([
      "another signature",
      "another signature",
      "signed as somebody else",
      "signed and not sent: expect",
      "not signed: x-amz-security-token",
      "no authorization of version 4",
    ]);
  });
});
