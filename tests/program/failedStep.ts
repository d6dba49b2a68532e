/**
 * Runs the program in a separate process, as an engine in which one resource cannot be created:
 * dependents of that resource wait forever, and the process ends when nothing else is left to do.
 * Writes the registered resources as JSON. Arguments: the stack, and the resource's name.
 */
import { join } from "node:path";
import * as runtime from "@pulumi/pulumi/runtime";
import * as state from "@pulumi/pulumi/runtime/state";
import { ResourceRegistry } from "../../rehearsal/engine/resourceRegistry";
import { OfflineMonitor } from "../../rehearsal/engine/offlineMonitor";
import { takeAnswers } from "../../rehearsal/engine/sdkAnswers";
import type { RegisterRequest } from "../../rehearsal/engine/sdkMessages";
import { readStackSettings } from "../../rehearsal/engine/stackSettings";
import { inProdsPlaces } from "./places";

const [stack = "", failing = ""] = process.argv.slice(2);
const projectDirectory = join(__dirname, "../..");

class FailingMonitor extends OfflineMonitor {
  override registerResource(
    req: RegisterRequest,
    callback: (error: unknown, response: unknown) => void,
  ): Promise<void> {
    if (req.getName() !== failing) return super.registerResource(req, callback);
    callback(new Error("it failed"), undefined);
    return Promise.resolve();
  }
}

// As in rehearsal/engine/evaluate.ts: the SDK takes a stack trace for every promise.
Error.stackTraceLimit = 0;
const settings = readStackSettings(projectDirectory, stack, inProdsPlaces(stack));
const { project, disabledDefaultProviders } = settings;
const registry = new ResourceRegistry({ project, stack, preview: false, disabledDefaultProviders });
const errors: string[] = [];
process.on("unhandledRejection", (error) => errors.push(String(error)));
process.once("beforeExit", () => {
  const registered = registry.resources.map(({ name, type, region }) => ({ name, type, region }));
  process.stdout.write(JSON.stringify({ registered, faults: registry.faults, errors }));
});
takeAnswers((other, name) => {
  throw new Error(`${name} of ${other}: unexpected`);
});
process.chdir(projectDirectory);
runtime.setMockOptions(
  new FailingMonitor(registry, (error) => errors.push(String(error))),
  project,
  stack,
  false,
);
// As in rehearsal/engine/program.ts, for the same reasons.
const { options } = (
  state as unknown as {
    getStore(): { settings: { options: { rootDirectory?: string; legacyApply?: boolean } } };
  }
).getStore().settings;
options.rootDirectory = projectDirectory;
options.legacyApply = false;
runtime.setAllConfig({ ...settings.config }, [...settings.secretKeys]);
void runtime.runInPulumiStack(() => import("../../index"));
