import { forEachChild, parse } from "unbash";
import type { Command, Pipeline, SyntaxNode } from "unbash";
import type { ShellBlock } from "./block";
import type { ShellRun } from "./nested";
import { runsOf } from "./nested";
import { isCommand } from "./programs";
import { shellBlocks } from "./shellBlocks";
import { outputOf } from "./shellOutput";
import { shellFields, hereText, hole, wordText, withHoles, wordsOf } from "./shellText";

/** A command of a runbook. */
export interface ShellCommand {
  /** The number of its line in the file, from 1. */
  readonly line: number;
  /** Its words, from the program that changes something; what is not known is a `hole`. */
  readonly words: readonly string[];
  /** Its standard input, if the runbook contains it. */
  readonly input?: string;
  /** Files that the runbook has written before it, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Why it cannot be read; absent for one that can. */
  readonly unread?: string;
  /** Set on a command in a sentence, which may also say not to run it. */
  readonly isProse?: true;
}

/** The commands in the shell blocks of a text, by line, with those that other commands run. */
export function shellCommands(
  text: string,
  fileOf: (path: string) => string | undefined,
  language?: string,
): readonly ShellCommand[] {
  const reader = new Reader(fileOf);
  for (const block of shellBlocks(text, language)) reader.read(block);
  return reader.commands();
}

/** How deep commands run others, such as a function itself. */
const depthMax = 8;
/** The most turns of a loop that are read one by one. */
const turnsMax = 20;

