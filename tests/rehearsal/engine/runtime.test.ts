import { expect } from "chai";
import { runtimeOf } from "../../../rehearsal/engine/runtime";

describe("the runtime of a project", () => {
  const of = (runtime: unknown) => runtimeOf("shop", { runtime });

  it("is Node with TypeScript, unless Pulumi.yaml says otherwise", () => {
    const plain = { typeScript: true, hasLoader: false };
    expect(of("nodejs")).to.deep.equal(plain);
    expect(of({ name: "nodejs", options: { packagemanager: "pnpm" } })).to.deep.equal(plain);
    expect(of({ name: "nodejs", options: { typescript: false } })).to.deep.equal({
      ...plain,
      typeScript: false,
    });
    expect(of({ name: "nodejs", options: { tsconfig: "tsconfig.infra.json" } })).to.deep.equal({
      ...plain,
      tsConfig: "tsconfig.infra.json",
    });
  });

  it("may have a loader of its own, by nodeargs", () => {
    const hasLoader = (nodeargs: string) => of({ name: "nodejs", options: { nodeargs } }).hasLoader;
    for (const args of [
      "--import tsx",
      "--max-old-space-size=99 --loader=x",
      "-r ts-node/register",
    ]) {
      expect(hasLoader(args), args).to.equal(true);
    }
    for (const args of ["--max-old-space-size=99", "--no-import-x", ""]) {
      expect(hasLoader(args), args).to.equal(false);
    }
  });

  it("is refused for another language, with the way to read its resources", () => {
    const remedy =
      "export it by `pulumi stack export` or `pulumi preview --json`, and read that file by `failover prove --from FILE`";
    expect(() => of({ name: "python", options: { virtualenv: "venv" } })).to.throw(
      `shop/Pulumi.yaml: runtime must be nodejs to be evaluated offline, got "python": it is a Python program; ${remedy}`,
    );
    expect(() => of("dotnet")).to.throw(`got "dotnet": it is a .NET program; ${remedy}`);
    expect(() => of("bun")).to.throw(`got "bun": it is a program of another runtime; ${remedy}`);
  });

  it("is refused with options that the engine refuses", () => {
    expect(() => of({ name: "nodejs", options: { typescript: "false" } })).to.throw(
      'shop/Pulumi.yaml: runtime.options.typescript must be true or false, got "false"; change it to one',
    );
  });
});
