import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import type { Fields, Subject } from "../../fields";
import type { PropertyEdit } from "../../rule";
import { resourceRule } from "../../rule";
import { types } from "../../types";

const subjects = [types.instance, types.launchTemplate, types.launchConfiguration];

export const instanceRequiresImdsv2 = resourceRule({
  name: "instance-requires-imdsv2",
  description: "Instance metadata requires a session token (IMDSv2).",
  severity: "high",
  level: "advisory",
  why: "IMDSv1 gives the instance's credentials to any process that can be tricked into fetching a URL.",
  source: "Amazon EC2 User Guide, use the Instance Metadata Service",
  remediationSteps: 'Set `metadataOptions: { httpTokens: "required" }`.',
  url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",
  types: subjects,
  config: {},
  find: (subject): readonly Finding[] => {
    const whole = subject.unknownWhole("metadataOptions");
    const options = whole ? undefined : subject.object("metadataOptions");
    const reason = whole ?? options?.unknownAt("httpTokens") ?? options?.unknownAt("httpEndpoint");
    if (reason) return [unknown(subject, "metadataOptions", reasonWord(reason))];
    if (isSafe(options)) return [];
    return [
      violation(subject, "metadataOptions.httpTokens", {
        must: 'must be "required"',
        got: options?.text("httpTokens") ?? "none",
        so: "any process that can be tricked into fetching a URL can obtain the credentials of the instance",
        remedy: "set it",
      }),
    ];
  },
  remedy: {
    types: subjects,
    edits: (subject: Subject): readonly PropertyEdit[] => {
      if (subject.unknownAt("metadataOptions") || isSafe(subject.object("metadataOptions"))) {
        return [];
      }
      return [{ path: ["metadataOptions", "httpTokens"], value: "required" }];
    },
  },
});

function isSafe(options: Fields | undefined): boolean {
  return options?.text("httpTokens") === "required" || options?.text("httpEndpoint") === "disabled";
}
