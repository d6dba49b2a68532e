import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import type { Resource } from "../../../routing/graph/resource";
import { evaluatedIn, shapeOf } from "./configurations";

const before = shapeOf("no release, 0 % warm, 1 hostname");
const older = "0123456789abcdef".repeat(4);

const named = (resources: readonly Resource[], name: string): Resource => {
  const found = resources.find((one) => one.name === name);
  if (!found) throw new Error(`no resource ${name}`);
  return found;
};

/** The user data of a template's machines. */
function userDataOf(template: Resource): string {
  const data = Buffer.from(template.inputs["userData"] as string, "base64");
  return data.subarray(0, 2).toString("hex") === "1f8b"
    ? gunzipSync(data).toString("utf8")
    : data.toString("utf8");
}

/** The releases named in the user data of a template. */
function releasesOf(resources: readonly Resource[], name: string): readonly string[] {
  const text = userDataOf(named(resources, `${name}-template`));
  return [...new Set([...text.matchAll(/\b[0-9a-f]{64}\b/g)].map(([sha256]) => sha256))];
}

describe("a release that pins a side to an older one", function () {
  it("is named by an earlier output of the stack, and does not change blue's machines", async () => {
    const { resources: old, outputs } = await evaluatedIn(before);
    const { siteSha256 } = outputs["release"] as { siteSha256: string };
    expect(siteSha256).to.match(/^[0-9a-f]{64}$/);
    expect(releasesOf(old, "oregon-us-west-2a")).to.deep.equal([siteSha256]);
    const { resources } = await evaluatedIn({
      ...before,
      title: "pinned",
      oregon: { blue: 100, green: 0, pinned: { blue: { siteSha256 } } },
      dublin: { blue: 95, green: 5, pinned: { blue: { siteSha256: older } } },
    });
    for (const zone of ["us-west-2a", "us-west-2b"]) {
      for (const role of ["template", "group", "balancer", "check"]) {
        const name = `oregon-${zone}-${role}`;
        expect(named(resources, name).inputs, name).to.deep.equal(named(old, name).inputs);
      }
    }
    // Dublin's blue side runs the older one, and its green side the one in app/.
    expect(releasesOf(resources, "dublin-eu-west-1a")).to.deep.equal([older]);
    expect(releasesOf(resources, "dublin-green-eu-west-1a")).to.deep.equal([siteSha256]);
    expect(named(resources, "dublin-releases-release").inputs["key"]).to.equal(
      `${siteSha256}.tar.gz`,
    );
  });

  it("outputs the places of its sides", async () => {
    const { outputs } = await evaluatedIn(shapeOf("95/5, 10 % warm, 1 hostname"));
    const { primary, standby } = outputs["regions"] as Readonly<
      Record<string, Readonly<Record<string, unknown>>>
    >;
    expect(primary?.["entryName"]).to.equal("release.oregon.orders.cafe.com");
    expect(standby?.["entryName"]).to.equal("dublin.orders.cafe.com");
    expect(standby).not.to.have.property("green");
    expect(primary?.["green"]).to.have.property("recordName", "green.oregon.orders.cafe.com");
    expect(primary?.["green"]).to.have.nested.property(
      "endpoints[0].availabilityZone",
      "us-west-2a",
    );
  });

  it("has an alarm for each check and resource of green, with a section of the runbook", async () => {
    const { resources } = await evaluatedIn(shapeOf("95/5, 10 % warm, 1 hostname"));
    const green = resources.filter(
      ({ type, name }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm" && /green/.test(name),
    );
    expect(green.map(({ name }) => name).sort()).to.deep.equal(
      [
        ...["", "-checkers"].map((suffix) => `alerts-oregon-green-deep${suffix}`),
        ...["a", "b"].flatMap((zone) => [
          ...["", "-checkers", "-ipv6", "-ipv6-checkers"].map(
            (suffix) => `alerts-oregon-green-us-west-2${zone}${suffix}`,
          ),
          ...["http-no-healthy", "http-unhealthy", "tls-no-healthy", "tls-unhealthy"].map(
            (what) => `oregon-alerts-green-us-west-2${zone}-${what}-target`,
          ),
          `oregon-alerts-green-us-west-2${zone}-capacity`,
          `alerts-gate-capacity-green-us-west-2${zone}`,
        ]),
      ].sort(),
    );
    const form = /^.+\.\nCustomers: .+\.\nAutomatic: .+\.\nAction: .+\.\nRunbook: .+#(.+)$/;
    const runbook = readFileSync(join(__dirname, "../../../docs/runbook.md"), "utf8");
    const anchors = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) =>
      heading.toLowerCase().replaceAll(" ", "-"),
    );
    for (const { inputs } of green) {
      expect(inputs["alarmDescription"]).to.match(form);
      expect(anchors).to.include(form.exec(inputs["alarmDescription"] as string)?.[1]);
    }
  });

  it("sets off the alarm of the maintenance page when all zones with traffic are dead", async () => {
    const terms = async (title: string): Promise<readonly string[]> => {
      const { resources } = await evaluatedIn(shapeOf(title));
      const rule = named(resources, "alerts-maintenance-page").inputs["alarmRule"] as string;
      return rule
        .split(" AND ")
        .map((term) => term.replace(/^ALARM\("alerts-(.+)-[0-9a-f]{7}"\)$/, "$1"));
    };
    const dublin = ["dublin-eu-west-1a", "dublin-eu-west-1b"];
    const blue = ["oregon-us-west-2a", "oregon-us-west-2b"];
    const green = ["oregon-green-us-west-2a", "oregon-green-us-west-2b"];
    expect(await terms("95/5, 10 % warm, 1 hostname")).to.deep.equal([
      ...blue,
      ...green,
      ...dublin,
    ]);
    expect(await terms("100/0, 10 % warm, 1 hostname")).to.deep.equal([...blue, ...dublin]);
    expect(await terms("0/100, 10 % warm, 1 hostname")).to.deep.equal([...green, ...dublin]);
  });

  it("lets synthetic orders follow the traffic, under the name that the certificate covers", async () => {
    const { resources } = await evaluatedIn(shapeOf("95/5, 10 % warm, 1 hostname"));
    const { variables } = named(resources, "oregon-order-function").inputs["environment"] as {
      variables: Readonly<Record<string, string>>;
    };
    expect(variables).to.include({
      ORDER_URL: "https://release.oregon.orders.cafe.com/orders",
      ORDER_SERVER_NAME: "oregon.orders.cafe.com",
    });
    const covered = named(resources, "tls-us-west-2").inputs["subjectAlternativeNames"];
    expect(covered).to.include("*.orders.cafe.com");
  });
});
