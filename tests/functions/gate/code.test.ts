import { builtinModules } from "node:module";
import { expect } from "chai";
import { functionCode } from "../../../components/common/functionCode";

/** The code that Lambda runs, as text: what it could talk to. */
describe("the code of the gate", () => {
  const code = functionCode("gate");
  const hosts = new Set(code.match(/[\w$}{-]*\.[\w.$}{-]*amazonaws\.com/g));

  it("has the endpoints of its own region and the published ranges, and no other of AWS", () => {
    // SNS's and S3's; the region is that of the function.
    expect([...hosts].sort()).to.deep.equal([
      "${bucket}.s3.${region}.amazonaws.com",
      "${name}.${aws.region}.amazonaws.com",
      "ip-ranges.amazonaws.com",
    ]);
  });

  it("has no call of Route 53's API, and names no region", () => {
    expect(code).not.to.match(
      /route53\.amazonaws|2013-04-01|ChangeResourceRecordSets|HealthCheck\b/,
    );
    expect(code).not.to.match(/\b(?:us|eu|ap|sa|ca|me|af|il)-(?:[a-z]+)-\d\b/);
  });

  it("makes no call but those of its role", () => {
    const actions = ["GetObject", "PutObject", "DeleteObject", "Publish"];
    const quoted = [...code.matchAll(/"([A-Z][a-z]+(?:[A-Z][a-z]+)+|Publish)"/g)].map(
      ([, one]) => one,
    );
    const calls = quoted.filter((one = "") =>
      /^(?:Get|Put|Delete|Publish|Update|Create|Change|Describe|List|Invoke|Start|Disable)/.test(
        one,
      ),
    );
    expect(new Set(calls)).to.deep.equal(new Set(actions));
  });

  it("contains all its packages, below 1 MB", () => {
    const required = [...code.matchAll(/require\("([^"]+)"\)/g)].map(([, name = ""]) => name);
    const foreign = required.filter((name) => !builtinModules.includes(name.replace("node:", "")));
    expect(foreign).to.deep.equal([]);
    expect(code.length).to.be.lessThan(1_000_000);
  });
});
