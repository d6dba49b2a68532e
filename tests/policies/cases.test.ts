import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { findAll } from "../../policies/inProcess";
import { fromExport } from "../../routing/graph/fromExport";
import { rulesForAny } from "./accuracy/measure";

const folder = join(__dirname, "../fixtures/policies");

/** The resources that each rule reports in an export, at the levels for any stack. */
function judged(name: string): Readonly<Record<string, readonly string[]>> {
  const path = join(folder, `${name}.json`);
  const found: Record<string, string[]> = {};
  for (const { rule, finding } of findAll(rulesForAny, fromExport(readFileSync(path), path))) {
    const at = finding.kind === "unknown" ? `unknown: ${finding.name}` : finding.name;
    found[rule.name] = [...new Set([...(found[rule.name] ?? []), at])].sort();
  }
  return found;
}

describe("the packs on five stacks of other programs", () => {
  it("read a state with a resource reference, and report nothing", () => {
    expect(judged("resource-reference")).to.deep.equal({});
  });

  it("report only the missing settings of the balancers of two Fargate services", () => {
    expect(judged("alb-fargate")).to.deep.equal({
      "balancer-is-protected": ["use1-alb", "usw2-alb"],
    });
  });

  it("recognize balancers of the module aws.alb", () => {
    expect(judged("aws-alb-module")).to.deep.equal({
      "zone-is-signed-and-logged": ["zone"],
      "balancer-is-protected": ["east", "west"],
    });
  });

  it("report each record and check that Route 53 rejects", () => {
    expect(judged("record-validity")).to.deep.equal({
      "record-name-has-one-routing-policy": ["apexcname"],
      "record-is-accepted-by-route53": [
        "aaaa",
        "aliasttl",
        "bad",
        "cname2",
        "label",
        "longtxt",
        "mx",
        "nottl",
        "other",
      ],
      "alias-names-its-targets-zone": ["wrongzone"],
      "record-target-is-owned": ["aliasttl"],
      "zone-is-signed-and-logged": ["z"],
      "check-address-is-public": ["private"],
      "check-asks-for-health": [
        "int20",
        "longstr",
        "noport",
        "nostr",
        "private",
        "sni",
        "tcppath",
        "thr12",
      ],
      "check-arguments-are-valid": ["int20", "longstr", "nostr", "tcppath", "thr12"],
    });
  });

  it("report what is open, unencrypted or in one zone, but not replicas, defaults or protected resources", () => {
    expect(judged("workload")).to.deep.equal({
      "administration-port-is-closed": [
        "sg-all",
        "sg-es",
        "sg-halves",
        "sg-mongo",
        "sg-mssql",
        "sg-oracle",
        "sg-redshift",
        "sg-telnet",
        "sg-udp11211",
        "sg-upper",
      ],
      "policy-grants-no-wildcard": [
        "admin",
        "pol-arn",
        "pol-notaction",
        "pol-passrole",
        "pol-q",
        "pol-starstar",
        "role",
      ],
      "data-is-encrypted-at-rest": ["docdb", "os", "q", "rs"],
      "traffic-is-encrypted-in-transit": [
        "cache-one",
        "classic",
        "l443-oldtls",
        "l81-redirect-to-http",
        "legacy-http",
        "os",
        "rule-plain",
      ],
      "balancer-is-protected": ["classic", "internal", "lb", "legacy-alb"],
      "database-requires-tls": ["aurora-one", "pg", "protected", "src"],
      "database-is-private": ["rs"],
      "database-is-multi-az": ["aurora-one", "cache-one", "os"],
      "data-is-protected-from-deletion": ["docdb"],
    });
  });
});
