import { join } from "node:path";
import { expect } from "chai";
import { exportOf } from "../../bench/stackExport";
import type { Form } from "../../bench/benchHostnames";
import { benchHostnames } from "../../bench/benchHostnames";
import { evaluate } from "../../rehearsal/engine/evaluate";
import type { Evaluation } from "../../rehearsal/engine/evaluate";
import { rehearse } from "../../rehearsal/rehearse";
import { fromExport } from "../../routing/graph/fromExport";
import type { Resource } from "../../routing/graph/resource";
import { StackModel } from "../../routing/graph/stackModel";
import { expectationsOf, figures } from "./expectations";
import { inDevsPlaces } from "./places";

const projectDirectory = join(__dirname, "../..");
const known = new Map<string, Promise<Evaluation>>();

/** The program with a number of hostnames, evaluated once for all tests. */
function evaluated(form: Form, count: number): Promise<Evaluation> {
  const key = `${form} ${count}`;
  const found =
    known.get(key) ??
    evaluate({
      projectDirectory,
      stack: form,
      config: { "failover:hostnames": benchHostnames(form, count) },
    });
  known.set(key, found);
  return found;
}

const ofType = (resources: readonly Resource[], type: string): readonly Resource[] =>
  resources.filter((one) => one.type === type);
const namesOf = (resources: readonly Resource[]): readonly string[] =>
  resources.map(({ name }) => name);
const record = "aws:route53/record:Record";

/** How many resources of each type one evaluation has more than another. */
function more(of: Evaluation, than: Evaluation): Readonly<Record<string, number>> {
  const types = [...new Set(of.resources.map(({ type }) => type))].sort();
  return Object.fromEntries(
    types.flatMap((type): [string, number][] => {
      const extra = ofType(of.resources, type).length - ofType(than.resources, type).length;
      return extra === 0 ? [] : [[type.split(":").at(-1) ?? "", extra]];
    }),
  );
}

/** Whether a name in a certificate covers a host: RFC 6125, section 6.4.3. */
const covers = (name: unknown, host: string): boolean =>
  typeof name === "string" &&
  (name === host || (name.startsWith("*.") && name.slice(2) === host.slice(host.indexOf(".") + 1)));

for (const form of ["dev", "prod"] as const) {
  describe(`three hostnames of the ${form} stack`, function () {
    const hostnames = benchHostnames(form, 3);
    const [tree = ""] = hostnames;
    const placed = (names: readonly string[]): readonly string[] =>
      form === "dev" ? inDevsPlaces(names) : names;

    for (const hostname of hostnames) {
      it(`meet every expectation, from the evaluation and from an export: ${hostname}`, async () => {
        const evaluation = await evaluated(form, 3);
        const own = expectationsOf({ ...figures[form], hostname, tree });
        for (const resources of [evaluation.resources, fromExport(exportOf(evaluation), "x")]) {
          for (const { title, verify } of own) {
            try {
              verify(resources);
            } catch (cause) {
              throw new Error(title, { cause });
            }
          }
        }
      });
    }

    it("answer with their own static page when all regions are lost", async () => {
      const model = new StackModel((await evaluated(form, 3)).resources);
      const lost = model.under(model.faults(placed(["us-west-2", "eu-west-1"])));
      const targets = hostnames.map((name) => {
        const [answer] = lost.resolve(name, "A").answers;
        expect(answer?.alive, name).to.equal(true);
        return model.graph.get(answer?.target ?? "");
      });
      if (form === "dev") {
        // S3 finds the page by the host name (A11).
        expect(targets.map((target) => target?.outputs["bucket"])).to.deep.equal(hostnames);
      } else {
        const aliases = targets.map((target) => target?.outputs["aliases"]);
        expect(aliases).to.deep.equal(hostnames.map(() => hostnames));
      }
    });

    it("share endpoints and checks: each adds its records and its page, and no check", async () => {
      const [one, three] = [await evaluated(form, 1), await evaluated(form, 3)];
      const websites = {
        Bucket: 2,
        BucketObjectv2: 2,
        BucketOwnershipControls: 2,
        BucketPolicy: 2,
        BucketPublicAccessBlock: 2,
        BucketServerSideEncryptionConfiguration: 2,
        BucketVersioning: 2,
        BucketWebsiteConfiguration: 2,
      };
      // An alias pair for A; for AAAA as well, and the record that validates the certificate's
      // name.
      expect(more(three, one)).to.deep.equal(
        form === "dev" ? { ...websites, Record: 4 } : { Record: 2 * (2 * 2 + 1) },
      );
      expect(more(one, three)).to.deep.equal(
        Object.fromEntries(Object.entries(more(three, one)).map(([type, n]) => [type, -n])),
      );
    });

    it("change no existing resource when they are added, except those that list them", async () => {
      const [one, three] = [await evaluated(form, 1), await evaluated(form, 3)];
      const inputs = new Map(
        three.resources.map(({ urn, inputs: given }) => [urn, JSON.stringify(given)]),
      );
      const changed = one.resources.filter(
        ({ urn, inputs: given }) => inputs.get(urn) !== JSON.stringify(given),
      );
      expect(namesOf(changed)).to.have.members(
        form === "dev"
          ? []
          : [
              ...["us-west-2", "eu-west-1", "us-east-1"].flatMap((region) => [
                `tls-${region}`,
                `tls-issued-${region}`,
              ]),
              "maintenance-distribution",
            ],
      );
    });

    it("have each name once, and the tiers' names only below the first", async () => {
      const { resources } = await evaluated(form, 3);
      const names = new Set(ofType(resources, record).map(({ inputs }) => inputs["name"]));
      const labels = placed(["any", "live", "oregon", "dublin"]);
      const below = [...names].filter(
        (name) => typeof name === "string" && labels.includes(name.split(".")[0] ?? ""),
      );
      expect(below).to.have.members(labels.map((label) => `${label}.${tree}`));
    });

    it("are rehearsed by the first, and all judged", async () => {
      const [stack] = rehearse([await evaluated(form, 3)]).stacks;
      expect(stack?.hostname).to.equal(tree);
      expect(stack?.hostnames).to.deep.equal([{ hostname: tree, others: hostnames.slice(1) }]);
      expect(stack?.objectives.map(({ met }) => met)).to.deep.equal([true, true, true]);
      const notes = stack?.notes.filter((note) => note.includes("hostnames")) ?? [];
      expect(notes).to.have.length(2);
    });
  });
}

