import type { Credentials } from "../../functions/aws/signedHeaders";
import {
  askFis,
  FisRefusal,
  runningExperiments,
  startExperiment,
  underWay,
} from "../../functions/aws/experiments";
import type { FisCall } from "../../functions/aws/experiments";
import type { Aws } from "../../functions/aws/readAws";
import { exchange } from "../../functions/http/exchange";
import { AwsError } from "../awsError";
import { fullClient } from "../clients";

/** An experiment template. */
export interface FisTemplate {
  readonly id: string;
  readonly description: string;
  /** Ids of its actions, such as `aws:ec2:stop-instances`. */
  readonly actionIds: readonly string[];
  /** ARNs of the alarms that stop it. */
  readonly stopAlarmArns: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** An experiment. */
export interface FisExperiment {
  readonly id: string;
  /** FIS's word, such as `running`. */
  readonly status: string;
  /** FIS's reason for the status; empty if it gives none. */
  readonly reason: string;
  readonly isUnderWay: boolean;
  /** Unix time in milliseconds; undefined if FIS gives none. */
  readonly createdMs: number | undefined;
}

/** The calls to FIS in a region; every failure is an `AwsError`. */
export interface Fis {
  template(id: string): Promise<FisTemplate>;
  /** The templates with some tags. */
  templatesTagged(tags: Readonly<Record<string, string>>): Promise<readonly FisTemplate[]>;
  /** Ids of all running experiments of the region. */
  running(): Promise<readonly string[]>;
  /** Starts an experiment once for each token. @returns its id */
  start(templateId: string, clientToken: string): Promise<string>;
  experiment(id: string): Promise<FisExperiment>;
  experimentsOf(templateId: string): Promise<readonly FisExperiment[]>;
  stop(id: string): Promise<void>;
}

/** FIS in a region, with the environment's credentials. FIS has no client of the SDK here. */
export function fisIn(region: string, env: Readonly<Record<string, string | undefined>>): Fis {
  const endpoint = env["AWS_ENDPOINT_URL"];
  const calling = async <T>(operation: string, call: (aws: Aws) => Promise<T>): Promise<T> => {
    const credentials = await credentialsIn(region, env);
    const given = endpoint ? { endpoint } : {};
    try {
      return await call({ region, credentials, exchange, now: () => new Date(), ...given });
    } catch (error) {
      throw new AwsError(`fis ${operation} in ${region}`, withCode(error));
    }
  };
  const ask = (call: FisCall): Promise<unknown> =>
    calling(call.operation, (aws) => askFis(call, aws));
  const template = async (id: string): Promise<FisTemplate> => {
    const path = `/experimentTemplates/${id}`;
    const answer = await ask({ operation: "GetExperimentTemplate", method: "GET", path });
    return templateOf((answer as { experimentTemplate: RawTemplate }).experimentTemplate);
  };
  return {
    template,
    async templatesTagged(tags) {
      const found: FisTemplate[] = [];
      let query = "maxResults=100";
      for (;;) {
        const path = "/experimentTemplates";
        const page = (await ask({
          operation: "ListExperimentTemplates",
          method: "GET",
          path,
          query,
        })) as { experimentTemplates?: readonly RawTemplate[]; nextToken?: string };
        for (const { id, tags: own = {} } of page.experimentTemplates ?? []) {
          if (Object.entries(tags).every(([key, value]) => own[key] === value))
            found.push(await template(id));
        }
        if (!page.nextToken) return found;
        query = `maxResults=100&nextToken=${encodeURIComponent(page.nextToken)}`;
      }
    },
    running: () => calling("ListExperiments", runningExperiments),
    start: (templateId, clientToken) =>
      calling("StartExperiment", (aws) => startExperiment(templateId, clientToken, aws)),
    async experiment(id) {
      const path = `/experiments/${id}`;
      const answer = await ask({ operation: "GetExperiment", method: "GET", path });
      return experimentOf((answer as { experiment: RawExperiment }).experiment);
    },
    async experimentsOf(templateId) {
      const query = `experimentTemplateId=${templateId}&maxResults=100`;
      const page = (await ask({ operation: "ListExperiments", method: "GET", query })) as {
        readonly experiments?: readonly (RawExperiment & {
          readonly experimentTemplateId?: string;
        })[];
      };
      return (page.experiments ?? [])
        .filter((one) => one.experimentTemplateId === templateId)
        .map(experimentOf);
    },
    async stop(id) {
      await ask({ operation: "StopExperiment", method: "DELETE", path: `/experiments/${id}` });
    },
  };
}

async function credentialsIn(
  region: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Credentials> {
  const sts = await fullClient("sts", region, env);
  try {
    return await sts.config.credentials();
  } catch (cause) {
    throw new AwsError("credentials", cause);
  }
}

/** FIS's error with AWS's code: the code itself is in a header, which is not read. */
function withCode(error: unknown): unknown {
  if (error instanceof FisRefusal) {
    const name =
      error.status === 403 && /expired/i.test(error.answer)
        ? "ExpiredToken"
        : (codes[error.status] ?? `Status${error.status}`);
    return Object.assign(new Error(error.message), { name });
  }
  const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException) : undefined;
  return cause?.code === undefined
    ? Object.assign(new Error((error as Error).message), { name: "TimeoutError" })
    : Object.assign(new Error((error as Error).message), { code: cause.code });
}

/** @see https://docs.aws.amazon.com/fis/latest/APIReference/CommonErrors.html */
const codes: Readonly<Record<number, string>> = {
  400: "ValidationException",
  402: "ServiceQuotaExceededException",
  403: "AccessDenied",
  404: "NotFound",
  409: "ConflictException",
  429: "ThrottlingException",
};

interface RawTemplate {
  readonly id: string;
  readonly description?: string;
  readonly actions?: Readonly<Record<string, { readonly actionId?: string }>>;
  readonly stopConditions?: readonly { readonly source?: string; readonly value?: string }[];
  readonly tags?: Readonly<Record<string, string>>;
}

function templateOf(raw: RawTemplate): FisTemplate {
  const { id, description = "", actions = {}, stopConditions = [], tags = {} } = raw;
  return {
    id,
    description,
    actionIds: Object.values(actions).flatMap(({ actionId }) => actionId ?? []),
    stopAlarmArns: stopConditions.flatMap(({ source, value }) =>
      source === "aws:cloudwatch:alarm" && value !== undefined ? [value] : [],
    ),
    tags,
  };
}

interface RawExperiment {
  readonly id: string;
  readonly state?: { readonly status?: string; readonly reason?: string };
  /** Unix time in seconds, with fractions. */
  readonly creationTime?: number;
}

function experimentOf({ id, state = {}, creationTime }: RawExperiment): FisExperiment {
  const { status = "unknown", reason = "" } = state;
  return {
    id,
    status,
    reason,
    isUnderWay: underWay.includes(status),
    createdMs: creationTime === undefined ? undefined : creationTime * 1000,
  };
}
