import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { TlsCertificates } from "../../../components";
import { promiseOf } from "../promiseOf";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";
import { tags } from "../samples";

const regions = ["us-west-2", "us-east-1"];

const shops = (count: number, parent: string): readonly string[] =>
  Array.from({ length: count }, (_, index) => `shop${index}.${parent}`);

async function built(
  hostnames: [string, ...string[]] = ["orders.cafe.com", "shop.cafe.com"],
): Promise<{ tls: TlsCertificates; made: readonly Made[] }> {
  const all: TlsCertificates[] = [];
  const made = await resourcesOf(() => {
    const providers = Object.fromEntries(
      regions.map((region) => [region, new aws.Provider(region, { region })]),
    );
    all.push(new TlsCertificates("tls", { zoneId: "Z1", hostnames, providers, tags }));
  });
  const [tls] = all;
  if (!tls) throw new Error("nothing was made");
  return { tls, made };
}

describe("TlsCertificates", () => {
  it("is a certificate in each region, for the hostnames and the names of the tree", async () => {
    const { made } = await built();
    for (const region of regions) {
      const { inputs, provider } = named(made, `tls-${region}`);
      expect(provider).to.equal(region);
      expect(inputs).to.deep.equal({
        domainName: "orders.cafe.com",
        subjectAlternativeNames: ["*.orders.cafe.com", "shop.cafe.com"],
        validationMethod: "DNS",
        tags: { Project: "failover", Name: `tls-${region}` },
      });
    }
  });

  it("validates each hostname by one record, for all regions", async () => {
    const { made } = await built();
    const records = made.filter(({ type }) => type === "aws:route53/record:Record");
    expect(records.map(({ name, inputs }) => ({ resource: name, ...inputs }))).to.deep.equal(
      ["orders.cafe.com", "shop.cafe.com"].map((hostname) => ({
        resource: `tls-validation-${hostname}`,
        zoneId: "Z1",
        name: `_name.${hostname}`,
        type: "CNAME",
        records: [`value for ${hostname}`],
        ttl: 300,
        allowOverwrite: true,
      })),
    );
  });

  it("keeps the records after deletion, because other certificates may be renewed by them", async () => {
    const { made } = await built();
    const kept = made.filter(({ retainOnDelete }) => retainOnDelete);
    expect(kept.map(({ name }) => name)).to.deep.equal([
      "tls-validation-orders.cafe.com",
      "tls-validation-shop.cafe.com",
    ]);
  });

  it("returns an ARN once the region's certificate is issued", async () => {
    const { tls, made } = await built();
    for (const region of regions) {
      const issued = named(made, `tls-issued-${region}`);
      expect(issued.provider).to.equal(region);
      expect(issued.inputs).to.deep.equal({
        certificateArn: `arn of tls-${region}`,
        validationRecordFqdns: [
          "FQDN of tls-validation-orders.cafe.com",
          "FQDN of tls-validation-shop.cafe.com",
        ],
      });
      expect(await promiseOf(tls.arnIn(region))).to.equal(`arn of tls-${region}`);
    }
  });

  it("has no certificate for another region", async () => {
    const { tls } = await built();
    expect(() => tls.arnIn("eu-west-1")).to.throw(
      Error,
      /^arnIn: must be a region with a certificate, got "eu-west-1"; it has us-west-2, us-east-1$/,
    );
  });

  it("uses wildcards for more hostnames than fit, each validated once", async () => {
    const hostnames: [string, ...string[]] = ["orders.cafe.com", ...shops(99, "cafe.com")];
    const { made } = await built(hostnames);
    expect(named(made, "tls-us-east-1").inputs).to.include({ domainName: "orders.cafe.com" });
    expect(named(made, "tls-us-east-1").inputs["subjectAlternativeNames"]).to.deep.equal([
      "*.orders.cafe.com",
      "*.cafe.com",
    ]);
    const records = made.filter(({ type }) => type === "aws:route53/record:Record");
    expect(records.map(({ name, inputs }) => [name, inputs["name"]])).to.deep.equal([
      ["tls-validation-cafe.com", "_name.*.cafe.com"],
      ["tls-validation-orders.cafe.com", "_name.orders.cafe.com"],
    ]);
  });

  it("refuses hostnames that do not fit even with wildcards", () => {
    const others = shops(99, "cafe.com").map((name) => `till.${name}`);
    const args = {
      zoneId: "Z1",
      hostnames: ["orders.cafe.com", ...others] as [string, ...string[]],
      providers: {},
      tags,
    };
    const { errors } = refusalOf(() => new TlsCertificates("tls", args));
    expect(errors).to.deep.equal([
      {
        propertyPath: "hostnames",
        reason:
          "must be below at most 98 names, got 99; choose names that share a parent, since one wildcard covers all names below it",
      },
    ]);
  });

  it("refuses an invalid name", () => {
    const hostnames: [string] = ["orders"];
    const args = { zoneId: "Z1", hostnames, providers: {}, tags };
    const { errors } = refusalOf(() => new TlsCertificates("tls", args));
    expect(errors).to.deep.equal([
      {
        propertyPath: "hostnames[0]",
        reason:
          'must be a lower-case DNS name of at most 63 characters, got "orders"; for example orders.cafe.com; the bucket of its maintenance page has the same name',
      },
    ]);
  });
});
