/** The alarm of `arn:aws:cloudwatch:<region>:<account>:alarm:<name>`, whose name may contain colons. */
export function alarmOfArn(arn: string): { readonly region: string; readonly name: string } {
  const [, , , region = "", , , ...name] = arn.split(":");
  return { region, name: name.join(":") };
}
