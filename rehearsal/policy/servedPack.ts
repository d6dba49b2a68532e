import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type {
  AnalyzeResponse,
  AnalyzerInfo,
  RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import {
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  PolicyConfig,
  PolicySeverity,
  PolicyType,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { remediationTag } from "../../policies/rule";
import type { Resource } from "../../routing/graph/resource";
import { oneTypeOf, underOneType } from "../../routing/graph/synonyms";
import { inputsSent, StackMessages } from "./analyzerMessages";
import { inParallel } from "./inParallel";
import { emptyMessage, grpc, structOf } from "./grpcModules";
import type { PackLocation, PackProcess } from "./packProcess";
import { startPack } from "./packProcess";
import type { Remediation } from "./remediation";
import { remediated } from "./remediation";

/** The levels of CrossGuard. */
export type ServedLevel = "advisory" | "mandatory" | "remediate" | "disabled";

/** The description of a served pack. */
export interface PackInfo {
  readonly name: string;
  readonly version: string;
  readonly policies: readonly PolicyInfo[];
}

/** The description of one policy of a served pack. */
export interface PolicyInfo {
  readonly name: string;
  readonly description: string;
  /** The default level. */
  readonly level: ServedLevel;
  readonly severity: "low" | "medium" | "high" | "critical" | "unspecified";
  readonly remediationSteps: string;
  readonly url: string;
  /** Whether it checks one resource at a time. */
  readonly ofResources: boolean;
  /** Whether it can fix its findings, according to its tags. */
  readonly canRemediate: boolean;
  /** Types of the resources that it checks, according to its tags. */
  readonly types: readonly string[];
  /** JSON Schema of its configuration, by property. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A report by a policy. */
export interface Diagnostic {
  readonly policy: string;
  readonly level: ServedLevel;
  /** Empty for the whole stack. */
  readonly urn: string;
  readonly message: string;
}

export interface Analysis {
  readonly diagnostics: readonly Diagnostic[];
  /** The policies that applied to at least one resource. */
  readonly applicable: readonly string[];
  /**
   * The changes by policies that are configured to remediate; the other results include these
   * changes.
   */
  readonly remediations: readonly Remediation[];
}

/** A resource type, such as `aws:ec2/instance:Instance`. */
const typeToken = /^[\w-]+:[\w/-]+:\w+$/;

/** Why @pulumi/policy skips a stack policy that can remediate resources. */
const stackOnly = "Policy does not implement validateResource";

/** Maximum concurrent requests: enough to keep the pack busy, few enough for its memory. */
const requestsAtOnce = 16;

/** A policy pack in a separate process, called over gRPC like the engine does. */
export class ServedPack {
  private levels: ReadonlyMap<string, { readonly level: ServedLevel }> = new Map();

  private constructor(
    readonly process: PackProcess,
    private readonly client: Client,
    readonly info: PackInfo,
  ) {}

  /** Starts a pack and reads its description. */
  static async start(location: PackLocation): Promise<ServedPack> {
    const process = await startPack(location);
    const client = clientOf(process.port);
    try {
      const info = await call<AnalyzerInfo>((done) => {
        client.getAnalyzerInfo(emptyMessage(), done);
      });
      return new ServedPack(process, client, infoOf(info));
    } catch (error) {
      client.close();
      await process.stop();
      throw error;
    }
  }

  /** Sets the level and configuration of the given policies; the others keep theirs. */
  async configure(
    config: ReadonlyMap<
      string,
      { readonly level: ServedLevel; readonly values: Readonly<Record<string, unknown>> }
    >,
  ): Promise<void> {
    const request = new ConfigureAnalyzerRequest();
    const map = request.getPolicyconfigMap();
    for (const [name, { level, values }] of config) {
      const entry = new PolicyConfig();
      entry.setEnforcementlevel(enforcementLevels[level]);
      entry.setProperties(structOf(values) as Parameters<PolicyConfig["setProperties"]>[0]);
      map.set(name, entry);
    }
    await call((done) => {
      this.client.configure(request, done);
    });
    this.levels = config;
  }

  /**
   * Sends requests in the order of the engine: each resource with its inputs after remediation, then
   * the stack with all values known at the end.
   *
   * @param spared whether to skip resources that, according to the tags, no resource policy checks; the
   * engine sends all of them and gets "not applicable" for these
   */
  async analyze(given: readonly Resource[], { spared = true } = {}): Promise<Analysis> {
    const { resources, remediations } = await this.remediate(given);
    const messages = StackMessages.of(resources);
    const asked = spared ? resources.filter((resource) => this.concerns(resource)) : resources;
    const answers = await inParallel(asked, requestsAtOnce, async (resource): Promise<Answer> => {
      const response = await call<AnalyzeResponse>((done) => {
        this.client.analyze(messages.analyze(resource), done);
      });
      return { response, urn: resource.urn, isStack: false };
    });
    const response = await call<AnalyzeResponse>((done) => {
      this.client.analyzeStack(messages.analyzeStack(), done);
    });
    const all = [...answers, { response, urn: "", isStack: true }];
    return { ...analysisOf(this.info, resources, all), remediations };
  }

  /** Whether a resource policy may check this resource; a policy without tags may check any. */
  private concerns({ type }: Resource): boolean {
    return this.info.policies.some(
      ({ ofResources, types }) =>
        ofResources && (types.length === 0 || types.includes(oneTypeOf(type))),
    );
  }

  /** The resources after remediation; sends no request if no policy remediates. */
  private async remediate(resources: readonly Resource[]): Promise<{
    readonly resources: readonly Resource[];
    readonly remediations: readonly Remediation[];
  }> {
    const levelOf = (policy: PolicyInfo): ServedLevel =>
      this.levels.get(policy.name)?.level ?? policy.level;
    if (!this.info.policies.some((policy) => levelOf(policy) === "remediate")) {
      return { resources, remediations: [] };
    }
    const messages = StackMessages.of(resources);
    const mended = await inParallel(resources, requestsAtOnce, async (resource) => {
      const response = await call<RemediateResponse>((done) => {
        this.client.remediate(messages.analyze(resource), done);
      });
      return remediated(resource, inputsSent(resource), response);
    });
    return {
      resources: mended.map(({ resource }) => resource),
      remediations: mended.flatMap((each) => each.remediations),
    };
  }

  async stop(): Promise<void> {
    this.client.close();
    await this.process.stop();
  }
}

interface Answer {
  readonly response: AnalyzeResponse;
  readonly urn: string;
  readonly isStack: boolean;
}

/** The calls of the generated client that are used, with the messages of the SDK's own copy. */
interface Client {
  getAnalyzerInfo(request: object, done: Done<AnalyzerInfo>): void;
  configure(request: object, done: Done<object>): void;
  analyze(request: object, done: Done<AnalyzeResponse>): void;
  remediate(request: object, done: Done<RemediateResponse>): void;
  analyzeStack(request: object, done: Done<AnalyzeResponse>): void;
  close(): void;
}

type Done<T> = (error: Error | null, response: T) => void;

function clientOf(port: number): Client {
  const Make = AnalyzerClient as unknown as new (
    address: string,
    credentials: unknown,
    options: object,
  ) => Client;
  return new Make(`127.0.0.1:${port}`, grpc().credentials.createInsecure(), {
    // A stack is one message of any size.
    "grpc.max_send_message_length": -1,
    "grpc.max_receive_message_length": -1,
  });
}

function call<T>(ask: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    ask((error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
}

const enforcementLevels: Readonly<Record<ServedLevel, EnforcementLevel>> = {
  advisory: EnforcementLevel.ADVISORY,
  mandatory: EnforcementLevel.MANDATORY,
  remediate: EnforcementLevel.REMEDIATE,
  disabled: EnforcementLevel.DISABLED,
};

const severities: Readonly<Partial<Record<PolicySeverity, PolicyInfo["severity"]>>> = {
  [PolicySeverity.POLICY_SEVERITY_LOW]: "low",
  [PolicySeverity.POLICY_SEVERITY_MEDIUM]: "medium",
  [PolicySeverity.POLICY_SEVERITY_HIGH]: "high",
  [PolicySeverity.POLICY_SEVERITY_CRITICAL]: "critical",
};

function levelOf(level: EnforcementLevel): ServedLevel {
  const found = Object.entries(enforcementLevels).find(([, each]) => each === level);
  return (found?.[0] ?? "mandatory") as ServedLevel;
}

function infoOf(info: AnalyzerInfo): PackInfo {
  return {
    name: info.getName(),
    version: info.getVersion(),
    policies: info.getPoliciesList().map((policy) => ({
      name: policy.getName(),
      description: policy.getDescription(),
      level: levelOf(policy.getEnforcementlevel()),
      severity: severities[policy.getSeverity()] ?? "unspecified",
      remediationSteps: policy.getRemediationSteps(),
      url: policy.getUrl(),
      ofResources: policy.getPolicyType() === PolicyType.POLICY_TYPE_RESOURCE,
      canRemediate: policy.getTagsList().includes(remediationTag),
      types: policy.getTagsList().filter((tag) => typeToken.test(tag)),
      properties: policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {},
    })),
  };
}

function analysisOf(
  { policies }: PackInfo,
  resources: readonly Resource[],
  answers: readonly Answer[],
): Omit<Analysis, "remediations"> {
  const diagnostics: Diagnostic[] = [];
  const skips = new Map<string, number>();
  const skippedStack = new Set<string>();
  for (const { response, urn, isStack } of answers) {
    for (const diagnostic of response.getDiagnosticsList()) {
      diagnostics.push({
        policy: diagnostic.getPolicyname(),
        level: levelOf(diagnostic.getEnforcementlevel()),
        urn: diagnostic.getUrn() || urn,
        message: diagnostic.getMessage(),
      });
    }
    for (const skipped of response.getNotApplicableList()) {
      const name = skipped.getPolicyName();
      if (isStack) skippedStack.add(name);
      else if (skipped.getReason() !== stackOnly) skips.set(name, (skips.get(name) ?? 0) + 1);
    }
  }
  const resourceCount = answers.length - 1;
  const own = new Set(resources.map(({ type }) => oneTypeOf(type)));
  // Stack policies see resources under the canonical type, which the model uses.
  const modelled = new Set(resources.map((resource) => underOneType(resource).type));
  const applicable = policies
    .filter(
      ({ types, ofResources }) =>
        types.length === 0 ||
        types.some((type) => own.has(type) || (!ofResources && modelled.has(type))),
    )
    .map(({ name }) => name)
    .filter((name) => !skippedStack.has(name) && skips.get(name) !== resourceCount);
  return { diagnostics, applicable };
}
