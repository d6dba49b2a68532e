import { StackModel } from "../../../../routing/graph/stackModel";
import { factsOfResources } from "../../../../routing/graph/stackOutputs";
import { evaluated, evaluatedZone } from "../../../program/evaluated";
import { FakeDrill } from "./fakeDrill";

/** A scripted drill of the stack prod. */
export async function prodDrill(): Promise<FakeDrill> {
  const evaluations = [await evaluated("prod"), await evaluatedZone("prod")];
  const resources = evaluations.flatMap((one) => one.resources);
  const facts = factsOfResources(resources);
  const [name = ""] = facts.hostnames;
  return new FakeDrill(new StackModel(resources, facts.assumptions), facts, name);
}

/** The id of a check of a drill, by the end of its name. */
export function checkCalled({ drill }: FakeDrill, name: string): string {
  const found = drill.checks.find(({ label }) => label.endsWith(name));
  if (!found) throw new Error(`${name}: must be a check, got none of this name`);
  return found.id;
}
