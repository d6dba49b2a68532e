import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { expect } from "chai";
import type { GameDayJournal } from "../../../aws/gameDay/journal";
import { main } from "../../../cli/main";
import { AuthoritativeServer } from "../../aws/authoritativeServer";
import { GameDayWorld, region } from "../../aws/gameDay/world";
import { Moto } from "../../aws/moto";
import { needParts } from "../../app/harness/parts";
import { expectSample } from "../../expectDocument";
import { memoryIo } from "../memoryIo";
import type { MemoryIo } from "../memoryIo";

const accountId = "123456789012";
const alarmArn = (name: string): string =>
  `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`;

/** The export of a stack with experiments. */
function exportOf(templateIds: Readonly<Record<string, string>>, stack = "dev"): string {
  const urn = `urn:pulumi:${stack}::failover::pulumi:pulumi:Stack::failover-${stack}`;
  const outputs = {
    hostname: "orders.example.org",
    hostedZone: { name: "example.org", nameServers: ["ns-1.invalid"] },
    regions: { primary: { region, name: "oregon" } },
    gameDay: { templateIds },
    ttlSeconds: 10,
  };
  return JSON.stringify({
    version: 3,
    deployment: { resources: [{ urn, custom: false, type: "pulumi:pulumi:Stack", outputs }] },
  });
}

