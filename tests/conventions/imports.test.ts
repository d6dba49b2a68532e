import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { importCircles } from "./circles";
import { packagesAtLoad, packagesOf, wrongImports } from "./direction";
import { filesBelow, importsOf, root } from "./sourceTree";

describe("the direction of imports", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "house-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function plant(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  it("is kept by every file of the repository", () => {
    expect(wrongImports(root)).to.deep.equal([]);
  });

  it("refuses every form of an upward import in a routing file", () => {
    plant(
      "routing/model.ts",
      [
        'import { World } from "./graph/world";',
        'import type { Tier } from "../components/tier";',
        'export { rehearse } from "../rehearsal/story";',
        'export const later = () => import("../cli/main");',
        'const old = require("../config");',
        'export type T = import("../outputs").Outputs;',
        'import bad = require("../index");',
      ].join("\n"),
    );
    const may = "routing/ may import routing/, got";
    expect(wrongImports(folder)).to.deep.equal([
      `routing/model.ts:1: ${may} ./graph/world; move what it needs down`,
      `routing/model.ts:2: ${may} ../components/tier; move what it needs down`,
      `routing/model.ts:3: ${may} ../rehearsal/story; move what it needs down`,
      `routing/model.ts:4: ${may} ../cli/main; move what it needs down`,
      `routing/model.ts:5: ${may} ../config; move what it needs down`,
      `routing/model.ts:6: ${may} ../outputs; move what it needs down`,
      `routing/model.ts:7: ${may} ../index; move what it needs down`,
    ]);
  });

  it("refuses the Pulumi SDK in routing, types included", () => {
    plant("routing/graph/reader.ts", 'import type { Output } from "@pulumi/pulumi";');
    expect(wrongImports(folder)).to.deep.equal([
      "routing/graph/reader.ts:1: routing/graph/ does without this package, got @pulumi/pulumi; move the code up",
    ]);
  });

  it("lets rehearsal and components meet only through evaluated resources", () => {
    plant("rehearsal/story.ts", 'import { RegionTier } from "../components/regionTier";');
    plant("components/regionTier.ts", 'import { World } from "../routing/graph/world";');
    expect(wrongImports(folder)).to.have.length(2);
  });

  it("allows imports that point down", () => {
    plant("cli/main.ts", 'import { rehearse } from "../rehearsal/story";');
    plant("rehearsal/story.ts", 'import { World } from "../routing/graph/world";');
    plant("routing/graph/stackModel.ts", 'import { Route53 } from "../route53"; import "node:fs";');
    plant("index.ts", 'import { readConfig } from "./config"; import "@pulumi/aws";');
    expect(wrongImports(folder)).to.deep.equal([]);
  });

  it("asks for a rule when a new part appears", () => {
    plant("helpers/misc.ts", "export {};");
    expect(wrongImports(folder)).to.deep.equal([
      "helpers/misc.ts: no rule says what it may import; add its part to tests/conventions/direction.ts",
    ]);
  });

  it("distinguishes imports at load time from later ones and from types", () => {
    plant(
      "cli/main.ts",
      'import type { A } from "a"; import { type B } from "b"; import c, { type D } from "c"; ' +
        'import "./next"; void import("e"); const f = require("@f/g/h");',
    );
    plant("cli/next.ts", 'export * from "i"; import "node:fs"; import "./main";');
    expect(packagesAtLoad(folder, ["cli/main.ts"])).to.deep.equal(["@f/g", "c", "i"]);
    expect(importsOf(folder, "cli/main.ts").map(({ specifier }) => specifier)).to.deep.equal([
      "a",
      "b",
      "c",
      "./next",
      "e",
      "@f/g/h",
    ]);
  });
});

describe("circles of imports", () => {
  it("do not occur", () => {
    expect(importCircles(root)).to.deep.equal([]);
  });

  it("are found through any number of files, and through types only", () => {
    const folder = mkdtempSync(join(tmpdir(), "house-"));
    try {
      writeFileSync(join(folder, "a.ts"), 'import { b } from "./b";');
      writeFileSync(join(folder, "b.ts"), 'import type { C } from "./c"; import "./d";');
      writeFileSync(join(folder, "c.ts"), 'export type { A } from "./a";');
      writeFileSync(join(folder, "d.ts"), "export {};");
      expect(importCircles(folder)).to.deep.equal(["a.ts ⇄ b.ts ⇄ c.ts"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("the packages", () => {
  const { dependencies, devDependencies, peerDependencies } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  ) as Record<"dependencies" | "devDependencies" | "peerDependencies", Record<string, string>>;
  // The examples use this package, as others do.
  const sources = filesBelow(root, [".ts"]).filter((path) => !path.startsWith("examples/"));
  const isTest = (path: string): boolean => /^(?:tests|bench)\//.test(path);

  it("that `failover resolve --from` loads are few, and none of them is Pulumi's", () => {
    const loaded = packagesAtLoad(root, [
      "cli/failover.ts",
      "cli/commands/resolve.ts",
      "sources/readSources.ts",
    ]);
    expect(loaded.filter((name) => name.startsWith("@pulumi/"))).to.deep.equal([]);
    expect(loaded.filter((name) => !["commander"].includes(name))).to.deep.equal([
      "fastest-levenshtein",
      "ipaddr.js",
    ]);
  });

  it("that the program and the tool import are dependencies, and no others", () => {
    const imported = packagesOf(
      root,
      sources.filter((path) => !isTest(path)),
    );
    const known = { ...dependencies, ...peerDependencies };
    // A checkout needs esbuild to build; an installed package is already built. A program is
    // compiled by the compiler that its project has installed.
    const builders = ["esbuild", "typescript"];
    const unknown = [...imported.keys()].filter((name) => !(name in known));
    expect(unknown).to.deep.equal(builders);
    expect(Object.keys(known).filter((name) => !imported.has(name))).to.deep.equal([]);
  });

  it("that users of the package install are tested in a permitted version", () => {
    for (const [name, range] of Object.entries(peerDependencies)) {
      expect(range, name).to.equal(`^${devDependencies[name]}`);
    }
  });

  it("that tests import are dependencies or development dependencies", () => {
    const known = { ...dependencies, ...devDependencies };
    const imported = packagesOf(root, sources.filter(isTest));
    expect([...imported.keys()].filter((name) => !(name in known))).to.deep.equal([]);
  });

  it("have one exact version each", () => {
    const versions = Object.entries({ ...dependencies, ...devDependencies });
    // Under a second name there may be another exact version, as of the compiler.
    const exact = /^(?:npm:[a-z]+@)?\d+\.\d+\.\d+$/;
    expect(versions.filter(([, version]) => !exact.test(version))).to.deep.equal([]);
  });
});
