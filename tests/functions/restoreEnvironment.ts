/** Sets the variables of this process to those of an earlier time; others are removed. */
export function restoreEnvironment(variables: Readonly<NodeJS.ProcessEnv>): void {
  for (const name of Object.keys(process.env)) {
    if (!(name in variables)) Reflect.deleteProperty(process.env, name);
  }
  Object.assign(process.env, variables);
}
