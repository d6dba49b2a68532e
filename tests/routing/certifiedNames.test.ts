import { expect } from "chai";
import { certifiedNames, furtherNamesMax, provenName } from "../../routing/certifiedNames";

const names = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `shop${index}.cafe.com`);

/** Whether a certificate with this name is valid for a host: RFC 6125, section 6.4.3. */
const covers = (name: string, host: string): boolean =>
  name === host || (name.startsWith("*.") && name.slice(2) === host.slice(host.indexOf(".") + 1));

describe("the names in certificates", () => {
  it("are the hostnames while a certificate has room for all of them", () => {
    for (const count of [0, 1, 2, 99]) {
      const hostnames = names(count);
      expect(certifiedNames(hostnames)).to.deep.equal(hostnames);
    }
  });

  it("are the first hostname and a wildcard beyond that", () => {
    expect(certifiedNames(names(furtherNamesMax + 2))).to.deep.equal([
      "shop0.cafe.com",
      "*.cafe.com",
    ]);
  });

  it("have a wildcard for each parent of a hostname, and cover every hostname", () => {
    const hostnames = [
      ...names(60),
      ...names(60).map((name) => name.replace("cafe", "eu.cafe")),
      "till.shop0.cafe.com",
    ];
    const certified = certifiedNames(hostnames);
    expect(certified).to.deep.equal([
      "shop0.cafe.com",
      "*.cafe.com",
      "*.eu.cafe.com",
      "*.shop0.cafe.com",
    ]);
    const uncovered = hostnames.filter((host) => !certified.some((name) => covers(name, host)));
    expect(uncovered).to.deep.equal([]);
  });

  it("stay the same when a hostname is added below a name that has a wildcard", () => {
    expect(certifiedNames(names(1001))).to.deep.equal(certifiedNames(names(1000)));
  });

  it("are each validated by one record, a wildcard by that of its parent name", () => {
    expect(["orders.cafe.com", "*.orders.cafe.com", "*.cafe.com"].map(provenName)).to.deep.equal([
      "orders.cafe.com",
      "orders.cafe.com",
      "cafe.com",
    ]);
  });
});
