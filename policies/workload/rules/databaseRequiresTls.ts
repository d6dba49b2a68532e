import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, unknownsOf, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";

/** The parameter with which an engine refuses connections without TLS. */
interface TlsParameter {
  readonly engines: RegExp;
  readonly name: string;
  /** The first major version that refuses such connections by default, if any. */
  readonly defaultFrom?: number;
}

/** Amazon RDS User Guide and Amazon Aurora User Guide, SSL/TLS of each engine. */
const parameters: readonly TlsParameter[] = [
  { engines: /mysql|mariadb/, name: "require_secure_transport" },
  { engines: /^postgres$/, name: "rds.force_ssl", defaultFrom: 15 },
  { engines: /^aurora-postgresql$/, name: "rds.force_ssl", defaultFrom: 17 },
];

export const databaseRequiresTls = stackRule({
  name: "database-requires-tls",
  description: "A MySQL or PostgreSQL database refuses connections without TLS.",
  severity: "medium",
  level: "advisory",
  why: "A client that forgets TLS sends its password and all data in plain text, without any warning.",
  source:
    "Amazon RDS User Guide, requiring SSL/TLS for all connections to a MySQL DB instance; requiring an SSL connection to a PostgreSQL DB instance",
  remediationSteps:
    "Set `require_secure_transport` (MySQL, MariaDB) or `rds.force_ssl` (PostgreSQL) to 1 in the database's parameter group.",
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
  const engine = database.text("engine", "");
  const parameter = parameters.find(({ engines }) => engines.test(engine));
  if (!parameter) return [];
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
    .find((each) => each.text("name") === parameter.name)
    ?.text("value");
  if (value === undefined && isDefaultOf(parameter, database)) return [];
  if (value !== undefined && /^(1|on|true)$/i.test(value)) return [];
  return [
    violation(group ?? database, group ? "parameters" : property, {
      must: `must set ${parameter.name} to 1`,
      got: value ?? "none",
      so: "a client that forgets TLS sends passwords and data in plain text",
      remedy: "set it in the parameter group",
    }),
  ];
}

/** Whether the engine's version refuses connections without TLS by default. */
function isDefaultOf({ defaultFrom }: TlsParameter, database: Subject): boolean {
  if (defaultFrom === undefined || database.unknownAt("engineVersion")) return false;
  const major = Number(/^\d+/.exec(database.text("engineVersion", ""))?.[0] ?? 0);
  return major >= defaultFrom;
}

/** The default group of an engine, in which the parameter is off. */
function isDefault(database: Subject, property: string): boolean {
  return (
    database.unknownAt(property) === undefined && database.text(property, "").startsWith("default.")
  );
}
