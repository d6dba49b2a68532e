import { canonical } from "../../routing/domainName";
import type { ClientDns, QuestionType, Server } from "../publicDns";
import { DnsError } from "../publicDns";
import type { Fact } from "./fact";
import { badFact, unknownFact } from "./fact";
import type { NameTree } from "./nameTree";
import { leavesWith, recordWords } from "./nameTree";

/** A name server of a zone. */
export interface AskedServer extends Server {
  readonly name: string;
}

/** A name and type to ask for. */
export interface AskedName {
  readonly name: string;
  readonly type: "A" | "AAAA";
}

/** What the name servers answer. */
export interface ServedName extends AskedName {
  /** Each answer, with the servers that give it; empty values are an answer without addresses. */
  readonly answers: readonly {
    readonly values: readonly string[];
    readonly servers: readonly string[];
  }[];
  /** Servers that gave no usable answer. */
  readonly silent: readonly { readonly server: string; readonly why: string }[];
}

/** A served name, with the records and places behind its answers. */
export interface JudgedName extends ServedName {
  /** The records that answer; null where they cannot be told. */
  readonly records: readonly string[] | null;
  /** The availability zones or regions that answer. */
  readonly places: readonly string[];
  /** Whether they answer as with every check healthy; null where that is unknown. */
  readonly isUsual: boolean | null;
  /** Whether a server has no address for a name that must have one. */
  readonly isUnanswered: boolean;
}

/** The most questions under way at once. */
const questionsAtOnce = 16;
/** A lost packet is no silent server. */
const triesMax = 2;

/** Asks every name server for every name. */
export async function servedNames(
  asked: readonly AskedName[],
  servers: readonly AskedServer[],
  dns: Pick<ClientDns, "ask">,
): Promise<readonly ServedName[]> {
  const questions = asked.flatMap((one) => servers.map((server) => ({ ...one, server })));
  const said = new Map<(typeof questions)[number], readonly string[] | DnsError>();
  const left = [...questions];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      said.set(next, await valuesFrom(next.server, next, dns));
    }
  };
  await Promise.all(Array.from({ length: questionsAtOnce }, work));
  return asked.map((one) => {
    const answers = new Map<string, { values: readonly string[]; servers: string[] }>();
    const silent: { server: string; why: string }[] = [];
    for (const question of questions) {
      if (question.name !== one.name || question.type !== one.type) continue;
      const values = said.get(question);
      const { name: server } = question.server;
      if (values instanceof DnsError) silent.push({ server, why: values.message });
      else if (values !== undefined) {
        const key = values.join(" ");
        const known = answers.get(key) ?? { values, servers: [] };
        known.servers.push(server);
        answers.set(key, known);
      }
    }
    return { ...one, answers: [...answers.values()], silent };
  });
}

/** The sorted values that a server answers; the error if it gives no answer. */
async function valuesFrom(
  server: AskedServer,
  { name, type }: AskedName,
  dns: Pick<ClientDns, "ask">,
): Promise<readonly string[] | DnsError> {
  let error: unknown;
  for (let tries = 0; tries < triesMax; tries++) {
    try {
      const { rcode, isAuthoritative, records } = await dns.ask(server, name, type);
      const fault =
        rcode !== "NOERROR" && rcode !== "NXDOMAIN"
          ? `answers ${rcode}`
          : isAuthoritative
            ? undefined
            : "is not authoritative";
      if (fault !== undefined) {
        return new DnsError(`${server.address} ${fault}, asked for ${type} of ${name}`);
      }
      const own = dataOf(records, type);
      return [...(own.length > 0 ? own : dataOf(records, "CNAME").map(canonical))].sort();
    } catch (cause) {
      if (!(cause instanceof DnsError)) throw cause;
      error = cause;
    }
  }
  return error as DnsError;
}

function dataOf(
  records: Awaited<ReturnType<ClientDns["ask"]>>["records"],
  type: QuestionType | "CNAME",
): readonly string[] {
  return records.flatMap((record) =>
    record.type === type && "data" in record && typeof record.data === "string"
      ? [record.data]
      : [],
  );
}

/** Name servers that did not answer every question, one fact each. */
export function silentFacts(served: readonly ServedName[]): readonly Fact[] {
  const reasons = new Map<string, string[]>();
  for (const { server, why } of served.flatMap(({ silent }) => silent)) {
    reasons.set(server, [...(reasons.get(server) ?? []), why]);
  }
  return [...reasons].map(([server, [first = "", ...others]]) => {
    const count = others.length + 1;
    const text = `${server}: no answer to ${count} of ${served.length} questions: ${first}`;
    return badFact("name-server", text);
  });
}

/**
 * Judges what the servers answer.
 *
 * @param tree the model of the name; undefined where there is none
 * @param addresses the present addresses of AWS names
 */
export function judgeName(
  served: ServedName,
  tree: NameTree | undefined,
  addresses: ReadonlyMap<string, readonly string[]>,
): { readonly name: JudgedName; readonly facts: readonly Fact[] } {
  const { answers, silent } = served;
  const title = `${served.name} ${served.type}`;
  const facts: Fact[] = [];
  if (answers.length === 0) {
    const why = silent[0]?.why ?? "none is known";
    facts.push(unknownFact("serving", `${title}: no name server answered: ${why}`));
  }
  if (answers.length > 1 && !tree?.varies) {
    const each = answers.map((one) => `${answerWords(one.values)} by ${one.servers.join(", ")}`);
    facts.push(
      badFact("servers-differ", `${title}: the name servers disagree: ${each.join("; ")}`),
    );
  }
  // Without the zone's records, a name may well have IPv4 addresses only.
  const mustAnswer = tree !== undefined || served.type === "A";
  const isUnanswered = mustAnswer && answers.some(({ values }) => values.length === 0);
  if (isUnanswered) facts.push(badFact("serving", `${title}: it has no answer`));
  const values = [...new Set(answers.flatMap((one) => one.values))];
  const leaves = tree && leavesWith(values, tree, addresses);
  if (tree === undefined || leaves === undefined || values.length === 0) {
    if (values.length > 0) {
      const why = tree ? "it is no address of a record" : "the zone was not read";
      const text = `${title}: cannot tell which tier ${values.join(", ")} is: ${why}`;
      facts.push(unknownFact("serving", text));
    }
    return { name: { ...served, records: null, places: [], isUsual: null, isUnanswered }, facts };
  }
  const places = [...new Set(leaves.flatMap((leaf) => tree.placeOf(leaf) ?? []))];
  const lower = leaves.filter((leaf) => !tree.usual.has(leaf));
  if (lower.length > 0) {
    const wordsOf = (some: Iterable<(typeof lower)[number]>): string =>
      [...some]
        .map((leaf) => {
          const place = tree.placeOf(leaf);
          return `${recordWords(leaf)}${place === undefined ? "" : ` (${place})`}`;
        })
        .join(", ");
    const text = `${title}: a lower tier serves: ${wordsOf(lower)}; with every check healthy it is ${wordsOf(tree.usual)}`;
    facts.push(badFact("lower-tier", text));
  }
  return {
    name: {
      ...{ ...served, records: leaves.map(recordWords), places },
      ...{ isUsual: lower.length === 0, isUnanswered },
    },
    facts,
  };
}

/** An answer in words. */
export function answerWords(values: readonly string[]): string {
  return values.length === 0 ? "no address" : values.join(", ");
}
