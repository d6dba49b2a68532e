import type { HttpMethod } from "../http/exchange";
import type { Aws } from "./readAws";
import { signedHeaders } from "./signedHeaders";

/** The parts of an FIS call besides its host; the API is REST with JSON. */
export interface FisCall {
  /** Its name in the API reference. */
  readonly operation: string;
  readonly method: HttpMethod;
  /** Default `/experiments`. */
  readonly path?: string;
  /** Escaped, and sorted by name. */
  readonly query?: string;
  readonly body?: unknown;
}

/** A refusal by FIS. */
export class FisRefusal extends Error {
  override readonly name = "FisRefusal";

  constructor(
    operation: string,
    readonly status: number,
    readonly answer: string,
  ) {
    super(`${operation}: answered ${status}, ${answer.slice(0, 500)}`);
  }
}

const timeoutMs = 10_000;
/** A page of experiments, with all their actions and targets, is a few hundred kB. */
const bodyBytesMax = 2_000_000;

/** States of running experiments (botocore, fis 2020-12-01, ExperimentStatus). */
export const underWay: readonly unknown[] = ["pending", "initiating", "running", "stopping"];

const pageSize = 100;
/** FIS keeps finished experiments for 120 days; more pages than this mean another fault. */
const pagesMax = 50;

/**
 * Starts an FIS experiment. A repeated token starts nothing, and returns the experiment of its
 * first use.
 *
 * @returns the id of the experiment
 * @throws Error when FIS does not confirm the start
 * @see https://docs.aws.amazon.com/fis/latest/APIReference/API_StartExperiment.html
 */
export async function startExperiment(
  experimentTemplateId: string,
  clientToken: string,
  aws: Aws,
): Promise<string> {
  const operation = "StartExperiment";
  const body = { clientToken, experimentTemplateId };
  const answer = (await askFis({ operation, method: "POST", body }, aws)) as {
    readonly experiment?: { readonly id?: unknown };
  };
  const id = answer.experiment?.id;
  if (typeof id !== "string") throw new Error(`${operation}: the answer has no experiment`);
  return id;
}

/**
 * Ids of the experiments running in the region.
 *
 * @throws Error when FIS does not answer
 * @see https://docs.aws.amazon.com/fis/latest/APIReference/API_ListExperiments.html
 */
export async function runningExperiments(aws: Aws): Promise<readonly string[]> {
  const operation = "ListExperiments";
  const running: string[] = [];
  let next = "";
  for (let page = 0; page < pagesMax; page++) {
    const query = `maxResults=${pageSize}${next}`;
    const answer = (await askFis({ operation, method: "GET", query }, aws)) as Page;
    for (const { id, state } of answer.experiments ?? []) {
      if (underWay.includes(state?.status)) running.push(id);
    }
    if (answer.nextToken === undefined) return running;
    next = `&nextToken=${escaped(answer.nextToken)}`;
  }
  throw new Error(`${operation}: must end within ${pagesMax} pages, got more; check FIS`);
}

/** The parts of an answer that are read here. */
interface Page {
  readonly experiments?: readonly {
    readonly id: string;
    readonly state?: { readonly status?: string };
  }[];
  readonly nextToken?: string;
}

/**
 * Calls FIS in the region with a signed request.
 *
 * @throws Error when there is no answer, a `FisRefusal` for one other than 200
 */
export async function askFis(
  { operation, method, path = "/experiments", query = "", body }: FisCall,
  aws: Aws,
): Promise<unknown> {
  const { region, credentials, exchange, now } = aws;
  const url = new URL(path, aws.endpoint ?? `https://fis.${region}.amazonaws.com`);
  const text = body === undefined ? "" : JSON.stringify(body);
  const typed = body === undefined ? {} : { contentType: "application/json" };
  const { status, body: answer } = await exchange({
    method,
    url: `${url.href}${query === "" ? "" : `?${query}`}`,
    headers: signedHeaders(
      { method, host: url.host, path, query, ...typed, body: text },
      { service: "fis", region, at: now() },
      credentials,
    ),
    ...(text === "" ? {} : { body: text }),
    timeoutMs,
    bodyBytesMax,
  }).catch((error: unknown) => {
    throw new Error(`${operation}: no answer from ${url.host}`, { cause: error });
  });
  if (status !== 200) throw new FisRefusal(operation, status, answer);
  return JSON.parse(answer) as unknown;
}

/** Escaping for signatures: all but the unreserved characters of RFC 3986. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
