import { InputError } from "../../../routing/inputError";
import { firstNames } from "../../../routing/knownNames";
import { drillDeaths } from "../deaths";
import type { DrillSubject } from "../drillRun";
import type { DrillState } from "../drillState";
import { stateAt } from "../drillState";
import { faultKinds, statusOf } from "../drillWords";
import type { DrillControl } from "../page/control";
import type { TypedCommand } from "./typedCommand";
import { typedUsages, typedWords } from "./typedCommand";

/**
 * Does what was typed, with the control that the page has.
 *
 * @param quit ends the drill
 * @returns lines to show; what happens in the drill is in its events
 * @throws InputError for what the drill refuses
 */
export async function obey(
  command: TypedCommand,
  control: DrillControl,
  quit: () => void,
): Promise<readonly string[]> {
  switch (command.word) {
    case "fail":
      await control.fail(command.name, command.death);
      return [];
    case "return":
      refuseWhole(stateOf(control), command.name);
      await control.giveBack(command.name);
      return [];
    case "hold":
      await control.hold(command.reason);
      return [];
    case "release":
      await control.release(command.reason);
      return [];
    case "names":
      return namesText(control.run().drill);
    case "status":
      return statusText(stateOf(control));
    case "help":
      return helpText();
    case "quit":
      quit();
      return [];
  }
}

function stateOf(control: DrillControl): DrillState {
  const run = control.run();
  return stateAt(run, run.events.at(-1)?.atSeconds ?? 0);
}

/** A line that does nothing would look like one that was not heard. */
function refuseWhole({ broken }: DrillState, given: string): void {
  const names = broken.map(({ name }) => name);
  if (names.includes(given)) return;
  const wayOut = names.length > 0 ? `broken: ${firstNames(names)}` : "nothing is broken";
  throw new InputError(`return: must be something broken, got ${given}; ${wayOut}`);
}

/** `Regions: us-west-2, eu-west-1`, a line for each kind. */
function namesText({ faults }: DrillSubject): readonly string[] {
  return faultKinds.flatMap(([kind, title]) => {
    const names = faults.filter((fault) => fault.kind === kind).map(({ name }) => name);
    return names.length > 0 ? [`${title}: ${names.join(", ")}`] : [];
  });
}

function statusText(state: DrillState): readonly string[] {
  const { headline, broken, orders } = statusOf(state);
  return [headline, broken, checksText(state), ...gateLines(state), orders];
}

function checksText({ drill, checks }: DrillState): string {
  const labels = (isIt: (isHealthy: boolean | undefined) => boolean): string =>
    drill.checks
      .filter(({ id }) => isIt(checks.get(id)?.isHealthy))
      .map(({ label }) => label)
      .join(", ");
  const unhealthy = labels((isHealthy) => isHealthy === false);
  const unknown = labels((isHealthy) => isHealthy === undefined);
  const said = unhealthy === "" ? "No check is unhealthy." : `Unhealthy checks: ${unhealthy}.`;
  return unknown === "" ? said : `${said} Not known yet: ${unknown}.`;
}

function gateLines({ gate }: DrillState): readonly string[] {
  return gate ? [`The failback gate is ${gate.text}.`] : [];
}

function helpText(): readonly string[] {
  const width = Math.max(...typedUsages.map(({ length }) => length));
  return [
    ...typedWords.map(({ does }, index) => `${(typedUsages[index] ?? "").padEnd(width)}  ${does}`),
    `DEATH is one of ${drillDeaths.join(", ")}`,
  ];
}
