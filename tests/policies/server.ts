import type { Policies } from "@pulumi/policy";
import * as internals from "@pulumi/policy/server";
import type {
  AnalyzeDiagnostic,
  AnalyzeResponse,
  RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { StackMessages } from "../../rehearsal/policy/analyzerMessages";
import type { Sample } from "./sample";

/** The server's own handlers, which its types omit as internal. */
const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun, makeRemediateRpcFun } =
  internals as unknown as Readonly<
    Record<
      "makeAnalyzeRpcFun" | "makeAnalyzeStackRpcFun" | "makeRemediateRpcFun",
      (pack: string, version: string, level: string, policies: Policies) => Handler
    >
  >;

/** A short form of a diagnostic: level, policy, and the name of the resource, if any. */
export interface Told {
  readonly level: string;
  readonly policy: string;
  readonly at: string;
  readonly message: string;
}

type Handler = (
  call: { readonly request: object },
  callback: (error: Error | null | undefined, response?: object) => void,
) => unknown;

function ask<T>(handler: Handler, request: object): Promise<T> {
  return new Promise((resolve, reject) => {
    handler({ request }, (error, response) => {
      if (error) reject(error);
      else resolve(response as T);
    });
  });
}

const levels: Readonly<Record<number, string>> = {
  [EnforcementLevel.ADVISORY]: "advisory",
  [EnforcementLevel.MANDATORY]: "mandatory",
};

function told(diagnostics: readonly AnalyzeDiagnostic[]): readonly Told[] {
  return diagnostics.map((each) => ({
    level: levels[each.getEnforcementlevel()] ?? "another",
    policy: each.getPolicyname(),
    at: each.getUrn().split("::").at(-1) ?? "",
    message: each.getMessage(),
  }));
}

/** The response of the policies' own server about a stack, without a process or a port. */
export async function analyzeStack(policies: Policies, sample: Sample): Promise<readonly Told[]> {
  const handler = makeAnalyzeStackRpcFun("pack", "1", "mandatory", policies);
  const request = StackMessages.of(sample.resources).analyzeStack();
  const response = await ask<AnalyzeResponse>(handler, request);
  return told(response.getDiagnosticsList());
}

/** Its response about one resource of a sample. */
export async function analyze(
  policies: Policies,
  sample: Sample,
  name: string,
): Promise<{ readonly told: readonly Told[] }> {
  const handler = makeAnalyzeRpcFun("pack", "1", "mandatory", policies);
  const response = await ask<AnalyzeResponse>(handler, requestOf(sample, name));
  return { told: told(response.getDiagnosticsList()) };
}

/** The policies that have nothing to check in a stack or at one resource, with the reason. */
export async function notApplicable(
  policies: Policies,
  sample: Sample,
  name?: string,
): Promise<readonly (readonly [policy: string, reason: string])[]> {
  const response =
    name === undefined
      ? await ask<AnalyzeResponse>(
          makeAnalyzeStackRpcFun("pack", "1", "mandatory", policies),
          StackMessages.of(sample.resources).analyzeStack(),
        )
      : await ask<AnalyzeResponse>(
          makeAnalyzeRpcFun("pack", "1", "mandatory", policies),
          requestOf(sample, name),
        );
  return response
    .getNotApplicableList()
    .map((each) => [each.getPolicyName(), each.getReason()] as const);
}

/** The properties of a resource after remediation; undefined if nothing changed. */
export async function remediate(
  policies: Policies,
  sample: Sample,
  name: string,
): Promise<unknown> {
  const handler = makeRemediateRpcFun("pack", "1", "mandatory", policies);
  const response = await ask<RemediateResponse>(handler, requestOf(sample, name));
  return response.getRemediationsList().at(-1)?.getProperties()?.toJavaScript();
}

function requestOf(sample: Sample, name: string): object {
  const resource = sample.resources.find((each) => each.name === name);
  if (!resource) throw new Error(`${name}: the sample has no such resource`);
  return StackMessages.of(sample.resources).analyze(resource);
}