/** The parameters of a function. */
const positional = ["@", "*", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

interface Defined {
  readonly body: SyntaxNode;
  readonly block: ShellBlock;
  /** Set on an alias, which a person may call without arguments. */
  readonly isAlias?: true;
}

/** Reads blocks in their order: variables, functions and files stay. */
class Reader {
  private variables = new Map<string, string>();
  private readonly files = new Map<string, string>();
  private readonly functions = new Map<string, Defined>();
  private readonly uncalled = new Set<string>();
  /** Aliases within their own text, where their name is that of a program (POSIX 2.3.1). */
  private readonly expanding = new Set<string>();
  private readonly found: ShellCommand[] = [];
  private block: ShellBlock = { script: "", lines: [] };
  private depth = 0;

  constructor(private readonly fileOf: (path: string) => string | undefined) {}

  read(block: ShellBlock): void {
    const { unread } = block;
    if (unread !== undefined) {
      this.unread(block.lines[0] ?? 0, block.script, unread);
      return;
    }
    const script = withHoles(block.script);
    this.within({ ...block, script }, () => {
      const parsed = parse(script);
      this.visit(parsed);
      const open = parsed.errors?.find(({ message }) => message.startsWith("unterminated"));
      const rest = script.slice(open?.pos ?? script.length);
      // A quote that does not end hides the commands after it.
      if (open && isCommand(rest)) {
        this.unread(this.lineAt(open.pos), rest, `nothing from here on is read: ${open.message}`);
      }
    });
  }

  private unread(line: number, text: string, unread: string): void {
    const words = (text.trim().split("\n")[0] ?? "").split(/\s+/);
    this.found.push({ line, words, files: new Map(this.files), unread });
  }

  /** A function that nothing calls is called by a person, with arguments that are not known. */
  commands(): readonly ShellCommand[] {
    for (const name of this.uncalled) {
      this.call(name, this.functions.get(name)?.isAlias ? [] : undefined);
    }
    const byText = new Map(
      this.found.map((one) => [JSON.stringify([one.line, one.words, one.unread]), one]),
    );
    return [...byText.values()].sort((a, b) => a.line - b.line);
  }

  private within(block: ShellBlock, visit: () => void): void {
    if (this.depth >= depthMax) return;
    const outer = this.block;
    this.block = block;
    this.depth += 1;
    visit();
    this.depth -= 1;
    this.block = outer;
  }

  private visit(node: SyntaxNode): void {
    switch (node.type) {
      case "Command":
        this.command(node, undefined);
        return;
      case "Pipeline":
        this.pipeline(node);
        return;
      case "Function":
        this.define(node.name.value, { body: node.body, block: this.block });
        return;
      case "For": {
        const words = (node.wordlist ?? []).flatMap((word) => shellFields(word, this.variables));
        for (const word of node.wordlist ?? []) this.children(word);
        const isKnown = words.length > 0 && words.length <= turnsMax;
        for (const word of isKnown ? words : [hole]) {
          this.variables.set(node.name.value, word);
          this.visit(node.body);
        }
        return;
      }
      case "If":
        this.visit(node.clause);
        this.branches([node.then, ...node.elif, ...(node.else ? [node.else] : [])], !node.else);
        return;
      case "Case":
        this.branches(node.items, true);
        return;
      case "While":
        this.visit(node.clause);
        this.branches([node.body], true);
        return;
      default:
        this.children(node);
    }
  }

  private children(node: SyntaxNode): void {
    forEachChild(node, (child) => {
      this.visit(child);
    });
  }

  /** One of these runs: a variable that they set to different values is not known after them. */
  private branches(nodes: readonly SyntaxNode[], mayBeNone: boolean): void {
    const before = this.variables;
    const ends = nodes.map((node) => {
      this.variables = new Map(before);
      this.visit(node);
      return this.variables;
    });
    const all = mayBeNone ? [before, ...ends] : ends;
    const names = new Set(all.flatMap((one) => [...one.keys()]));
    this.variables = new Map(
      [...names].map((name) => {
        const values = new Set(all.map((one) => one.get(name)));
        return [name, values.size === 1 ? (all[0]?.get(name) ?? hole) : hole];
      }),
    );
  }

  private define(name: string, defined: Defined): void {
    this.functions.set(name, defined);
    this.uncalled.add(name);
  }

  private pipeline({ commands }: Pipeline): void {
    let piped: string | undefined;
    for (const node of commands) {
      if (node.type === "Command") piped = this.command(node, piped);
      else {
        this.visit(node);
        piped = hole;
      }
    }
  }

  /** Reads a command, and returns what it writes to its standard output; a hole if that is not known. */
  private command(node: Command, piped: string | undefined): string {
    // Substitutions run first.
    this.children(node);
    this.assign(node);
    const [name, ...given] = wordsOf(node, this.variables);
    if (name === undefined) return hole;
    const words = [name, ...given];
    const input = hereText(node, this.variables) ?? this.redirected(node) ?? piped;
    const output = outputOf(words, input, (path) => this.readFile(path));
    this.keepFile(node, words, output);
    if (name === "alias") this.aliases(node);
    else if (this.functions.has(name) && !this.expanding.has(name)) {
      this.call(name, given, this.lineAt(node.pos));
    } else {
      for (const run of runsOf(words, { input, textOf: (path) => this.readFile(path) })) {
        this.run(run, node, input);
      }
    }
    return output;
  }

  /** `alias NAME='COMMAND'`: a function that appends its arguments. */
  private aliases({ args, pos }: Command): void {
    for (const one of args) {
      if (one.type !== "Assignment" || one.value.type !== "Word") continue;
      const script = `${withHoles(wordText(one.value, this.variables))} "$@"`;
      const block = {
        ...this.block,
        script,
        lines: script.split("\n").map(() => this.lineAt(pos)),
      };
      this.define(one.name, { body: parse(script), block, isAlias: true });
    }
  }

  private run(run: ShellRun, node: Command, input: string | undefined): void {
    if (run.kind === "script") {
      const from = this.lineIndexOf(run.text, node, input);
      const last = this.block.lines.length - 1;
      const script = withHoles(run.text);
      const isFile = from === undefined;
      const lines = script
        .split("\n")
        .map(
          (_, index) =>
            this.block.lines[isFile ? this.indexAt(node.pos) : Math.min(from + index, last)] ?? 0,
        );
      this.within({ ...this.block, script, lines }, () => {
        this.visit(parse(script));
      });
      return;
    }
    this.found.push({
      line: this.lineAt(node.pos),
      words: run.words,
      ...(input === undefined ? {} : { input }),
      files: new Map(this.files),
      ...(run.kind === "unread" ? { unread: run.why } : {}),
      ...(this.block.isProse ? { isProse: true } : {}),
    });
  }

  /** The index of the line where a nested script begins; undefined for the text of a file. */
  private lineIndexOf(text: string, node: Command, input: string | undefined): number | undefined {
    const word = node.args.find(
      (one) => one.type === "Word" && wordText(one, this.variables) === text,
    );
    if (word) return this.indexAt(word.pos);
    const here = node.redirects.find(({ type }) => type === "HereDoc");
    if (text === input && here?.type === "HereDoc") return this.indexAt(here.body.pos);
    return text.includes("\n") ? undefined : this.indexAt(node.pos);
  }

  private lineAt(offset: number): number {
    return this.block.lines[this.indexAt(offset)] ?? 0;
  }

  private indexAt(offset: number): number {
    return this.block.script.slice(0, offset).split("\n").length - 1;
  }

  /** Runs a function: its commands are at the line of the call, or their own if nothing calls it. */
  private call(name: string, words: readonly string[] | undefined, line?: number): void {
    const defined = this.functions.get(name);
    if (!defined) return;
    this.uncalled.delete(name);
    const outer = positional.map((one) => [one, this.variables.get(one)] as const);
    const all = words?.join(" ");
    for (const one of positional) {
      this.set(one, /^[@*]$/.test(one) ? all : words?.[Number(one) - 1]);
    }
    const { script, lines } = defined.block;
    if (defined.isAlias) this.expanding.add(name);
    this.within({ script, lines: line === undefined ? lines : lines.map(() => line) }, () => {
      this.visit(defined.body);
    });
    this.expanding.delete(name);
    for (const [one, value] of outer) this.set(one, value);
  }

  private set(name: string, value: string | undefined): void {
    if (value === undefined) this.variables.delete(name);
    else this.variables.set(name, value);
  }

  /** `NAME=value`, alone or after `export`; `read NAME`, whose value is not known. */
  private assign({ name, prefix, args }: Command): void {
    const declares = name !== undefined && /^(?:export|readonly|declare|local)$/.test(name.value);
    for (const one of [...(name === undefined ? prefix : []), ...(declares ? args : [])]) {
      if (one.type !== "Assignment") continue;
      const { value } = one;
      const text =
        value.type === "Word"
          ? wordText(value, this.variables)
          : value.elements.flatMap((word) => shellFields(word, this.variables)).join(" ");
      const was = one.append ? (this.variables.get(one.name) ?? hole) : "";
      const between = one.append && value.type === "ArrayValue" ? " " : "";
      this.variables.set(one.name, `${was}${between}${text}`);
    }
    if (name === undefined || !/^(?:read|mapfile|readarray|unset)$/.test(name.value)) return;
    for (const one of args) if (one.type === "Word") this.variables.delete(one.value);
  }

  private readFile(path: string): string | undefined {
    const text = this.files.get(path) ?? this.fileOf(path);
    return text === hole ? undefined : text;
  }

  /** The text of `< FILE`. */
  private redirected({ redirects }: Command): string | undefined {
    const from = redirects.find((one) => one.type === "Redirect" && one.operator === "<");
    if (from?.type !== "Redirect" || !from.target) return undefined;
    return this.readFile(wordText(from.target, this.variables)) ?? hole;
  }

  /** `cat > FILE <<EOF`, `echo … > FILE` and `tee FILE <<EOF`. */
  private keepFile({ redirects }: Command, words: readonly string[], text: string): void {
    const [program, ...given] = words;
    const to = redirects.find((one) => one.type === "Redirect" && /^>[>|]?$/.test(one.operator));
    const path =
      to?.type === "Redirect" && to.target
        ? wordText(to.target, this.variables)
        : program === "tee"
          ? given.find((word) => !word.startsWith("-"))
          : undefined;
    if (path === undefined || /^\/dev\//.test(path)) return;
    const isAdded = to?.type === "Redirect" && to.operator === ">>";
    this.files.set(
      path,
      isAdded ? `${this.files.get(path) ?? this.fileOf(path) ?? ""}\n${text}` : text,
    );
  }
}
