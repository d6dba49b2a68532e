import { evaluated, evaluatedZone } from "../../program/evaluated";

/** The resources of prod and its zone, as `pulumi stack export` has them. */
export async function prodExport(): Promise<string> {
  const evaluations = [await evaluated("prod"), await evaluatedZone("prod")];
  const resources = evaluations.flatMap((one) => one.resources);
  return JSON.stringify({ version: 3, deployment: { resources } });
}
