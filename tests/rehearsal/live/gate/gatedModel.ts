import { StackModel } from "../../../../routing/graph/stackModel";
import { evaluated } from "../../../program/evaluated";
import { settingOf } from "../../../program/settingOf";

/** The name that customers of `gatedModel` ask for. */
export const gatedName = "orders.dev.cafe.com";

/** Dev with an attached gate that soaks for a minute and waits for an approval. */
export async function gatedModel(): Promise<StackModel> {
  const gate = {
    ...settingOf("dev", "gate"),
    ...{ mode: "attached", approval: "manual", soakMinutes: 1 },
  };
  return new StackModel((await evaluated("dev", false, { "failover:gate": gate })).resources);
}
