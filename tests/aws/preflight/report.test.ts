import { expect } from "chai";
import type { PreflightFinding } from "../../../aws/preflight/finding";
import { preflightReport } from "../../../aws/preflight/report";
import { asText } from "../../../rehearsal/report/asText";
import { paintOf } from "../../../rehearsal/report/paint";

const findings: readonly PreflightFinding[] = [
  {
    check: "quotas",
    state: "will fail",
    subject: "VPCs in us-west-2",
    text: "5 of 5 are in use",
    remedy: "raise the quota",
  },
  { check: "zone", state: "cannot tell", subject: "cafe.com", text: "AWS denies the call" },
  { check: "images", state: "ok", subject: "us-west-2", text: "the image exists" },
];

function linesOf(some: readonly PreflightFinding[]): readonly string[] {
  const account = { stack: "prod", account: "123456789012", caller: "ana" };
  const report = preflightReport({ ...account, findings: some });
  const options = { paint: paintOf(false), columns: 80, isBounded: true };
  return asText(report, options).split("\n");
}

describe("the report of a preflight", () => {
  it("has what will fail beside its verdict, in capitals, and says what to do next", () => {
    expect(linesOf(findings)).to.deep.equal([
      "Preflight of prod in account 123456789012",
      "Checked as ana, read-only.",
      "    ok          images: us-west-2: the image exists",
      "    cannot tell zone: cafe.com: AWS denies the call",
      "    WILL FAIL   quotas: VPCs in us-west-2: 5 of 5 are in use; raise the quota",
      "",
      "An update would fail: 1 finding (1 ok, 1 cannot be told).",
      "  Next: mend what will fail, then npx failover preflight --stack prod",
      "",
    ]);
  });

  it("leads to the preview where nothing fails, as far as it can tell", () => {
    expect(linesOf(findings.slice(1)).slice(-3)).to.deep.equal([
      "Nothing was found that would fail an update (1 ok, 1 cannot be told).",
      "  Next: npx pulumi preview --stack prod",
      "",
    ]);
  });
});
