import { nameOf } from "../../routing/graph/fromExport";
import type { PolicyInfo } from "./servedPack";
import type { PackVerdict, PoliciesVerdict } from "./verdict";

/**
 * Verdicts as SARIF 2.1.0, the format of GitHub code scanning and other tools, with one run per pack. A
 * resource has no line in a file, so a result gives it as the logical location and the checked file as
 * the physical location.
 *
 * @param files path of the checked file, from the root of the repository, for each verdict
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifOf(verdicts: readonly PoliciesVerdict[], files: readonly string[]): object {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: verdicts.flatMap(({ subject, packs }, index) =>
      packs.map((pack) => runOf(pack, subject, files[index] ?? "")),
    ),
  };
}

/** GitHub's security-severity: above 9 critical, above 7 high, above 4 medium. */
const severityScores: Readonly<Record<PolicyInfo["severity"], string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
  unspecified: "0.0",
};

function runOf(pack: PackVerdict, subject: string, file: string): object {
  const { info, violations, unknown, broken } = pack;
  const result = (policy: string, level: string, urn: string, text: string, kind: string): object =>
    resultOf({ policy, level, urn, text, kind, file, policies: info.policies });
  return {
    tool: {
      driver: {
        name: info.name,
        semanticVersion: info.version,
        rules: info.policies.map(ruleOf),
      },
    },
    automationDetails: { id: `failover-policy/${subject}/${info.name}/` },
    results: [
      ...broken.map(({ policy, urn = "", error }) =>
        result(policy, "error", urn, `broken: ${error}`, "fail"),
      ),
      ...violations.map(({ policy, level, urn, message }) =>
        result(policy, level === "mandatory" ? "error" : "warning", urn, message, "fail"),
      ),
      ...unknown.map(({ policy, urn, property, why }) =>
        result(policy, "none", urn, `unknown: ${property}: ${why}`, "open"),
      ),
    ],
  };
}

function ruleOf({ name, description, level, severity, remediationSteps, url }: PolicyInfo): object {
  return {
    id: name,
    shortDescription: { text: description },
    help: { text: remediationSteps },
    helpUri: url,
    defaultConfiguration: { level: level === "advisory" ? "warning" : "error" },
    properties: { "security-severity": severityScores[severity], tags: ["reliability"] },
  };
}

interface ResultParts {
  readonly policy: string;
  readonly level: string;
  readonly urn: string;
  readonly text: string;
  readonly kind: string;
  readonly file: string;
  readonly policies: readonly PolicyInfo[];
}

function resultOf({ policy, level, urn, text, kind, file, policies }: ResultParts): object {
  return {
    ruleId: policy,
    ruleIndex: policies.findIndex(({ name }) => name === policy),
    kind,
    level,
    message: { text },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: file }, region: { startLine: 1 } },
        ...(urn === ""
          ? {}
          : {
              logicalLocations: [{ name: nameOf(urn), fullyQualifiedName: urn, kind: "resource" }],
            }),
      },
    ],
    // The same finding remains the same alert in each run, whatever its line or order.
    partialFingerprints: { "policyAndUrn/v1": `${policy} ${urn}` },
  };
}
