import type { Bound } from "../routing/boundParts";
import type { FailureMode } from "../routing/checker";
import { failureModes } from "../routing/checker";
import type { Fault } from "../routing/graph/faults";
import type { Outage } from "../routing/graph/outages";
import { Outages } from "../routing/graph/outages";
import type { StackModel } from "../routing/graph/stackModel";
import { Trees } from "../routing/trees";
import { failureModeText } from "./story/wording";

/** The worst case of one outage of a hostname, for one failure mode. */
export type ReportedOutageBound = Bound &
  Pick<Outage, "cause"> & {
    /** What it is the bound of: name, type, what is lost before and then, and how it dies. */
    readonly of: string;
    /** What takes so long, in words. */
    readonly why: () => string;
  };

/** Every outage that a hostname must survive, for all its address types and failure modes. */
export function outageBoundsOf(
  model: StackModel,
  hostname: string,
): readonly ReportedOutageBound[] {
  const outages = new Outages(model, new Trees(model.route53));
  return addressTypesOf(model, hostname).flatMap((type) =>
    outages.of(hostname, type).flatMap((outage) =>
      failureModes.map((death) => ({
        cause: outage.cause,
        ...withReason(
          model,
          hostname,
          type,
          outage,
          death,
          outages.worstCase(hostname, type, outage, death),
        ),
      })),
    ),
  );
}

function withReason(
  model: StackModel,
  hostname: string,
  type: string,
  { from, to }: Outage,
  death: FailureMode,
  bound: Bound,
): Omit<ReportedOutageBound, "cause"> {
  const what = to.map(({ name }) => name).join(" + ");
  const before = from.length === 0 ? "" : ` after ${from.map(({ name }) => name).join(" + ")}`;
  return {
    ...bound,
    of: `${hostname} ${type}: ${what}${before}, ${failureModeText(death)}`,
    why: () => {
      return `${what}, ${failureModeText(death)}: ${
        bound.downtimeSeconds === undefined
          ? staysText(model, hostname, type, from, to)
          : bound.terms.map(({ seconds, formula }) => `${seconds} s ${formula}`).join("; ")
      }`;
    },
  };
}

/** What goes on answering although it is lost, with the check that should notice. */
function staysText(
  model: StackModel,
  hostname: string,
  type: string,
  from: readonly Fault[],
  to: readonly Fault[],
): string {
  const [before, after] = [model.under(from), model.under(to)];
  const lost = model
    .askersOf(hostname, type)
    .flatMap((asker) => before.resolve(hostname, type, asker).answers)
    .filter((answer) => {
      const { alive, withoutDatabases } = after.place(answer);
      return !alive || withoutDatabases !== undefined;
    })
    .map(({ record }) => {
      const check =
        record.checkId === undefined ? undefined : model.route53.checks.get(record.checkId);
      return check ? `${record.label} with ${check.label}` : record.label;
    });
  const names = [...new Set(lost)].join(", ");
  if (names === "") return "customers never reach what works";
  const others = model.route53
    .reachable(hostname, type)
    .filter((record) => model.answersOf(record).some((answer) => !after.place(answer).alive))
    .map(({ label }) => label)
    .filter((label) => !names.includes(label));
  return `${names} goes on answering${others.length > 0 ? `; lost with it: ${others.join(", ")}` : ""}`;
}

/** The address types of a name. */
export function addressTypesOf({ route53 }: StackModel, name: string): readonly string[] {
  return ["A", "AAAA"].filter((each) => route53.group(name, each) !== undefined);
}
