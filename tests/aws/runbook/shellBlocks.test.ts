import { expect } from "chai";
import { judgedLines } from "./judgedPair";

const harm = "aws route53 delete-health-check --health-check-id check";

/** The line, the verdict and the first reason of each command in a text. */
function found(lines: readonly string[], language?: string): readonly (readonly unknown[])[] {
  return judgedLines([], {
    text: lines.join("\n"),
    ...(language === undefined ? {} : { language }),
  }).map(({ line, verdict, why }) => [line, verdict, ...(verdict === "unknown" ? why : [])]);
}

/** Texts with the same command, and the line where it is. */
const read: readonly (readonly [where: string, line: number, ...lines: readonly string[]])[] = [
  ["a fence in a block quote", 2, "> ```bash", `> ${harm}`, "> ```"],
  ["a fence in two block quotes", 3, "> x", "> > ~~~sh", `> > ${harm}`, "> > ~~~"],
  ["a fence that the block quote ends", 2, "> ```bash", `> ${harm}`, "The end."],
  ["an indented block in a block quote", 2, "> x", `>     ${harm}`],
  ["a fence in a list", 2, "1. - ```bash", `     ${harm}`, "     ```"],
  ["preformatted HTML", 1, `<pre>${harm}</pre>`],
  ["preformatted code", 2, '<pre><code class="language-bash">', harm, "</code></pre>"],
  ["HTML with entities", 1, `<pre>true &amp;&amp; <b>${harm}</b></pre>`],
  ["lines of cron", 2, "```", `*/5 * * * * root ${harm}`, "```"],
  ["a step of a workflow", 3, "```yaml", "steps:", `  - run: ${harm}`, "```"],
  ["a script of a workflow", 4, "```yml", "- run: |", "    true", `    ${harm}`, "```"],
  ["a task of a playbook", 2, "```yaml", `- ansible.builtin.shell: "${harm}"`, "```"],
  ["words in YAML", 2, "```yaml", `command: ["${harm.split(" ").join('", "')}"]`, "```"],
];

/** Texts that nobody can read here. */
const unread: readonly (readonly [line: number, why: string, ...lines: readonly string[]])[] = [
  [
    4,
    "code in python is not read",
    ...["```python", "import json", "", "client.change_resource_record_sets(ChangeBatch=route53)"],
    "```",
  ],
  [2, "code in ts is not read", "```ts", 'import { Route53 } from "@aws-sdk/client-route-53";'],
  [2, "code in hcl is not read", "```hcl", 'resource "aws_route53_record" "www" {}', "```"],
  [3, "the module amazon.aws.route53 is not read", "```yaml", "-", "  amazon.aws.route53:", "```"],
  [2, "this YAML is not read", "```yaml", "Type: AWS::Route53::RecordSet", "```"],
];

describe("failover policy --runbook of blocks", () => {
  for (const [where, line, ...lines] of read) {
    it(`reads a command in ${where}`, () => {
      const [one, ...others] = found(lines);
      expect([one, others]).to.deep.equal([[line, "harmful"], []]);
    });
  }

  for (const [line, why, ...lines] of unread) {
    it(`says of line ${line} that ${why}`, () => {
      expect(found(lines)).to.deep.equal([[line, "unknown", why]]);
    });
  }

  it("is silent on code and data that change nothing of AWS", () => {
    const fences = [
      "python\nprint(1)",
      'json\n{"x": "aws"}',
      "yaml\naws:region: us-west-2",
      "mermaid\naws --> x",
    ];
    const lines = fences.flatMap((text) => [...`\`\`\`${text}`.split("\n"), "```"]);
    expect(found(lines)).to.deep.equal([]);
    expect(found(["> never", ">", "> and nothing"])).to.deep.equal([]);
  });

  it("reads a whole file of YAML, and not one of Python", () => {
    expect(found(["jobs:", `  - run: ${harm}`], "yml")).to.deep.equal([[2, "harmful"]]);
    const why = "code in py is not read";
    expect(found(["import boto3"], "py")).to.deep.equal([[1, "unknown", why]]);
    expect(found(["#!/usr/bin/env python3", "import boto3"])[0]?.[0]).to.equal(2);
  });

  it("reads blocks in the order of their lines, whatever they are", () => {
    const lines = ["<pre>", "export ID=check; aws --version", "</pre>", "```sh"];
    const call = harm.replace(" check", " $ID");
    expect(found([...lines, call, "```"])).to.deep.equal([[5, "harmful"]]);
  });
});
