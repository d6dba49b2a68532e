import { execFile } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { root } from "../conventions/sourceTree";

/** Each rule of the linter, and a source that breaks it. */
const planted: Readonly<Record<string, string>> = {
  "no-var": "export var v = 1;",
  "prefer-const": "export function f(): number { let a = 1; return a; }",
  "prefer-rest-params": "export function f(): number { return Number(arguments[0]); }",
  "prefer-spread": "const list = [1, 2];\nexport const m = Math.max.apply(Math, list);",
  "typescript/ban-ts-comment": "// @ts-".concat("ignore\nexport const n: number = 1;"),
  "no-array-constructor": "export const a = new Array(0, 1, 2);",
  "typescript/no-duplicate-enum-values": "export enum E { A = 0, B = 0 }",
  "typescript/no-dynamic-delete":
    "export function f(o: Record<string, number>, k: string): void { delete o[k]; }",
  "typescript/no-empty-object-type": "export type T = {};",
  "typescript/no-explicit-any": "export const a: any = 1;",
  "typescript/no-extra-non-null-assertion":
    "export function f(a: { b: string } | null): string { return a!!.b; }",
  "typescript/no-extraneous-class": "export class C { static a = 1; }",
  "typescript/no-invalid-void-type": "export type T = { a: void };",
  "typescript/no-misused-new": "export interface I { new (): I; }",
  "typescript/no-namespace": "export namespace N { export const a = 1; }",
  "typescript/no-non-null-asserted-nullish-coalescing":
    'export function f(a: { b?: string }): string { return a.b! ?? ""; }',
  "typescript/no-non-null-asserted-optional-chain":
    "export function f(a?: { b: string }): string { return a?.b!; }",
  "typescript/no-non-null-assertion": "export function f(a: string | null): string { return a!; }",
  "typescript/no-require-imports": 'import fs = require("fs");\nexport const a = fs;',
  "typescript/no-this-alias":
    "export function f(this: { a: number }): number { const self = this; return self.a; }",
  "typescript/no-unnecessary-type-constraint":
    "export function f<T extends unknown>(a: T, b: T): T[] { return [a, b]; }",
  "typescript/no-unsafe-declaration-merging":
    "export class C { a = 1; }\nexport interface C { b: number; }",
  "typescript/no-unsafe-function-type": "export type T = Function;",
  "no-unused-expressions": "export function f(a: number): void { a + 1; }",
  "no-unused-vars": "export function f(a: number): void { const b = 2; }",
  "no-useless-constructor": "export class C { a = 1; constructor() {} }",
  "typescript/no-wrapper-object-types": "export type T = String;",
  "typescript/prefer-as-const": 'export const a = "b" as "b";',
  "typescript/prefer-literal-enum-member": "const n = 1;\nexport enum E { A = n }",
  "typescript/prefer-namespace-keyword": "export declare module M { const a: number; }",
  "typescript/triple-slash-reference": '/// <reference path="./other.d.ts" />\nexport const a = 1;',
  "typescript/unified-signatures":
    "export function f(a: string): void;\nexport function f(a: number): void;\nexport function f(a: string | number): void { f(String(a)); }",
  "typescript/await-thenable": "export async function f(): Promise<void> { await 1; }",
  "typescript/no-array-delete": "export function f(a: number[]): void { delete a[0]; }",
  "typescript/no-base-to-string": "export const a = String({});",
  "typescript/no-confusing-void-expression":
    "export function f(g: () => void): void { return g(); }",
  "typescript/no-deprecated":
    "/** @deprecated use another */\nexport function old(): void {}\nold();",
  "typescript/no-duplicate-type-constituents": 'export type T = "a" | "b" | "a";',
  "typescript/no-floating-promises": "export function f(p: Promise<void>): void { p; }",
  "typescript/no-for-in-array":
    "export function f(a: number[]): void { for (const k in a) f([Number(k)]); }",
  "typescript/no-generated-empty-object-type": "export type T = Pick<{ a: string }, never>;",
  "typescript/no-implied-eval": 'setTimeout("f()", 1);\nexport {};',
  "typescript/no-meaningless-void-operator": "export function f(g: () => void): void { void g(); }",
  "typescript/no-misused-promises":
    "export function f(p: Promise<boolean>): number { if (p) return 1; return 2; }",
  "typescript/no-misused-spread":
    "export function f(p: Promise<number>): object { return { ...p }; }",
  "typescript/no-mixed-enums": 'export enum E { A = 0, B = "b" }',
  "typescript/no-redundant-type-constituents": "export type T = unknown | string;",
  "typescript/no-unnecessary-boolean-literal-compare":
    "export function f(a: boolean): number { return a === true ? 1 : 2; }",
  "typescript/no-unnecessary-condition":
    "export function f(a: { b: number }): number { return a ? 1 : 2; }",
  "typescript/no-unnecessary-template-expression":
    "export function f(a: string): string { return `${a}`; }",
  "typescript/no-unnecessary-type-arguments":
    "function g<T = number>(a?: T): T | undefined { return a; }\nexport const b = g<number>();",
  "typescript/no-unnecessary-type-assertion":
    "export function f(a: string): string { return a as string; }",
  "typescript/no-unnecessary-type-conversion":
    "export function f(a: string): string { return String(a); }",
  "typescript/no-unnecessary-type-parameters":
    "export function f<T extends string>(a: T): void { f(a); }",
  "typescript/no-unsafe-argument":
    "declare const a: any;\nexport function f(b: number): number { return b; }\nf(a);",
  "typescript/no-unsafe-assignment": "declare const a: any;\nexport const b = a;",
  "typescript/no-unsafe-call": "declare const a: any;\na();\nexport {};",
  "typescript/no-unsafe-enum-assignment": "enum E { A = 1, B = 2 }\nexport const e: E = 1;",
  "typescript/no-unsafe-enum-comparison":
    "enum E { A = 1, B = 2 }\nexport function f(e: E): boolean { return e === 1; }",
  "typescript/no-unsafe-member-access":
    "declare const a: any;\nexport function f(): unknown { return a.b; }",
  "typescript/no-unsafe-return": "declare const a: any;\nexport function f(): number { return a; }",
  "typescript/no-unsafe-unary-minus": "export function f(a: string): number { return -a; }",
  "typescript/no-useless-default-assignment":
    "export function f({ a = 1 }: { a: number }): number { return a; }",
  "typescript/only-throw-error": 'export function f(): never { throw "a"; }',
  "typescript/prefer-promise-reject-errors":
    'export function f(): Promise<void> { return Promise.reject("a"); }',
  "typescript/prefer-reduce-type-parameter":
    "export function f(a: string[]): string[] { return a.reduce((b, c) => [...b, c], [] as string[]); }",
  "typescript/prefer-return-this-type": "export class C { a = 1; f(): C { return this; } }",
  "typescript/related-getter-setter-pairs":
    'export class C { #a = ""; get a(): string { return this.#a; } set a(b: number | string) { this.#a = `${b}`; } }\nexport interface I { get a(): string | number; set a(b: number); }',
  "typescript/require-await": "export async function f(): Promise<number> { return 1; }",
  "typescript/restrict-plus-operands":
    "export function f(a: number, b: string): string { return a + b; }",
  "typescript/restrict-template-expressions":
    "export function f(a: object): string { return `a ${a}`; }",
  "typescript/return-await":
    "export async function f(g: () => Promise<number>): Promise<number> { try { return g(); } catch { return 1; } }",
  "typescript/unbound-method":
    "class C { a = 1; f(): number { return this.a; } }\nexport const { f } = new C();",
  "typescript/use-unknown-in-catch-callback-variable":
    "export function f(p: Promise<void>): Promise<void> { return p.catch((e: Error) => { throw e; }); }",
  "max-lines": "export {};\n".repeat(301),
  "max-lines-per-function": `export function f(): void {\n${"  f();\n".repeat(70)}}`,
};

