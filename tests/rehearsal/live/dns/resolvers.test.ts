import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { DrillNameServer } from "../../../../rehearsal/live/dns/drillNameServer";
import { freePort, until } from "../../../../rehearsal/live/lamp/waiting";
import { Workshop } from "../../../../rehearsal/live/lamp/workshop";
import { needParts, pathOf } from "../../../app/harness/parts";
import { address, alias, endpointCheck, primary, secondary } from "../../../routing/sample";
import type { RecordSet } from "../../../../routing/model";
import type { World } from "../../../routing/sample";
import { record, zoneView } from "./zones";

const run = promisify(execFile);

const withTtl = (one: RecordSet, ttlSeconds: number): RecordSet =>
  one.target.kind === "values" ? { ...one, target: { ...one.target, ttlSeconds } } : one;

const brief = (...args: Parameters<typeof address>): RecordSet => withTtl(address(...args), 1);

function cname(name: string, to: string, ttlSeconds: number): RecordSet {
  return withTtl(record(name, "CNAME", [to]), ttlSeconds);
}

/** A pair of CNAMEs, and an address behind each. */
function cnames(name: string, ttlSeconds: number, behindSeconds: number): readonly RecordSet[] {
  const targets = [1, 2].map((n) => `${n}.${name}`) as [string, string];
  return [
    {
      ...cname(name, targets[0], ttlSeconds),
      policy: primary,
      setIdentifier: "p",
      checkId: "check",
    },
    { ...cname(name, targets[1], ttlSeconds), policy: secondary, setIdentifier: "s" },
    ...targets.map((target, index) =>
      withTtl(record(target, "A", [`192.0.2.${index + 1}`]), behindSeconds),
    ),
  ];
}

const records = [
  alias("www.a.test", "pair.a.test", primary),
  address("www.a.test", "192.0.2.2", secondary),
  address("pair.a.test", "192.0.2.1", { kind: "weighted", weight: 1 }, "check"),
  record("six.a.test", "AAAA", ["2001:db8::1"]),
  record("c.a.test", "CNAME", ["www.a.test."]),
  // The CNAME fails over, the address behind it, or the CNAME with a TTL longer than this test.
  ...cnames("above.a.test", 1, 60),
  cname("behind.a.test", "either.a.test", 60),
  brief("either.a.test", "192.0.2.1", primary, "check"),
  brief("either.a.test", "192.0.2.2", secondary),
  ...cnames("held.a.test", 60, 1),
  record("*.wild.a.test", "A", ["192.0.2.3"]),
  record("deep.er.than.a.test", "A", ["192.0.2.4"]),
  record(
    "large.a.test",
    "TXT",
    Array.from({ length: 20 }, (_, n) => `${n} ${"x".repeat(200)}`),
  ),
];

/** What `dig` prints: the status, the header's flags and counts, and the records. */
async function dig(port: number, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run(pathOf("dig"), ["@127.0.0.1", "-p", `${port}`, "+tries=2", ...args]);
  return stdout;
}

async function short(port: number, ...args: readonly string[]): Promise<readonly string[]> {
  return (await dig(port, "+short", ...args)).trim().split("\n").filter(Boolean);
}

const statusOf = (text: string): string => /status: (\w+)/.exec(text)?.[1] ?? "";
const flagsOf = (text: string): string => /;; flags: ([^;]*);/.exec(text)?.[1] ?? "";

/** As strict as Unbound can be; it keeps answers for 1 s, so that the test is short. */
const strictly = [
  "qname-minimisation: yes",
  "qname-minimisation-strict: yes",
  "use-caps-for-id: yes",
  "harden-below-nxdomain: yes",
  "harden-referral-path: no",
  "cache-max-ttl: 1",
  "cache-max-negative-ttl: 1",
];

/** Unbound, in front of a name server. */
class Resolver {
  private constructor(
    readonly port: number,
    private readonly workshop: Workshop,
  ) {}

