import { expect } from "chai";
import { treeLeafHasHealthCheck } from "../../policies/dns-failover/rules/treeLeafHasHealthCheck";
import { findingsOf } from "../../policies/inProcess";
import { messageOf } from "../../policies/message";
import type { Rule } from "../../policies/rule";
import { Stack } from "../../policies/stack";
import { readSources } from "../../sources/readSources";

/** What a rule finds in files, by path. */
async function find(
  rule: Rule,
  files: Readonly<Record<string, object | string>>,
): Promise<readonly string[]> {
  const { resources } = await readSources(
    Object.entries(files).map(([path, content]) => ({
      path,
      content: Buffer.from(typeof content === "string" ? content : JSON.stringify(content)),
    })),
  );
  return findingsOf(rule, new Stack(resources)).map(messageOf);
}

const octoZone = (rules: string, extra = ""): string => `"":
  type: A
  ttl: 60
  values: [54.72.21.99]
  dynamic:
    pools:
      main: {fallback: spare, values: [{value: 52.10.11.12}]}
      spare: {values: [{value: 54.72.21.22}]}
${extra}    rules: ${rules}
`;

describe("the policies on a zone of octoDNS", () => {
  for (const rules of ["[{pool: main}]", "[{geos: [EU], pool: spare}, {pool: main}]"]) {
    it(`need no check on the default pool, which ends each branch of ${rules}`, async () => {
      expect(
        await find(treeLeafHasHealthCheck, { "example.org.yaml": octoZone(rules) }),
      ).to.deep.equal([]);
    });
  }

  it("need a check on a value that hides the default pool", async () => {
    const [first, ...rest] = await find(treeLeafHasHealthCheck, {
      "example.org.yaml": octoZone(
        "[{pool: bare}]",
        "      bare: {values: [{value: 54.72.21.23, status: up}]}\n",
      ),
    });
    expect(first).to.match(/^_octodns-bare-value\.example\.org A bare-000\.healthCheckId: /);
    expect(rest).to.deep.equal([]);
  });
});