describe("many hostnames", function () {
  for (const form of ["dev", "prod"] as const) {
    it(`add the same resources each, and no shared ones (${form})`, async () => {
      const [three, fifty] = [await evaluated(form, 3), await evaluated(form, 50)];
      const perHostname = Object.fromEntries(
        Object.entries(more(fifty, three)).map(([type, count]) => [type, count / 47]),
      );
      expect(perHostname).to.deep.equal(
        form === "prod"
          ? { Record: 5 }
          : {
              Bucket: 1,
              BucketObjectv2: 1,
              BucketOwnershipControls: 1,
              BucketPolicy: 1,
              BucketPublicAccessBlock: 1,
              BucketServerSideEncryptionConfiguration: 1,
              BucketVersioning: 1,
              BucketWebsiteConfiguration: 1,
              Record: 2,
            },
      );
    });

    it(`have no more dependencies each than the first (${form})`, async () => {
      const { resources } = await evaluated(form, 50);
      const top = ofType(resources, record).filter(({ name }) =>
        /^orders-(orders|shop)/.test(name),
      );
      const waits = top
        .filter(({ name }) => name.includes("-A-"))
        .map(({ name, dependencies }) => [name.split("-").at(-1), dependencies.length].join(" "));
      expect(new Set(waits).size, [...new Set(waits)].join(", ")).to.equal(2);
    });
  }

  it("are reported if they exceed the default quota of 10 names of a certificate", async () => {
    const [stack] = rehearse([await evaluated("prod", 50)]).stacks;
    const certificates = stack?.quotas?.filter(({ what }) => what === "names of a certificate");
    // The hostnames, and the wildcard of the first.
    expect(certificates?.map(({ of, used, state }) => `${of} ${used} ${state}`)).to.have.members([
      "tls-us-west-2 51 over",
      "tls-eu-west-1 51 over",
      "tls-us-east-1 51 over",
    ]);
  });

  it("that do not fit in a certificate have wildcards, which cover every one", async () => {
    const { resources } = await evaluated("prod", 100);
    const hostnames = benchHostnames("prod", 100);
    const certificates = ofType(resources, "aws:acm/certificate:Certificate");
    expect(certificates).to.have.length(3);
    const [distribution] = ofType(resources, "aws:cloudfront/distribution:Distribution");
    const lists = [
      ...certificates.map(({ inputs }) => [
        inputs["domainName"],
        ...(inputs["subjectAlternativeNames"] as readonly string[]),
      ]),
      distribution?.inputs["aliases"] as readonly string[],
    ];
    expect(lists).to.deep.equal([
      ...certificates.map(() => ["orders.cafe.com", "*.orders.cafe.com", "*.cafe.com"]),
      ["orders.cafe.com", "*.cafe.com"],
    ]);
    for (const list of lists) {
      const uncovered = hostnames.filter((host) => !list.some((name) => covers(name, host)));
      expect(uncovered).to.deep.equal([]);
    }
    const proofs = ofType(resources, record).filter(({ name }) => name.startsWith("tls-"));
    expect(namesOf(proofs)).to.deep.equal([
      "tls-validation-orders.cafe.com",
      "tls-validation-cafe.com",
    ]);
  });

  it("that are added below a wildcard change no existing resource", async () => {
    const [before, after] = [await evaluated("prod", 100), await evaluated("prod", 101)];
    const inputs = new Map(after.resources.map((one) => [one.urn, JSON.stringify(one.inputs)]));
    const changed = before.resources.filter(
      (one) => inputs.get(one.urn) !== JSON.stringify(one.inputs),
    );
    expect(namesOf(changed)).to.deep.equal([]);
    expect(more(after, before)).to.deep.equal({ Record: 4 });
  });
});
