import type { HealthCheck } from "@aws-sdk/client-route-53";
import type { FaultState } from "../../routing/graph/stackModel";
import { StackModel } from "../../routing/graph/stackModel";
import { awsTypes } from "../../routing/graph/types";
import { gateObjects } from "../../routing/gateNames";
import { InputError } from "../../routing/inputError";
import type { AwsAnswer } from "../../sources/aws/answers";
import { reportedChecks } from "../../sources/aws/present";
import { readAnswers } from "../../sources/aws/readAnswers";
import { itemsOf, memberOf } from "../../sources/fields";
import { AwsError, credentialFault, whyUnknown } from "../awsError";
import type { Account } from "../clients";
import type { GateLocation } from "../gate/gateLocation";
import type { GateChecks } from "../gate/gateStatus";
import { liveZone } from "../zone/liveZone";
import type { CheckStatus } from "./checkStatus";
import { checkStatuses, statusFaults } from "./checkStatus";
import type { StatusSubject } from "./subject";

/** A zone as it is at present, and the model that decides as Route 53 does. */
export type ZoneReading =
  | {
      readonly kind: "read";
      readonly id: string;
      readonly nameServers: readonly string[];
      readonly model: StackModel;
      readonly state: FaultState;
      readonly checks: readonly CheckStatus[];
      readonly unread: readonly string[];
      readonly notes: readonly string[];
    }
  | { readonly kind: "unread"; readonly why: string };

export async function readLiveZone(
  { zone, owner }: StatusSubject,
  gate: GateLocation | undefined,
  account: Account,
): Promise<ZoneReading> {
  const host = gate && hostOf(gate);
  const isOfGate = ({ HealthCheckConfig }: HealthCheck): boolean =>
    host !== undefined && HealthCheckConfig?.FullyQualifiedDomainName === host;
  try {
    const { answers, notes } = await liveZone(zone, account, isOfGate);
    return modelled(answers, notes);
  } catch (error) {
    const cause = error instanceof InputError ? error.cause : undefined;
    const isPartial = owner !== undefined && cause instanceof AwsError && !cause.is("absent");
    if (!isPartial || credentialFault(cause) !== undefined) throw error;
    return { kind: "unread", why: `the zone ${zone}: ${whyUnknown(cause)}` };
  }
}

function modelled(answers: readonly AwsAnswer[], unread: readonly string[]): ZoneReading {
  const reading = readAnswers(answers);
  const model = new StackModel(reading.resources);
  const checks = reading.resources.filter(({ type }) => type === awsTypes.healthCheck);
  const reported = reportedChecks(answers, checks);
  const lost = reading.failing.filter((fault) => !fault.startsWith("check:"));
  const state = model.under([...model.faults(lost), ...statusFaults(model, reported)]);
  const [zone] = answers.filter(({ value }) => memberOf(value, "HostedZone") !== undefined);
  const servers = itemsOf(memberOf(zone?.value, "DelegationSet"), "NameServers");
  return {
    kind: "read",
    id: zone?.about ?? "",
    nameServers: servers.filter((one) => typeof one === "string"),
    model,
    state,
    checks: checkStatuses(model, state, reported),
    unread,
    // The present faults are in the statuses.
    notes: reading.notes.filter((note) => !note.startsWith("At present ")),
  };
}

/** The host that the checks of a gate read. */
function hostOf({ bucket, region }: GateLocation): string {
  return `${bucket}.s3.${region}.amazonaws.com`;
}

/** The checks of a gate: by what they read, since only an export knows their ids. */
export function gateChecksIn(
  gate: GateLocation,
  { model, checks }: Extract<ZoneReading, { kind: "read" }>,
): GateChecks {
  const at = (key: string): string | undefined =>
    [...model.route53.checks.values()].find(
      (check) =>
        check.kind === "endpoint" &&
        check.fullyQualifiedDomainName === hostOf(gate) &&
        check.path === `/${key}`,
    )?.id;
  const [latchUrn, readableUrn] = [at(gateObjects.latch), at(gateObjects.readable)];
  const statusOfUrn = (urn: string | undefined): CheckStatus | undefined => {
    const id = urn === undefined ? undefined : model.graph.get(urn)?.id;
    return checks.find((check) => check.id === id);
  };
  const [latch, readable] = [statusOfUrn(latchUrn), statusOfUrn(readableUrn)];
  const isAttached = [...model.route53.checks.values()].some(
    (check) =>
      check.kind === "calculated" && latchUrn !== undefined && check.children.includes(latchUrn),
  );
  return { ...(latch ? { latch } : {}), ...(readable ? { readable } : {}), isAttached };
}
