import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { exportFaults, sharedNames } from "./exportedNames";
import { root } from "./sourceTree";

describe("exported names", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "names-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function plant(path: string, ...lines: readonly string[]): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), lines.join("\n"));
  }

  function twice(name: string): string {
    return `${name}: exported names must be unique, got a.ts, b/c.ts; rename all but one`;
  }

  it("are unique in the repository, but for those shared by design", () => {
    expect(exportFaults(root, sharedNames)).to.deep.equal([]);
  });

  it("are found in every form of definition", () => {
    plant(
      "a.ts",
      "export function made(): void {}",
      "export const one = 1;",
      "export const { two, of: [three] } = list;",
      "export class Four {}",
      "export interface Five {}",
      "export type Six = string;",
      "export enum Seven {}",
      "const eight = 8;",
      "export { eight };",
    );
    plant(
      "b/c.ts",
      "export async function* made() {}",
      "export let one, two, three;",
      "export abstract class Four {}",
      "export type Five = number;",
      "export interface Six {}",
      "export const enum Seven {}",
      "export const eight = 8;",
    );
    const names = ["Five", "Four", "Seven", "Six", "eight", "made", "one", "three", "two"];
    expect(exportFaults(folder, {})).to.deep.equal(names.map(twice));
  });

  it("may equal names that are not exported, names exported from another file, and overloads", () => {
    plant(
      "a.ts",
      "export const one = 1;",
      "export function made(text: string): void;",
      "export function made(count: number): void;",
      "export function made(): void {}",
    );
    plant("b/c.ts", "const one = 2;", 'export { made } from "../a";');
    plant("tests/a.test.ts", "export const one = 3;");
    expect(exportFaults(folder, {})).to.deep.equal([]);
  });

  it("may be shared only while several files export them", () => {
    plant("a.ts", "export const handler = 1;", "export const rules = 1;");
    plant("b/c.ts", "export const handler = 2;");
    const shared = { handler: "entry point", rules: "one list in each pack" };
    expect(exportFaults(folder, shared)).to.deep.equal([
      "rules: one file at most exports this shared name; remove it from the list",
    ]);
  });
});
