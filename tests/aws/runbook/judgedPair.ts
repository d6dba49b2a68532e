import { judgeCommands } from "../../../aws/runbook/judge";
import type { JudgedCommand, RunbookQuestion } from "../../../aws/runbook/judge";
import { shellCommands } from "../../../aws/runbook/shellCommands";
import type { Resource } from "../../../routing/graph/resource";
import { pair, record } from "../../routing/graph/stack";

/** A pair under `www.a.test`, its page, and records that no failover concerns. */
export const pairResources: readonly Resource[] = [
  ...pair(
    { records: ["8.8.4.1"] },
    { ipAddress: "8.8.4.1", type: "HTTP_STR_MATCH", searchString: "ok", resourcePath: "/h" },
  ),
  record("ns", {
    name: "a.test",
    type: "NS",
    ttl: 172_800,
    records: ["ns1.aws.test", "ns2.aws.test"],
  }),
  record("mail", { name: "a.test", type: "MX", records: ["10 mail.a.test"] }),
  record("blog", { name: "blog.a.test", records: ["8.8.4.7"] }),
];

/** Judges the lines of one shell block, or a text. */
export function judgedLines(
  lines: readonly string[],
  {
    text = ["```bash", ...lines, "```"].join("\n"),
    language,
    ...question
  }: Partial<RunbookQuestion> & { readonly text?: string; readonly language?: string } = {},
): readonly JudgedCommand[] {
  const all = {
    resources: pairResources,
    hasIds: true,
    textOf: () => undefined,
    ...question,
  };
  return judgeCommands(shellCommands(text, all.textOf, language), all).commands;
}

/** The verdict on one command and its reasons, without that of the control plane. */
export function verdictOn(
  line: string,
  question: Partial<RunbookQuestion> = {},
): readonly [verdict: string | undefined, ...why: readonly string[]] {
  const [command, ...others] = judgedLines([line], question);
  if (others.length > 0) throw new Error(`${line} is ${others.length + 1} commands`);
  const why = (command?.why ?? []).filter((one) => !one.includes("control plane"));
  return [command?.verdict, ...why];
}

/** A change of records as a command. */
export function changing(...changes: readonly (readonly [action: string, set: object])[]): string {
  const Changes = changes.map(([Action, ResourceRecordSet]) => ({ Action, ResourceRecordSet }));
  return `aws route53 change-resource-record-sets --hosted-zone-id Z1 --change-batch '${JSON.stringify({ Changes })}'`;
}

export const values = (...all: readonly string[]): object => ({
  ResourceRecords: all.map((Value) => ({ Value })),
});
export const primary = {
  ...{ Name: "www.a.test", Type: "A", SetIdentifier: "primary", Failover: "PRIMARY" },
  ...{ HealthCheckId: "check", TTL: 60, ...values("8.8.4.1") },
};
export const secondary = {
  ...{ Name: "www.a.test", Type: "A", SetIdentifier: "secondary", Failover: "SECONDARY" },
  ...{ TTL: 60, ...values("203.0.113.99") },
};
