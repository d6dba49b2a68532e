import { expect } from "chai";
import type { FailoverDiff } from "../../../rehearsal/diff/diff";
import { expectPublished } from "../../schemas/expectPublished";
import { check, listing, member, runWith } from "./listing";
import type { Run } from "./proving";

type Listed = ReturnType<typeof member>;

const plain = (name: string, Type: string, ...values: readonly string[]): Listed => ({
  ...{ Name: `${name}.x.test.`, Type, TTL: 60 },
  ResourceRecords: values.map((Value) => ({ Value })),
});
const apex = (Type: string, ...values: readonly string[]): Listed => ({
  ...plain("", Type, ...values),
  Name: "x.test.",
});
const weighted = (id: string, address: string, checkId: string): Listed => ({
  ...plain("w", "A", address),
  ...{ SetIdentifier: id, Weight: 50, HealthCheckId: checkId },
});
const v6 = (id: number): Listed => ({
  ...{ Type: "AAAA", HealthCheckId: `c${id}` },
  ResourceRecords: [{ Value: `2606:4700::${id}` }],
});
const alias = (name: string, to: string): Listed => ({
  Name: `${name}.x.test.`,
  Type: "A",
  AliasTarget: { HostedZoneId: "Z1", DNSName: `${to}.x.test.`, EvaluateTargetHealth: true },
});

const placed = (id: string, GeoLocation: object, checkId: string): Listed => ({
  ...plain("geo", "A", `8.8.4.${checkId.slice(1)}`),
  ...{ SetIdentifier: id, GeoLocation, HealthCheckId: checkId },
});

const zone = {
  ns: apex("NS", "ns-1.awsdns-00.com."),
  app1: member("app", "PRIMARY", "8.8.4.1", "c1"),
  app2: member("app", "SECONDARY", "8.8.4.2", "c2"),
  wa: weighted("a", "8.8.4.3", "c3"),
  wb: weighted("b", "8.8.4.4", "c4"),
  www: alias("www", "app"),
  shop: plain("shop", "CNAME", "app.x.test."),
  old: plain("old", "A", "8.8.4.9"),
  mail: plain("mail", "MX", "10 mx.x.test."),
  acme: plain("_acme-challenge", "CNAME", "a.acme.test."),
};
type Change = Readonly<Record<string, Listed | undefined>>;
/** Alone, with no name that chooses otherwise. */
const geo: Change = {
  ...{ app1: undefined, app2: undefined, wa: undefined, wb: undefined },
  ...{ www: undefined, shop: undefined },
  eu: placed("eu", { ContinentCode: "EU" }, "c1"),
  rest: placed("rest", { CountryCode: "*" }, "c2"),
};
const checks = [
  ...[1, 2, 3, 4].map((id) => check(`c${id}`, `8.8.4.${id}`)),
  ...[5, 6].map((id) => check(`c${id}`, `2606:4700::${id}`)),
];
const balancer = (Type: string): Listed => ({
  ...{ Name: "lb.x.test.", Type, SetIdentifier: "primary", Failover: "PRIMARY" },
  AliasTarget: {
    HostedZoneId: "Z35SXDOTRQ7X7K",
    DNSName: "dualstack.web-1.us-east-1.elb.amazonaws.com.",
    EvaluateTargetHealth: true,
  },
});
const balanced: Change = {
  ...geo,
  ...{ eu: undefined, rest: undefined },
  ...{ lb1: balancer("A"), lb2: member("lb", "SECONDARY", "8.8.4.2", "c2") },
};
const measured: Listed = {
  ...check("c1", "8.8.4.1"),
  HealthCheckConfig: {
    ...(check("c1", "8.8.4.1")["HealthCheckConfig"] as object),
    MeasureLatency: true,
  },
};
const zoneWith = (change: Change): readonly Listed[] =>
  Object.values<Listed | undefined>({ ...zone, ...change }).filter((one) => one !== undefined);

const diff = (
  change: Change,
  [base = {}, checksBefore = checks]: readonly [Change?, (readonly Listed[])?],
  ...more: readonly string[]
): Promise<Run> =>
  runWith(
    {
      ...listing("base", zoneWith(base), checksBefore),
      ...listing("new", zoneWith(change), checks),
    },
    ...["diff", "base", "--from", "new", ...more],
  );

