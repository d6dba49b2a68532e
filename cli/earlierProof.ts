import { InputError } from "../routing/inputError";
import type { FaultRates } from "../rehearsal/proof/faultRates";
import { proofData } from "../rehearsal/proof/json";
import type { ProofData } from "../rehearsal/proof/proofSchema";
import { proofSchema } from "../rehearsal/proof/proofSchema";
import type { Proof } from "../rehearsal/proof/prove";
import { prove } from "../rehearsal/proof/prove";
import type { ObjectiveName } from "../routing/graph/stackOutputs";
import { comparedSide } from "./comparedSide";
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
  return comparedSide("--compare", path, async () => {
    const { resources, title } = await sourceResources({ from: [path] }, io);
    const order = { stack: title, resources, ...settings, optionalNames: settings.names };
    return proofData(prove(order), `--from ${path}`);
  });
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

/**
 * @throws InputError for given names that no record has, unless the earlier state has them and others are left to prove:
 *   then they are removed
 */
export function requireKnown(
  { absent = [], names, unproven }: Proof,
  earlier: ProofData,
  path: string,
): void {
  const before = new Set(
    [...earlier.names, ...(earlier.unproven ?? [])].flatMap(({ name, others }) => [
      name,
      ...others,
    ]),
  );
  const isLeft = names.length + unproven.length > 0;
  const faults = absent.flatMap((name) => {
    if (!before.has(name)) {
      return `${name}: no record has this name, here or in --compare ${path}; name another`;
    }
    return isLeft
      ? []
      : `${name}: no record has this name any more, only --compare ${path} has it: it is removed; name another to prove`;
  });
  if (faults.length > 0) throw new InputError(faults);
}
