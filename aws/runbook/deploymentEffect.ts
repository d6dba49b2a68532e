import type { Resource } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import { fieldOf, textOf, valueOf } from "../../routing/graph/values";
import type { Effect, RunbookModel } from "./effect";
import { unchanged, unknownEffect } from "./effect";
import { settingsOfCommand, settingsKey } from "./pulumiSettings";
import { foundIn, withoutResources } from "./resourceEffect";
import { hole } from "./shellText";

type Tool = "cloudformation" | "pulumi" | "terraform";

/** What a command of Pulumi, Terraform or the CDK does; undefined for another, and for one that deploys the program. */
export function deploymentEffect(
  [program, ...words]: readonly string[],
  subject: RunbookModel,
): Effect | undefined {
  if (words.some((word) => /^(?:--preview-only|--help|-h|help)$/.test(word))) return undefined;
  if (
    editsState.test(`${program ?? ""} ${words.filter((word) => !word.startsWith("-")).join(" ")}`)
  ) {
    return unknownEffect("it edits the state, and what the next update then does is not known");
  }
  switch (program) {
    case "pulumi":
      return pulumiEffect(words, subject);
    case "terraform":
    case "tofu":
    case "terragrunt":
      return terraformEffect(words, subject);
    case "cdk":
      return words.includes("destroy") ? cdkEffect(words, subject) : undefined;
    default:
      return undefined;
  }
}

/** Commands after which a tool takes other resources for its own. */
const editsState =
  /^(?:pulumi (?:\S+ )?(?:state (?:delete|edit|move|rename|unprotect|repair)|stack (?:rm|import)|import \S+)|(?:terraform|tofu|terragrunt) (?:state (?:rm|mv|push|replace-provider)|import)|cdk import)(?:\s|$)/;

const variables =
  "not judged: the program with other variables may change any record; run `failover diff` on a plan with them";

function pulumiEffect(words: readonly string[], subject: RunbookModel): Effect | undefined {
  const [named] = valuesOf(words, /^(?:--stack|-s)$/);
  const isOther =
    named !== undefined && subject.stack !== undefined && named.split("/").at(-1) !== subject.stack;
  const targets = valuesOf(words, /^(?:--target|-t|--replace|--target-replace)$/);
  if (words.some((word) => /^(?:destroy|down|dn)$/.test(word))) {
    if (isOther)
      return unknownEffect(`what the stack ${named.replaceAll(hole, "…")} has is not known`);
    return targets.length > 0 ? deletionOf(targets, subject) : destruction("pulumi", subject);
  }
  if (isOther) return undefined;
  const isUpdate = words.some((word) => /^(?:up|update)$/.test(word));
  if (isUpdate && targets.length > 0) {
    return replacementOf(
      targets,
      valuesOf(words, /^(?:--replace|--target-replace)$/).length > 0,
      subject,
    );
  }
  const settings = settingsOfCommand(["pulumi", ...words], subject.resources);
  if (typeof settings === "string") return unknownEffect(`not judged: ${settings}`);
  return settings.length === 0 ? undefined : settingsEffect(settings, subject);
}

/** The program with other settings, compared with the one as it is. */
function settingsEffect(settings: readonly string[], subject: RunbookModel): Effect {
  const name = settings.join(", ");
  const evaluated = subject.withSettings?.get(settingsKey(settings));
  if (evaluated === undefined) {
    const set = settings.map((one) => `--set '${one}'`).join(" ");
    return unknownEffect(
      `not judged: the program with another setting; run \`failover diff HEAD --stack NAME ${set}\``,
      name,
    );
  }
  if (typeof evaluated === "string") {
    return unknownEffect(`the program cannot be evaluated with it: ${evaluated}`, name);
  }
  const before = new Map(subject.resources.map((one) => [one.urn, JSON.stringify(one)]));
  const after = new Set(evaluated.map(({ urn }) => urn));
  const different = [
    ...evaluated.filter((one) => before.get(one.urn) !== JSON.stringify(one)),
    ...subject.resources.filter(({ urn }) => !after.has(urn)),
  ];
  return {
    kind: "change",
    alternatives: [
      {
        ...unchanged(name, subject),
        ...(different.length === 0 ? {} : { resources: evaluated }),
        names: different
          .filter(({ type }) => type === awsTypes.record)
          .flatMap((one) => textOf(one, "fqdn") ?? textOf(one, "name") ?? []),
        remedy: "none",
      },
    ],
  };
}

