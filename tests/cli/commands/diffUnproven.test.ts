import { expect } from "chai";
import type { FailoverDiff } from "../../../rehearsal/diff/diff";
import { expectPublished } from "../../schemas/expectPublished";
import { check, dangling, listing, member, runWith } from "./listing";
import type { Run } from "./proving";

const pairOf = (name: string, first: string, second: string, checkId: string) => [
  member(name, "PRIMARY", first, checkId),
  member(name, "SECONDARY", second),
];
const www = pairOf("www", "8.8.4.1", "8.8.4.2", "c0");
const shop = pairOf("shop", "8.8.4.3", "8.8.4.4", "c1");
const bad = [dangling("bad", "one"), dangling("bad", "two")];
const checks = [check("c0", "8.8.4.1"), check("c1", "8.8.4.3")];
const shorter = www.map((one) => ({ ...one, TTL: 30 }));
/** The check of another server. */
const wrong = [check("c0", "8.8.4.2"), check("c1", "8.8.4.3")];

const text = { Name: "x.test.", Type: "TXT", TTL: 60, ResourceRecords: [{ Value: '"a"' }] };

const files = {
  ...listing("well", [...www, ...shop], checks),
  ...listing("bad", [...www, ...shop, ...bad], checks),
  ...listing("bad-shorter", [...shorter, ...shop, ...bad], checks),
  ...listing("bad-wrong", [...www, ...shop, ...bad], wrong),
  ...listing("bad-shop", [...www, dangling("shop", "one"), ...bad], checks),
  ...listing("only-bad", bad, []),
  ...listing("only-bad-text", [...bad, text], []),
  ...listing("plain", [{ ...www[1], SetIdentifier: undefined, Failover: undefined }], []),
};

const diff = (...argv: readonly string[]): Promise<Run> => runWith(files, "diff", ...argv);

async function diffJson(base: string, after: string, ...names: readonly string[]) {
  const { code, out } = await diff(base, ...names, "--from", after, "--json");
  const printed = JSON.parse(out) as FailoverDiff;
  expectPublished("diff", printed);
  return { code, printed };
}

const reasons = ["one", "two"].map(
  (id) =>
    `bad.x.test A ${id}: its alias has no target (A12), got gone.x.test A; create that record, or point the alias elsewhere`,
);

describe("failover diff of a zone with a name that cannot be proven", () => {
  it("compares the other names, names that one with the reason, and does not know: exit 2", async () => {
    const { code, printed } = await diffJson("bad", "bad-shorter");
    expect([code, printed.outcome, printed.worse]).to.deep.equal([2, "unknown", []]);
    expect(printed.proof?.differences).to.deep.include({
      name: "www.x.test A",
      kind: "seconds",
      what: "downtime of 8.8.4.1 when it hangs in the body",
      before: 184,
      after: 154,
      direction: "better",
    });
    expect(printed.proof?.uncompared).to.deep.equal([
      { name: "bad.x.test", others: [], before: reasons, after: reasons },
    ]);
    const { out } = await diff("bad", "--from", "bad-shorter");
    expect(out).to.match(/^Failover of bad-shorter: not all of it can be compared with bad\n/);
    expect(out).to.include(`bad.x.test: cannot be proven: ${reasons[0] ?? ""}`);
    expect(out).to.match(/; not compared: bad\.x\.test$/m);
    expect(out).not.to.match(/no change|no worse|the same answers/i);
  });

  it("says so too where nothing else differs in what can be compared", async () => {
    const { code, out } = await diff("only-bad", "--from", "only-bad-text");
    expect(code).to.equal(2);
    expect(out).to.include("of what can be compared; not compared: bad.x.test");
    expect(out).not.to.match(/no change/i);
  });

  it("finds a new dead answer of another name: exit 1", async () => {
    const { code, printed } = await diffJson("bad", "bad-wrong");
    expect([code, printed.outcome]).to.deep.equal([1, "worse"]);
    expect(printed.worse[0]?.text).to.match(/^www\.x\.test A: a dead answer/);
  });

  it("finds no change where no resource differs, and lists the name: exit 0", async () => {
    const { code, out } = await diff("bad", "--from", "bad");
    expect(code).to.equal(0);
    expect(out).to.match(/^No change: /);
    expect(out).to.include(`bad.x.test: cannot be proven: ${reasons[0] ?? ""}`);
  });

  it("counts a name as worse that can no longer be proven, once and with the reason, and only that", async () => {
    const { code, printed } = await diffJson("bad", "bad-shop");
    expect([code, printed.outcome]).to.deep.equal([1, "worse"]);
    expect(printed.worse.map(({ text }) => text)).to.deep.equal([
      "shop.x.test: cannot be proven: shop.x.test A one: its alias has no target (A12), got gone.x.test A; create that record, or point the alias elsewhere",
    ]);
  });

  it("does not know whether a name is worse that can be proven only now", async () => {
    const { code, printed } = await diffJson("bad-shop", "bad", "shop.x.test");
    expect([code, printed.outcome]).to.deep.equal([2, "unknown"]);
    expect(printed.proof?.uncompared?.map(({ name, after }) => [name, after])).to.deep.equal([
      ["shop.x.test", []],
    ]);
  });

  it("takes a name for new of which there was no record: exit 0", async () => {
    const { code, printed } = await diffJson("plain", "well", "shop.x.test");
    expect([code, printed.outcome]).to.deep.equal([0, "changed"]);
    expect((await diff("plain", "--from", "well")).code).to.equal(0);
  });

  it("does not pass a name that neither state has", async () => {
    const { code, err } = await diff("well", "typo.x.test", "--from", "bad");
    expect([code, err]).to.deep.equal([
      2,
      "typo.x.test: no record has this name, in well or bad; name another\n",
    ]);
  });
});

describe("failover prove --compare of a zone with a name that cannot be proven", () => {
  it("names it, and does not say that both proofs say the same", async () => {
    const { out } = await runWith(files, "prove", "--from", "bad", "--compare", "bad");
    expect(out).to.include("Both proofs say the same of the names that can be compared.");
    expect(out).to.match(/not compared +before +after\n.*bad\.x\.test/);
    const same = await runWith(files, "prove", "--from", "well", "--compare", "well");
    expect(same.out).to.match(/Both proofs say the same\.$/m);
    expect(same.out).not.to.include("not compared");
  });
});
