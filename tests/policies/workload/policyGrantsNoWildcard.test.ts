import { types } from "../../../policies/types";
import { policyGrantsNoWildcard } from "../../../policies/workload/rules/policyGrantsNoWildcard";
import type { Properties } from "../../../routing/graph/resource";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const one = (type: string, properties: Properties): Sample =>
  nothing.add({ type, name: "it", properties });
const document = (action: string, on: string): string =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Action: action, Resource: on }] });
const policy = (action: string, on: string): Sample =>
  one(types.rolePolicy, { policy: document(action, on) });

describeRule(policyGrantsNoWildcard, {
  complies: [
    { title: "with named actions", sample: policy("s3:GetObject", "*") },
    { title: "with all actions on one resource", sample: policy("s3:*", "arn:aws:s3:::b/*") },
    { title: "with a role without inline policies", sample: one(types.role, {}) },
    { title: "with an invalid document", sample: one(types.policy, { policy: "not JSON" }) },
  ],
  violates: [
    {
      title: "everything on everything",
      sample: policy("*", "*"),
      finds: [
        "it.policy: must not allow all actions on all resources, got * on *, so an attacker who takes over its process can do anything; name the actions and the resources",
      ],
    },
    {
      title: "a whole service on everything",
      sample: policy("s3:*", "*"),
      finds: [
        "it.policy: must not allow all actions on all resources, got s3:* on *, so an attacker who takes over its process can do anything; name the actions and the resources",
      ],
    },
    {
      title: "a role with such a policy inside",
      sample: one(types.role, { inlinePolicies: [{ name: "a", policy: document("*", "*") }] }),
      finds: [
        "it.inlinePolicies[0].policy: must not allow all actions on all resources, got * on *, so an attacker who takes over its process can do anything; name the actions and the resources",
      ],
    },
  ],
  boundary: [
    { title: "a prefix of actions on everything", sample: policy("s3:Get*", "*"), finds: [] },
    {
      title: "a denial of everything",
      sample: one(types.policy, {
        policy: JSON.stringify({ Statement: { Effect: "Deny", Action: "*", Resource: "*" } }),
      }),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "in an empty stack", sample: nothing },
    { title: "in a stack of something else", sample: one("aws:sqs/queue:Queue", {}) },
  ],
  unknown: [
    {
      title: "an unknown document",
      sample: policy("*", "*").hide("it", "policy"),
      finds: [
        "unknown: policy: it: it is not known before deployment, so its permissions are not checked",
      ],
    },
    {
      title: "a role's policies that are unknown",
      sample: one(types.role, {}).hide("it", "inlinePolicies"),
      finds: ["unknown: inlinePolicies: it: it is not known before deployment"],
    },
  ],
  configuration: [],
});