function terraformEffect(words: readonly string[], subject: RunbookModel): Effect | undefined {
  const operations = words.filter((word) => !word.startsWith("-"));
  const targets = valuesOf(words, /^--?target$/);
  const applies = operations.includes("apply");
  if (
    operations.some((one) => /^destroy(?:-all)?$/.test(one)) ||
    (applies && words.some((one) => /^--?destroy$/.test(one)))
  ) {
    return targets.length > 0 ? deletionOf(targets, subject) : destruction("terraform", subject);
  }
  const replaced =
    operations[0] === "taint" ? operations.slice(1) : valuesOf(words, /^--?replace$/);
  if (replaced.length > 0 && (applies || operations[0] === "taint")) {
    return replacementOf(replaced, true, subject);
  }
  if (!applies) return undefined;
  if (targets.length > 0) return replacementOf(targets, false, subject);
  return words.some((word) => /^--?var(?:-file)?(?:=|$)/.test(word))
    ? unknownEffect(variables)
    : undefined;
}

function cdkEffect(words: readonly string[], subject: RunbookModel): Effect {
  const names = words.slice(words.indexOf("destroy") + 1).filter((word) => !word.startsWith("-"));
  const isAll = names.length === 0 || words.includes("--all");
  return isAll
    ? destruction("cloudformation", subject)
    : cloudFormationEffect(names.join(", "), subject);
}

/** What the deletion of a stack of CloudFormation does: its resources have a tag with its name. */
export function cloudFormationEffect(name: string | undefined, subject: RunbookModel): Effect {
  const stack = name ?? hole;
  const isOwn = [
    subject.stack,
    ...subject.resources.map((one) =>
      fieldOf(valueOf(one, "tags"), "aws:cloudformation:stack-name"),
    ),
  ].some((one) => one === stack);
  if (isOwn) return destruction("cloudformation", subject);
  return unknownEffect(
    stack.includes(hole)
      ? "the stack is not written in the runbook"
      : `what the stack ${stack} has is not known`,
  );
}

/** The values of options, such as `--target X` and `--target=X`. */
function valuesOf(words: readonly string[], option: RegExp): readonly string[] {
  return words.flatMap((word, index) => {
    const [, name = "", value] = /^(--?[\w-]+)(?:=(.*))?$/s.exec(word) ?? [];
    return option.test(name) ? (value ?? words[index + 1] ?? hole).split(",") : [];
  });
}

/** The deletion of everything: of this source's own, or of a listing's, which no tool's state says. */
function destruction(tool: Tool, subject: RunbookModel): Effect {
  const own = toolOf(subject);
  return own === undefined || own === tool
    ? {
        kind: "harm",
        subject: subject.stack ?? "the stack",
        why: "it deletes the records and everything behind them",
        remedy: "none",
      }
    : unknownEffect("what its state has is not known");
}

/** The tool that a source is of; undefined for a listing of AWS. */
function toolOf({ resources, stack }: RunbookModel): Tool | undefined {
  if (stack !== undefined) return "pulumi";
  const [, format] = (resources[0]?.urn ?? "").replace(/^urn:pulumi:/, "").split("::");
  if (format === "terraform" || format === "cloudformation") return format;
  return format === "aws" || format === "octodns" ? undefined : "pulumi";
}

/** Resources by URN or name; in Terraform that is an address, also of a module or of all instances. */
function targetsIn(targets: readonly string[], subject: RunbookModel): readonly Resource[] {
  const within = subject.resources.filter(({ name }) =>
    targets.some((target) => name.startsWith(`${target}.`) || name.startsWith(`${target}[`)),
  );
  const named = targets.flatMap((target) => [target, target.split("::").at(-1) ?? target]);
  return [...new Set([...foundIn(named, subject), ...within])];
}

function deletionOf(targets: readonly string[], subject: RunbookModel): Effect {
  const found = targetsIn(targets, subject);
  return found.length === 0
    ? unknownEffect(notFound(targets))
    : { kind: "change", alternatives: [withoutResources(found, subject)] };
}

function replacementOf(
  targets: readonly string[],
  replaces: boolean,
  subject: RunbookModel,
): Effect {
  const found = targetsIn(targets, subject);
  if (found.length === 0) return unknownEffect(notFound(targets));
  const names = found.map(({ name }) => name).join(", ");
  if (!replaces) return unknownEffect("what the program then makes of it is not known", names);
  const isCheck = found.some(({ type }) => type === awsTypes.healthCheck);
  return unknownEffect(
    isCheck
      ? "the new check has another id, and what the records follow meanwhile is not known"
      : "who answers while it is replaced is not known",
    names,
  );
}

function notFound(targets: readonly string[]): string {
  return `${targets.join(", ").replaceAll(hole, "…")} is not in the model`;
}
