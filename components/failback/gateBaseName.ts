import { textMatching } from "../../constraints/rules";
import type { Constraint } from "../../constraints/rules";

/** The longest name of a bucket, minus `-gate-` and an account id of 12 digits. */
const baseCharactersMax = 63 - "-gate-".length - 12;

/** Project and stack, as the beginning of the gate's names: no dots, which S3's certificate excludes. */
export const gateBaseName: Constraint = {
  must: `at most ${baseCharactersMax} lower-case letters, digits or hyphens, with the project before it`,
  remedy: "name the stack so, or disable the gate: failover:gate mode off",
  ...textMatching(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, baseCharactersMax),
};
