import { expect } from "chai";
import { judgedLines } from "./judgedPair";

const harm = "aws route53 delete-health-check --health-check-id check";

/** Lines that run the same command through something else. */
const wrapped: readonly (readonly [how: string, ...lines: readonly string[]])[] = [
  ["bash -c", `bash -c "${harm}"`],
  ["sh -c with options", `sh -euo pipefail -c '${harm}'`],
  ["a shell in a shell", `bash -lc 'sudo -E bash -c "${harm}"'`],
  ["eval", `eval "${harm}"`],
  [
    "eval of several words",
    `CMD='aws route53 delete-health-check'; eval "$CMD --health-check-id check"`,
  ],
  [
    "xargs with a here-string",
    "xargs -n1 aws route53 delete-health-check --health-check-id <<< check",
  ],
  [
    "xargs with a token",
    "echo check | xargs -I{} aws route53 delete-health-check --health-check-id {}",
  ],
  [
    "xargs of what is not known",
    "cat ids | xargs aws route53 delete-health-check --health-check-id",
  ],
  [
    "xargs and a shell",
    `echo check | xargs -I{} sh -c "aws route53 delete-health-check --health-check-id {}"`,
  ],
  ["ssh", `ssh -i key.pem ops@bastion '${harm}'`],
  ["ssh with words", `ssh ops@bastion ${harm}`],
  ["ssh with a here-document", "ssh ops@bastion <<'END'", harm, "END"],
  ["timeout", `timeout 5 ${harm}`],
  ["watch", `watch -n 5 "${harm}"`],
  ["sudo", `sudo -u ops ${harm}`],
  ["su", `su - ops -c "${harm}"`],
  ["flock", `flock /tmp/lock ${harm}`],
  ["flock -c", `flock /tmp/lock -c "${harm}"`],
  ["env", `env AWS_PROFILE=ops ${harm}`],
  ["nohup", `nohup ${harm} &`],
  ["time", `time ${harm}`],
  ["trap", `trap '${harm}' EXIT`],
  ["docker run of the CLI's image", `docker run --rm amazon/aws-cli:2.31.0 ${harm.slice(4)}`],
  ["docker exec", `docker exec tools ${harm}`],
  ["kubectl exec", `kubectl exec -it tools -- sh -c '${harm}'`],
  ["another program", `aws-vault exec prod -- ${harm}`],
  ["find -exec", `find . -name x -exec ${harm} \\;`],
  [
    "find -exec with a token",
    "find ids -exec aws route53 delete-health-check --health-check-id {} \\;",
  ],
  ["parallel", "parallel aws route53 delete-health-check --health-check-id ::: check"],
  ["a path", `/usr/local/bin/${harm}`],
  ["a substitution as its name", `$(which aws) ${harm.slice(4)}`],
  ["a variable as its name", `"$AWS" ${harm.slice(4)}`],
  ["a variable with the command", `CMD="${harm}"; $CMD`],
  [
    "an array",
    "A=(--health-check-id check --disabled)",
    'aws route53 update-health-check "${A[@]}"',
  ],
  ["a loop", 'for id in check; do aws route53 delete-health-check --health-check-id "$id"; done'],
  [
    "a while loop",
    "list | while read -r id; do aws route53 delete-health-check --health-check-id $id; done",
  ],
  ["a function", "gone() { aws route53 delete-health-check --health-check-id $1; }", "gone check"],
  ["a function of the CLI's name", 'aws() { command aws --profile ops "$@"; }', harm],
  ["a function that nothing calls", `gone() { ${harm}; }`],
  ["a substitution", `RESULT=$(${harm})`],
  ["backquotes", `echo \`${harm}\``],
  ["a pipe", `${harm} | jq .`],
  ["a pipe into a shell", `echo "${harm}" | sudo bash`],
  ["a here-document for a shell", "bash <<END", harm, "END"],
  ["a here-document through cat", "cat <<END | ssh ops@bastion", harm, "END"],
  ["a script that the runbook writes", "cat > /tmp/go.sh <<END", harm, "END", "bash /tmp/go.sh"],
  ["a condition", `if true; then :; else ${harm}; fi`],
  ["a case", `case $x in a) ${harm};; esac`],
  ["a subshell", `( ${harm} ) || true`],
  ["an alias", "alias gone='aws route53 delete-health-check'", "gone --health-check-id check"],
  ["an alias that nothing calls", `alias gone="${harm}"`],
  ["an alias of the CLI's name", "alias aws='aws --profile ops'", harm],
  ["at with a here-document", "at now + 5 minutes <<END", harm, "END"],
  ["at with its input", `echo "${harm}" | at 02:00`],
  ["a script for at", "cat > /tmp/go.sh <<END", harm, "END", "at -f /tmp/go.sh 02:00"],
  ["a line of cron", `0 3 * * 1-5 root ${harm}`],
  ["crontab with its input", `echo "0 3 * * * ${harm}" | crontab -`],
  ["keys for tmux", `tmux send-keys -t ops "${harm}" Enter`],
  [
    "a command for machines",
    `aws ssm send-command --targets Key=a --parameters commands="${harm}"`,
  ],
  [
    "a list of commands for machines",
    `aws ssm send-command --parameters 'commands=["true","${harm}"]' --comment x`,
  ],
  [
    "JSON with commands for machines",
    `aws ssm send-command --parameters '{"commands":["${harm}"]}'`,
  ],
  ["a command for a container", `aws ecs execute-command --interactive --command "${harm}"`],
  ["a placeholder", "aws route53 delete-health-check --health-check-id <check-id> --profile ops"],
  ["a template", 'aws route53 delete-health-check --health-check-id "{{ check }}"'],
];

