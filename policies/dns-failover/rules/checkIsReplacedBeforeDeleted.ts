import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { resourceRule } from "../../rule";
import { types } from "../../types";

export const checkIsReplacedBeforeDeleted = resourceRule({
  name: "check-is-replaced-before-deleted",
  description: "No check or record of a failover is deleted before its replacement exists.",
  severity: "high",
  level: "advisory",
  why: "If a check is deleted while records still refer to it, AWS calls the results completely unexpected. A deleted record returns no answer.",
  source: "H18; API:DeleteHealthCheck; presslabs/zinc #236",
  remediationSteps: "Remove `deleteBeforeReplace`; Pulumi then creates the new one first.",
  url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteHealthCheck.html",
  types: [types.healthCheck, types.record],
  config: {},
  find: (subject): readonly Finding[] => {
    if (subject.resource.deleteBeforeReplace !== true) return [];
    const isCheck = subject.type === types.healthCheck;
    return [
      violation(subject, "deleteBeforeReplace", {
        must: "must not be set",
        got: "true",
        so: isCheck
          ? "during a replacement, the records refer to a deleted check, and their answers are undefined"
          : "during a replacement, the name loses this tier",
        remedy: "remove it",
      }),
    ];
  },
});
