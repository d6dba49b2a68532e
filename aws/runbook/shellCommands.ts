import { forEachChild, parse } from "unbash";
import type { Command, Function as ShellFunction, Pipeline, SyntaxNode } from "unbash";
import type { ShellRun } from "./nested";
import { runsOf } from "./nested";
import type { ShellBlock } from "./shellBlocks";
import { isCommand, shellBlocks } from "./shellBlocks";
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
  isScript?: boolean,
): readonly ShellCommand[] {
  const reader = new Reader(fileOf);
  for (const block of shellBlocks(text, isScript)) reader.read(block);
  return reader.commands();
}

/** How deep commands run others, such as a function itself. */
const depthMax = 8;
/** The most turns of a loop that are read one by one. */
const turnsMax = 20;

/** The parameters of a function. */
const positional = ["@", "*", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

interface Defined {
  readonly node: ShellFunction;
  readonly block: ShellBlock;
}

/** Reads blocks in their order: variables, functions and files stay. */
class Reader {
  private variables = new Map<string, string>();
  private readonly files = new Map<string, string>();
  private readonly functions = new Map<string, Defined>();
  private readonly uncalled = new Set<string>();
  private readonly found: ShellCommand[] = [];
  private block: ShellBlock = { script: "", lines: [] };
  private depth = 0;

  constructor(private readonly fileOf: (path: string) => string | undefined) {}

  read(block: ShellBlock): void {
    const script = withHoles(block.script);
    this.within({ ...block, script }, () => {
      const parsed = parse(script);
      this.visit(parsed);
      const open = parsed.errors?.find(({ message }) => message.startsWith("unterminated"));
      const rest = script.slice(open?.pos ?? script.length);
      // A quote that does not end hides the commands after it.
      if (open && isCommand(rest)) this.unfinished(open.pos, rest, open.message);
    });
  }

  private unfinished(pos: number, rest: string, why: string): void {
    this.found.push({
      line: this.lineAt(pos),
      words: (rest.trim().split("\n")[0] ?? "").split(/\s+/),
      files: new Map(this.files),
      unread: `nothing from here on is read: ${why}`,
    });
  }

  /** A function that nothing calls is called by a person, with arguments that are not known. */
  commands(): readonly ShellCommand[] {
    for (const name of this.uncalled) this.call(name, undefined);
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
        this.functions.set(node.name.value, { node, block: this.block });
        this.uncalled.add(node.name.value);
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

  private pipeline({ commands }: Pipeline): void {
    let piped: string | undefined;
    for (const node of commands) {
      if (node.type === "Command") {
        this.command(node, piped);
        const words = wordsOf(node, this.variables);
        piped = this.outputOf(words, hereText(node, this.variables) ?? piped);
      } else {
        this.visit(node);
        piped = hole;
      }
    }
  }

  private command(node: Command, piped: string | undefined): void {
    // Substitutions run first.
    this.children(node);
    this.assign(node);
    const words = wordsOf(node, this.variables);
    const input = hereText(node, this.variables) ?? this.redirected(node) ?? piped;
    this.keepFile(node, words, input);
    const [name] = words;
    if (name === undefined) return;
    if (this.functions.has(name)) {
      this.call(name, words.slice(1), this.lineAt(node.pos));
      return;
    }
    for (const run of runsOf(words, { input, textOf: (path) => this.readFile(path) })) {
      this.run(run, node, input);
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
    this.within({ script, lines: line === undefined ? lines : lines.map(() => line) }, () => {
      this.visit(defined.node.body);
    });
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
  private keepFile(
    { redirects }: Command,
    words: readonly string[],
    input: string | undefined,
  ): void {
    const [program, ...given] = words;
    const to = redirects.find((one) => one.type === "Redirect" && /^>[>|]?$/.test(one.operator));
    const path =
      to?.type === "Redirect" && to.target
        ? wordText(to.target, this.variables)
        : program === "tee"
          ? given.find((word) => !word.startsWith("-"))
          : undefined;
    if (path === undefined || /^\/dev\//.test(path)) return;
    const text = this.outputOf(words, input) ?? hole;
    const isAdded = to?.type === "Redirect" && to.operator === ">>";
    this.files.set(
      path,
      isAdded ? `${this.files.get(path) ?? this.fileOf(path) ?? ""}\n${text}` : text,
    );
  }

  /** What a command writes to its standard output; a hole if it is not known. */
  private outputOf(words: readonly string[], input: string | undefined): string | undefined {
    const [program = "", ...given] = words;
    const operands = given.filter((word) => !/^-[a-zA-Z]+$/.test(word));
    switch (program) {
      case "echo":
        return operands.join(" ");
      case "printf": {
        const [format = "", ...values] = operands;
        const text =
          values.length === 0 ? format : /^%s(?:\\n)?$/.test(format) ? values.join("\n") : hole;
        return text.replaceAll("\\n", "\n");
      }
      case "cat":
        return operands.length === 0 || operands[0] === "-"
          ? (input ?? hole)
          : (this.readFile(operands[0] ?? "") ?? hole);
      case "tee":
        return input ?? hole;
      default:
        return hole;
    }
  }
}
