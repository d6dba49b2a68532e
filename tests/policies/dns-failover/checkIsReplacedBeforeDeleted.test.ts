import { checkIsReplacedBeforeDeleted } from "../../../policies/dns-failover/rules/checkIsReplacedBeforeDeleted";
import type { Resource } from "../../../routing/graph/resource";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

const deletedFirst = (resource: Resource): Resource => ({ ...resource, deleteBeforeReplace: true });

describeRule(checkIsReplacedBeforeDeleted, {
  complies: [{ title: "if replacements come first", sample: cafe }],
  violates: [
    {
      title: "a check that is deleted first",
      sample: cafe.change("check-2a", deletedFirst),
      finds: [
        "check-2a.deleteBeforeReplace: must not be set, got true, so during a replacement, the records refer to a deleted check, and their answers are undefined; remove it",
      ],
    },
    {
      title: "a record that is deleted first",
      sample: cafe.change("record-oregon-primary", deletedFirst),
      finds: [
        "record-oregon-primary.deleteBeforeReplace: must not be set, got true, so during a replacement, the name loses this tier; remove it",
      ],
    },
  ],
  boundary: [
    {
      title: "another resource that is deleted first",
      sample: cafe.change("web-2a", deletedFirst),
      finds: [],
    },
  ],
  notApplicable: [{ title: "in an empty stack", sample: nothing }],
  unknown: [
    {
      title: "an unknown input, because an option is always known",
      sample: cafe.hide("check-2a", "type"),
      finds: [],
    },
  ],
  configuration: [],
});
