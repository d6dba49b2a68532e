import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
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
  function load(): unknown {
    forget = loadTypeScriptOf(project);
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
    expect(load).to.throw(
      `${join(project, "index.ts")}:1: Expression expected.\n${join(project, "index.ts")}:3: Type expected.`,
    );
  });

  it("is loaded as before afterwards", () => {
    useCompiler();
    write("index.ts", "const a = ;");
    expect(load).to.throw(": Expression expected.");
    forget();
    forget = () => undefined;
    // What the tests load TypeScript with refuses it in its own words.
    expect(() => createRequire(__filename)(join(project, "index.ts")) as unknown).to.throw(
      "Transform failed",
    );
  });
});
