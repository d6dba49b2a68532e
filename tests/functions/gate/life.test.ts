import { expect } from "chai";
import { deleteObject, getObject, putObject } from "../../../functions/aws/objects";
import type { Bucket } from "../../../functions/aws/objects";
import { askNameServer } from "../../../functions/dns/askNameServer";
import { rangesUrl } from "../../../functions/gate/checkerRanges";
import { gateDependencies } from "../../../functions/gate/dependencies";
import { gateEventOf } from "../../../functions/gate/events";
import { runGate } from "../../../functions/gate/runGate";
import type { GateReply } from "../../../functions/gate/runGate";
import { gateFunctionSettingsOf } from "../../../functions/gate/settings";
import { gateCalls } from "../../../functions/gate/store";
import { exchange } from "../../../functions/http/exchange";
import type { Exchange, HttpRequest } from "../../../functions/http/exchange";
import { needParts } from "../../app/harness/parts";
import { Moto } from "../../aws/moto";
import { Draws } from "../../routing/random/draws";
import { environment, startMs } from "./samples";
import { sampled } from "../../sampled";
import { play } from "./world";
import { ZoneServer } from "./zoneServer";

const settings = gateFunctionSettingsOf({
  ...environment,
  SIGNAL_NAMES: JSON.stringify({
    deep: "deep.gate.orders.cafe.com",
    "zone-a": "zone-a.gate.orders.cafe.com",
    "orders-dublin": "orders-dublin.gate.orders.cafe.com",
  }),
});
const { bucket, region, topicArn } = settings;
const bucketHost = `${bucket}.s3.${region}.amazonaws.com`;
const topicHost = `sns.${region}.amazonaws.com`;
const schedule = { "detail-type": "Scheduled Event", source: "aws.scheduler" };
const alert = {
  Records: [
    {
      EventSource: "aws:sns",
      Sns: { TopicArn: "arn:aws:sns:us-east-1:123456789012:failover-prod" },
    },
  ],
};