  /** Starts it, and waits until it answers. */
  static async start(serverPort: number, options: readonly string[]): Promise<Resolver> {
    const [port, workshop] = [await freePort(), new Workshop()];
    const { directory } = workshop;
    const file = join(directory, "unbound.conf");
    writeFileSync(file, configuration(port, serverPort, directory, options));
    const daemon = workshop.start("unbound", pathOf("unbound"), ["-d", "-p", "-c", file]);
    const answers = async (): Promise<boolean> => {
      const asked = dig(port, "+time=1", "+tries=1", "six.a.test", "AAAA");
      return statusOf(await asked.catch(() => "")) === "NOERROR";
    };
    await until("unbound answers", answers, [daemon]);
    return new Resolver(port, workshop);
  }

  stop(): Promise<void> {
    return this.workshop.close();
  }
}

describe("a drill's name server, asked by other software", () => {
  let seen: NonNullable<World["seen"]> = {};
  let server: DrillNameServer;

  before(async function () {
    needParts(this, ["dig"]);
    const checks = [endpointCheck("check")];
    server = await DrillNameServer.start(
      { address: "127.0.0.1", port: 0 },
      {
        view: () => zoneView(records, { checks, seen }),
        seed: 1,
        addressOf: (value, type) =>
          type === "AAAA" ? "::ffff:127.9.9.9" : value.replace("192.0.2.", "127.0.2."),
      },
    );
  });

  after(() => (server as DrillNameServer | undefined)?.stop());

  it("answers dig with every option that could disturb it", async () => {
    const options = [
      ["+noedns"],
      ["+dnssec", "+bufsize=4096", "+nsid", "+cookie", "+norec"],
      ["+tcp"],
      ["+tcp", "+keepopen", "+dnssec"],
      ["+subnet=198.51.100.0/24"],
      ["+subnet=0"],
      ["+subnet=2001:db8::/56"],
      ["+ednsopt=65001:c0ffee"],
      ["+padding=128"],
      ["+cdflag", "+adflag", "+aaflag", "+zflag"],
      ["+expire", "+nocookie"],
      ["+edns=1"],
      ["+header-only"],
    ];
    const said = await Promise.all(
      options.map(async (some) => {
        const text = await dig(server.port, "www.a.test", ...some);
        const [, value = "none"] = /www\.a\.test\.\s+60\s+IN\s+A\s+(\S+)/.exec(text) ?? [];
        const warnings = text.match(/WARNING: (?!recursion).*/g) ?? [];
        return [some.join(" "), statusOf(text), flagsOf(text), value, ...warnings].join(", ");
      }),
    );
    expect(said).to.deep.equal([
      "+noedns, NOERROR, qr aa rd, 127.0.2.1",
      "+dnssec +bufsize=4096 +nsid +cookie +norec, NOERROR, qr aa, 127.0.2.1",
      "+tcp, NOERROR, qr aa rd, 127.0.2.1",
      "+tcp +keepopen +dnssec, NOERROR, qr aa rd, 127.0.2.1",
      "+subnet=198.51.100.0/24, NOERROR, qr aa rd, 127.0.2.1",
      "+subnet=0, NOERROR, qr aa rd, 127.0.2.1",
      "+subnet=2001:db8::/56, NOERROR, qr aa rd, 127.0.2.1",
      "+ednsopt=65001:c0ffee, NOERROR, qr aa rd, 127.0.2.1",
      "+padding=128, NOERROR, qr aa rd, 127.0.2.1",
      "+cdflag +adflag +aaflag +zflag, NOERROR, qr aa rd cd, 127.0.2.1",
      "+expire +nocookie, NOERROR, qr aa rd, 127.0.2.1",
      // dig asks again with the version that it is told.
      "+edns=1, NOERROR, qr aa rd, 127.0.2.1",
      "+header-only, FORMERR, qr rd, none",
    ]);
  });

  it("makes dig ask again over TCP for a large answer", async () => {
    const text = await dig(server.port, "large.a.test", "TXT");
    expect(text).to.include("Truncated, retrying in TCP mode");
    expect(text).to.include("ANSWER: 20,");
  });

  describe("through a resolver that hides the name and mixes the case of its letters", () => {
    let resolver: Resolver | undefined;
    let port = 0;

    before(async function () {
      needParts(this, ["unbound"]);
      resolver = await Resolver.start(server.port, strictly);
      ({ port } = resolver);
    });

    after(() => resolver?.stop());

    it("gives what the server says: aliases, CNAMEs, wildcards, deep names, IPv6, large texts", async () => {
      expect(await short(port, "www.a.test")).to.deep.equal(["127.0.2.1"]);
      expect(await short(port, "c.a.test")).to.deep.equal(["www.a.test.", "127.0.2.1"]);
      expect(await short(port, "any.name.wild.a.test")).to.deep.equal(["127.0.2.3"]);
      expect(await short(port, "deep.er.than.a.test")).to.deep.equal(["127.0.2.4"]);
      expect(await short(port, "six.a.test", "AAAA")).to.deep.equal(["::ffff:127.9.9.9"]);
      expect(await short(port, "large.a.test", "TXT")).to.have.length(20);
    });

    it("tells a missing type from a missing name", async () => {
      const nodata = await dig(port, "er.than.a.test");
      expect([statusOf(nodata), /AUTHORITY: (\d+)/.exec(nodata)?.[1]]).to.deep.equal([
        "NOERROR",
        "1",
      ]);
      expect(statusOf(await dig(port, "no.a.test"))).to.equal("NXDOMAIN");
      expect(statusOf(await dig(port, "below.no.a.test"))).to.equal("NXDOMAIN");
    });

    it("fails over as soon as its cache lets it", async () => {
      seen = { check: "unhealthy" };
      server.changed();
      const startedAt = Date.now();
      let values: readonly string[] = [];
      while (values[0] !== "127.0.2.2" && Date.now() - startedAt < 5000) {
        values = await short(port, "www.a.test");
      }
      expect(values).to.deep.equal(["127.0.2.2"]);
    });
  });

  describe("through a resolver that obeys the TTL", () => {
    let resolver: Resolver | undefined;
    let port = 0;

    before(async function () {
      needParts(this, ["unbound"]);
      seen = {};
      server.changed();
      resolver = await Resolver.start(server.port, []);
      ({ port } = resolver);
    });

    after(() => resolver?.stop());

    const last = async (name: string): Promise<string | undefined> =>
      (await short(port, name)).at(-1);

    it("T1, N5 is asked for each record of a chain again when that one's own TTL runs out", async () => {
      const names = ["above.a.test", "behind.a.test", "held.a.test"];
      const all = (): Promise<readonly (string | undefined)[]> => Promise.all(names.map(last));
      expect(await all()).to.deep.equal(["127.0.2.1", "127.0.2.1", "127.0.2.1"]);
      seen = { check: "unhealthy" };
      server.changed();
      const startedAt = Date.now();
      let values: readonly (string | undefined)[] = [];
      do values = await all();
      while (
        !(values[0] === "127.0.2.2" && values[1] === values[0]) &&
        Date.now() - startedAt < 5000
      );
      expect(values).to.deep.equal(["127.0.2.2", "127.0.2.2", "127.0.2.1"]);
      // Its address has expired too by now, and is asked for again under the name that is still held.
      await pause(1_500);
      expect(await last("held.a.test")).to.equal("127.0.2.1");
    });
  });
});

function configuration(
  port: number,
  serverPort: number,
  folder: string,
  options: readonly string[],
): string {
  return `
server:
  interface: 127.0.0.1@${port}
  directory: "${folder}"
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  logfile: ""
  do-not-query-localhost: no
  module-config: "iterator"
  # A busy machine answers late; a server that does not answer is otherwise left alone for 15 minutes.
  infra-host-ttl: 1
  ${options.join("\n  ")}
  local-zone: "test." nodefault
remote-control:
  control-enable: no
stub-zone:
  name: "a.test"
  stub-addr: 127.0.0.1@${serverPort}
`;
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
