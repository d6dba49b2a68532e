import { expect } from "chai";
import type { RunbookOutput } from "../../../cli/runbook";
import { expectPublished } from "../../schemas/expectPublished";
import { check, listing, member, runWith } from "./listing";

const zone = listing(
  "zone",
  [member("www", "PRIMARY", "8.8.4.1", "h1"), member("www", "SECONDARY", "8.8.4.2")],
  [check("h1", "8.8.4.1")],
);
const moved = JSON.stringify({
  HostedZoneId: "Z1",
  ChangeBatch: {
    Changes: [{ Action: "UPSERT", ResourceRecordSet: member("www", "PRIMARY", "8.8.4.66", "h1") }],
  },
});
const gone = JSON.stringify({
  Changes: [{ Action: "DELETE", ResourceRecordSet: member("www", "SECONDARY", "8.8.4.2") }],
});
const update = "aws route53 update-health-check";
const remove = "aws route53 delete-health-check --health-check-id";

type Step = readonly [line: string, verdict: "harmful" | "harmless" | "unknown" | undefined];

/** Each way of doing harm, and what does none. */
const steps: readonly Step[] = [
  ["export HC=h1", undefined],
  [`${update} --health-check-id $HC --disabled`, "harmful"],
  [`${update} --health-check-id h1 --no-inverted`, "harmless"],
  [`${update} --health-check-id h1 --failure-threshold 10`, "harmful"],
  [`${update} --health-check-id=h1 --ip-address 8.8.4.2`, "harmful"],
  [
    `aws --region us-east-1 route53 change-resource-record-sets --hosted-zone-id Z1 --change-batch '${gone}'`,
    "harmful",
  ],
  [
    "aws route53 change-resource-record-sets --hosted-zone-id Z1 --change-batch file://gone.json",
    "harmful",
  ],
  [
    "aws route53 change-resource-record-sets --hosted-zone-id Z1 --change-batch file://none.json",
    "unknown",
  ],
  [`aws route53 change-resource-record-sets --cli-input-json '${moved}'`, "harmful"],
  [`for h in h1; do ${update} --health-check-id "$h" --disabled; done`, "harmful"],
  ["terraform destroy -auto-approve", "harmful"],
  ["pulumi destroy --yes", "harmful"],
  [`bash -c "${remove} h1"`, "harmful"],
  ["./steps/gone.sh", "harmful"],
  ["./steps/none.sh", "unknown"],
  [
    `python3 -c 'import boto3; boto3.client("route53").delete_health_check(HealthCheckId="h1")'`,
    "unknown",
  ],
  ["aws ec2 stop-instances --instance-ids i-1", "unknown"],
  ["aws route53 delete-hosted-zone --id Z1", "harmful"],
  ["aws route53 list-health-checks", undefined],
  [`eval "${remove} h1"`, "harmful"],
  [`$(which aws) route53 delete-health-check --health-check-id h1`, "harmful"],
];
const text = [
  "```bash",
  ...steps.map(([line]) => line),
  "```",
  `Do not run \`${remove} h1\`, whatever \`aws\` says.`,
].join("\n");
const files = {
  ...zone,
  "zone/zones.json": JSON.stringify({ HostedZones: [{ Id: "/hostedzone/Z1", Name: "x.test." }] }),
  "docs/run.md": text,
  "docs/gone.json": gone,
  "docs/steps/gone.sh": `${remove} h1\n`,
  "fix.sh": `${remove} h1\n`,
};

describe("failover policy --runbook of many ways to do harm", () => {
  it("finds each, with its line, and says what it does not know", async () => {
    const { code, out } = await runWith(
      files,
      "policy",
      "--from",
      "zone",
      "--runbook",
      "docs/run.md",
      "--json",
    );
    const printed = JSON.parse(out) as RunbookOutput;
    expectPublished("runbook", printed);
    const verdictAt = new Map(printed.commands.map(({ line, verdict }) => [line, verdict]));
    // The fence is line 1.
    const found = steps.map(([line], index) => [line, verdictAt.get(index + 2)]);
    expect(found).to.deep.equal(steps);
    const last = printed.commands.at(-1);
    expect([code, last?.line, last?.verdict, last?.why[0]]).to.deep.equal([
      1,
      steps.length + 3,
      "unknown",
      "harmful if the text says to run it",
    ]);
  });

  it("says once what all calls of Route 53 need", async () => {
    const { out } = await runWith(files, "policy", "--from", "zone", "--runbook", "docs/run.md");
    expect(out.match(/control plane/g)).to.have.length(1);
    expect(out).to.match(/harmful +docs\/run\.md:3 h1\n/);
  });

  it("reads a shell script that has no first line of one", async () => {
    const { code, out } = await runWith(files, "policy", "--from", "zone", "--runbook", "fix.sh");
    expect(code).to.equal(1);
    expect(out).to.include("harmful    fix.sh:1 h1");
  });
});
