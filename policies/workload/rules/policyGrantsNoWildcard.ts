import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import { parseDocument, statementsOf } from "../../iamDocument";
import { resourceRule } from "../../rule";
import { types } from "../../types";

export const policyGrantsNoWildcard = resourceRule({
  name: "policy-grants-no-wildcard",
  description: "No policy allows every action, or every action of a service, on everything.",
  severity: "critical",
  level: "mandatory",
  why: "A process with such a policy can do anything in the account, and so can an attacker who takes it over.",
  source: "AWS Well-Architected, SEC03-BP02",
  remediationSteps: "Name the required actions and resources.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  types: [types.policy, types.rolePolicy, types.userPolicy, types.groupPolicy, types.role],
  config: {},
  find: (subject): readonly Finding[] =>
    subject.type === types.role
      ? inlineFindings(subject)
      : documentFindings(subject, subject, "policy", "policy"),
});

function inlineFindings(role: Subject): readonly Finding[] {
  const whole = role.unknownWhole("inlinePolicies");
  if (whole) return [unknown(role, "inlinePolicies", reasonWord(whole))];
  return role
    .items("inlinePolicies")
    .flatMap((inline) => documentFindings(role, inline, "policy", inline.pathOf("policy")));
}

function documentFindings(
  subject: Subject,
  fields: Pick<Subject, "unknownAt" | "whole">,
  property: string,
  path: string,
): readonly Finding[] {
  const reason = fields.unknownAt(property);
  if (reason) {
    return [unknown(subject, path, `${reasonWord(reason)}, so its permissions are not checked`)];
  }
  return statementsOf(parseDocument(fields.whole(property)))
    .filter(({ effect, resources }) => effect === "Allow" && resources.includes("*"))
    .flatMap(({ actions }) => actions.filter((action) => /^([a-z0-9-]+:)?\*$/i.test(action)))
    .map((action) =>
      violation(subject, path, {
        must: "must not allow all actions on all resources",
        got: `${action} on *`,
        so: "an attacker who takes over its process can do anything",
        remedy: "name the actions and the resources",
      }),
    );
}
