import { expect } from "chai";
import { parseDocument, iamStatementsOf } from "../../../policies/iamDocument";
import type { IamStatement } from "../../../policies/iamDocument";
import { templatesOf } from "../../../routing/graph/experiments/stopConditions";
import type { Resource } from "../../../routing/graph/resource";
import { actionRules, reportPermissions } from "./fisActions";
import { templateInputs } from "./fisInputs";
import { allExperiments, experimentOf, playing, stacks, modelOf } from "./playing";
import type { Stack } from "./playing";

for (const stack of stacks) {
  describe(`the roles of experiments of ${stack}`, () => {
    it("may do what their actions need, and nothing else", async () => {
      const roles = await rolesOf(stack);
      for (const { experiment: fisExperiment, template, statements } of roles) {
        const granted = [...new Set(statements.flatMap(({ actions }) => actions))].sort();
        const needed = templateInputs(template).actions.flatMap(
          ({ actionId }) => actionRules[actionId]?.permissions ?? [],
        );
        expect(granted, fisExperiment).to.deep.equal(
          [...new Set([...needed, ...reportPermissions])].sort(),
        );
      }
    });

    it("are limited to tagged or named resources, wherever the service supports it", async () => {
      for (const { experiment: fisExperiment, statements } of await rolesOf(stack)) {
        const wide = statements.filter(({ resources }) => resources.includes("*"));
        const unlimited = wide.flatMap(({ actions }) => actions).sort();
        expect(
          unlimited.filter((action) => !unlimitable.includes(action)),
          fisExperiment,
        ).to.deep.equal([]);
        const open = statements.filter(
          ({ sid, resources, conditionKeys }) =>
            conditionKeys.length === 0 && resources.some(isOfAnyName) && !looking.includes(sid),
        );
        expect(
          open.map(({ sid }) => sid),
          fisExperiment,
        ).to.deep.equal(["ExchangesAcls"]);
        const elsewhere = statements
          .flatMap(({ resources }) => resources)
          .filter(
            (arn) =>
              !/^(\*|arn:aws:([a-z0-9]+:us-west-2:123456789012|cloudwatch::123456789012|s3::):.*)$/.test(
                arn,
              ),
          );
        expect(elsewhere, fisExperiment).to.deep.equal([]);
      }
    });

    it("can be assumed only by experiments of this account and region", async () => {
      const { resources } = await playing(stack);
      const trusts = resources
        .filter(({ name }) =>
          allExperiments.some((fisExperiment) => name === `game-day-${fisExperiment}-role`),
        )
        .map(({ inputs }) => JSON.parse(inputs["assumeRolePolicy"] as string) as unknown);
      expect(trusts).to.have.length(allExperiments.length);
      for (const trust of trusts) {
        expect(trust).to.deep.equal({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "fis.amazonaws.com" },
              Action: "sts:AssumeRole",
              Condition: {
                StringEquals: { "aws:SourceAccount": "123456789012" },
                ArnLike: { "aws:SourceArn": "arn:aws:fis:us-west-2:123456789012:experiment/*" },
              },
            },
          ],
        });
      }
    });

    it("fit into an inline policy", async () => {
      for (const { experiment: fisExperiment, text } of await rolesOf(stack)) {
        expect(text.length, fisExperiment).to.be.below(10_240);
      }
    });
  });
}

/** Actions that no service limits to resources (Service Authorization Reference). */
const unlimitable = [
  "autoscaling:DescribeAutoScalingGroups",
  "cloudwatch:GetMetricWidgetImage",
  "ec2:DescribeInstances",
  "ec2:DescribeManagedPrefixLists",
  "ec2:DescribeNetworkAcls",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcs",
  // Limited by conditions only: the action and its targets.
  "ec2:InjectApiError",
  "logs:CreateLogDelivery",
  "tag:GetResources",
];
/** Statements that read only. */
const looking = [
  "LooksAtCaches",
  "LooksAtDatabases",
  "LooksAtGroups",
  "LooksAtInstances",
  "LooksAtNetworks",
  "LooksAtPrefixLists",
  "ResolvesTargets",
  // To deliver a log, and to draw the account's metrics.
  "Logs",
  "DrawsTheDashboard",
];

/** Whether an ARN is of all resources of a kind; those below a named resource are named. */
function isOfAnyName(arn: string): boolean {
  return arn === "*" || /:[a-z-]+[/:]\*$/.test(arn);
}

interface Role {
  readonly experiment: string;
  readonly template: Resource;
  readonly text: string;
  readonly statements: readonly IamStatement[];
}

async function rolesOf(stack: Stack): Promise<readonly Role[]> {
  const { resources } = await playing(stack);
  const model = await modelOf(stack);
  const roles = templatesOf(model).map((template) => {
    const policy = resources.find(({ name }) => name === `${template.name}-role-policy`);
    const text = policy?.inputs["policy"] as string;
    return {
      experiment: experimentOf(template),
      template,
      text,
      statements: iamStatementsOf(parseDocument(text)),
    };
  });
  expect(roles.map(({ statements }) => statements.length > 0)).not.to.include(false);
  return roles;
}
