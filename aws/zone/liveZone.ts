import type { HealthCheck, HostedZone, ResourceRecordSet } from "@aws-sdk/client-route-53";
import { canonical } from "../../routing/domainName";
import { globalRegion } from "../../routing/globalRegion";
import { packageFile } from "../../packageDirectory";
import { InputError } from "../../routing/inputError";
import type { AwsAnswer } from "../../sources/aws/answers";
import { AwsError, credentialFault, whyUnknown } from "../awsError";
import type { Account } from "../clients";
import { allOf } from "../clients";
import { recordSetsIn } from "../recordSets";
import { alarmsOf } from "./alarms";
import { answer } from "./answer";
import { balancersOf } from "./balancers";
import { cidrBlocksOf } from "./cidrBlocks";
import { addressesOf, balancerInstancesOf } from "./machines";

/** The answers of AWS about a zone, with notes on what stays unknown. */
export interface LiveZone {
  readonly answers: readonly AwsAnswer[];
  readonly notes: readonly string[];
}

/** A part of the answers, with the consequence in words where AWS refuses it. */
interface Part {
  readonly unknown: string;
  readonly answers: Promise<readonly AwsAnswer[]>;
}

/** The most resources per request for tags (API:ListTagsForResources). */
const tagsAtOnce = 10;

/**
 * Reads a hosted zone from an account: its records, their checks with the checkers' results, the
 * blocks of their CIDR locations, and the balancers and addresses that they lead to. It changes
 * nothing. What the credentials may not read stays unknown.
 *
 * @param isWanted checks to read although no record uses them; default: none
 * @throws InputError with one line where the zone does not exist, or may not be read
 */
export async function liveZone(
  nameOrId: string,
  account: Account,
  isWanted: (check: HealthCheck) => boolean = () => false,
): Promise<LiveZone> {
  try {
    const zone = await zoneOf(nameOrId, account);
    const sets = await recordSetsIn(zone.id, account);
    const checks = await checksOf(sets, account, isWanted);
    const balancers = balancersOf(sets, account);
    // `parts` reports the error of the balancers.
    const targets = balancers.then(
      (given) => balancerInstancesOf(given, account),
      () => [],
    );
    const parts: readonly Part[] = [
      {
        unknown: "what the checkers see at present is unknown",
        answers: statusesOf(checks, account),
      },
      { unknown: "the checks' names are unknown", answers: tagsOf(checks, account) },
      {
        unknown: "the blocks of CIDR locations are unknown",
        answers: cidrBlocksOf(sets, account),
      },
      { unknown: "the balancers are unknown", answers: balancers },
      { unknown: "the places of targets are unknown", answers: targets },
      { unknown: "the places of addresses are unknown", answers: addressesOf(sets, account) },
      { unknown: "the state of alarms is unknown", answers: alarmsOf(checks, account) },
    ];
    const answered = await Promise.all(parts.map(answerOf));
    return {
      answers: [
        answer(zone.id, { ResourceRecordSets: sets }),
        answer(zone.id, zone.answer),
        answer("", { HealthChecks: checks }),
        ...answered.flatMap(({ answers }) => answers),
      ],
      notes: answered.flatMap(({ notes }) => notes),
    };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const credentials = credentialFault(error);
    throw new InputError(
      credentials ??
        `--zone ${nameOrId}: cannot be read, ${whyUnknown(error)}; ${packageFile("docs/import.md")} lists what it reads`,
      { cause: error, ...(credentials === undefined ? {} : { code: "no-credentials" }) },
    );
  }
}

async function answerOf({ unknown, answers }: Part): Promise<LiveZone> {
  try {
    return { answers: await answers, notes: [] };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { answers: [], notes: [`${whyUnknown(error)}: ${unknown}.`] };
  }
}

interface FoundZone {
  readonly id: string;
  readonly answer: object;
}

/**
 * A zone by its id, in capitals and digits, or by its name; of several with one name, the public
 * one.
 */
