import { main } from "../../../cli/main";
import { memoryIo } from "../memoryIo";
import type { Run } from "./proving";

/** A record or a check as the AWS CLI lists it. */
type Listed = Readonly<Record<string, unknown>>;

/** A record of a failover pair of `x.test`. */
export function member(
  name: string,
  role: "PRIMARY" | "SECONDARY",
  address: string,
  checkId?: string,
): Listed {
  return {
    Name: `${name}.x.test.`,
    Type: "A",
    TTL: 60,
    SetIdentifier: role.toLowerCase(),
    Failover: role,
    ResourceRecords: [{ Value: address }],
    ...(checkId === undefined ? {} : { HealthCheckId: checkId }),
  };
}

/** A record whose alias leads to a name that has no records. */
export function dangling(name: string, setIdentifier: string): Listed {
  return {
    Name: `${name}.x.test.`,
    Type: "A",
    SetIdentifier: setIdentifier,
    Weight: 1,
    AliasTarget: { HostedZoneId: "Z1", DNSName: "gone.x.test.", EvaluateTargetHealth: true },
  };
}

/** A check of an address that notices every way of failing, unless its type says otherwise. */
export function check(id: string, address: string, type = "HTTP_STR_MATCH"): Listed {
  return {
    Id: id,
    CallerReference: id,
    HealthCheckVersion: 1,
    HealthCheckConfig: {
      Type: type,
      IPAddress: address,
      Port: 80,
      ResourcePath: "/",
      RequestInterval: 30,
      FailureThreshold: 3,
      ...(type === "HTTP_STR_MATCH" ? { SearchString: "ok" } : {}),
    },
  };
}

/** The answers of the AWS CLI for a zone with these records and checks, as files of a folder. */
export function listing(
  folder: string,
  records: readonly Listed[],
  checks: readonly Listed[],
): Readonly<Record<string, string>> {
  const soa = {
    Name: "x.test.",
    Type: "SOA",
    TTL: 900,
    ResourceRecords: [{ Value: "ns.x.test. admin.x.test. 1 7200 900 1209600 86400" }],
  };
  return {
    [`${folder}/records.json`]: JSON.stringify({ ResourceRecordSets: [soa, ...records] }),
    [`${folder}/checks.json`]: JSON.stringify({ HealthChecks: checks }),
  };
}

/** Runs a command with these files. */
export async function runWith(
  files: Readonly<Record<string, string>>,
  ...argv: readonly string[]
): Promise<Run> {
  const io = memoryIo({ files });
  const code = await main(argv, io);
  return { code, out: io.out(), err: io.err() };
}
