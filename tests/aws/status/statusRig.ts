import { AwsError } from "../../../aws/awsError";
import type { ClientDns } from "../../../aws/publicDns";
import { askServer } from "../../../aws/publicDns";
import type { LiveStatus } from "../../../aws/status/status";
import { liveStatus } from "../../../aws/status/status";
import type { StatusSubject } from "../../../aws/status/subject";
import { needParts } from "../../app/harness/parts";
import type { Answers } from "../answers";
import type { ZoneAnswers } from "../authoritativeServer";
import { AuthoritativeServer } from "../authoritativeServer";
import { Moto } from "../moto";
import { LiveSystem, nowMs, oregonServes } from "./liveSystem";

/** The name servers of the zone. */
export const names = ["ns-1.example.net", "ns-2.example.net"];

/** A call that fails with a code of AWS. */
export function failing(code: string, call = "the call"): () => never {
  return () => {
    throw new AwsError(call, Object.assign(new Error("not now"), { name: code }));
  };
}

/** What a test asks with, other than by default. */
interface Asking {
  readonly answers?: Answers;
  readonly subject?: StatusSubject;
  readonly dns?: Partial<ClientDns>;
}

/** A live system in moto, with its name servers on loopback. */
export class StatusRig {
  private constructor(
    readonly moto: Moto,
    readonly servers: readonly AuthoritativeServer[],
    public system: LiveSystem,
  ) {}

  static async start(): Promise<StatusRig> {
    const moto = await Moto.emptied();
    const servers = await Promise.all(names.map(() => AuthoritativeServer.start()));
    return new StatusRig(moto, servers, await LiveSystem.start(moto));
  }

  /** Makes the system anew; Oregon serves. */
  async reset(options: Parameters<typeof LiveSystem.start>[1] = {}): Promise<void> {
    this.system = await LiveSystem.start(this.moto, options);
    this.says(oregonServes);
  }

  /** What all servers and `TestDNSAnswer` say. */
  says(said: ZoneAnswers): void {
    for (const server of this.servers) {
      Object.assign(server, { said, refuses: false, isAuthoritative: true, lost: 0 });
    }
    this.system.tested = said;
  }

  ask({ answers, subject, dns }: Asking = {}): Promise<LiveStatus> {
    const { system, servers } = this;
    const account = system.account({
      "route53.getHostedZone": () => ({
        HostedZone: { Id: `/hostedzone/${system.zoneId}`, Name: "example.org." },
        DelegationSet: { NameServers: names },
      }),
      ...answers,
    });
    return liveStatus(subject ?? system.subject, {
      account,
      dns: {
        ask: askServer,
        nameServersOf: () => Promise.resolve(names),
        serversAt: (name) =>
          Promise.resolve(
            servers.flatMap(({ server }, at) => (names[at] === name ? [server] : [])),
          ),
        addressesOf: () => Promise.resolve(["203.0.113.80"]),
        ...dns,
      },
      nowMs,
    });
  }

  /** What is bad or unknown, one line each. */
  async facts(asking: Asking = {}): Promise<readonly string[]> {
    const { facts } = await this.ask(asking);
    return facts.map(({ state, code, text }) => `${state} ${code}: ${text}`);
  }

  end(): void {
    for (const server of this.servers) server.end();
  }
}

/** The rig of a suite, made anew for each test; the suite is skipped without moto. */
export function rigOfSuite(): () => StatusRig {
  const started: StatusRig[] = [];
  before(async function () {
    needParts(this, ["moto_server"]);
    started.push(await StatusRig.start());
  });
  after(() => {
    for (const rig of started) rig.end();
  });
  beforeEach(async () => {
    for (const rig of started) await rig.reset();
  });
  return () => {
    const [rig] = started;
    if (rig === undefined) throw new Error("the rig is made before the first test");
    return rig;
  };
}