describe("failover gameday", function () {
  this.timeout(120_000);

  const failover = async (
    argv: readonly string[],
    files: Readonly<Record<string, string>> = {},
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly code: number; readonly io: MemoryIo }> => {
    const io = memoryIo({ env, files, typed: ["no"] });
    return { code: await main(["gameday", ...argv], io), io };
  };

  it("refuses to start without a stack, a name and a stop condition, all at once", async () => {
    const { code, io } = await failover(["start", "--by-instances"]);
    expect([code, io.err()]).to.deep.equal([
      2,
      [
        "--stack: required, got none; name the stack that is to fail",
        "<name>: required to start, got none; name an experiment, or an availability zone",
        "--stop-alarm: required with --by-instances, got none; name an alarm that monitors what has to survive",
        "",
      ].join("\n"),
    ]);
  });

  it("refuses a duration that is none, another stack's export, and a broken journal", async () => {
    const files = {
      "prod.json": exportOf({}, "prod"),
      "bad.json": "{",
      "odd.json": '{"version":2}',
    };
    const errors = [];
    for (const argv of [
      ["start", "us-west-2a", "--stack", "dev", "--minutes", "0"],
      ["start", "us-west-2a", "--stack", "dev", "--from", "prod.json"],
      ["restore"],
      ["restore", "--stack", "dev"],
      ["restore", "--journal", "bad.json"],
    ]) {
      const { code, io } = await failover(argv, files);
      errors.push([code, io.err().split("\n")[0]]);
    }
    expect(errors).to.deep.equal([
      [2, "--minutes: must be a number of minutes from 1 to 720, got 0; write it such as 30"],
      [
        2,
        "--from prod.json: must be the export of stack dev, got stack prod; export it with `pulumi stack export --stack dev`",
      ],
      [2, "--stack, --journal: one is required, got none; name the stack"],
      [
        2,
        "failover-gameday-dev.json: there is no journal, so no game day was started here; run it where the game day was started, or name the file with --journal",
      ],
      [
        2,
        "bad.json: must be the journal of a game day, got no JSON; look for stopped machines and running experiments in the AWS console",
      ],
    ]);
    const odd = await failover(["restore", "--journal", "odd.json"], files);
    expect(odd.io.err()).to.include("odd.json: version: Invalid input: expected 1");
  });

  describe("against moto", () => {
    let moto: Moto | undefined;
    let server: AuthoritativeServer | undefined;
    let world: GameDayWorld;

    before(async function () {
      needParts(this, ["moto_server"]);
      moto = await Moto.emptied();
      server = await AuthoritativeServer.start();
    });
    after(() => {
      server?.end();
    });
    beforeEach(async () => {
      if (moto && server) world = await GameDayWorld.start(moto, [server]);
    });

    async function alarm(name: string, StateValue: "ALARM" | "OK"): Promise<void> {
      const cloudwatch = new CloudWatch({
        region,
        endpoint: moto?.endpoint ?? "",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
      });
      await cloudwatch.putMetricAlarm({
        AlarmName: name,
        MetricName: "m",
        Namespace: "n",
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        Statistic: "Sum",
        ComparisonOperator: "GreaterThanThreshold",
      });
      await cloudwatch.setAlarmState({ AlarmName: name, StateValue, StateReason: "test" });
    }

    /** Creates a template of moto's FIS. @returns its id */
    async function template(stopAlarms: readonly string[], name: string): Promise<string> {
      const answer = await fetch(`${moto?.endpoint ?? ""}/experimentTemplates`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: `AWS4-HMAC-SHA256 Credential=test/20270115/${region}/fis/aws4_request, SignedHeaders=host, Signature=0`,
        },
        body: JSON.stringify({
          clientToken: name,
          description: "Game day: us-west-2a loses power",
          roleArn: "arn:aws:iam::123456789012:role/fis",
          actions: { stop: { actionId: "aws:ec2:stop-instances", targets: {} } },
          targets: {},
          stopConditions:
            stopAlarms.length === 0
              ? [{ source: "none" }]
              : stopAlarms.map((one) => ({
                  source: "aws:cloudwatch:alarm",
                  value: alarmArn(one),
                })),
          tags: { Project: "failover", Environment: "dev", Name: `game-day-${name}` },
        }),
      });
      const { experimentTemplate } = (await answer.json()) as {
        readonly experimentTemplate: { readonly id: string };
      };
      return experimentTemplate.id;
    }

    const startFrom = ["start", "us-west-2a", "--stack", "dev", "--from", "dev.json"];

    it("shows what it would do, asks, and changes nothing without a yes", async () => {
      await alarm("customers", "OK");
      const id = await template(["customers"], "us-west-2a");
      const { code, io } = await failover(
        startFrom,
        { "dev.json": exportOf({ "us-west-2a": id }) },
        world.env,
      );
      expect([code, io.questions, io.err()]).to.deep.equal([
        1,
        ["Type yes to start: "],
        [
          `Game day of dev in account ${accountId}, us-west-2: us-west-2a starts template ${id} (Game day: us-west-2a loses power): aws:ec2:stop-instances, for at most 30 minutes.`,
          "It ends by itself, by Ctrl-C, or when an alarm is on: customers.",
          "Not confirmed: nothing was changed.",
          "",
        ].join("\n"),
      ]);
      expect(await world.down()).to.deep.equal([]);
    });

    it("finds a template by its tags if the stack was only evaluated", async () => {
      const { planGameDay } = await import("../../../aws/gameDay/plan");
      const { fisIn } = await import("../../../aws/gameDay/fis");
      await template(["customers"], "us-west-2b");
      const wanted = await template(["customers"], "us-west-2a");
      const plan = await planGameDay(
        {
          project: "failover",
          stack: "dev",
          outputs: { regions: { primary: { region } }, gameDay: { templateIds: {} } },
        },
        { name: "us-west-2a", byInstances: false, stopAlarms: [], minutes: 5, returnMinutes: 5 },
        {
          accountId,
          fis: fisIn(region, world.env),
          machines: world.machines,
          alarmStates: () => Promise.resolve(new Map([["customers", "OK"]])),
        },
      );
      expect(plan.fault).to.deep.equal({
        kind: "experiment",
        templateId: wanted,
        stoppedBefore: [],
      });
    });

    it("refuses a template without a stop condition, an alarm that is on, and unknown names", async () => {
      await alarm("customers", "ALARM");
      const files = {
        "dev.json": exportOf({
          "us-west-2a": await template([], "us-west-2a"),
          "us-west-2b": await template(["customers", "gone"], "us-west-2b"),
        }),
      };
      const errors = [];
      for (const argv of [
        startFrom,
        ["start", "us-west-2b", ...startFrom.slice(2)],
        ["start", "us-west-2z", ...startFrom.slice(2)],
        [...startFrom, "--by-instances", "--stop-alarm", "customers"],
      ]) {
        const { code, io } = await failover([...argv, "--yes"], files, world.env);
        errors.push(code, ...io.err().trim().split("\n"));
      }
      const wait = "; start the game day when that has changed";
      expect(
        errors.map((one) => String(one).replace(/template \w+/, "template EXT")),
      ).to.deep.equal([
        "2",
        "us-west-2a: template EXT must have a stop condition, got none; give it a CloudWatch alarm that monitors what has to survive",
        "2",
        `stop condition: alarm customers of us-west-2 is ALARM${wait}`,
        `stop condition: alarm gone of us-west-2 is ABSENT${wait}`,
        "2",
        "us-west-2z: must be an experiment of dev, got another name; use us-west-2a, us-west-2b",
        "2",
        `stop condition: alarm customers of us-west-2 is ALARM${wait}`,
      ]);
    });

    it("restore starts what the journal names, once, and says that nothing is left", async () => {
      const instanceIds = world.instanceIds.slice(0, 2);
      await world.machines.stop(instanceIds);
      const journal: GameDayJournal = {
        version: 1,
        project: "failover",
        stack: "dev",
        region,
        accountId,
        startedAt: "2027-01-15T12:00:00.000Z",
        phase: "open",
        fault: { kind: "instances", name: "us-west-2a", instanceIds },
      };
      const path = "failover-gameday-dev.json";
      const files = { [path]: JSON.stringify(journal) };
      const { code, io } = await failover(["restore", "--stack", "dev"], files, world.env);
      expect([code, io.out(), await world.down()]).to.deep.equal([
        0,
        "Nothing is left: everything is started again.\n",
        [],
      ]);
      expectSample("docs/runbook.md", io.out());
      expect(JSON.parse(io.files.get(path) ?? "")).to.deep.equal({ ...journal, phase: "mended" });
      const other = { [path]: JSON.stringify({ ...journal, accountId: "999999999999" }) };
      expect((await failover(["restore", "--stack", "dev"], other, world.env)).io.err()).to.equal(
        `${path}: the game day was in account 999999999999, and the credentials belong to ${accountId}; use credentials of 999999999999\n`,
      );
    });
  });
});
