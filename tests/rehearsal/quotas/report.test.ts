import { expect } from "chai";
import type { QuotaUse } from "../../../rehearsal/quotas/quota";
import { quotaBlocks } from "../../../rehearsal/quotas/report";
import { quotaRows } from "../../../rehearsal/quotas/wording";
import { rehearse } from "../../../rehearsal/rehearse";
import { asHtml } from "../../../rehearsal/report/asHtml";
import { asText } from "../../../rehearsal/report/asText";
import { evaluated } from "../../program/evaluated";
import { plain } from "../report/plain";

const source = "https://docs.aws.amazon.com/x";
const addresses = (of: string, used: number): QuotaUse => ({
  what: "Elastic IP addresses",
  of,
  used,
  default: 5,
  state: used > 5 ? "over" : "near",
  remedy: "request an increase",
  source,
});
const records: QuotaUse = {
  what: "records in a hosted zone",
  of: "a.test",
  used: 12_000,
  default: 10_000,
  state: "over",
  remedy: "ask AWS for more; or split <the> zone",
  source,
};
const uses = [addresses("eu-west-1", 8), records, addresses("us-west-2", 4)];

describe("the quotas in a report", () => {
  it("are one row each, with every place and the worst state", () => {
    expect(quotaRows(uses)).to.deep.equal([
      {
        state: "over",
        what: "Elastic IP addresses",
        used: "eu-west-1 8, us-west-2 4",
        default: "5",
        remedy: "request an increase",
      },
      {
        state: "over",
        what: "records in a hosted zone",
        used: "a.test 12,000",
        default: "10,000",
        remedy: "ask AWS for more; or split <the> zone",
      },
    ]);
  });

  it("name three places, and the number of further ones", () => {
    const many = Array.from({ length: 7 }, (_, index) => addresses(`region-${index}`, 5));
    expect(quotaRows(many).map(({ used }) => used)).to.deep.equal([
      "region-0 5, region-1 5, region-2 5, 4 more",
    ]);
  });

  it("are a table for a terminal, with remedies", () => {
    const document = { title: "Quotas", blocks: quotaBlocks("prod", uses) };
    expect(asText(document, plain).split("\n").slice(2)).to.deep.equal([
      "  quota                     state  used                      default  remedy",
      "  Elastic IP addresses      OVER   eu-west-1 8, us-west-2 4        5  request an increase",
      "  records in a hosted zone  OVER   a.test 12,000              10,000  ask AWS for more; or split",
      "                                                                      <the> zone",
      "  These are defaults: the account may have higher quotas, and other stacks share them.",
      "",
    ]);
  });

  it("are a table of a page, with every value escaped", async () => {
    const html = await asHtml({ title: "Quotas", blocks: quotaBlocks("prod", uses) });
    expect(html).to.include("Default AWS quotas that prod exceeds or approaches");
    expect(html).to.include("split &lt;the&gt; zone");
    expect(html.match(/<tr role="row">/g)).to.have.length(3);
  });

  it("are exceeded or approached by the stacks as listed here", async () => {
    const { stacks } = rehearse([await evaluated("dev"), await evaluated("prod")]);
    const told = stacks.map(({ quotas = [] }) =>
      quotas
        .map(({ what, of, used, state }) => `${what}, ${of}: ${used}, ${state}`)
        .sort((a, b) => (a < b ? -1 : 1)),
    );
    expect(told).to.deep.equal([
      ["us-east-1", "us-east-2"].map(
        (region) => `vCPUs of standard on-demand instances, ${region}: 4, near`,
      ),
      [
        // A NAT gateway and a balancer in each of two zones.
        ...["eu-west-1", "us-west-2"].map((region) => `Elastic IP addresses, ${region}: 4, near`),
        // Two zones of two instances, twice as many in a rollout, two vCPUs each.
        ...["eu-west-1", "us-west-2"].map(
          (region) => `vCPUs of standard on-demand instances, ${region}: 16, over`,
        ),
      ],
    ]);
  });
});
