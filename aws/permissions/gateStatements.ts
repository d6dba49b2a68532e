import { gateObjects, gateNamesOf } from "../../routing/gateNames";
import type { GateNames } from "../../routing/gateNames";
import { awsTypes } from "../../routing/graph/types";
import { textOf } from "../../routing/graph/values";
import { tagsOf } from "./deployed";
import type { Deployed } from "./deployed";
import { allow } from "./policyDocument";
import type { AllowStatement } from "./policyDocument";

/** What `failover status` reads of the gate: its objects, and the settings of its controller. */
export function gateReadStatements(deployed: Deployed): readonly AllowStatement[] {
  const gate = gateOf(deployed);
  if (gate === undefined) return [];
  return [
    ...allow("ReadsTheGate", ["s3:GetObject"], [`arn:aws:s3:::${gate.bucket}/*`]),
    // Without it, S3 answers 403 for an absent object.
    ...allow("LooksForObjectsOfTheGate", ["s3:ListBucket"], [`arn:aws:s3:::${gate.bucket}`]),
    ...allow(
      "ReadsTheSettingsOfTheController",
      ["lambda:GetFunctionConfiguration"],
      [functionArnOf(gate)],
    ),
  ];
}

/** The calls of `failover hold` and `failover release`. */
export function gateStatements(deployed: Deployed): readonly AllowStatement[] {
  const gate = gateOf(deployed);
  if (gate === undefined) return [];
  return [
    ...allow("CommandsTheController", ["lambda:InvokeFunction"], [functionArnOf(gate)]),
    ...allow(
      "ReadsTheState",
      ["s3:GetObject"],
      [`arn:aws:s3:::${gate.bucket}/${gateObjects.state}`],
    ),
    ...allow("LooksForTheState", ["s3:ListBucket"], [`arn:aws:s3:::${gate.bucket}`]),
    ...allow("AsksWhoItIs", ["sts:GetCallerIdentity"], ["*"]),
  ];
}

/** The gate in any account; undefined for a stack that has none. */
function gateOf(deployed: Deployed): GateNames | undefined {
  const { Project: project = "", Environment: stack = "" } = tagsOf(deployed);
  const names = gateNamesOf({ project, stack, accountId: "*" });
  const isThere = deployed.resources.some(
    (one) => one.type === awsTypes.lambda && textOf(one, "name") === names.functionName,
  );
  return isThere ? names : undefined;
}

function functionArnOf({ functionName }: GateNames): string {
  return `arn:aws:lambda:*:*:function:${functionName}`;
}
