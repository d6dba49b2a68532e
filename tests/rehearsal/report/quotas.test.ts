import { expect } from "chai";
import { paintOf } from "../../../rehearsal/report/paint";
import { quotaSection } from "../../../rehearsal/report/quotaMarkup";
import { quotaLines } from "../../../rehearsal/report/quotaText";
import { quotaRows } from "../../../rehearsal/report/quotaWording";
import type { QuotaUse } from "../../../rehearsal/rehearsal";
import { rehearse } from "../../../rehearsal/story";
import { evaluated } from "../../program/evaluated";

const source = "https://docs.aws.amazon.com/x";
const addresses = (of: string, used: number): QuotaUse => ({
  what: "Elastic IP addresses",
  of,
  used,
  default: 5,
  state: used > 5 ? "over" : "near",
  remedy: "ask AWS for more",
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
  it("are a row each, with every place that has a part in it, and the state of the worst", () => {
    expect(quotaRows(uses)).to.deep.equal([
      {
        state: "over",
        what: "Elastic IP addresses",
        used: "eu-west-1 8, us-west-2 4",
        default: "5",
        remedy: "ask AWS for more",
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

  it("name three places, and say how many more there are", () => {
    const many = Array.from({ length: 7 }, (_, index) => addresses(`region-${index}`, 5));
    expect(quotaRows(many).map(({ used }) => used)).to.deep.equal([
      "region-0 5, region-1 5, region-2 5, 4 more",
    ]);
  });

  it("are lines for a terminal, and none where there are none", () => {
    expect(quotaLines([], paintOf(false))).to.deep.equal([]);
    expect(quotaLines(uses, paintOf(false))).to.deep.equal([
      "  quota  over  Elastic IP addresses: eu-west-1 8, us-west-2 4  of 5",
      "  quota  over  records in a hosted zone: a.test 12,000         of 10,000",
      "  By default; an account may have been allowed more already, and other stacks use of the same.",
      "  Elastic IP addresses: ask AWS for more.",
      "  records in a hosted zone: ask AWS for more; or split <the> zone.",
    ]);
  });

  it("are a table of a page, with every value escaped", async () => {
    const html = String(await quotaSection("prod", uses));
    expect(html).to.include("Default quotas of AWS that prod is over or near");
    expect(html).to.include("split &lt;the&gt; zone");
    expect(html.match(/<tr role="row">/g)).to.have.length(3);
  });

  it("that the stacks are over or near are these", async () => {
    const { stacks } = rehearse([await evaluated("dev"), await evaluated("prod")]);
    const told = stacks.map(({ quotas = [] }) =>
      quotas
        .map(({ what, of, used, state }) => `${what}, ${of}: ${used}, ${state}`)
        .sort((a, b) => (a < b ? -1 : 1)),
    );
    expect(told).to.deep.equal([
      ["eu-west-1", "us-west-2"].map(
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
