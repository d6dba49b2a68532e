import { deployers, isCommand, mayChangeAws } from "./programs";
import { hole } from "./shellText";

/** What a command runs. */
export type ShellRun =
  /** A program that changes something, with its words. */
  | { readonly kind: "program"; readonly words: readonly string[] }
  | { readonly kind: "script"; readonly text: string }
  /** It cannot be read, for this reason. */
  | { readonly kind: "unread"; readonly words: readonly string[]; readonly why: string };

/** What a command has besides its words. */
export interface Given {
  /** Its standard input: a hole for another command's; absent without. */
  readonly input?: string | undefined;
  /** Reads a file beside the runbook or written by it; undefined if there is none. */
  readonly textOf: (path: string) => string | undefined;
}

/** The image of the AWS command line, whose entry point it is. */
const image = /^(?:aws-cli)(?:[:@].*)?$/;
const shells = /^(?:bash|sh|zsh|dash|ksh|ash)$/;
/** Programs that run the text after `-c`, or else the words of a command. */
const likeShells = /^(?:su|runuser|flock|script)$/;
const interpreters = /^(?:python[\d.]*|node|ruby|perl)$/;
/** Programs whose words are no commands to run. */
const inert =
  /^(?:echo|printf|cat|tee|grep|e?grep|rg|man|which|type|hash|alias|unalias|export|cd|pushd|ls|git|gh|vi|vim|nano|less|more|head|tail|cp|mv|mkdir|rm|touch|chmod|test|\[|apt|apt-get|brew|yum|dnf|apk|pip3?|jq|yq|curl|sed|awk|diff|read|set|unset|sleep|exit|return|scp|rsync|wget|install|shellcheck|logger|notify-send)$/;
/** Programs that run what a file of theirs says. */
const opaque = /^(?:ansible|ansible-playbook|fab|just|make|rake|task)$/;
/** Commands that stop what serves on a machine or in a cluster. */
const stopsServing =
  /^(?:systemctl .*\b(?:stop|restart|disable|mask|kill)|service \S+ (?:stop|restart)|shutdown|reboot|poweroff|halt|docker (?:stop|kill|rm|restart)|docker-compose .*\b(?:stop|down)|kubectl .*\b(?:delete|scale|drain|cordon)|iptables|nft|ufw)\b/;
/** Services of the AWS command line that a runbook calls through a variable, such as `$AWS route53 …`. */
const services =
  /^(?:route53[\w-]*|s3|s3api|ec2|elb|elbv2|rds|cloudfront|autoscaling|cloudformation|ecs)$/;

/** What a command runs, also through another: `sudo`, `bash -c`, `ssh`, `xargs`, `docker run` and so on. */
export function runsOf(words: readonly string[], given: Given): readonly ShellRun[] {
  const [first = "", second = ""] = words;
  if (first === hole) {
    return services.test(second)
      ? [{ kind: "program", words: ["aws", ...words.slice(1)] }]
      : [unread(words, "the command is not written in the runbook")];
  }
  const name = programOf(first);
  if (inert.test(name) || (name === "command" && /^-[vV]$/.test(second))) return [];
  const at = words.findIndex(isRunner);
  if (at < 0) return otherRuns(words, given);
  const rest = words.slice(at);
  const [run = ""] = rest;
  const program = programOf(run);
  if (script.test(run)) return scriptFile(run, words, given);
  if (deployers.test(program) || image.test(program)) {
    const own = [image.test(program) ? "aws" : program, ...argumentsOf(rest, at)];
    return remoteRuns(own) ?? [{ kind: "program", words: own }];
  }
  if (shells.test(program) || likeShells.test(program)) return shellRuns(program, rest, given);
  if (interpreters.test(program)) return codeRuns(rest, given);
  switch (program) {
    case "eval":
    case "watch":
      return scriptRuns(operandsOf(rest, /^-(?:n|q|-interval)$/), words);
    case "trap":
      return rest[1] === undefined || /^-/.test(rest[1]) ? [] : scriptRuns([rest[1]], words);
    case "ssh":
      return sshRuns(rest, given);
    case "xargs":
      return xargsRuns(rest, given);
    default:
      // `source FILE` and `. FILE`.
      return fileRuns(rest[1] ?? hole, words, given);
  }
}

/**
 * What another program runs: the commands among its words or in its input, such as those of `tmux send-keys`, `at` and
 * `crontab`, which it may run; else what only its files or its machine know.
 */
function otherRuns(words: readonly string[], { input = "" }: Given): readonly ShellRun[] {
  const texts = [...words.slice(1), input].filter(isCommand);
  if (texts.length > 0) {
    // `screen -X stuff` ends a line by `\n`.
    return texts.map((text) => ({ kind: "script", text: text.replace(/\\[nr]$/, "") }));
  }
  const [program = ""] = words.slice(words[0] === "sudo" ? 1 : 0);
  if (opaque.test(program)) return [unread(words, `what ${program} runs is not read`)];
  return stopsServing.test(words.join(" ").replace(/^sudo /, ""))
    ? [unread(words, "what it stops is not in the model")]
    : [];
}

/** What a call of AWS runs on machines of the account; undefined for one that runs nothing there. */
function remoteRuns(words: readonly string[]): readonly ShellRun[] | undefined {
  const call = words.join(" ");
  if (/ ecs execute-command /.test(call)) return scriptRuns(valueAfter("--command", words), words);
  if (!/ ssm send-command /.test(call)) return undefined;
  // `commands=TEXT`, `commands=["TEXT"]` and `{"commands": ["TEXT"]}`.
  const [, given] =
    /^\W*commands"?\s*[=:]\s*(.*)$/s.exec(valueAfter("--parameters", words).join(" ")) ?? [];
  const texts = [...(given ?? "").matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(
    ([quoted]) => JSON.parse(quoted) as string,
  );
  if (given === undefined) return [unread(words, "what it runs on the machines is not read")];
  return scriptRuns([texts.length > 0 ? texts.join("\n") : given], words);
}

/** The words of an option of the AWS command line. */
function valueAfter(option: string, words: readonly string[]): readonly string[] {
  const rest = words.slice(words.indexOf(option) + 1);
  const end = rest.findIndex((word) => word.startsWith("--"));
  return words.includes(option) ? rest.slice(0, end < 0 ? rest.length : end) : [];
}

function isRunner(word: string, index: number): boolean {
  const program = programOf(word);
  return (
    deployers.test(program) ||
    image.test(program) ||
    shells.test(program) ||
    likeShells.test(program) ||
    interpreters.test(program) ||
    /^(?:eval|watch|ssh|xargs)$/.test(program) ||
    script.test(word) ||
    (index === 0 && /^(?:source|\.|trap)$/.test(word))
  );
}

const script = /\.(?:sh|bash|zsh|py|rb|pl|js)$/;

function programOf(word: string): string {
  return word.slice(word.lastIndexOf("/") + 1);
}

/** The arguments of a program: behind `find -exec` and `parallel` only a part, with other values for `{}`. */
function argumentsOf([, ...words]: readonly string[], at: number): readonly string[] {
  if (at === 0) return words;
  const end = words.findIndex((word) => /^(?:;|\+|:::.*)$/.test(word));
  const own = end < 0 ? words : words.slice(0, end);
  const isAppended = words[end]?.startsWith(":::") === true && !own.includes("{}");
  return [...own.map((word) => word.replaceAll("{}", hole)), ...(isAppended ? [hole] : [])];
}

function unread(words: readonly string[], why: string): ShellRun {
  return { kind: "unread", words, why };
}

/** Text as a script; a text that is not known at all cannot be read. */
function scriptRuns(texts: readonly string[], words: readonly string[]): readonly ShellRun[] {
  const text = texts.join(" ");
  if (text === hole) return [unread(words, "the command is not written in the runbook")];
  return text.trim() === "" ? [] : [{ kind: "script", text }];
}

function scriptFile(path: string, words: readonly string[], given: Given): readonly ShellRun[] {
  const isShell = /\.(?:sh|bash|zsh)$/.test(path) || /^#!.*sh\b/.test(given.textOf(path) ?? "");
  return isShell
    ? fileRuns(path, words, given)
    : [unread(words, `the script ${path.replaceAll(hole, "…")} is not read`)];
}

/** What a file of shell text runs. */
function fileRuns(path: string, words: readonly string[], { textOf }: Given): readonly ShellRun[] {
  const text = textOf(path);
  return text === undefined
    ? [unread(words, `the script ${path.replaceAll(hole, "…")} is not read`)]
    : [{ kind: "script", text }];
}

function shellRuns(program: string, words: readonly string[], given: Given): readonly ShellRun[] {
  const at = words.findIndex((word) => /^-[a-zA-Z]*c$/.test(word));
  if (at > 0) return scriptRuns(words.slice(at + 1, at + 2), words);
  const rest = words.slice(1);
  if (likeShells.test(program)) return runsOf(rest, given);
  const [path] = operandsOf(words, /^[-+]o$/);
  if (path !== undefined && path !== "-") return fileRuns(path, words, given);
  return given.input === undefined ? [] : scriptRuns([given.input], words);
}

/** Code of another language is not read; it matters if it may call AWS. */
function codeRuns(words: readonly string[], { input = "" }: Given): readonly ShellRun[] {
  // `python -m MODULE` reads data from its input.
  if (words.includes("-m")) return [];
  const at = words.findIndex((word) => /^-[ce]$/.test(word));
  const code = at > 0 ? (words[at + 1] ?? "") : input;
  const file = at > 0 ? undefined : words.slice(1).find((word) => /\.(?:py|js|rb|pl)$/.test(word));
  if (file !== undefined)
    return [unread(words, `the script ${file.replaceAll(hole, "…")} is not read`)];
  return code === hole || mayChangeAws(code)
    ? [unread(words, `code for ${programOf(words[0] ?? "")} is not read`)]
    : [];
}

/** Options of `ssh` with a value (ssh(1), OpenSSH 9.9). */
const sshWithValue = /^-[BbcDEeFIiJLlmOoPpQRSWw]$/;

function sshRuns(words: readonly string[], { input }: Given): readonly ShellRun[] {
  const [, ...remote] = operandsOf(words, sshWithValue);
  if (remote.length > 0) return scriptRuns(remote, words);
  return input === undefined ? [] : scriptRuns([input], words);
}

/** Options of `xargs` with a value in the next word (xargs(1), findutils 4.10). */
const xargsWithValue = /^-[adEILnPs]$/;

function xargsRuns(words: readonly string[], given: Given): readonly ShellRun[] {
  const own = operandsOf(words, xargsWithValue);
  const options = words.slice(1, words.length - own.length);
  const [, token] = /(?:^|\s)-I\s*(\S+)/.exec(options.join(" ")) ?? [];
  const isEach = token !== undefined || /(?:^|\s)-[nL]\s*1\b/.test(options.join(" "));
  const { input = hole } = given;
  const items = input.includes(hole) ? [hole] : input.split(/\s+/).filter((one) => one !== "");
  const groups = isEach ? items.map((item) => [item]) : [items];
  return groups.flatMap((group) =>
    runsOf(
      token === undefined
        ? [...own, ...group]
        : own.map((word) => word.replaceAll(token, group.join(" "))),
      { textOf: given.textOf },
    ),
  );
}

/** The words behind the options of a program, some of which take the next word. */
function operandsOf([, ...words]: readonly string[], withValue: RegExp): readonly string[] {
  let at = 0;
  while (at < words.length) {
    const word = words[at] ?? "";
    if (word === "--") return words.slice(at + 1);
    if (!/^[-+]./.test(word)) break;
    at += withValue.test(word) ? 2 : 1;
  }
  return words.slice(at);
}