interface Rules {
  readonly rules: Readonly<Record<string, unknown>>;
}

const configuration = ts.parseConfigFileTextToJson(
  ".oxlintrc.json",
  readFileSync(join(root, ".oxlintrc.json"), "utf8"),
).config as { readonly overrides: readonly Rules[] };

/** Runs a program of this checkout in a folder; the output is what matters, it fails on a finding. */
function outputOf(folder: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: Infinity }, (_error, stdout) => {
      resolve(stdout);
    });
  });
}

/** The file that breaks a rule. */
function fileFor(rule: string): string {
  return `${rule.replace("/", "-")}.ts`;
}

describe("the linter", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "lint-"));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    copyFileSync(join(root, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
    const { compilerOptions } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8")) as {
      readonly compilerOptions: object;
    };
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { ...compilerOptions, types: ["node"] } }),
    );
    for (const [rule, source] of Object.entries(planted)) {
      writeFileSync(join(folder, fileFor(rule)), `${source}\n`);
    }
    mkdirSync(join(folder, "scripts"));
    writeFileSync(
      join(folder, "classes.ts"),
      "class C { a = 1; }\nexport const c: C = { a: 2 };\n",
    );
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("finds a breach of each of its rules", async () => {
    const output = await outputOf(folder, [
      join(root, "node_modules/oxlint/bin/oxlint"),
      "--format=unix",
    ]);
    const found = (rule: string): boolean =>
      output.split("\n").some((line) => {
        const [scope, name] = rule.includes("/") ? rule.split("/") : ["eslint", rule];
        return line.startsWith(`${fileFor(rule)}:`) && line.includes(`${scope}(${name})`);
      });
    const rules = new Set(configuration.overrides.flatMap(({ rules }) => Object.keys(rules)));
    expect([...rules].filter((rule) => !found(rule))).to.deep.equal([]);
    expect(rules.size).to.equal(Object.keys(planted).length);
  });

  it("finds an object that is no instance of its class", async () => {
    const output = await outputOf(folder, [join(root, "scripts/classInstances.mjs")]);
    expect(output).to.equal(
      "classes.ts:2: This object literal is used where an instance of class `C` is expected. " +
        "(no-unsafe-class-instance-assignment)\n",
    );
  });
});
