import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { judgeCommands } from "../../../aws/runbook/judge";
import type { JudgedCommand } from "../../../aws/runbook/judge";
import { shellCommands } from "../../../aws/runbook/shellCommands";
import { fromExport } from "../../../routing/graph/fromExport";
import type { Resource } from "../../../routing/graph/resource";
import { root } from "../../conventions/sourceTree";
import { pair, record, resource, zone } from "../../routing/graph/stack";

const path = "tests/fixtures/dev-export.json";
const resources = fromExport(readFileSync(join(root, path), "utf8"), path);

const idOf = (name: string): string => resources.find((one) => one.name === name)?.id ?? "";
const addressOf = (check: string): string => {
  const address = resources.find((one) => one.name === check)?.outputs["ipAddress"];
  return typeof address === "string" ? address : "";
};

function judged(
  markdown: string,
  files: Readonly<Record<string, string>> = {},
  of: readonly Resource[] = resources,
): readonly JudgedCommand[] {
  const textOf = (file: string): string | undefined => files[file];
  const commands = shellCommands(markdown, textOf);
  const stack = { stack: "dev", hasGate: true };
  return judgeCommands(commands, { resources: of, hasIds: true, textOf, ...stack }).commands;
}

const inBash = (...lines: readonly string[]): string => ["```bash", ...lines, "```"].join("\n");

const ohioA = "ohio-us-east-2a-check";
const zoneName = "orders.dev.cafe.com";
const update = (check: string, options: string): string =>
  `aws route53 update-health-check --health-check-id ${idOf(check)} ${options}`;
const named = (name: string, SetIdentifier: string, more: object = {}): object => ({
  Name: name,
  Type: "A",
  SetIdentifier,
  ...more,
});
const batch = (Action: string, ResourceRecordSet: object): string =>
  JSON.stringify({ Changes: [{ Action, ResourceRecordSet }] });
const change = (text: string, zoneId = "Z1EDA3635BAFE"): string =>
  `aws route53 change-resource-record-sets --hosted-zone-id ${zoneId} --change-batch ${text}`;
const stop = (...names: readonly string[]): string =>
  `aws ec2 stop-instances --region us-east-2 --instance-ids ${names.map(idOf).join(" ")}`;

/** Commands as teams write them, each with what it does to customers. */
const seeds: readonly (readonly [command: string, isHarmful: boolean])[] = [
  [update(ohioA, "--disabled"), true],
  [update("ohio-region-check", "--disabled"), true],
  [update(ohioA, "--disabled --inverted"), true],
  [update("ohio-region-check", "--inverted"), false],
  [update("virginia-region-check", "--inverted"), true],
  [`aws route53 delete-health-check --health-check-id ${idOf(ohioA)}`, true],
  [`aws route53 delete-health-check --health-check-id ${idOf("virginia-deep-check")}`, true],
  [update("ohio-region-check", "--health-threshold 0"), true],
  [update("ohio-region-check", `--child-health-checks ${idOf("virginia-deep-check")}`), true],
  [update(ohioA, `--ip-address ${addressOf("virginia-us-east-1a-check")}`), true],
  [update(ohioA, "--failure-threshold 2"), false],
  [update(ohioA, "--no-disabled"), false],
  [update(ohioA, "--regions us-east-1 us-west-1 eu-west-1"), false],
  [change(`'${batch("DELETE", named(zoneName, "secondary"))}'`), true],
  [change(`'${batch("DELETE", named(`live.${zoneName}`, "secondary"))}'`), true],
  [change(`'${batch("DELETE", named(`any.${zoneName}`, "secondary"))}'`), true],
  [
    change(
      `'${batch("UPSERT", named(zoneName, "primary", { Failover: "PRIMARY", TTL: 60, HealthCheckId: idOf(ohioA), ResourceRecords: [{ Value: addressOf(ohioA) }] }))}'`,
    ),
    true,
  ],
  [
    change(
      `'${batch("UPSERT", named(`ohio.${zoneName}`, "primary", { Failover: "PRIMARY", TTL: 5, HealthCheckId: idOf(ohioA), ResourceRecords: [{ Value: addressOf(ohioA) }] }))}'`,
    ),
    false,
  ],
  ["aws s3 rm s3://failover-dev-gate-123456789012/latch", true],
  ["echo latched | aws s3 cp - s3://failover-dev-gate-123456789012/latch", true],
  [`aws s3 rm --recursive s3://${idOf(`maintenance-bucket-${zoneName}`)}`, true],
  [`aws s3 ls s3://${idOf(`maintenance-bucket-${zoneName}`)}`, false],
  [`aws s3 cp index.html s3://${idOf(`maintenance-bucket-${zoneName}`)}/index.html`, false],
  [stop("ohio-us-east-2a-instance"), false],
  [
    stop(
      "ohio-us-east-2a-instance",
      "ohio-us-east-2b-instance",
      "virginia-us-east-1a-instance",
      "virginia-us-east-1b-instance",
    ),
    true,
  ],
  ["pulumi destroy --stack dev --yes", true],
  ["pulumi preview --stack dev", false],
  ["aws route53 delete-hosted-zone --id Z1EDA3635BAFE", true],
  [`aws route53 get-health-check-status --health-check-id ${idOf(ohioA)}`, false],
  ["npx failover hold --stack dev --reason evacuation", false],
];

