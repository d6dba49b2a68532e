import type { Command } from "commander";
import type { ObjectiveName } from "../../routing/graph/stackOutputs";
import { objectivesFrom } from "../../rehearsal/objectives";
import type { FaultRates } from "../../rehearsal/proof/faultRates";
import { faultRatesFrom } from "../../rehearsal/proof/faultRates";
import { repeated } from "../repeated";

/** What a proof is told beside its source. */
export interface ProofOptions {
  readonly rate?: readonly string[];
  readonly objective?: readonly string[];
}

export function describeProof(command: Command): void {
  command
    .option(
      "--rate <what.figure=number>",
      "set how often or how long something fails, such as region.hours=8; repeatable, and the report lists them",
      repeated,
    )
    .option(
      "--objective <name=seconds>",
      "set an objective, such as zoneOrRegion.downtime=90; repeatable, and before the stack's own",
      repeated,
    );
}

/** @throws InputError where one of them cannot be */
export function proofSettingsOf({ rate = [], objective = [] }: ProofOptions): {
  readonly rates: FaultRates;
  readonly objectives: ReadonlyMap<ObjectiveName, number>;
} {
  return { rates: faultRatesFrom(rate), objectives: objectivesFrom(objective) };
}
