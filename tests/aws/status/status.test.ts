import { expect } from "chai";
import { StackModel } from "../../../routing/graph/stackModel";
import type { Answers } from "../answers";
import { account as accountId } from "../seam";
import { bucket, dublinServes, functionName, oregonServes } from "./liveSystem";
import { failing, names, rigOfSuite } from "./statusRig";

describe("failover status, against moto and name servers on loopback", function () {
  this.timeout(120_000);
  const rig = rigOfSuite();

  it("is all well where the first tier serves and everything agrees", async () => {
    const status = await rig().ask();
    expect(status.facts).to.deep.equal([]);
    expect(status.names).to.deep.equal(
      ["orders.example.org", "live.orders.example.org"].map((name) => ({
        name,
        type: "A",
        answers: [{ values: ["198.51.100.10"], servers: names }],
        silent: [],
        records: ["live.orders.example.org A [oregon]"],
        places: [],
        isUsual: true,
        isUnanswered: false,
      })),
    );
    expect(status.agreement.map(({ state }) => state)).to.deep.equal(["agrees", "agrees"]);
    expect(status.checks.map(({ name, status: is, why }) => `${name} ${is}: ${why}`)).to.deep.equal(
      [
        "oregon-check healthy: 16 of 16 checkers find its endpoint healthy",
        "dublin-check healthy: 16 of 16 checkers find its endpoint healthy",
        "gate-latch healthy: 0 of 16 checkers find its endpoint healthy; inverted",
        "gate-readable healthy: 16 of 16 checkers find its endpoint healthy",
        "oregon-region healthy: computed: at least 2 of oregon-check, gate-latch",
      ],
    );
    expect(status.gate).to.deep.equal({
      bucket,
      functionName,
      region: "eu-west-1",
      mode: "attached",
      isAttached: true,
      phase: "armed",
      sinceSeconds: 3 * 86_400,
      latchedBy: null,
      blockers: [],
      approvals: [],
      approvalsNeeded: 2,
      lastRunSeconds: 20,
      watchesOrders: true,
      latchObject: "absent",
      latchCheck: "healthy",
      readableCheck: "healthy",
    });
    expect([status.account, status.caller]).to.deep.equal([
      accountId,
      `arn:aws:sts::${accountId}:user/moto`,
    ]);
  });

  it("sends AWS no request that changes anything", async () => {
    const requests = await rig().moto.requestsOf(() => rig().ask());
    const reads = /^(?:(?:GET|HEAD) |POST \/2013-04-01\/tags\/healthcheck$|Describe|GetCaller)/;
    expect(requests.length).to.be.greaterThan(5);
    expect(requests.filter((one) => !reads.test(one))).to.deep.equal([]);
  });

  it("names the lower tier that serves after a failover", async () => {
    rig().says(dublinServes);
    rig().system.checkers["oregon-check"] = 0;
    const lower =
      "a lower tier serves: live.orders.example.org A [dublin]; with every check healthy it is live.orders.example.org A [oregon]";
    expect(await rig().facts()).to.deep.equal([
      `bad lower-tier: orders.example.org A: ${lower}`,
      `bad lower-tier: live.orders.example.org A: ${lower}`,
    ]);
  });

  it("names the page by elimination, since its addresses change", async () => {
    rig().says({ ...dublinServes, "orders.example.org A": ["203.0.113.99"] });
    Object.assign(rig().system.checkers, { "oregon-check": 0, "dublin-check": 0 });
    const [line, ...others] = await rig().facts();
    expect(line).to.equal(
      "bad lower-tier: orders.example.org A: a lower tier serves: orders.example.org A [page]; with every check healthy it is live.orders.example.org A [oregon]",
    );
    // Both regions are unhealthy, so `live` answers with the first as a last resort (C3).
    expect(others).to.deep.equal([
      "bad lower-tier: live.orders.example.org A: a lower tier serves: live.orders.example.org A [dublin]; with every check healthy it is live.orders.example.org A [oregon]",
      "bad model-differs: live.orders.example.org A: answer of Route 53, ns-1.example.net, ns-2.example.net: 198.51.100.20 (live.orders.example.org A [dublin]), of the model: 198.51.100.10 (live.orders.example.org A [oregon]); the model chooses live.orders.example.org A [oregon]: primary, because no member is healthy, so all count as healthy: oregon is unhealthy: oregon-region fails (oregon-check); dublin is unhealthy: dublin-check fails",
    ]);
  });

  it("names the record and the reason where Route 53 answers otherwise than the model", async () => {
    rig().system.tested = { ...oregonServes, "orders.example.org A": ["198.51.100.20"] };
    const status = await rig().ask();
    expect(status.facts.map(({ text }) => text)).to.deep.equal([
      "orders.example.org A: answer of Route 53: 198.51.100.20 (live.orders.example.org A [dublin]), of the model: 198.51.100.10 (live.orders.example.org A [oregon]); the model chooses live.orders.example.org A [oregon]: primary, oregon-region is healthy",
    ]);
    expect(status.agreement.map(({ state, route53 }) => [state, route53])).to.deep.equal([
      ["differs", ["198.51.100.20"]],
      ["agrees", ["198.51.100.10"]],
    ]);
  });

  it("names the servers that disagree", async () => {
    Object.assign(rig().servers[1] ?? {}, { said: dublinServes });
    const found = await rig().facts();
    expect(found.filter((one) => one.startsWith("bad servers-differ"))).to.deep.equal(
      ["orders.example.org", "live.orders.example.org"].map(
        (name) =>
          `bad servers-differ: ${name} A: the name servers disagree: 198.51.100.10 by ns-1.example.net; 198.51.100.20 by ns-2.example.net`,
      ),
    );
    expect(found.some((one) => one.startsWith("bad model-differs"))).to.equal(true);
  });

  it("takes no silence for an answer: where no server answers, nobody is known to serve", async () => {
    for (const server of rig().servers) Object.assign(server, { refuses: true });
    const status = await rig().ask();
    expect(status.facts.map(({ state, code, text }) => `${state} ${code}: ${text}`)).to.deep.equal([
      ...names.map(
        (name) =>
          `bad name-server: ${name}: no answer to 2 of 2 questions: 127.0.0.1 answers NOTIMP, asked for A of orders.example.org`,
      ),
      ...["orders.example.org", "live.orders.example.org"].map(
        (name) =>
          `unknown serving: ${name} A: no name server answered: 127.0.0.1 answers NOTIMP, asked for A of ${name}`,
      ),
    ]);
    expect(status.names.map(({ isUsual }) => isUsual)).to.deep.equal([null, null]);
  });

  it("names a server without an address", async () => {
    const found = await rig().facts({ dns: { serversAt: () => Promise.resolve([]) } });
    expect(found.slice(0, 2)).to.deep.equal(
      names.map((name) => `bad name-server: ${name}: it has no address`),
    );
  });

  it("lets servers differ where the records share traffic", async () => {
    const weighted = { Name: "split.example.org", Type: "A", TTL: 10, Weight: 1 } as const;
    await rig().system.addRecords(
      ["198.51.100.10", "198.51.100.20"].map((Value) => ({
        ...weighted,
        SetIdentifier: Value,
        ResourceRecords: [{ Value }],
      })),
    );
    rig().says({ "split.example.org A": ["198.51.100.10"] });
    Object.assign(rig().servers[1] ?? {}, { said: { "split.example.org A": ["198.51.100.20"] } });
    const status = await rig().ask({
      subject: { ...rig().system.subject, names: ["split.example.org"] },
    });
    expect(status.facts).to.deep.equal([]);
    expect(status.names[0]?.answers).to.have.length(2);
  });

  it("names a server that refuses, and asks again where a packet was lost", async () => {
    Object.assign(rig().servers[0] ?? {}, { lost: 1 });
    Object.assign(rig().servers[1] ?? {}, { refuses: true });
    expect(await rig().facts()).to.deep.equal([
      "bad name-server: ns-2.example.net: no answer to 2 of 2 questions: 127.0.0.1 answers NOTIMP, asked for A of orders.example.org",
    ]);
  });

  it("reports a name that has no answer", async () => {
    rig().says({ "live.orders.example.org A": ["198.51.100.10"], "orders.example.org A": [] });
    expect(await rig().facts()).to.deep.equal([
      "bad serving: orders.example.org A: it has no answer",
      "bad model-differs: orders.example.org A: answer of Route 53: nothing, of the model: 198.51.100.10 (live.orders.example.org A [oregon])",
    ]);
  });

  it("never takes an unread status for a healthy one", async () => {
    const status = await rig().ask({
      answers: { "route53.getHealthCheckStatus": failing("Throttling") },
    });
    const unread = "AWS reports no status";
    expect(status.checks.map(({ name, status: is }) => `${name} ${is}`)).to.deep.equal([
      "oregon-check unknown",
      "dublin-check unknown",
      "gate-latch unknown",
      "gate-readable unknown",
      "oregon-region unknown",
    ]);
    expect(status.facts.map(({ state, text }) => `${state}: ${text}`)).to.deep.equal([
      `unknown: orders.example.org A: cannot tell whether the model agrees: it depends on oregon-check: ${unread}; it depends on gate-latch: ${unread}; it depends on dublin-check: ${unread}`,
      `unknown: live.orders.example.org A: cannot tell whether the model agrees: it depends on oregon-check: ${unread}; it depends on gate-latch: ${unread}; it depends on dublin-check: ${unread}`,
      `unknown: gate-latch: ${unread}; inverted`,
      `unknown: gate-readable: ${unread}`,
    ]);
    expect(status.unread).to.deep.equal([
      "AWS throttles the call: what the checkers see at present is unknown.",
    ]);
  });

  it("still tells who serves, from the export, while Route 53's API is unreachable", async () => {
    const lost = {
      "route53.listResourceRecordSets": failing("ETIMEDOUT", "route53 in us-east-1"),
    };
    const zoneFact = `unknown zone: the zone ${rig().system.zoneId}: route53 in us-east-1 was not answered, got ETIMEDOUT`;
    const checksFact = "unknown gate-checks: the checks of the gate were not read";
    const exported = new StackModel(await rig().system.zoneResources());
    const subject = { ...rig().system.subject, nameServers: names, exported };
    expect(await rig().facts({ answers: lost, subject })).to.deep.equal([zoneFact, checksFact]);
    rig().says(dublinServes);
    const lower =
      "a lower tier serves: live.orders.example.org A [dublin]; with every check healthy it is live.orders.example.org A [oregon]";
    expect(await rig().facts({ answers: lost, subject })).to.deep.equal([
      zoneFact,
      `bad lower-tier: orders.example.org A: ${lower}`,
      `bad lower-tier: live.orders.example.org A: ${lower}`,
      checksFact,
    ]);
    const blind = await rig().facts({ answers: lost });
    expect(blind).to.include(
      "unknown serving: live.orders.example.org A: cannot tell which tier 198.51.100.20 is: the zone was not read",
    );
  });

  it("leaves denied parts unknown, one line each", async () => {
    const denied = failing("AccessDeniedException", "lambda getFunctionConfiguration in eu-west-1");
    expect(
      await rig().facts({
        answers: {
          "lambda.getFunctionConfiguration": denied,
          "s3.headObject": failing("AccessDenied", "s3 headObject in eu-west-1"),
          "route53.testDNSAnswer": failing("AccessDenied", "route53 testDNSAnswer in us-east-1"),
          "sts.getCallerIdentity": failing("ETIMEDOUT", "sts getCallerIdentity in eu-west-1"),
        },
      }),
    ).to.deep.equal([
      "unknown account: the account of the credentials: sts getCallerIdentity in eu-west-1 was not answered, got ETIMEDOUT",
      "unknown model: orders.example.org A: cannot tell whether the model agrees: these credentials may not call route53 testDNSAnswer in us-east-1",
      "unknown model: live.orders.example.org A: cannot tell whether the model agrees: these credentials may not call route53 testDNSAnswer in us-east-1",
      "unknown controller-settings: the settings of the controller: these credentials may not call lambda getFunctionConfiguration in eu-west-1",
      "unknown latch-object: the latch object: these credentials may not call s3 headObject in eu-west-1",
      "unknown readable-object: the object that is always there: these credentials may not call s3 headObject in eu-west-1",
    ]);
  });

  it("is one line where the credentials have expired, whichever call notices it", async () => {
    for (const call of ["sts.getCallerIdentity", "route53.getHostedZone", "s3.getObject"]) {
      const refusal = await rig()
        .ask({ answers: { [call]: failing("ExpiredToken") } })
        .catch((error: unknown) => error);
      expect((refusal as Error).message, call).to.equal(
        "credentials: expired, got ExpiredToken; sign in again, as with `aws sso login`, or set AWS_PROFILE",
      );
    }
  });

  it("refuses credentials of another account than the export's", async () => {
    const answers: Answers = {
      "sts.getCallerIdentity": () => ({ Account: "999999999999", Arn: "arn:aws:iam::9:user/a" }),
    };
    const refusal = await rig()
      .ask({ answers })
      .catch((error: unknown) => error);
    expect((refusal as Error).message).to.equal(
      `--from prod.json: the stack is in account ${accountId}, and the credentials belong to 999999999999; use credentials of ${accountId}`,
    );
  });

  it("finds the names of a zone itself, and has no gate for it", async () => {
    const status = await rig().ask({
      subject: { title: "example.org", zone: "example.org", regionNames: new Map() },
    });
    expect(status.names.map(({ name, type }) => `${name} ${type}`)).to.deep.equal([
      "orders.example.org A",
    ]);
    expect([status.facts, status.gate]).to.deep.equal([[], null]);
  });
});
