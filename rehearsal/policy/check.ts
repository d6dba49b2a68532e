import type { FileReader } from "./packs";
import type { CheckOptions, Question } from "./session";
import { PackSession } from "./session";
import type { Verdict } from "./verdict";

/**
 * What the packs say of each stack.
 *
 * @throws InputError with all faults of the packs' configurations
 */
export async function checkPolicies(
  questions: readonly Question[],
  options: CheckOptions,
  io: FileReader,
): Promise<readonly Verdict[]> {
  const environments = new Set(questions.map(({ environment }) => environment));
  const session = PackSession.start([...environments], options, io);
  try {
    return await Promise.all(questions.map((question) => session.judge(question)));
  } finally {
    await session.stop();
  }
}