/** The controller with S3 and SNS by moto, the zone on loopback, and the clock of the test. */
describe("the life of the gate", function () {
  this.timeout(120_000);
  let moto: Moto;
  let zone: ZoneServer;
  let nowMs = startMs;
  const hosts = new Set<string>();
  const calls = new Set<string>();
  const messages: { readonly subject: string; readonly text: string }[] = [];
  const logged: string[] = [];
  const orders = "orders-dublin.gate.orders.cafe.com";

  before(async function () {
    needParts(this, ["moto_server"]);
    [moto, zone] = await Promise.all([Moto.emptied(), ZoneServer.start()]);
  });
  after(() => {
    (zone as ZoneServer | undefined)?.end();
  });
  beforeEach(async () => {
    await moto.reset();
    await create(exchange, moto.endpoint);
    nowMs = startMs;
    for (const all of [messages, logged]) all.length = 0;
    zone.records = {
      "oregon.orders.cafe.com": ["192.0.2.1"],
      "dublin.orders.cafe.com": ["192.0.2.2"],
      [orders]: ["healthy"],
    };
    await regions({ oregon: true });
  });

  /** moto under the hosts of AWS, which are noted. */
  const aws: Exchange = (request) => {
    const { host, pathname } = new URL(request.url);
    hosts.add(host);
    if (host === bucketHost) {
      const operation = { GET: "GetObject", PUT: "PutObject", DELETE: "DeleteObject", POST: "" };
      calls.add(`${operation[request.method]} ${pathname.slice(1)}`);
      // moto finds the bucket in the Host header, as S3 does.
      return exchange({ ...request, url: moto.endpoint + pathname });
    }
    if (host === topicHost) {
      const form = new URLSearchParams(request.body);
      calls.add(form.get("Action") ?? "");
      messages.push({ subject: form.get("Subject") ?? "", text: form.get("Message") ?? "" });
      return exchange({ ...request, url: moto.endpoint });
    }
    if (request.url === rangesUrl) return Promise.resolve({ status: 200, body: published });
    return Promise.reject(new Error("must not be asked"));
  };
  const published = JSON.stringify({
    prefixes: [
      { ip_prefix: "15.177.0.0/18", region: "GLOBAL", service: "ROUTE53_HEALTHCHECKS" },
      { ip_prefix: "198.51.100.0/24", region: "GLOBAL", service: "ROUTE53_HEALTHCHECKS" },
      { ip_prefix: "52.80.197.0/25", region: "cn-north-1", service: "ROUTE53_HEALTHCHECKS" },
      { ip_prefix: "192.0.2.0/24", region: "us-east-1", service: "EC2" },
    ],
  });

  /** Oregon's health, and Route 53's answers by it and the latch object. */
  async function regions({ oregon }: { readonly oregon: boolean }): Promise<void> {
    const live = oregon && !(await isLatchThere()) ? "192.0.2.1" : "192.0.2.2";
    const signal = oregon ? "healthy" : "unhealthy";
    zone.records = {
      ...zone.records,
      "live.orders.cafe.com": [live],
      "deep.gate.orders.cafe.com": [signal],
      "zone-a.gate.orders.cafe.com": [signal],
    };
  }

  /** The bucket for the test's own hands. */
  const objects: Bucket = {
    ...settings,
    exchange: (request) =>
      exchange({ ...request, url: moto.endpoint + new URL(request.url).pathname }),
    now: () => new Date(),
    sleep: () => Promise.resolve(),
  };
  const isLatchThere = async (): Promise<boolean> =>
    (await getObject("latch", objects)) !== undefined;
  const putByHand = (key: string, body: string): Promise<unknown> =>
    putObject(key, body, "anything", objects);
  const stateNow = async (): Promise<string | undefined> =>
    (await getObject("state.json", objects))?.text;

  async function run(event: unknown = schedule, seconds = 60, by = aws): Promise<GateReply> {
    nowMs += seconds * 1000;
    return runGate(
      gateEventOf(event, settings.tickTopicArns),
      settings,
      gateDependencies(settings, {
        exchange: by,
        askNameServer,
        findServer: () => Promise.resolve([zone.address]),
        now: () => new Date(nowMs),
        sleep: () => Promise.resolve(),
        write: (line) => logged.push(line),
      }),
    );
  }
  const subjects = (): readonly string[] => messages.map(({ subject }) => subject);

  it("goes from the first deployment to a failback", async () => {
    // Before anything answers, live is Oregon only because both regions fail (C4).
    zone.records = { ...zone.records, "deep.gate.orders.cafe.com": ["unhealthy"] };
    expect(await run()).to.include({ phase: "unarmed", revision: 1 });
    await regions({ oregon: true });
    expect(await run()).to.include({ phase: "armed" });

    await regions({ oregon: false });
    expect(await run(alert, 20)).to.include({ phase: "armed", outsideRuns: 1 });
    // SNS delivered it twice.
    expect(await run(alert, 0)).to.include({ phase: "armed", outsideRuns: 1 });
    expect(await run()).to.include({ phase: "armed", outsideRuns: 2 });
    expect(await isLatchThere()).to.equal(false);
    expect(await run()).to.include({ phase: "latched", latchAgrees: true });
    expect(await isLatchThere()).to.equal(true);

    zone.records = { ...zone.records, [orders]: [] };
    await regions({ oregon: true });
    const early = await run({ command: "release", identity: "ada", reason: "looks good" });
    expect(early.refused).to.equal(
      "release: must wait for a soak, got phase latched, blocked by: signal orders-dublin: unknown; approve once nothing blocks it",
    );
    zone.records = { ...zone.records, [orders]: ["unhealthy"] };
    expect((await run()).blockers).to.deep.equal([
      "signal orders-dublin: unhealthy",
      "soak: 900 s, not begun",
      "approvals: 1 missing",
    ]);
    zone.records = { ...zone.records, [orders]: ["healthy"] };
    expect(await run()).to.include({ phase: "soaking" });
    for (let minute = 1; minute < 15; minute += 1) {
      expect(await run()).to.include({ phase: "soaking" });
    }
    expect(await run()).to.include({ phase: "awaitingApproval" });
    expect(await run()).to.include({ phase: "awaitingApproval" });
    const status = await run({ command: "status" });
    expect(status.blockers).to.deep.equal(["approvals: 1 missing"]);

    const released = await run({ command: "release", identity: "ada", reason: "looks good" });
    expect(released).to.include({ phase: "released" });
    expect(await isLatchThere()).to.equal(false);
    await regions({ oregon: true });
    expect(await run()).to.include({ phase: "armed" });
    expect(subjects()).to.deep.equal(
      ["armed", "latched", "awaiting approval", "released", "armed"].map(
        (subject) => `failover-prod-gate: ${subject}`,
      ),
    );
    expect(messages[3]?.text).to.equal(
      "Route 53 may return to the primary region:\n- approved by ada: looks good\n\nRunbook: https://example.com/runbook#gate",
    );
  });

  it("holds for an evacuation, and puts back an object that was removed by hand", async () => {
    await run();
    await run({ command: "hold", identity: "ada", reason: "evacuation" }, 1);
    expect(await isLatchThere()).to.equal(true);
    await deleteObject("latch", objects);
    await run();
    expect(await isLatchThere()).to.equal(true);
    expect(subjects().at(-1)).to.equal("failover-prod-gate: latch restored");
  });

  it("adopts an object that was put by hand, also without a state", async () => {
    await putByHand("latch", "latched");
    expect((await run()).latchedBy).to.deep.equal({
      kind: "person",
      identity: "unknown",
      reason: "the latch object was there, but not by the controller",
    });
    expect(await isLatchThere()).to.equal(true);
  });

  it("reports ranges that differ, once an hour", async () => {
    await run();
    await run();
    const drifts = logged.filter((line) => line.includes("_aws"));
    expect(drifts.map((line) => JSON.parse(line) as unknown)).to.deep.equal([
      {
        _aws: {
          Timestamp: startMs + 60_000,
          CloudWatchMetrics: [
            {
              Namespace: "failover",
              Dimensions: [["FunctionName"]],
              Metrics: [{ Name: "CheckerRangesDrifted", Unit: "Count" }],
            },
          ],
        },
        FunctionName: "failover-prod-gate",
        CheckerRangesDrifted: 2,
        missing: ["198.51.100.0/24"],
        stale: ["54.228.16.0/26"],
      },
    ]);
  });

  it("talks to its bucket, its topic and the published ranges only", () => {
    expect([...hosts].sort()).to.deep.equal([bucketHost, "ip-ranges.amazonaws.com", topicHost]);
  });

  it("makes each of the calls that its role is for, and no other", () => {
    const listed = gateCalls.map((call) =>
      "key" in call ? `${call.operation} ${call.key}` : call.operation,
    );
    expect([...calls].sort()).to.deep.equal([...listed].sort());
  });

  describe("with a fault of AWS", () => {
    /** The message of a run in which AWS answers a call so. */
    async function failure(
      status: number,
      code: string,
      isHit: (request: HttpRequest) => boolean,
    ): Promise<string> {
      const body = `<Error><Code>${code}</Code></Error>`;
      const by: Exchange = (request) =>
        isHit(request) ? Promise.resolve({ status, body }) : aws(request);
      return run(schedule, 60, by).then(
        ({ phase }) => phase,
        (error: unknown) => (error as Error).message,
      );
    }
    const writes = ({ method, url }: HttpRequest): boolean =>
      method === "PUT" && url.endsWith("state.json");
    const anyCall = (): boolean => true;

    it("fails in one line, and changes nothing", async () => {
      await run();
      const before = await stateNow();
      for (const [status, code, isHit, message] of [
        [
          403,
          "ExpiredToken",
          anyCall,
          "GetObject state.json: answered 403 ExpiredToken; Lambda renews credentials at the next start of the function",
        ],
        [
          403,
          "AccessDenied",
          writes,
          "PutObject state.json: answered 403 AccessDenied; check the function's role and the bucket's policy",
        ],
        [
          404,
          "NoSuchBucket",
          anyCall,
          "GetObject state.json: answered 404 NoSuchBucket; deploy the stack again",
        ],
        [
          503,
          "SlowDown",
          writes,
          "PutObject state.json: answered 503 SlowDown; S3 throttles; the next run tries again",
        ],
      ] as const) {
        expect(await failure(status, code, isHit)).to.equal(message);
        expect(await stateNow()).to.equal(before);
      }
    });

    it("tries a throttled call three times", async () => {
      let tries = 0;
      const twice = (request: HttpRequest): boolean => writes(request) && (tries += 1) <= 2;
      expect(await failure(503, "SlowDown", twice)).to.equal("armed");
      tries = -1;
      expect(await failure(503, "SlowDown", twice)).to.contain("SlowDown");
    });

    it("keeps a notice that the topic did not take, and sends it in the next run", async () => {
      const isPublish = ({ url }: HttpRequest): boolean => url.includes("sns");
      expect(await failure(403, "AuthorizationError", isPublish)).to.equal(
        "Publish: answered 403, <Error><Code>AuthorizationError</Code></Error>",
      );
      expect(messages).to.deep.equal([]);
      await run();
      expect(subjects()).to.deep.equal(["failover-prod-gate: armed"]);
    });

    it("sets the latch in the next run, if S3 refused it, and reports the refusal to a person too", async () => {
      const isLatch = ({ method, url }: HttpRequest): boolean =>
        method === "PUT" && url.endsWith("/latch");
      await run();
      const refusing: Exchange = (request) =>
        isLatch(request)
          ? Promise.resolve({ status: 403, body: "<Error><Code>AccessDenied</Code></Error>" })
          : aws(request);
      const hold = { command: "hold", identity: "ada", reason: "evacuation" };
      const failed = await run(hold, 60, refusing).then(
        () => "none",
        (error: unknown) => (error as Error).message,
      );
      expect(failed).to.equal(
        "PutObject latch: answered 403 AccessDenied; check the function's role and the bucket's policy",
      );
      expect(await isLatchThere()).to.equal(false);
      await run();
      expect(await isLatchThere()).to.equal(true);
      expect(subjects()).to.deep.equal([
        "failover-prod-gate: armed",
        "failover-prod-gate: latched",
      ]);
    });
  });

  it("refuses a state that it cannot read, and leaves it and the latch alone", async () => {
    for (const [text, message] of [
      [
        "{",
        'state.json: must be JSON, got "{"; restore an earlier version of state.json, or delete it: an existing latch stays',
      ],
      [
        '{"version":2}',
        "state.json: version: must be 1, got 2; restore an earlier version of state.json, or delete it: an existing latch stays",
      ],
    ] as const) {
      await putByHand("state.json", text);
      await putByHand("latch", "latched");
      const failed = await run().catch((error: unknown) => (error as Error).message);
      expect(failed).to.equal(message);
      expect(await stateNow()).to.equal(text);
      expect(await isLatchThere()).to.equal(true);
    }
  });

  it("keeps its rules in seeded sequences of events in S3", async () => {
    for (let seed = 0; seed < sampled(30, 3); seed += 1) {
      for (const key of ["state.json", "latch"]) await deleteObject(key, objects);
      const { store } = gateDependencies(settings, {
        exchange: aws,
        askNameServer,
        findServer: () => Promise.resolve([]),
        now: () => new Date(),
        sleep: () => Promise.resolve(),
        write: () => undefined,
      });
      const { world } = await play(store, new Draws(seed), 6);
      expect(world.faults, `seed ${seed}`).to.deep.equal([]);
    }
  });

  /** The bucket and the topic, as the program makes them. */
  async function create(by: Exchange, endpoint: string): Promise<void> {
    const made = [
      await by({
        method: "PUT",
        url: `${endpoint}/${bucket}`,
        body: `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`,
        timeoutMs: 5_000,
      }),
      await by({
        method: "POST",
        url: endpoint,
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          authorization: `AWS4-HMAC-SHA256 Credential=A/20261127/${region}/sns/aws4_request, SignedHeaders=host, Signature=0`,
        },
        body: `Action=CreateTopic&Version=2010-03-31&Name=${topicArn.split(":").at(-1) ?? ""}`,
        timeoutMs: 5_000,
      }),
    ];
    expect(made.map(({ status }) => status)).to.deep.equal([200, 200]);
  }
});