/** Lines whose command nobody can read here. */
const unread: readonly (readonly [line: string, why: string])[] = [
  ["$CMD", "the command is not written in the runbook"],
  ['eval "$CMD"', "the command is not written in the runbook"],
  ["curl -s https://x.test/fix.sh | bash", "the command is not written in the runbook"],
  ["./failover.sh now", "the script ./failover.sh is not read"],
  ["sudo ./failover.sh now", "the script ./failover.sh is not read"],
  ["make failover", "what make runs is not read"],
  ["sudo ansible-playbook failover.yml", "what ansible-playbook runs is not read"],
  ["ssh web1 'sudo systemctl stop nginx'", "what it stops is not in the model"],
  ["kubectl -n web scale deployment/web --replicas=0", "what it stops is not in the model"],
  ["source ~/.ops", "the script ~/.ops is not read"],
  [". env/prod", "the script env/prod is not read"],
  [
    "aws ssm send-command --document-name X --parameters file://x.json",
    "what it runs on the machines is not read",
  ],
  ["bash scripts/failover", "the script scripts/failover is not read"],
  ["python3 go.py", "the script go.py is not read"],
  ["python3 -c 'import boto3'", "code for python3 is not read"],
  ["parallel aws s3 rm ::: s3://a/b", "the bucket is not written in the runbook"],
  ['aws s3 rm "$PAGE"', "the bucket is not written in the runbook"],
  ["aws $WHAT", "the operation is not written in the runbook"],
];

describe("failover policy --runbook of nested commands", () => {
  for (const [how, ...lines] of wrapped) {
    it(`reads a command in ${how}`, () => {
      const found = judgedLines(lines).map(({ verdict, subject }) => [verdict, subject]);
      expect(found).to.deep.equal([["harmful", "check"]]);
    });
  }

  for (const [line, why] of unread) {
    it(`says that it cannot read ${line}`, () => {
      const found = judgedLines(["true", line]);
      expect(found.map((one) => [one.line, one.verdict, one.why])).to.deep.equal([
        [3, "unknown", [why]],
      ]);
    });
  }

  it("reads a script beside the runbook, at the line that runs it or sources it", () => {
    const textOf = (path: string): string | undefined =>
      path === "./go.sh" ? `true\n${harm}` : undefined;
    for (const line of ["./go.sh", "sudo ./go.sh", "source ./go.sh", ". ./go.sh"]) {
      const [found] = judgedLines(["true", line], { textOf });
      expect([found?.line, found?.verdict], line).to.deep.equal([3, "harmful"]);
    }
  });

  it("gives the line of a command in a longer text", () => {
    const lines = ["ssh x <<'END'", "true", harm, "END", "bash -c '", "true", harm, "'"];
    expect(judgedLines(lines).map(({ line }) => line)).to.deep.equal([4, 8]);
  });

  it("gives the line of a function's call, or its own if nothing calls it", () => {
    const lines = [`gone() {`, harm, "}", "true", "gone"];
    expect(judgedLines(lines).map(({ line }) => line)).to.deep.equal([6]);
    expect(judgedLines(lines.slice(0, 4)).map(({ line }) => line)).to.deep.equal([3]);
  });

  it("does not know a variable that branches set differently", () => {
    const set = "if [ $x = 1 ]; then ID=check; else ID=other; fi";
    const [found] = judgedLines([set, "aws route53 delete-health-check --health-check-id $ID"]);
    expect(found?.command).to.equal("aws route53 delete-health-check --health-check-id …");
    const same = "if [ $x = 1 ]; then ID=other; else ID=other; fi";
    const [known] = judgedLines([same, "aws route53 delete-health-check --health-check-id $ID"]);
    expect(known?.command).to.equal("aws route53 delete-health-check --health-check-id other");
  });

  it("judges each turn of a loop", () => {
    const found = judgedLines([
      "for id in check other; do aws route53 delete-health-check --health-check-id $id; done",
    ]);
    expect(found.map(({ verdict }) => verdict)).to.deep.equal(["harmful", "unknown"]);
  });

  it("ends at a function or script that runs itself", () => {
    expect(judgedLines([`again() { ${harm}; again; }`, "again"])).to.have.length(1);
    const textOf = (): string => `${harm}\n./again.sh`;
    expect(judgedLines(["./again.sh"], { textOf })).to.have.length(1);
  });

  it("reads fences of any text with a command, and a session whose quotes have several lines", () => {
    const lines = [
      "```text",
      harm,
      "```",
      "```powershell",
      harm,
      "```",
      "```text",
      "a table",
      "```",
    ];
    expect(judgedLines([], { text: lines.join("\n") }).map(({ line }) => line)).to.deep.equal([
      2, 5,
    ]);
    const id = "check";
    const session = ["```console", "$ bash -c '", "true", harm, "'", "output", `$ ${harm}`, "```"];
    const found = judgedLines([], { text: session.join("\n") });
    expect(found.map(({ line, subject }) => [line, subject])).to.deep.equal([
      [4, id],
      [7, id],
    ]);
  });

  it("says where a quote begins that does not end, and hides commands", () => {
    const [found, ...others] = judgedLines(["echo don't", harm]);
    expect(others).to.deep.equal([]);
    expect([found?.line, found?.verdict, found?.why]).to.deep.equal([
      2,
      "unknown",
      ["nothing from here on is read: unterminated single quote"],
    ]);
    expect(judgedLines(["echo don't", "true"])).to.deep.equal([]);
  });

  it("reads a shell script as a whole", () => {
    const text = `#!/bin/sh\n\n${harm}\n`;
    expect(judgedLines([], { text }).map(({ line }) => line)).to.deep.equal([3]);
    expect(judgedLines([], { text: harm, language: "sh" })).to.have.length(1);
    expect(judgedLines([], { text: harm })).to.have.length(0);
  });
});
