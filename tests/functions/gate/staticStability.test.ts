import { existsSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { expect } from "chai";
import { functionCode } from "../../../components/common/functionCode";
import { importsOf, root } from "../../conventions/sourceTree";
import { evaluated } from "../../program/evaluated";

/** The handler, and every file that it imports. */
function closureOf(entry: string): readonly string[] {
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    for (const { target } of importsOf(root, path)) {
      if (target !== undefined && existsSync(join(root, `${target}.ts`))) visit(`${target}.ts`);
    }
  };
  visit(entry);
  return [...found].sort();
}

/** A failover and a failback may not need what is likely to fail with it. */
describe("the gate's controller", () => {
  const files = closureOf("functions/gate/handler.ts");

  it("calls hosts of its own region and the published ranges, and no control plane of Route 53", () => {
    // What the bundler keeps: a module may also have calls of other functions.
    const code = functionCode("gate");
    const hosts = new Set(code.match(/[\w.${}-]*\.amazonaws\.com/g));
    expect([...hosts].sort()).to.deep.equal([
      "${bucket}.s3.${region}.amazonaws.com",
      // SNS, the only service of `gateDependencies`.
      "${name}.${aws.region}.amazonaws.com",
      "ip-ranges.amazonaws.com",
    ]);
    // `route53` alone is who has latched.
    expect(code).not.to.match(/route53[.-]|arc-region-switch/);
  });

  it("imports no SDK of AWS, and one package: the wire format of DNS", () => {
    const packages = files.flatMap((path) =>
      importsOf(root, path)
        .filter(({ atLoad, specifier }) => atLoad && !specifier.startsWith("."))
        .map(({ specifier }) => specifier.replace(/^node:/, "")),
    );
    const own = [...new Set(packages)].filter((name) => !builtinModules.includes(name));
    expect(own).to.deep.equal(["dns-packet"]);
  });

  for (const stack of ["dev", "prod"] as const) {
    it(`of ${stack} is in the standby region, and names nothing of the primary one`, async () => {
      const { resources, outputs } = await evaluated(stack);
      const { primary, standby } = (
        outputs as unknown as { regions: Record<"primary" | "standby", { region: string }> }
      ).regions;
      const named = (name: string) => resources.find((one) => one.name === name);
      const controller = named("gate-controller-function");
      expect(controller?.region).to.equal(standby.region);
      expect(named("gate-controller-schedule")?.region).to.equal(standby.region);
      // Names of zones are in DNS names; a call would need the region in a host or an ARN.
      const environment = JSON.stringify(controller?.inputs["environment"]);
      expect(environment).to.contain(standby.region);
      expect(environment).not.to.match(new RegExp(`[.:]${primary.region}[.:]`));
    });
  }
});
