import type { Resource } from "../../routing/graph/resource";
import type { Origin } from "../declare";
import { Names, resourceOf } from "../declare";
import type { Reading } from "../reading";
import { alarmsIn } from "./alarms";
import type { AwsAnswer } from "./answers";
import { balancersIn } from "./balancers";
import { checksIn } from "./checks";
import { machinesIn } from "./machines";
import { presentFaults } from "./present";
import { recordsIn } from "./records";
import { ListedTags } from "./tags";

const origin: Origin = { format: "aws", source: "account" };

/**
 * Reads the output of the AWS command line: zones and records, checks, balancers, addresses,
 * instances and alarms. What missing answers would contain is unknown.
 */
export function readAnswers(answers: readonly AwsAnswer[]): Reading {
  const names = new Names();
  const tags = new ListedTags(answers);
  const parts = [
    recordsIn(answers, names, tags),
    checksIn(answers, names, tags),
    machinesIn(answers, names),
    balancersIn(answers, names),
    alarmsIn(answers, names),
  ];
  const resources = parts.flatMap(({ declarations }) =>
    declarations.map((one): Resource => resourceOf(origin, one)),
  );
  const present = presentFaults(answers, resources);
  return {
    resources,
    notes: [...parts.flatMap(({ notes }) => notes), ...present.notes],
    failing: present.failing,
  };
}
