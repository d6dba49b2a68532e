import { InputError } from "../routing/inputError";
import type { FaultRates } from "../rehearsal/proof/faultRates";
import { proofData } from "../rehearsal/proof/json";
import type { ProofData } from "../rehearsal/proof/proofSchema";
import { proofSchema } from "../rehearsal/proof/proofSchema";
import { prove } from "../rehearsal/proof/prove";
import type { ObjectiveName } from "../routing/graph/stackOutputs";
import type { Io } from "./io";
import { sourceResources } from "./source";

/** How the earlier source is to be proven, so that both are proven alike. */
interface Settings {
  readonly names: readonly string[];
  readonly rates: FaultRates;
  readonly objectives: ReadonlyMap<ObjectiveName, number>;
}

/**
 * What `--compare` names: what `prove --json` printed before, else a source, which is proven now.
 *
 * @throws InputError where it is neither
 */
export async function earlierProof(path: string, settings: Settings, io: Io): Promise<ProofData> {
  const printed = await printedProof(path, io);
  if (printed) return printed;
  try {
    const { resources, title } = await sourceResources({ from: [path] }, io);
    return proofData(prove({ stack: title, resources, ...settings }), `--from ${path}`);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.faults.map((fault) => fault.replace(/^--from/, "--compare")));
  }
}

/** Undefined for a file that is no proof, or a folder. */
async function printedProof(path: string, io: Io): Promise<ProofData | undefined> {
  let document: unknown;
  try {
    document = JSON.parse(await io.readFile(path));
  } catch {
    return undefined;
  }
  if (typeof document !== "object" || document === null || !("names" in document)) return undefined;
  const parsed = proofSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError(
    `--compare ${path}: no proof of this version, got ${issue?.message ?? ""} at ${issue?.path.join(".") ?? ""}; print it again with \`failover prove --json\``,
  );
}
