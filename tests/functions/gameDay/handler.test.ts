import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { handler } from "../../../functions/gameDay/handler";
import { restoreEnvironment } from "../restoreEnvironment";
import { event } from "./samples";

const [stop, cpu, dublin] = ["customers", "database:cpu", "dublin"] as const;

interface Asked {
  readonly method: string | undefined;
  readonly path: string | undefined;
  /** The region that the request is signed for. */
  readonly region: string | undefined;
  readonly body: string;
}

/**
 * The handler as Lambda runs it, with a fake AWS on the loopback that stores experiments by token.
 */
describe("the handler of the game day", () => {
  let server: Server;
  let asked: Asked[];
  let states: Record<string, string>;
  let running: string[];
  let experiments: Map<string, string>;
  let alarmsAnswer: number;
  const variables = { ...process.env };

  beforeEach((done) => {
    asked = [];
    states = { [stop]: "OK", [cpu]: "OK", [dublin]: "OK" };
    running = [];
    experiments = new Map();
    alarmsAnswer = 200;
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        asked.push({ method: request.method, path: request.url, region: regionOf(request), body });
        const [status, text] = answerTo(request, body);
        response.writeHead(status).end(text);
      });
    });
    server.listen(0, "127.0.0.1", () => {
      Object.assign(process.env, {
        AWS_REGION: "us-west-2",
        AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
        AWS_SECRET_ACCESS_KEY: "secret",
        AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      });
      done();
    });
  });
  afterEach((done) => {
    restoreEnvironment(variables);
    server.close(done);
  });

  function regionOf({ headers }: IncomingMessage): string | undefined {
    return /Credential=[^/]+\/\d+\/([^/]+)\//.exec(headers.authorization ?? "")?.[1];
  }

  function answerTo(
    { method, url }: IncomingMessage,
    body: string,
  ): [status: number, text: string] {
    if (url === "/") return [alarmsAnswer, alarmsIn(new URLSearchParams(body))];
    if (method === "GET") {
      const listed = running.map((id) => ({ id, state: { status: "running" } }));
      const ended = { id: "EXPended", state: { status: "stopped" } };
      return [200, JSON.stringify({ experiments: [ended, ...listed] })];
    }
    const { clientToken } = JSON.parse(body) as { readonly clientToken: string };
    const id = experiments.get(clientToken) ?? `EXP${experiments.size + 1}`;
    experiments.set(clientToken, id);
    return [200, JSON.stringify({ experiment: { id } })];
  }

  function alarmsIn(form: URLSearchParams): string {
    const names = [...form]
      .filter(([key]) => key.startsWith("AlarmNames."))
      .map(([, name]) => name);
    const members = names.map(
      (name) =>
        `<member><AlarmName>${name}</AlarmName><StateValue>${states[name] ?? ""}</StateValue></member>`,
    );
    return `<DescribeAlarmsResponse><DescribeAlarmsResult><MetricAlarms>${members.join("")}</MetricAlarms></DescribeAlarmsResult></DescribeAlarmsResponse>`;
  }

  /** The lines that it writes to its log, at the time of the event. */
  async function logOf(work: () => Promise<void>): Promise<readonly unknown[]> {
    const lines: string[] = [];
    process.stdout.write = (line) => {
      lines.push(String(line));
      return true;
    };
    try {
      await work();
    } finally {
      // The own property hid the method of the class.
      Reflect.deleteProperty(process.stdout, "write");
    }
    return lines.map((line) => JSON.parse(line) as unknown);
  }

  /** An event that is due right now. */
  const due = (): typeof event => {
    const at = new Date(Math.floor(Date.now() / 60_000) * 60_000);
    const utc = at.toISOString();
    return {
      ...event,
      scheduledAt: utc,
      timeZone: "UTC",
      cron: `cron(${at.getUTCMinutes()} ${at.getUTCHours()} * * ? *)`,
      blockedWindows: [],
    };
  };
  const started = (): readonly Asked[] => asked.filter(({ body }) => body.includes("clientToken"));

  it("reads every alarm in its region and the running experiments, and starts", async () => {
    const told = due();
    const [line, ...others] = await logOf(() => handler(told));
    expect(others).to.deep.equal([]);
    expect(line).to.include({ level: "INFO", experiment: "us-west-2a", experimentId: "EXP1" });
    const alarms = asked
      .filter(({ path }) => path === "/")
      .map(({ region, body }) => [
        region,
        [...new URLSearchParams(body)].filter(([key]) => /AlarmNames|AlarmTypes/.test(key)),
      ]);
    const kinds = [
      ["AlarmTypes.member.1", "MetricAlarm"],
      ["AlarmTypes.member.2", "CompositeAlarm"],
    ];
    expect(alarms).to.have.deep.members([
      ["us-west-2", [["AlarmNames.member.1", stop], ["AlarmNames.member.2", cpu], ...kinds]],
      ["eu-west-1", [["AlarmNames.member.1", dublin], ...kinds]],
    ]);
    expect(started()).to.deep.equal([
      {
        method: "POST",
        path: "/experiments",
        region: "us-west-2",
        body: JSON.stringify({
          clientToken: `${event.templateId}-${told.scheduledAt}`,
          experimentTemplateId: event.templateId,
        }),
      },
    ]);
  });

  it("starts one experiment for an event that is delivered twice", async () => {
    const told = due();
    const lines = await logOf(async () => {
      await Promise.all([handler(told), handler(told)]);
    });
    expect(lines.map((line) => (line as { experimentId?: string }).experimentId)).to.deep.equal([
      "EXP1",
      "EXP1",
    ]);
    expect([...experiments.values()]).to.deep.equal(["EXP1"]);
  });

  it("starts nothing if a condition forbids it, which is a successful run", async () => {
    states[cpu] = "ALARM";
    states[stop] = "INSUFFICIENT_DATA";
    running = ["EXP9"];
    const [line] = await logOf(() => handler(due()));
    expect(line).to.deep.include({
      level: "WARN",
      reasons: [
        "alarm customers of us-west-2 is INSUFFICIENT_DATA",
        "alarm database:cpu of us-west-2 is ALARM",
        "experiment EXP9 is running in this region",
      ],
    });
    expect(started()).to.deep.equal([]);
  });

  it("starts nothing, and fails, if it cannot read the alarms", async () => {
    alarmsAnswer = 503;
    const failure = await logOf(() => handler(due())).then(
      () => "none",
      (error: unknown) => (error as Error).message,
    );
    expect(failure).to.match(/^DescribeAlarms: answered 503/);
    expect(started()).to.deep.equal([]);
  });

  it("fails for an invalid event", async () => {
    const failure = await handler({}).catch((error: unknown) => (error as Error).message);
    expect(failure).to.match(/^experiment: must be a text, got nothing/);
    expect(asked).to.deep.equal([]);
  });
});
