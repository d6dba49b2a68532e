import { expect } from "chai";
import { AwsError } from "../../../aws/awsError";
import type { FetchText } from "../../../aws/gate/backlog";
import type { ClientDns } from "../../../aws/publicDns";
import { askServer } from "../../../aws/publicDns";
import type { LiveStatus } from "../../../aws/status/status";
import type { StatusSubject } from "../../../aws/status/subject";
import { liveStatus } from "../../../aws/status/status";
import type { GateState } from "../../../functions/gate/state";
import { StackModel } from "../../../routing/graph/stackModel";
import { needParts } from "../../app/harness/parts";
import type { Answers } from "../answers";
import { AuthoritativeServer } from "../authoritativeServer";
import { Moto } from "../moto";
import { account as accountId } from "../seam";
import {
  armed,
  bucket,
  dublinServes,
  functionName,
  LiveSystem,
  nowMs,
  oregonServes,
} from "./liveSystem";

/** A call that fails with a code of AWS. */
function failing(code: string, call = "the call"): () => never {
  return () => {
    throw new AwsError(call, Object.assign(new Error("not now"), { name: code }));
  };
}

describe("failover status, against moto and name servers on loopback", function () {
  this.timeout(120_000);
  let moto: Moto | undefined;
  let system: LiveSystem;
  let servers: readonly AuthoritativeServer[] = [];
  const names = ["ns-1.example.net", "ns-2.example.net"];

  before(async function () {
    needParts(this, ["moto_server"]);
    moto = await Moto.start();
    servers = await Promise.all(names.map(() => AuthoritativeServer.start()));
  });
  after(async () => {
    for (const server of servers) server.end();
    await moto?.end();
  });
  beforeEach(async () => {
    if (moto) system = await LiveSystem.start(moto);
    says(oregonServes);
  });

  /** What all servers and `TestDNSAnswer` say. */
  function says(said: typeof oregonServes): void {
    for (const server of servers)
      Object.assign(server, { said, refuses: false, isAuthoritative: true, lost: 0 });
    system.tested = said;
  }

  /** The two servers on loopback in place of the zone's. */
  const dns: ClientDns = {
    ask: askServer,
    nameServersOf: () => Promise.resolve(names),
    serversAt: (name) => Promise.resolve(servers[names.indexOf(name)] ? serverOf(name) : []),
    addressesOf: () => Promise.resolve(["203.0.113.80"]),
  };

  const serverOf = (name: string): AuthoritativeServer["server"][] =>
    servers.filter((_, index) => names[index] === name).map(({ server }) => server);

  const noFetch: FetchText = (url) => Promise.reject(new Error(`nothing is at ${url}`));

  function ask({
    answers = {},
    subject = system.subject,
    fetchText = noFetch,
  }: {
    readonly answers?: Answers;
    readonly subject?: StatusSubject;
    readonly fetchText?: FetchText;
  } = {}): Promise<LiveStatus> {
    const account = system.account({
      "route53.getHostedZone": () => ({
        HostedZone: { Id: `/hostedzone/${system.zoneId}`, Name: "example.org." },
        DelegationSet: { NameServers: names },
      }),
      ...answers,
    });
    return liveStatus(subject, { account, dns, fetchText, nowMs });
  }

  /** What is bad or unknown, one line each. */
  async function facts(options: Parameters<typeof ask>[0] = {}): Promise<readonly string[]> {
    return (await ask(options)).facts.map(({ state, code, text }) => `${state} ${code}: ${text}`);
  }

  /** The state of a gate that holds a failback. */
  const latched: GateState = {
    ...armed,
    phase: "latched",
    sinceMs: nowMs - 7_200_000,
    latchedBy: { kind: "route53" },
    blockers: ["signal deep is unhealthy"],
  };

  it("shows a latch with its age, its origin and what blocks a release", async () => {
    says(dublinServes);
    system.checkers["gate-latch"] = 16;
    await system.put("latch", "latched");
    await system.put("state.json", JSON.stringify(latched));
    const { gate, checks, facts: found } = await ask();
    expect(found.map(({ code }) => code)).to.deep.equal(["lower-tier", "lower-tier"]);
    expect(gate).to.deep.include({
      phase: "latched",
      sinceSeconds: 7_200,
      latchedBy: { kind: "route53" },
      blockers: ["signal deep is unhealthy"],
      latchObject: "present",
      latchCheck: "unhealthy",
    });
    // The primary is well, and the latch alone keeps customers out of it.
    expect(checks.map(({ name, status }) => `${name} ${status}`)).to.include.members([
      "oregon-check healthy",
      "oregon-region unhealthy",
    ]);
  });

  it("is all well where the first tier serves and everything agrees", async () => {
    const status = await ask();
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
      watchesBacklog: false,
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
    const requests = (await moto?.requestsOf(() => ask())) ?? [];
    const reads = /^(?:(?:GET|HEAD) |POST \/2013-04-01\/tags\/healthcheck$|Describe|GetCaller)/;
    expect(requests.length).to.be.greaterThan(5);
    expect(requests.filter((one) => !reads.test(one))).to.deep.equal([]);
  });

  it("names the lower tier that serves after a failover", async () => {
    says(dublinServes);
    system.checkers["oregon-check"] = 0;
    const lower =
      "a lower tier serves: live.orders.example.org A [dublin]; with every check healthy it is live.orders.example.org A [oregon]";
    expect(await facts()).to.deep.equal([
      `bad lower-tier: orders.example.org A: ${lower}`,
      `bad lower-tier: live.orders.example.org A: ${lower}`,
    ]);
  });

  it("names the page by elimination, since its addresses change", async () => {
    says({ ...dublinServes, "orders.example.org A": ["203.0.113.99"] });
    Object.assign(system.checkers, { "oregon-check": 0, "dublin-check": 0 });
    const [line, ...others] = await facts();
    expect(line).to.equal(
      "bad lower-tier: orders.example.org A: a lower tier serves: orders.example.org A [page]; with every check healthy it is live.orders.example.org A [oregon]",
    );
    // Both regions are unhealthy, so `live` answers with the first as a last resort (C3).
    expect(others).to.deep.equal([
      "bad lower-tier: live.orders.example.org A: a lower tier serves: live.orders.example.org A [dublin]; with every check healthy it is live.orders.example.org A [oregon]",
      "bad model-differs: live.orders.example.org A: by Route 53, ns-1.example.net, ns-2.example.net 198.51.100.20 (live.orders.example.org A [dublin]), by the model 198.51.100.10 (live.orders.example.org A [oregon]); the model chooses live.orders.example.org A [oregon]: primary, because no member is healthy, so all count as healthy: oregon is unhealthy: oregon-region fails (oregon-check); dublin is unhealthy: dublin-check fails",
    ]);
  });

  it("names the record and the reason where Route 53 answers otherwise than the model", async () => {
    system.tested = { ...oregonServes, "orders.example.org A": ["198.51.100.20"] };
    const status = await ask();
    expect(status.facts.map(({ text }) => text)).to.deep.equal([
      "orders.example.org A: by Route 53 198.51.100.20 (live.orders.example.org A [dublin]), by the model 198.51.100.10 (live.orders.example.org A [oregon]); the model chooses live.orders.example.org A [oregon]: primary, oregon-region is healthy",
    ]);
    expect(status.agreement.map(({ state, route53 }) => [state, route53])).to.deep.equal([
      ["differs", ["198.51.100.20"]],
      ["agrees", ["198.51.100.10"]],
    ]);
  });

  it("names the servers that disagree", async () => {
    Object.assign(servers[1] ?? {}, { said: dublinServes });
    const found = await facts();
    expect(found.filter((one) => one.startsWith("bad servers-differ"))).to.deep.equal(
      ["orders.example.org", "live.orders.example.org"].map(
        (name) =>
          `bad servers-differ: ${name} A: the name servers disagree: 198.51.100.10 by ns-1.example.net; 198.51.100.20 by ns-2.example.net`,
      ),
    );
    expect(found.some((one) => one.startsWith("bad model-differs"))).to.equal(true);
  });

  it("lets servers differ where the records share traffic", async () => {
    const weighted = { Name: "split.example.org", Type: "A", TTL: 10, Weight: 1 } as const;
    await system.addRecords(
      ["198.51.100.10", "198.51.100.20"].map((Value) => ({
        ...weighted,
        SetIdentifier: Value,
        ResourceRecords: [{ Value }],
      })),
    );
    says({ "split.example.org A": ["198.51.100.10"] });
    Object.assign(servers[1] ?? {}, { said: { "split.example.org A": ["198.51.100.20"] } });
    const status = await ask({ subject: { ...system.subject, names: ["split.example.org"] } });
    expect(status.facts).to.deep.equal([]);
    expect(status.names[0]?.answers).to.have.length(2);
  });

  it("names a server that refuses, and asks again where a packet was lost", async () => {
    Object.assign(servers[0] ?? {}, { lost: 1 });
    Object.assign(servers[1] ?? {}, { refuses: true });
    expect(await facts()).to.deep.equal(
      ["orders.example.org", "live.orders.example.org"].map(
        (name) =>
          `bad name-server: ${name} A: ns-2.example.net: 127.0.0.1 answers NOTIMP, asked for A of ${name}`,
      ),
    );
  });

  it("names a server that is not authoritative, and messages that were not sent", async () => {
    Object.assign(servers[0] ?? {}, { isAuthoritative: false });
    const notices = [{ id: "1", subject: "latched", text: "…" }];
    await system.put("state.json", JSON.stringify({ ...armed, notices }));
    expect(await facts()).to.deep.equal([
      ...["orders.example.org", "live.orders.example.org"].map(
        (name) =>
          `bad name-server: ${name} A: ns-1.example.net: 127.0.0.1 is not authoritative, asked for A of ${name}`,
      ),
      `bad controller-notices: 1 messages of ${functionName} are not known to be sent; look at the alert topic in the standby region`,
    ]);
  });

  it("reports a name that has no answer", async () => {
    says({ "live.orders.example.org A": ["198.51.100.10"], "orders.example.org A": [] });
    expect(await facts()).to.deep.equal([
      "bad serving: orders.example.org A: it has no answer",
      "bad model-differs: orders.example.org A: by Route 53 nothing, by the model 198.51.100.10 (live.orders.example.org A [oregon])",
    ]);
  });

  it("never takes an unread status for a healthy one", async () => {
    const status = await ask({
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
    const zoneFact = `unknown zone: the zone ${system.zoneId}: route53 in us-east-1 was not answered, got ETIMEDOUT`;
    const checksFact = "unknown gate-checks: the checks of the gate were not read";
    const exported = new StackModel(await system.zoneResources());
    const subject = { ...system.subject, nameServers: names, exported };
    expect(await facts({ answers: lost, subject })).to.deep.equal([zoneFact, checksFact]);
    says(dublinServes);
    const lower =
      "a lower tier serves: live.orders.example.org A [dublin]; with every check healthy it is live.orders.example.org A [oregon]";
    expect(await facts({ answers: lost, subject })).to.deep.equal([
      zoneFact,
      `bad lower-tier: orders.example.org A: ${lower}`,
      `bad lower-tier: live.orders.example.org A: ${lower}`,
      checksFact,
    ]);
    const blind = await facts({ answers: lost });
    expect(blind).to.include(
      "unknown serving: live.orders.example.org A: cannot tell which tier 198.51.100.20 is: the zone was not read",
    );
  });

  it("reports a gate that is blind, stale, or not as its state says", async () => {
    system.checkers["gate-readable"] = 2;
    await system.put("latch", "latched");
    await system.put("state.json", JSON.stringify({ ...armed, lastRunMs: nowMs - 3_600_000 }));
    expect(await facts()).to.deep.equal([
      `bad controller-stale: ${functionName} ran last 1 h ago, and should run each minute; look at its log and its dead-letter queue`,
      `bad latch-object: the gate is armed, but the latch object is present; ${functionName} corrects it at its next run`,
      "bad gate-blind: the gate is blind: Route 53's checkers cannot read its bucket, so the latch check does not see the latch; compare the bucket's policy with the published ranges of the checkers",
      "bad latch-check: the latch object is present, but the latch check is healthy; it follows within about 30 s",
    ]);
  });

  it("reports a controller that has not run, a state of another version, and a missing bucket", async () => {
    await system.s3.deleteObject({ Bucket: bucket, Key: "state.json" });
    expect(await facts()).to.deep.equal([
      `bad controller-stale: ${functionName} has not run yet: ${bucket} has no state.json`,
    ]);
    await system.put("state.json", JSON.stringify({ ...armed, version: 2 }));
    const [other] = await facts();
    expect(other).to.match(/^unknown gate-state: the state of the gate: state\.json: version: /);
    for (const Key of ["state.json", "readable"]) {
      await system.s3.deleteObject({ Bucket: bucket, Key });
    }
    await system.s3.deleteBucket({ Bucket: bucket });
    expect(await facts()).to.deep.equal([
      "unknown gate-state: the state of the gate: s3 getObject in eu-west-1 failed, got NoSuchBucket: The specified bucket does not exist",
      `bad readable-object: ${bucket} has no object "readable", or does not exist; run \`pulumi up\``,
    ]);
  });

  it("says when a gate that was only created may be attached", async () => {
    if (!moto) return;
    system = await LiveSystem.start(moto, { isAttached: false });
    says(oregonServes);
    expect((await ask()).gate?.attaching).to.equal(
      "may be attached now: set failover:gate.mode to attached, and run `pulumi up`; until then it moves no traffic",
    );
    system.checkers["gate-latch"] = 16;
    expect((await ask()).gate?.attaching).to.equal(
      "must not be attached yet, because that would move traffic: wait until the latch check and the readable check are healthy",
    );
  });

  it("reports a mode that is not the deployed one", async () => {
    system.mode = "created";
    expect(await facts()).to.deep.equal([
      "bad gate-mode: the latch check is attached, but the settings say created; run `pulumi up`",
    ]);
  });

  it("tells the age of waiting orders in each region, and what it could not learn", async () => {
    system.settings = {
      STATUS_URLS: JSON.stringify({ primary: "https://a/status", standby: "https://b/status" }),
    };
    const fetchText: FetchText = (url) =>
      url.startsWith("https://a")
        ? Promise.resolve(
            '{"outbox":{"oldestSeconds":0},"journal":{"oldestSeconds":null},"regionsDiffer":false}',
          )
        : Promise.reject(
            new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") }),
          );
    expect((await ask({ fetchText })).backlog).to.deep.equal([
      {
        role: "primary",
        url: "https://a/status",
        outboxOldestSeconds: 0,
        journalOldestSeconds: null,
        regionsDiffer: false,
      },
      {
        role: "standby",
        url: "https://b/status",
        outboxOldestSeconds: null,
        journalOldestSeconds: null,
        regionsDiffer: null,
        why: "connect ECONNREFUSED",
      },
    ]);
  });

  it("leaves denied parts unknown, one line each", async () => {
    const denied = failing("AccessDeniedException", "lambda getFunctionConfiguration in eu-west-1");
    expect(
      await facts({
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
      const refusal = await ask({ answers: { [call]: failing("ExpiredToken") } }).catch(
        (error: unknown) => error,
      );
      expect((refusal as Error).message, call).to.equal(
        "credentials: expired, got ExpiredToken; sign in again, as with `aws sso login`, or set AWS_PROFILE",
      );
    }
  });

  it("refuses credentials of another account than the export's", async () => {
    const answers: Answers = {
      "sts.getCallerIdentity": () => ({ Account: "999999999999", Arn: "arn:aws:iam::9:user/a" }),
    };
    const refusal = await ask({ answers }).catch((error: unknown) => error);
    expect((refusal as Error).message).to.equal(
      `--from prod.json: the stack is in account ${accountId}, and the credentials belong to 999999999999; use credentials of ${accountId}`,
    );
  });

  it("finds the names of a zone itself, and has no gate for it", async () => {
    const status = await ask({
      subject: { title: "example.org", zone: "example.org", regionNames: new Map() },
    });
    expect(status.names.map(({ name, type }) => `${name} ${type}`)).to.deep.equal([
      "orders.example.org A",
    ]);
    expect([status.facts, status.gate, status.backlog]).to.deep.equal([[], null, []]);
  });
});
