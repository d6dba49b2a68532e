import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import type { IamStatement } from "../../iamDocument";
import { isOpen, parseDocument, iamStatementsOf } from "../../iamDocument";
import { resourceRule } from "../../rule";
import { types } from "../../types";

/** AWS managed policies that grant all permissions, or the right to grant them. */
const administratorPolicies = /:policy\/(AdministratorAccess|IAMFullAccess)$/;

/** Resource policies, by the property with the document. */
const resourcePolicies: Readonly<Record<string, string>> = {
  [types.role]: "assumeRolePolicy",
  [types.queuePolicy]: "policy",
  [types.topicPolicy]: "policy",
  [types.key]: "policy",
};
const identityPolicies: readonly string[] = [
  types.policy,
  types.rolePolicy,
  types.userPolicy,
  types.groupPolicy,
];
const attachments: readonly string[] = [
  types.rolePolicyAttachment,
  types.userPolicyAttachment,
  types.groupPolicyAttachment,
];

const soAnything = "an attacker who takes over its process can do anything";

export const policyGrantsNoWildcard = resourceRule({
  name: "policy-grants-no-wildcard",
  description:
    "No policy allows every action, or every action of a service, on all resources, or grants access to everyone.",
  severity: "critical",
  level: "mandatory",
  why: "A process with such a policy can do anything in the account, and so can an attacker who takes it over.",
  source: "AWS Well-Architected, SEC03-BP02; AWS Security Hub, IAM.1",
  remediationSteps: "Name the required actions, resources and principals.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  types: [...identityPolicies, ...attachments, ...Object.keys(resourcePolicies)],
  config: {},
  find: (subject): readonly Finding[] => [
    ...(identityPolicies.includes(subject.type)
      ? documentFindings(subject, subject, "policy", "policy", broadFindings)
      : []),
    ...(attachments.includes(subject.type) ? attachedFindings(subject, "policyArn") : []),
    ...(subject.type === types.role
      ? [...inlineFindings(subject), ...attachedFindings(subject, "managedPolicyArns")]
      : []),
    ...openFindings(subject, resourcePolicies[subject.type]),
  ],
});

function inlineFindings(role: Subject): readonly Finding[] {
  const whole = role.unknownWhole("inlinePolicies");
  if (whole) return [unknown(role, "inlinePolicies", reasonWord(whole))];
  return role
    .items("inlinePolicies")
    .flatMap((inline) =>
      documentFindings(role, inline, "policy", inline.pathOf("policy"), broadFindings),
    );
}

/** AWS managed policies, by their ARN; a policy of the stack is checked at its own resource. */
function attachedFindings(subject: Subject, property: string): readonly Finding[] {
  if (subject.unknownAt(property)) return [];
  return subject
    .texts(property)
    .filter((arn) => administratorPolicies.test(arn))
    .map((arn) =>
      violation(subject, property, {
        must: "must not be a policy that allows everything",
        got: arn.split("/").at(-1) ?? arn,
        so: soAnything,
        remedy: "write a policy with the required actions",
      }),
    );
}

function openFindings(subject: Subject, property: string | undefined): readonly Finding[] {
  if (property === undefined || !subject.has(property)) return [];
  return documentFindings(subject, subject, property, property, (owner, path, statement) =>
    isOpen(statement)
      ? [
          violation(owner, path, {
            must: "must name its principals",
            got: `everyone may ${[...statement.actions, ...statement.notActions.map((not) => `do everything except ${not}`)].join(", ")}`,
            so: "anyone with an AWS account can use it",
            remedy: "name the principals, or add a condition",
          }),
        ]
      : [],
  );
}

function documentFindings(
  subject: Subject,
  fields: Pick<Subject, "unknownAt" | "whole">,
  property: string,
  path: string,
  find: (subject: Subject, path: string, statement: IamStatement) => readonly Finding[],
): readonly Finding[] {
  const reason = fields.unknownAt(property);
  if (reason) {
    return [unknown(subject, path, `${reasonWord(reason)}, so its permissions are not checked`)];
  }
  return iamStatementsOf(parseDocument(fields.whole(property))).flatMap((statement) =>
    find(subject, path, statement),
  );
}

function broadFindings(
  subject: Subject,
  path: string,
  { effect, actions, notActions, resources }: IamStatement,
): readonly Finding[] {
  if (effect !== "Allow") return [];
  const [everything] = resources.filter(isEverything);
  if (everything === undefined) return [];
  const broad = [
    ...actions.filter(isEveryAction),
    ...(notActions.length > 0 ? [`every action except ${notActions.join(", ")}`] : []),
  ];
  return broad.map((action) =>
    violation(subject, path, {
      must: "must not allow all actions on all resources",
      got: `${action} on ${everything}`,
      so: soAnything,
      remedy: "name the actions and the resources",
    }),
  );
}

/** `*`, all of a service, or a prefix that changes permissions, however the wildcard is written. */
function isEveryAction(action: string): boolean {
  const plain = action.replace(/[*?]+/g, "*");
  return (
    /^(\*|\*:\*|[a-z0-9-]+:\*)$/i.test(plain) ||
    /^iam:(create|put|attach|update|set)\*$/i.test(plain)
  );
}

/** `*`, or every resource of a service, such as `arn:aws:s3:::*`. */
function isEverything(resource: string): boolean {
  return /^(\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:\*)$/.test(resource);
}