describe("failover policy --runbook", function () {
  this.timeout(120_000);

  it("names each harmful one of 30 commands, and at most one other", () => {
    expect(seeds).to.have.length(30);
    const commands = judged(inBash(...seeds.map(([command]) => command)));
    const found = commands.filter(({ verdict }) => verdict === "harmful");
    // The fence is line 1.
    const lines = new Set(found.map(({ line }) => line));
    const seen = seeds.map(([command, isHarmful], index) => ({
      command,
      isHarmful,
      isFound: lines.has(index + 2),
    }));
    expect(seen.filter((one) => one.isHarmful && !one.isFound)).to.deep.equal([]);
    const alarms = seen.filter((one) => !one.isHarmful && one.isFound);
    expect(alarms.length, JSON.stringify(alarms)).to.be.at.most(1);
    expect(seen.filter(({ isHarmful }) => isHarmful)).to.have.length(19);
  });

  it("says that a disabled check keeps the traffic, and gives the command that works", () => {
    const [disabled, inverted] = judged(
      inBash(update("ohio-region-check", "--disabled"), update("ohio-region-check", "--inverted")),
    );
    expect(disabled).to.deep.include({
      line: 2,
      verdict: "harmful",
      subject: "ohio-region-check",
      instead: 'failover hold --stack dev --reason "…"',
    });
    expect(disabled?.why[0]).to.equal(
      "a disabled check counts as healthy (H16): it keeps the traffic, and no failure moves it any more",
    );
    expect(disabled?.why.at(-1)).to.equal(
      "it needs the control plane of Route 53 in us-east-1, which may be down in the outage that the runbook is for",
    );
    expect(inverted).to.deep.include({ verdict: "harmless", subject: "ohio-region-check" });
    expect(inverted?.why.slice(0, 2)).to.deep.equal([
      `${zoneName} A is answered by ${addressOf("virginia-us-east-1a-check")} instead of ${addressOf(ohioA)}`,
      "an inverted check counts as healthy when its endpoint fails, so customers return to it just then; take the inversion back before",
    ]);
  });

  it("offers no command of a gate to a stack without one, and knows no latch there", () => {
    const lines = [
      update("ohio-region-check", "--disabled"),
      "aws s3 rm s3://failover-dev-gate-1/latch",
    ];
    const commands = shellCommands(inBash(...lines), () => undefined);
    const [disabled, removed] = judgeCommands(commands, {
      ...{ resources, hasIds: true, hasGate: false, stack: "dev", textOf: () => undefined },
    }).commands;
    expect(disabled?.instead).to.match(/^aws route53 update-health-check .* --inverted/);
    expect([removed?.verdict, removed?.instead]).to.deep.equal(["unknown", undefined]);
  });

  it("reads prompts, continued lines, variables, files and here-documents, with their lines", () => {
    const markdown = [
      "# Fail over", // 1
      "```console", // 2
      `$ CHECK=${idOf(ohioA)}`, // 3
      "$ aws route53 update-health-check \\", // 4
      ">   --health-check-id $CHECK --disabled", // 5
      '{ "HealthCheck": {} }', // 6
      "```", // 7
      "Then:", // 8
      "", // 9
      "    cat > change.json <<EOF", // 10
      `    ${batch("DELETE", named(`live.${zoneName}`, "secondary"))}`, // 11
      "    EOF", // 12
      `    sudo ${change("file://change.json")} --profile prod`, // 13
      "", // 14
      "~~~sh", // 15
      `if true; then ${change("file://given.json")}; fi`, // 16
      change("file://absent.json"), // 17
      "~~~", // 18
      "```python", // 19
      update(ohioA, "--disabled"), // 20
      "```", // 21
    ].join("\n");
    const files = { "given.json": batch("DELETE", named(zoneName, "secondary")) };
    expect(
      judged(markdown, files).map(({ line, verdict, subject }) => [line, verdict, subject]),
    ).to.deep.equal([
      [4, "harmful", ohioA],
      [13, "harmful", `live.${zoneName} A [secondary]`],
      [16, "harmful", `${zoneName} A [secondary]`],
      [17, "unknown", ""],
      [20, "unknown", ""],
    ]);
  });

  it("judges a check that is not written by all it may be, and knows what it does not know", () => {
    const [anyCheck, strange, open, setting] = judged(
      inBash(
        'aws route53 update-health-check --health-check-id "$(cat id)" --disabled',
        "aws route53 update-health-check --health-check-id 11111111-2222 --disabled",
        change('"$BATCH"'),
        "pulumi up --stack dev --config failover:ttl.mode=maintenance",
      ),
    );
    expect(anyCheck?.verdict).to.equal("harmful");
    expect(strange).to.deep.include({ verdict: "unknown", subject: "" });
    expect(strange?.why[0]).to.equal("the model has no health check 11111111-2222");
    expect(open?.why[0]).to.equal("the change batch is not written in the runbook");
    expect(setting?.verdict).to.equal("unknown");
  });

  it("judges weights by the answers: 0 for the last living branch, and 0 of two", () => {
    const check = resource("aws:route53/healthCheck:HealthCheck", "check-a", {
      type: "HTTP",
      ipAddress: "203.0.113.1",
      port: 80,
      requestInterval: 30,
      failureThreshold: 3,
    });
    const weighted = (id: string, weight: number, address: string): Resource =>
      record(`www-${id}`, {
        setIdentifier: id,
        weightedRoutingPolicies: [{ weight }],
        records: [address],
        ...(id === "a" ? { healthCheckId: "check-a" } : {}),
      });
    const of = [zone, check, weighted("a", 9, "203.0.113.1"), weighted("b", 1, "203.0.113.2")];
    const to = (id: string, Weight: number, Value: string): string =>
      change(
        `'${batch("UPSERT", { Name: "www.a.test", Type: "A", SetIdentifier: id, Weight, TTL: 60, ResourceRecords: [{ Value }], ...(id === "a" ? { HealthCheckId: "check-a" } : {}) })}'`,
        "Z1",
      );
    const [away, gone] = judged(
      inBash(
        to("a", 0, "203.0.113.1"),
        change(`'${batch("DELETE", named("www.a.test", "b"))}'`, "Z1"),
      ),
      {},
      of,
    );
    expect([away?.verdict, away?.subject, away?.why[0]]).to.deep.equal([
      "harmless",
      "www.a.test A [a]",
      "www.a.test A is answered by 203.0.113.2 instead of 203.0.113.1 (90 %), 203.0.113.2 (10 %)",
    ]);
    expect([gone?.verdict, gone?.subject]).to.deep.equal(["harmful", "www.a.test A [b]"]);
  });

  describe("on a pair", () => {
    const value = (address: string): object => ({ ResourceRecords: [{ Value: address }] });
    const primary = {
      ...named("www.a.test", "primary", { Failover: "PRIMARY", HealthCheckId: "check", TTL: 60 }),
      ...value("8.8.4.1"),
    };
    const secondary = {
      ...named("www.a.test", "secondary", { Failover: "SECONDARY", TTL: 60 }),
      ...value("203.0.113.99"),
    };
    const of = pair({ records: ["8.8.4.1"] }, { ipAddress: "8.8.4.1" });
    const changePair = (text: string): string => change(text, "Z1");
    const judgedPair = (text: string, resources = of) => judged(inBash(text), {}, resources)[0];
    const checkUpdate = (options: string): string =>
      `aws route53 update-health-check --health-check-id check ${options}`;

    const refused: readonly (readonly [what: string, command: string, why: string])[] = [
      [
        "the creation of a record that exists",
        changePair(`'${batch("CREATE", primary)}'`),
        "www.a.test A [primary] exists already",
      ],
      [
        "the deletion of a record with another TTL",
        changePair(`'${batch("DELETE", { ...secondary, TTL: 300 })}'`),
        "www.a.test A [secondary] has another TTL than the one to delete",
      ],
      [
        "the deletion of a record with other values",
        changePair(`'${batch("DELETE", { ...secondary, ...value("203.0.113.98") })}'`),
        "www.a.test A [secondary] has other values than the one to delete",
      ],
      [
        "a primary without a check",
        changePair(`'${batch("UPSERT", { ...primary, HealthCheckId: undefined })}'`),
        "www-primary: a primary with addresses needs a health check (C6), got none; Route 53 rejects it without one",
      ],
      [
        "a threshold that no check can have",
        checkUpdate("--failure-threshold 11"),
        "check.failureThreshold: must be a whole number from 1 to 10 (H4), got 11; Route 53 refuses the check, so correct it",
      ],
    ];
    for (const [what, command, why] of refused) {
      it(`says that Route 53 refuses ${what}, and that nothing changes`, () => {
        const found = judgedPair(command);
        expect([found?.verdict, found?.why[0]]).to.deep.equal([
          "harmless",
          `Route 53 refuses it, and nothing changes: ${why}`,
        ]);
      });
    }

    it("takes a deletion for done that repeats the record, or leaves its values open", () => {
      for (const set of [secondary, named("www.a.test", "secondary")]) {
        expect(judgedPair(changePair(`'${batch("DELETE", set)}'`))?.verdict).to.equal("harmful");
      }
    });

    it("does not know what depends on a check that was not read, and says on which", () => {
      const unread = pair({ records: ["8.8.4.1"], healthCheckId: "foreign" }).filter(
        ({ name }) => name !== "check",
      );
      const command = changePair(`'${batch("DELETE", secondary)}'`);
      const found = judgedPair(command, unread);
      expect([found?.verdict, ...(found?.why ?? []).slice(0, 2)]).to.deep.equal([
        "unknown",
        "harmful only if foreign is unhealthy, which was not read",
        "now www.a.test A is answered by 8.8.4.1, though no healthy record is left",
      ]);
      const gone = changePair(`'${batch("UPSERT", { ...secondary, TTL: 30 })}'`);
      expect(judgedPair(gone, unread)?.verdict).to.equal("harmless");
    });
  });
});
