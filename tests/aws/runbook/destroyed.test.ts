import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { fromExport } from "../../../routing/graph/fromExport";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { root } from "../../conventions/sourceTree";
import { resource } from "../../routing/graph/stack";
import { judgedLines, pairResources } from "./judgedPair";

const path = "tests/fixtures/dev-export.json";
const dev = fromExport(readFileSync(join(root, path), "utf8"), path);

/** The resources of the pair as another format's. */
const from = (format: string): readonly Resource[] =>
  pairResources.map((one) => ({ ...one, urn: one.urn.replace("dev::graph", `source::${format}`) }));

type Expected = readonly [verdict: "harmful" | "unknown", subject: string, line: string];

function expectEach(cases: readonly Expected[], question: Parameters<typeof judgedLines>[1]): void {
  const found = judgedLines(
    cases.map(([, , line]) => line),
    question,
  );
  // The fence is line 1.
  expect(found.map((one) => [one.verdict, one.subject, cases[one.line - 2]?.[2]])).to.deep.equal(
    cases,
  );
}

describe("failover policy --runbook of what destroys or stops", function () {
  this.timeout(60_000);

  it("finds what a record or a check leads to, and does not know what the source does not have", () => {
    const page = "maintenance-bucket-orders.dev.cafe.com";
    const machines = [
      "ohio-us-east-2a",
      "ohio-us-east-2b",
      "virginia-us-east-1a",
      "virginia-us-east-1b",
    ];
    const ids = machines.map((name) => `${name}-instance`);
    const input = JSON.stringify({ Targets: ids.map((Id) => ({ Id })) });
    const isAmong = ({ name }: Resource): boolean => ids.includes(name);
    const all = dev
      .filter(isAmong)
      .map(({ name }) => name)
      .join(", ");
    expectEach(
      [
        [
          "harmful",
          "virginia-orders-database",
          "aws rds stop-db-instance --db-instance-identifier failover-dev-virginia",
        ],
        [
          "harmful",
          "ohio-orders-database",
          "aws rds delete-db-instance --db-instance-identifier failover-dev-ohio --skip-final-snapshot",
        ],
        [
          "unknown",
          "ohio-orders-database",
          "aws rds reboot-db-instance --db-instance-identifier failover-dev-ohio --force-failover",
        ],
        ["unknown", "", "aws rds failover-db-cluster --db-cluster-identifier other"],
        ["unknown", "", "aws rds delete-db-cluster --db-cluster-identifier other"],
        ["unknown", "", "aws ec2 terminate-instances --instance-ids i-0other"],
        ["unknown", "", 'aws ec2 stop-instances --instance-ids "$ID"'],
        ["harmful", all, `aws ec2 terminate-instances --instance-ids ${ids.join(" ")}`],
        ["harmful", all, `aws elbv2 deregister-targets --cli-input-json '${input}'`],
        ["unknown", "", "aws elbv2 delete-load-balancer --load-balancer-arn arn:other"],
        ["harmful", page, "aws s3 rb s3://orders.dev.cafe.com --force"],
        ["harmful", page, "aws s3 rm s3://orders.dev.cafe.com/index.html"],
        ["unknown", page, "aws s3 rm s3://orders.dev.cafe.com/logo.png"],
        ["harmful", page, "aws s3api delete-bucket-website --bucket orders.dev.cafe.com"],
        ["unknown", page, "aws s3 sync site s3://orders.dev.cafe.com --delete"],
        ["unknown", "", "aws s3 rb s3://other"],
        ["unknown", "", 'aws s3 rm "s3://$BUCKET/index.html"'],
        [
          "unknown",
          "ohio-orders-database",
          "aws rds modify-db-instance --db-instance-identifier failover-dev-ohio --no-multi-az",
        ],
        ["unknown", "", "aws route53 disable-hosted-zone-dnssec --hosted-zone-id Z1"],
        [
          "unknown",
          "",
          "aws route53domains update-domain-nameservers --domain-name a.test --nameservers Name=b",
        ],
      ],
      { resources: dev, stack: "dev" },
    );
  });

  it("does not take a zone whose id was not read for another zone", () => {
    const command = "aws route53 delete-hosted-zone --id Z9";
    const unread = pairResources.map(({ outputs, ...one }) => ({
      ...one,
      outputs: { ...outputs, zoneId: "a.test" },
    }));
    const whyOf = (resources: readonly Resource[]): string | undefined =>
      judgedLines([command], { resources })[0]?.why[0];
    expect(whyOf(pairResources)).to.equal(
      "Z9 is none of the zones of the model, so what it does there is not judged",
    );
    expect(whyOf(unread)).to.equal(
      "harmful only if Z9 is a.test, whose id was not read: without its zone no name has an answer, and a new zone has other name servers",
    );
  });

  it("is silent on what only looks at a resource of the source, copies it, or starts it", () => {
    const lines = [
      "aws ec2 describe-instances --instance-ids ohio-us-east-2a-instance",
      "aws ec2 start-instances --instance-ids ohio-us-east-2a-instance",
      "aws ec2 stop-instances --dry-run --instance-ids ohio-us-east-2a-instance",
      "aws rds create-db-snapshot --db-instance-identifier failover-dev-ohio --db-snapshot-identifier x",
      "aws rds add-tags-to-resource --resource-name failover-dev-ohio --tags Key=a,Value=b",
      "aws s3 cp s3://orders.dev.cafe.com/index.html .",
      "pulumi destroy --preview-only",
      "pulumi preview --target ohio-region-check",
    ];
    expect(judgedLines(lines, { resources: dev, stack: "dev" })).to.deep.equal([]);
  });

  describe("of a balancer that a name leads to", () => {
    const dnsName = "front-1.us-west-2.elb.amazonaws.com";
    const aliases = [{ name: dnsName, zoneId: "Z1H1FL5HABSF5", evaluateTargetHealth: true }];
    const behind = (type: string, outputs: Properties): readonly Resource[] => [
      resource("aws:lb/listener:Listener", "listener", {
        arn: "arn:listener",
        loadBalancerArn: "arn:front",
        defaultActions: [{ type: "forward", targetGroupArn: "arn:group" }],
      }),
      resource("aws:lb/targetGroup:TargetGroup", "group", { arn: "arn:group" }),
      resource(type, "serving", { name: "web", ...outputs }),
    ];
    const containers = behind("aws:ecs/service:Service", {
      desiredCount: 2,
      loadBalancers: [{ targetGroupArn: "arn:group", containerName: "web", containerPort: 80 }],
    });
    const machines = behind("aws:autoscaling/group:Group", { targetGroupArns: ["arn:group"] });
    const served = (...more: readonly Resource[]): readonly Resource[] => [
      ...pairResources.map((one) =>
        one.name === "www-secondary"
          ? { ...one, outputs: { ...one.outputs, records: [], aliases } }
          : one,
      ),
      resource("aws:lb/loadBalancer:LoadBalancer", "front", {
        ...{ arn: "arn:front", dnsName, zoneId: "Z1H1FL5HABSF5" },
      }),
      resource("aws:ec2/securityGroup:SecurityGroup", "doors", {}, { id: "sg-1" }),
      ...more,
    ];

    it("finds its deletion, that of its last listener, and a service without a container", () => {
      const update = "aws ecs update-service --cluster main --service web";
      expectEach(
        [
          ["harmful", "front", "aws elbv2 delete-load-balancer --load-balancer-arn arn:front"],
          ["harmful", "listener", "aws elbv2 delete-listener --listener-arn arn:listener"],
          ["unknown", "listener", "aws elbv2 modify-listener --listener-arn arn:listener"],
          ["unknown", "group", "aws elbv2 delete-target-group --target-group-arn arn:group"],
          ["harmful", "serving", `${update} --desired-count 0`],
          ["unknown", "serving", `${update} --desired-count 1`],
          ["unknown", "", "aws ecs update-service --service other --desired-count 0"],
          ["harmful", "serving", "aws ecs delete-service --service web --force"],
        ],
        { resources: served(...containers) },
      );
      const second = resource("aws:lb/listener:Listener", "second", {
        loadBalancerArn: "arn:front",
      });
      expectEach(
        [["unknown", "listener", "aws elbv2 delete-listener --listener-arn arn:listener"]],
        { resources: served(...containers, second) },
      );
    });

    it("finds a group without machines, and does not know what fewer of them do", () => {
      const group = "--auto-scaling-group-name web";
      const update = `aws autoscaling update-auto-scaling-group ${group}`;
      expectEach(
        [
          ["harmful", "serving", `${update} --min-size 0 --max-size 0`],
          ["harmful", "serving", `${update} --desired-capacity 0 --min-size 0`],
          ["unknown", "serving", `${update} --min-size 0`],
          [
            "harmful",
            "serving",
            `aws autoscaling set-desired-capacity ${group} --desired-capacity 0`,
          ],
        ],
        { resources: served(...machines) },
      );
    });

    it("does not know what the rules of its network do", () => {
      const revoke = "aws ec2 revoke-security-group-ingress --port 443 --group-id";
      expectEach(
        [
          ["unknown", "doors", `${revoke} sg-1`],
          ["unknown", "", `${revoke} sg-2`],
          ["unknown", "", "aws lambda invoke --function-name fix out.json"],
        ],
        { resources: served() },
      );
      const changes = "not judged: what revoke-security-group-ingress changes is not";
      const found = judgedLines([`${revoke} sg-2`, `${revoke} "$ID"`]);
      expect(found.flatMap(({ why }) => why)).to.deep.equal([
        `${changes} in the model`,
        `${changes} written in the runbook`,
      ]);
    });
  });

  it("finds an address that is taken from its machine", () => {
    const resources = [
      ...pairResources,
      resource("aws:ec2/instance:Instance", "machine", {}),
      resource("aws:ec2/eip:Eip", "address", { publicIp: "203.0.113.99", allocationId: "eip-1" }),
      resource("aws:ec2/eipAssociation:EipAssociation", "link", {
        ...{ allocationId: "eip-1", associationId: "assoc-1", instanceId: "machine" },
      }),
    ];
    expectEach(
      [
        ["harmful", "link", "aws ec2 disassociate-address --association-id assoc-1"],
        ["harmful", "address, link", "aws ec2 release-address --allocation-id eip-1"],
        ["unknown", "", "aws ec2 disassociate-address --association-id assoc-2"],
      ],
      { resources },
    );
  });

  it("finds a stack that is destroyed, or a record or check of it, and no other stack", () => {
    const page = "orders-orders.dev.cafe.com-A-secondary";
    expectEach(
      [
        ["harmful", "dev", "pulumi destroy --yes"],
        ["harmful", "dev", "pulumi destroy --stack cafe/failover/dev --yes"],
        ["unknown", "", "pulumi destroy --stack=prod --yes"],
        [
          "harmful",
          page,
          `pulumi destroy --target 'urn:pulumi:dev::failover::aws:route53/record:Record::${page}'`,
        ],
        ["harmful", "ohio-region-check", "pulumi destroy -t ohio-region-check"],
        ["unknown", "", "pulumi destroy --target urn:pulumi:dev::x::y:z:Z::none"],
        ["unknown", "ohio-region-check", "pulumi up --replace ohio-region-check"],
        ["unknown", "ohio-region-check", "pulumi up --target ohio-region-check"],
        ["unknown", "", "pulumi state delete ohio-region-check"],
        ["unknown", "", "pulumi stack rm dev --force"],
        ["unknown", "", "terraform state rm aws_route53_record.www"],
        ["unknown", "", "terraform destroy"],
        ["unknown", "", "cdk destroy --all"],
        ["unknown", "", "aws cloudformation delete-stack --stack-name other"],
      ],
      { resources: dev, stack: "dev" },
    );
  });

  it("finds what destroys the source of a tool, and takes a listing for the state of any", () => {
    const terraform: readonly Expected[] = [
      ["harmful", "the stack", "terraform destroy -auto-approve"],
      ["harmful", "the stack", "tofu apply -destroy"],
      ["harmful", "www-secondary", "terraform destroy -target=www-secondary"],
      ["harmful", "check", "terraform destroy -target check"],
      ["unknown", "", "terraform destroy -target=aws_instance.other"],
      ["unknown", "check", "terraform apply -replace=check"],
      ["unknown", "check", "terraform taint check"],
      ["unknown", "check", "terraform apply -target=check"],
      ["unknown", "", "terraform apply -var ttl=600"],
      ["unknown", "", "pulumi destroy"],
    ];
    expectEach(terraform, { resources: from("terraform") });
    const inModule = from("terraform").map((one) =>
      one.name === "www-secondary" ? { ...one, name: "module.dns.www[0]" } : one,
    );
    const ofModule = ["module.dns", "module.dns.www"].map((target): Expected => [
      "harmful",
      "module.dns.www[0]",
      `terraform destroy -target=${target}`,
    ]);
    expectEach(ofModule, { resources: inModule });
    const all = ["terraform destroy", "pulumi destroy", "npx cdk destroy --force"];
    const expected = all.map((line): Expected => ["harmful", "the stack", line]);
    expectEach(expected, { resources: from("aws") });
    const template: readonly Expected[] = [
      ["harmful", "the stack", "cdk destroy"],
      ["unknown", "", "cdk destroy Other"],
      ["unknown", "", 'aws cloudformation delete-stack --stack-name "$STACK"'],
    ];
    expectEach(template, { resources: from("cloudformation") });
    const tagged = pairResources.map((one) => ({
      ...one,
      outputs: { ...one.outputs, tags: { "aws:cloudformation:stack-name": "web" } },
    }));
    expectEach([["harmful", "the stack", "aws cloudformation delete-stack --stack-name web"]], {
      resources: tagged.map((one) => ({
        ...one,
        urn: one.urn.replace("dev::graph", "account::aws"),
      })),
    });
  });
});
