import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import typescript from "typescript";
import { compilerOptionsIn } from "../../../rehearsal/engine/tsConfig";
import { loadTypeScriptOf } from "../../../rehearsal/engine/typeScript";
import { root } from "../../conventions/sourceTree";

describe("the TypeScript of a program", () => {
  let project: string;
  let forget: () => void;

  beforeEach(() => {
    project = realpathSync(mkdtempSync(join(tmpdir(), "type-script-")));
    forget = () => undefined;
  });
  afterEach(() => {
    forget();
    rmSync(project, { recursive: true });
  });

  function write(path: string, text: string): void {
    writeFileSync(join(project, path), text);
  }

  /** The exports of the program, loaded as an evaluation does. */
  function load(runtime: { readonly tsConfig?: string } = {}): unknown {
    forget = loadTypeScriptOf({ directory: project, runtime });
    return createRequire(__filename)(join(project, "index.ts"));
  }

  function useCompiler(): void {
    mkdirSync(join(project, "node_modules"));
    symlinkSync(join(root, "node_modules/typescript"), join(project, "node_modules/typescript"));
  }

  it("is compiled by the project's compiler with its settings, file by file, and its types are not checked", () => {
    useCompiler();
    write(
      "tsconfig.json",
      `{ "compilerOptions": { "module": "esnext", "noEmit": true } } // a comment`,
    );
    write("part.ts", `export enum Part { first = 7 }\nexport type Only = string;`);
    write(
      "index.ts",
      `import { Part, Only } from "./part";\nconst one: Only = Part.first;\nexport const two = { one } satisfies object;`,
    );
    expect(load()).to.deep.equal({ two: { one: 7 } });
  });

  it("is compiled by the SDK's compiler without one, as the engine does, and without settings", () => {
    write("index.ts", `export const value: number = 1 ?? 2;`);
    expect(load()).to.deep.equal({ value: 1 });
  });

  it("is compiled by the SDK's compiler if the project's is no library, as TypeScript 7 is none", () => {
    mkdirSync(join(project, "node_modules/typescript"), { recursive: true });
    write("node_modules/typescript/index.js", "exports.version = '7.0.2';");
    write("index.ts", `export const value: number = 1 ?? 2;`);
    expect(load()).to.deep.equal({ value: 1 });
  });

  it("is refused with the lines that are no TypeScript, all of a file together", () => {
    useCompiler();
    write("index.ts", "const a = ;\n\nconst b: = 1;\n");
    expect(() => load()).to.throw(
      `${join(project, "index.ts")}:1: Expression expected.\n${join(project, "index.ts")}:3: Type expected.`,
    );
  });

  it("is refused with the SDK's compiler, and how to get a newer one", () => {
    write("index.ts", "export const a = { b: 1 } satisfies object;");
    expect(() => load()).to.throw(
      `${project}/index.ts:1: ',' expected. (read by TypeScript 3.8.3 of the Pulumi SDK, as the project has none; for what is newer: npm install --save-dev typescript@5)`,
    );
  });

  it("imports CommonJS packages as the engine does, which compiles for Node by default", () => {
    useCompiler();
    mkdirSync(join(project, "node_modules/plain"));
    write("node_modules/plain/index.js", "module.exports = { one: 1 };");
    write("index.ts", 'import plain from "plain";\nexport const one = plain?.one;');
    expect(load()).to.deep.equal({ one: 1 });
    forget();
    write(
      "tsconfig.json",
      '{ "compilerOptions": { "module": "commonjs", "esModuleInterop": false } }',
    );
    write("other.ts", 'import plain from "plain";\nexport const one = plain?.one;');
    write("index.ts", 'export * from "./other";');
    Reflect.deleteProperty(require.cache, join(project, "index.ts"));
    expect(load()).to.deep.equal({ one: undefined });
  });

  it("has the engine's interoperation by settings, where TypeScript itself has another default", () => {
    const interopOf = (text?: string): unknown => {
      if (text !== undefined) write("tsconfig.json", `{ "compilerOptions": ${text} }`);
      return compilerOptionsIn(project, {}, { ts: typescript, isOfSdk: false }).esModuleInterop;
    };
    expect(interopOf()).to.equal(true);
    expect(interopOf('{ "module": "node16" }')).to.equal(true);
    expect(interopOf('{ "module": "commonjs" }')).to.equal(undefined);
    expect(interopOf('{ "esModuleInterop": false }')).to.equal(false);
  });

  describe("has settings that are", () => {
    const faultsOfSettings = (text: string, tsConfig?: string): string => {
      write("index.ts", "export const a = 1;");
      write(tsConfig ?? "tsconfig.json", text);
      try {
        load(tsConfig === undefined ? {} : { tsConfig });
        return "none";
      } catch (error) {
        return (error as Error).message.replaceAll(`${project}/`, "");
      }
    };

    it("refused by line if they are no JSON, in the file that Pulumi.yaml names as well", () => {
      useCompiler();
      const text = '{\n  "compilerOptions": {,\n}}';
      expect(faultsOfSettings(text)).to.equal("tsconfig.json:2: Property assignment expected.");
      forget();
      expect(faultsOfSettings(text, "infra.json")).to.equal(
        "infra.json:2: Property assignment expected.",
      );
    });

    it("refused if they extend what is not there", () => {
      const text = (file: string) => `{\n  "extends": "${file}"\n}`;
      expect(faultsOfSettings(text("./gone.json"))).to.equal(
        "tsconfig.json:2: The specified path does not exist: 'gone.json'.",
      );
      expect(faultsOfSettings(text("@tsconfig/node20/tsconfig.json"))).to.equal(
        "tsconfig.json:2: File '@tsconfig/node20/tsconfig.json' not found.",
      );
    });

    it("refused if the compiler does not know them, as the engine does", () => {
      expect(faultsOfSettings('{ "compilerOptions": { "moduleResolution": "bundler" } }')).to.match(
        /^tsconfig\.json:1: Argument for '--moduleResolution' option must be: 'node', 'classic'\. \(read by TypeScript 3\.8\.3 of the Pulumi SDK/,
      );
    });

    it("those beside the program, and none above", () => {
      mkdirSync(join(project, "infra"));
      write("tsconfig.json", "{");
      write("infra/index.ts", "export const a = 1;");
      forget = loadTypeScriptOf({ directory: join(project, "infra"), runtime: {} });
      expect(createRequire(__filename)(join(project, "infra/index.ts"))).to.deep.equal({ a: 1 });
    });

    it("refused if Pulumi.yaml names a file that is not there", () => {
      write("index.ts", "");
      expect(() => load({ tsConfig: "infra.json" })).to.throw(
        "Pulumi.yaml: runtime.options.tsconfig must be a file, got infra.json; name one that exists",
      );
    });
  });

  it("is loaded as before afterwards", () => {
    useCompiler();
    write("index.ts", "const a = ;");
    expect(() => load()).to.throw(": Expression expected.");
    forget();
    forget = () => undefined;
    // What the tests load TypeScript with refuses it in its own words.
    expect(() => createRequire(__filename)(join(project, "index.ts")) as unknown).to.throw(
      "Transform failed",
    );
  });
});