async function zoneOf(nameOrId: string, account: Account): Promise<FoundZone> {
  const route53 = await account.client("route53", globalRegion);
  const id = /^[A-Z0-9]+$/.test(nameOrId) ? nameOrId : (await zoneNamed(nameOrId, account)).Id;
  try {
    const found = await route53.getHostedZone({ Id: id ?? "" });
    return { id: bareId(found.HostedZone?.Id ?? ""), answer: found };
  } catch (error) {
    if (!(error instanceof AwsError && error.is("absent"))) throw error;
    throw new InputError(
      `hosted zone ${nameOrId}: the account has none of this id; deploy it first, or name by --zone one that \`aws route53 list-hosted-zones\` lists`,
      { cause: error },
    );
  }
}

async function zoneNamed(name: string, account: Account): Promise<HostedZone> {
  const route53 = await account.client("route53", globalRegion);
  // The answer is sorted by name and starts at this one.
  const { HostedZones = [] } = await route53.listHostedZonesByName({ DNSName: name });
  const named = HostedZones.filter(({ Name = "" }) => canonical(Name) === canonical(name));
  const open = named.filter(({ Config }) => Config?.PrivateZone !== true);
  const [found, second] = open.length > 0 ? open : named;
  if (found && !second) return found;
  const ids = named.map(({ Id = "" }) => bareId(Id)).join(", ");
  throw new InputError(
    found
      ? `hosted zone ${name}: the account has several of this name; name one with --zone by its id, of ${ids}`
      : `hosted zone ${name}: the account has none of this name; deploy it first, or name by --zone one that \`aws route53 list-hosted-zones\` lists`,
  );
}

function bareId(id: string): string {
  return id.replace(/^\/hostedzone\//, "");
}

/** The checks of the records, the children of calculated ones, and the other wanted ones. */
async function checksOf(
  sets: readonly ResourceRecordSet[],
  account: Account,
  isWanted: (check: HealthCheck) => boolean,
): Promise<readonly HealthCheck[]> {
  const used = new Set(sets.flatMap(({ HealthCheckId }) => HealthCheckId ?? []));
  if (used.size === 0) return [];
  const route53 = await account.client("route53", globalRegion);
  const all = await allOf(
    (Marker) => route53.listHealthChecks({ Marker }),
    ({ HealthChecks }) => HealthChecks,
    ({ NextMarker }) => NextMarker,
  );
  for (const { Id = "", HealthCheckConfig } of all) {
    if (used.has(Id)) HealthCheckConfig?.ChildHealthChecks?.forEach((child) => used.add(child));
  }
  return all.filter((check) => used.has(check.Id ?? "") || isWanted(check));
}

/**
 * The checkers' results for each endpoint; AWS has none for other checks
 * (API:GetHealthCheckStatus).
 */
async function statusesOf(
  checks: readonly HealthCheck[],
  account: Account,
): Promise<readonly AwsAnswer[]> {
  const others = ["CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"];
  const route53 = await account.client("route53", globalRegion);
  const answers: AwsAnswer[] = [];
  // Sequential: an account may send Route 53 five requests per second (DNS limitations).
  for (const { Id = "", HealthCheckConfig } of checks) {
    if (others.includes(HealthCheckConfig?.Type ?? "")) continue;
    answers.push(answer(Id, await route53.getHealthCheckStatus({ HealthCheckId: Id })));
  }
  return answers;
}

async function tagsOf(
  checks: readonly HealthCheck[],
  account: Account,
): Promise<readonly AwsAnswer[]> {
  const route53 = await account.client("route53", globalRegion);
  const ids = checks.flatMap(({ Id }) => Id ?? []);
  const answers: AwsAnswer[] = [];
  for (let start = 0; start < ids.length; start += tagsAtOnce) {
    const tags = await route53.listTagsForResources({
      ResourceType: "healthcheck",
      ResourceIds: ids.slice(start, start + tagsAtOnce),
    });
    answers.push(answer("", tags));
  }
  return answers;
}
