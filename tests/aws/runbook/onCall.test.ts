import { expect } from "chai";
import { changing, judgedLines, primary, values } from "./judgedPair";

/** Commands of people on call that change nothing. */
const harmless: readonly string[] = [
  "aws route53 get-health-check --health-check-id check",
  "aws route53 get-health-check-status --health-check-id check",
  "aws route53 get-health-check-last-failure-reason --health-check-id check",
  "aws route53 list-health-checks --query 'HealthChecks[].Id' --output text",
  "aws route53 list-resource-record-sets --hosted-zone-id Z1 --query \"ResourceRecordSets[?Name=='www.a.test.']\"",
  "aws route53 list-hosted-zones-by-name --dns-name a.test",
  "aws route53 get-hosted-zone --id Z1",
  "aws route53 test-dns-answer --hosted-zone-id Z1 --record-name www.a.test --record-type A",
  "aws route53 get-change --id C123",
  "aws route53 wait resource-record-sets-changed --id C123",
  "aws route53 change-tags-for-resource --resource-type healthcheck --resource-id check --add-tags Key=incident,Value=42",
  "aws route53 get-checker-ip-ranges",
  "aws sts get-caller-identity",
  "export AWS_PROFILE=ops AWS_REGION=us-east-1",
  "aws sso login --profile ops",
  "aws ec2 describe-instances --instance-ids i-0abc --query 'Reservations[].Instances[].State.Name'",
  "aws ec2 describe-instance-status --instance-ids i-0abc",
  "aws ec2 get-console-output --instance-id i-0abc --latest",
  "aws ec2 start-instances --instance-ids i-0abc",
  "aws ec2 create-snapshot --volume-id vol-1",
  "aws ssm start-session --target i-0abc",
  "aws elbv2 describe-target-health --target-group-arn arn:x",
  "aws rds describe-db-instances --db-instance-identifier orders",
  "aws rds create-db-snapshot --db-instance-identifier orders --db-snapshot-identifier before",
  "aws cloudwatch describe-alarms --state-value ALARM",
  "aws cloudwatch get-metric-statistics --namespace AWS/Route53 --metric-name HealthCheckStatus --dimensions Name=HealthCheckId,Value=check --start-time 2026-01-01 --end-time 2026-01-02 --period 60 --statistics Minimum",
  "aws logs tail /aws/lambda/x --follow --since 10m",
  "aws logs filter-log-events --log-group-name x --filter-pattern ERROR",
  "aws s3 ls s3://www.a.test/",
  "aws s3 cp s3://www.a.test/index.html /tmp/index.html",
  "aws s3 rm s3://www.a.test/ --recursive --dryrun",
  "aws s3api head-object --bucket www.a.test --key index.html",
  "aws s3 presign s3://www.a.test/index.html",
  "aws route53 update-health-check --generate-cli-skeleton > hc.json",
  "aws route53 update-health-check help",
  "aws ec2 terminate-instances --dry-run --instance-ids i-0abc",
  "dig +short www.a.test @ns-1.awsdns-1.org",
  "watch -n 5 'dig +short www.a.test'",
  "watch -n 5 aws route53 get-health-check-status --health-check-id check",
  "curl -sSf -o /dev/null -w '%{http_code}\\n' https://www.a.test/healthcheck",
  "for i in 1 2 3; do aws route53 get-health-check-status --health-check-id check; sleep 5; done",
  "aws route53 list-health-checks --output text | xargs -n1 aws route53 get-health-check --health-check-id",
  "ssh ops@web1 'sudo systemctl status nginx && tail -n 50 /var/log/nginx/error.log'",
  "ssh bastion aws route53 list-health-checks",
  "kubectl get pods -n web",
  "kubectl exec -it web-0 -- curl -s localhost/healthcheck",
  "docker run --rm amazon/aws-cli route53 list-health-checks",
  "terraform plan",
  "terraform plan -destroy",
  "terraform state list",
  "terraform output -json",
  "pulumi preview --diff",
  "pulumi stack output",
  "pulumi stack export --file state.json",
  "pulumi destroy --preview-only",
  "cdk diff",
  "aws cloudformation describe-stacks --stack-name web",
  "aws cloudformation describe-stack-events --stack-name web",
  'grep -rn "aws route53 delete-health-check" runbooks/',
  'echo "never run: aws route53 delete-health-check --health-check-id check"',
  "# aws route53 delete-health-check --health-check-id check",
  "echo aws route53 delete-health-check --health-check-id check",
  "man aws",
  "which aws terraform",
  "git -C terraform log --oneline",
  "cd terraform && terraform init",
  "python3 -c 'import json,sys; print(json.load(sys.stdin)[\"Id\"])'",
  "python3 -m json.tool < /tmp/x.json",
  "npx failover status --stack prod",
  'npx failover hold --stack prod --reason "evacuation"',
  "aws route53 create-health-check --caller-reference x --health-check-config file://hc.json",
  "aws route53 create-hosted-zone --name x.test --caller-reference 1",
  "aws cloudwatch disable-alarm-actions --alarm-names www-down",
  'aws sns publish --topic-arn arn:x --message "aws route53 delete-health-check --health-check-id check"',
  "sudo -u aws whoami",
  "sudo apt-get install -y awscli && aws --version",
  "if ! aws route53 get-health-check --health-check-id check >/dev/null; then echo gone; fi",
  "HC=$(aws route53 list-health-checks --query 'HealthChecks[0].Id' --output text)",
  'aws route53 get-health-check --health-check-id "$HC"',
  "jq -r '.[] | \"aws route53 delete-health-check --health-check-id \\(.id)\"' x.json",
];

describe("failover policy --runbook of commands of people on call", () => {
  it("is silent on all that only look, or that change nothing that answers", () => {
    expect(harmless.length).to.be.at.least(75);
    // One by one: a fault of the shell in one line would hide the next.
    expect(harmless.flatMap((line) => judgedLines([line]))).to.deep.equal([]);
    expect(judgedLines(harmless)).to.deep.equal([]);
  });

  it("calls harmless what adds a name, shortens a TTL, or proves a domain", () => {
    const found = judgedLines([
      changing(["CREATE", { Name: "new.a.test", Type: "A", TTL: 60, ...values("8.8.4.8") }]),
      changing(["UPSERT", { ...primary, TTL: 5 }]),
      changing(["UPSERT", { Name: "_x.a.test", Type: "TXT", TTL: 60, ...values('"x"') }]),
      "aws route53 update-health-check --health-check-id check --no-disabled",
    ]);
    expect(found.map(({ verdict }) => verdict)).to.deep.equal(Array(4).fill("harmless"));
  });
});
