import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, unknownsOf, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";

/** The parameter that refuses connections without TLS (Amazon RDS User Guide, SSL with MySQL). */
const parameter = "require_secure_transport";

export const databaseRequiresTls = stackRule({
  name: "database-requires-tls",
  description: "A MySQL database refuses connections without TLS.",
  severity: "medium",
  level: "advisory",
  why: "A client that forgets TLS sends its password and all data in plain text, without any warning.",
  source: "Amazon RDS User Guide, requiring SSL/TLS for all connections to a MySQL DB instance",
  remediationSteps: `Set \`${parameter}\` to 1 in the database's parameter group.`,
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.require-ssl.html",
  types: [types.databaseInstance, types.databaseCluster],
  config: {},
  find: (stack) => [
    ...stack
      .subjects(types.databaseInstance)
      .flatMap((database) =>
        databaseFindings(stack, database, "parameterGroupName", types.parameterGroup),
      ),
    ...stack
      .subjects(types.databaseCluster)
      .flatMap((database) =>
        databaseFindings(
          stack,
          database,
          "dbClusterParameterGroupName",
          types.clusterParameterGroup,
        ),
      ),
  ],
});

function databaseFindings(
  stack: Stack,
  database: Subject,
  property: string,
  groupType: string,
): readonly Finding[] {
  const unknowns = unknownsOf(database, "engine");
  if (unknowns.length > 0) return unknowns;
  if (!/mysql|mariadb/.test(database.text("engine", ""))) return [];
  const [group] = stack.follow(database, property, groupType);
  if (!group && database.has(property) && !isDefault(database, property)) {
    const why =
      "its parameter group is outside this stack, so whether it requires TLS is not checked";
    return [unknown(database, property, why)];
  }
  const reason = group?.unknownAt("parameters");
  if (group && reason) return [unknown(group, "parameters", reasonWord(reason))];
  const value = group
    ?.items("parameters")
    .find((each) => each.text("name") === parameter)
    ?.text("value");
  if (value !== undefined && /^(1|on|true)$/i.test(value)) return [];
  return [
    violation(group ?? database, group ? "parameters" : property, {
      must: `must set ${parameter} to 1`,
      got: value ?? "none",
      so: "a client that forgets TLS sends passwords and data in plain text",
      remedy: "set it in the parameter group",
    }),
  ];
}

/** The default group of an engine, in which the parameter is off. */
function isDefault(database: Subject, property: string): boolean {
  return (
    database.unknownAt(property) === undefined && database.text(property, "").startsWith("default.")
  );
}
