import type { Resource } from "../routing/graph/resource";
import type { SettingChange } from "../rehearsal/repair/configuration";
import { evaluateStack, resourcesOfBoth } from "./evaluatedStack";
import type { Io } from "./io";
import { changedSettings } from "./settingOption";

/** A stack of the program, evaluated with some settings changed. */
export async function patchedResources(
  stack: string,
  settings: readonly SettingChange[],
  io: Pick<Io, "directory">,
): Promise<readonly Resource[]> {
  const config = await changedSettings(stack, settings, io);
  return resourcesOfBoth(await evaluateStack(stack, io, false, config));
}