describe("failover diff of a zone", () => {
  const rows: readonly (readonly [
    title: string,
    change: Change,
    code: number,
    headline: RegExp,
    base?: Change,
    checksBefore?: readonly Listed[],
  ])[] = [
    [
      "a new name that leads to another one takes nothing from it",
      { new: plain("new", "CNAME", "w.x.test.") },
      0,
      /✓ Hostname added \(new\.x\.test\): \+\d\.\d\d USD a month\*\*$/,
    ],
    [
      "a name is judged by its new target, and the target as it was",
      { www: alias("www", "w") },
      1,
      /✗ Target app\.x\.test → w\.x\.test \(www\.x\.test A\): www\.x\.test A: some customers get a dead answer after 2 faults/,
    ],
    [
      "a name that no longer fails over is worse by that",
      { www: plain("www", "A", "8.8.4.1") },
      1,
      /: www\.x\.test A: with 8\.8\.4\.1 failed, app\.x\.test A secondary → www\.x\.test A DEAD/,
    ],
    [
      "a name that leaves for another service is judged by that one alone",
      { shop: plain("shop", "CNAME", "shops.service.test.") },
      1,
      /: shop\.x\.test A: some customers get a dead answer after 1 fault in 1 case, before in 0/,
    ],
    [
      "a group that becomes one record is judged by what fails",
      { wa: plain("w", "A", "8.8.4.3", "8.8.4.4"), wb: undefined },
      1,
      /: w\.x\.test A: a dead answer while an endpoint works, with 8\.8\.4\.3; w\.x\.test A: with 8\.8\.4\.3 failed, w\.x\.test A b → w\.x\.test A 8\.8\.4\.3 DEAD, w\.x\.test A 8\.8\.4\.4/,
    ],
    [
      "a name without a choice that is removed is worse",
      { old: undefined },
      1,
      /✗ Hostname removed \(old\.x\.test\): old\.x\.test no longer has a record/,
    ],
    [
      "another address of a name without a choice is another answer",
      { old: plain("old", "A", "8.8.4.10") },
      0,
      /✓ Target 8\.8\.4\.9 → 8\.8\.4\.10 \(old\.x\.test A\): other answers, the same times and cost/,
    ],
    [
      "other name servers are unknown",
      { ns: apex("NS", "ns.other.test.") },
      2,
      /\? Target ns-1\.awsdns-00\.com → ns\.other\.test \(x\.test NS\): whether resolvers still get answers for x\.test and below is not known/,
    ],
    [
      "a removed delegation is unknown",
      {},
      2,
      /\? Record removed \(sub\.x\.test NS\): whether resolvers still get answers for sub\.x\.test/,
      { sub: plain("sub", "NS", "ns.other.test.") },
    ],
    [
      "a source without the zone's own name servers has none removed",
      { ns: undefined },
      0,
      /✓ No change to records/,
    ],
    [
      "mail that is gone is named, and not judged",
      { mail: undefined },
      0,
      /✓ Record removed \(mail\.x\.test MX\): the same addresses, times and cost; not judged: mail\.x\.test MX/,
    ],
    [
      "a name for no host is named, and not judged",
      { acme: undefined },
      0,
      /✓ Record removed \(_acme-challenge\.x\.test CNAME\): .*; not judged: _acme-challenge/,
    ],
    [
      "an IPv6 address without a check is worse for those who use it",
      { app6: plain("app", "AAAA", "2001:db8::1") },
      1,
      /✗ Record added \(app\.x\.test AAAA\): shop\.x\.test AAAA, for clients that used A: some customers get a dead answer after 1 fault in 1 case, before in 0/,
    ],
    [
      "an IPv6 address of a name without a choice takes nothing from it",
      { old6: plain("old", "AAAA", "2001:db8::1") },
      0,
      /✓ Record added \(old\.x\.test AAAA\): old\.x\.test AAAA is answered now/,
    ],
    [
      "an IPv6 address that is gone is worse",
      {},
      1,
      /✗ Record removed \(old\.x\.test AAAA\): old\.x\.test AAAA is no longer answered/,
      { old6: plain("old", "AAAA", "2001:db8::1") },
    ],
    [
      "the case of letters, final dots and the order of values are no change",
      {
        app1: { ...zone.app1, Name: "APP.x.test" },
        shop: plain("shop", "CNAME", "App.X.test"),
        mail: plain("mail", "MX", "10 MX.x.test"),
        old: plain("old", "A", "8.8.4.10", "8.8.4.9"),
        old6: plain("old", "AAAA", "2001:DB8::1"),
      },
      0,
      /✓ No change to records/,
      {
        old: plain("old", "A", "8.8.4.9", "8.8.4.10"),
        old6: plain("old", "AAAA", "2001:db8::1"),
      },
    ],
    [
      "a string match notices more, and what it noticed before 2 s later",
      {},
      0,
      /: detection of 8\.8\.4\.1 when it drains slowly 108 s → 110 s \(www\.x\.test A\); .*better: downtime of 8\.8\.4\.1 when it hangs in the body endless → 184 s \(www\.x\.test A\); a probe waits up to 2 s longer/,
      {},
      [check("c1", "8.8.4.1", "HTTP"), ...checks.slice(1)],
    ],
    [
      "a string match with a longer TTL is worse by the TTL, and the gain is named",
      { app1: { ...zone.app1, TTL: 600 } },
      1,
      /✗ .*TTL 60 → 600 s .*: .*downtime of 8\.8\.4\.1 when it \w+.* → \d+ s \(www\.x\.test A\); .*; better: downtime of 8\.8\.4\.1 when it hangs in the body endless → 724 s/,
      {},
      [check("c1", "8.8.4.1", "HTTP"), ...checks.slice(1)],
    ],
    [
      "another set identifier is no other answer",
      { app1: { ...zone.app1, SetIdentifier: "one" } },
      0,
      /✓ Set identifier primary → one \(app\.x\.test A \[one\]\): the same answers, times and cost\*\*$/,
    ],
    [
      "an endpoint for another place makes no dead answer worse that was dead before",
      { ...geo, de: placed("de", { CountryCode: "DE" }, "c3") },
      0,
      /✓ Record added \(geo\.x\.test A \[de\]\): geo\.x\.test A from DE: with nothing failed, geo\.x\.test A eu → geo\.x\.test A de; .*not compared: the cost of geo\.x\.test/,
      geo,
    ],
    [
      "the unknown cost of a name that does not differ is not mentioned",
      { ...geo, mail: undefined },
      0,
      /: the same addresses, times and cost; not judged: mail\.x\.test MX\*\*$/,
      geo,
    ],
    [
      "an address that the internet cannot reach is worse",
      { old: plain("old", "A", "10.0.0.5") },
      1,
      /✗ Target 8\.8\.4\.9 → 10\.0\.0\.5 \(old\.x\.test A\): old\.x\.test A: 10\.0\.0\.5 is no address of the internet/,
    ],
    [
      "all traffic moved to the other side of a release is only another answer",
      { wa: { ...zone.wa, Weight: 0 }, wb: { ...zone.wb, Weight: 100 } },
      0,
      /: w\.x\.test A: with nothing failed, w\.x\.test A a → w\.x\.test A b\*\*$/,
      { wa: { ...zone.wa, Weight: 100 }, wb: { ...zone.wb, Weight: 0 } },
    ],
    [
      "IPv6 addresses that fail over as the IPv4 addresses do are no worse",
      {
        app3: { ...zone.app1, ...v6(5) },
        app4: { ...zone.app2, ...v6(6) },
      },
      0,
      /✓ Tier added \(app\.x\.test AAAA \[primary\], app\.x\.test AAAA \[secondary\]\): shop\.x\.test AAAA is answered now/,
    ],
    [
      "what is unknown of a balancer is so of its IPv6 addresses too, and no worse",
      { ...balanced, lb3: balancer("AAAA"), lb4: { ...member("lb", "SECONDARY", ""), ...v6(6) } },
      0,
      /✓ Tier added \(lb\.x\.test AAAA .*: lb\.x\.test AAAA is answered now/,
      balanced,
    ],
    [
      "a setting of a check that only costs is named",
      {},
      0,
      /✓ Measure latency yes → no \(c1\): −[12]\.00 USD a month/,
      {},
      [measured, ...checks.slice(1)],
    ],
    [
      "other weights leave the answers",
      { wa: { ...zone.wa, Weight: 99 } },
      0,
      /✓ Policy weight 50 → weight 99 \(w\.x\.test A \[a\]\): the same answers by other weights/,
    ],
    [
      "places are compared with what each of them was answered before",
      {
        wa: { ...zone.wa, Weight: undefined, Region: "us-east-1" },
        wb: { ...zone.wb, Weight: undefined, Region: "eu-west-1" },
      },
      0,
      /: w\.x\.test A from us-east-1: with nothing failed, w\.x\.test A a, w\.x\.test A b → w\.x\.test A a;/,
    ],
  ];
  for (const [title, change, expected, headline, ...before] of rows) {
    it(title, async () => {
      const { code, out } = await diff(change, before, "--markdown");
      expect(out.replaceAll("\\", "").split("\n")[2]).to.match(headline);
      expect(code).to.equal(expected);
    });
  }

  it("names a place without an answer once, and not again under each fault", async () => {
    const { code, out } = await diff({ ...geo, rest: undefined }, [geo], "--json");
    const { worse } = JSON.parse(out) as FailoverDiff;
    expect([code, worse.filter(({ text }) => text.endsWith("nobody"))]).to.deep.equal([
      1,
      [
        {
          text: "geo.x.test A from anywhere else: with nothing failed, geo.x.test A rest → nobody",
        },
      ],
    ]);
  });

  it("says in the title that a part of a change is not judged, and in the JSON which", async () => {
    const { out } = await diff({ mail: undefined }, []);
    expect(out.split("\n")[0]).to.equal(
      "Failover of new: changed, no worse than base in what is judged",
    );
    const printed = JSON.parse((await diff({ mail: undefined }, [], "--json")).out) as FailoverDiff;
    expectPublished("diff", printed);
    expect(printed.declared).to.deep.equal([
      {
        kind: "unjudged",
        what: "record removed",
        subject: "mail.x.test MX",
        resource: "mail.x.test MX",
      },
    ]);
  });
});
