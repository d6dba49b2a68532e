import { Agent, request } from "node:http";
import { join } from "node:path";
import { packageDirectory } from "../../../packageDirectory";
import { programPath } from "./programs";
import { freePort, untilListening } from "./waiting";
import type { Workshop } from "./workshop";

/** The tables as the infrastructure makes them; a stack chooses the names. */
export const TABLES = { journal: "cafe-journal", sessions: "cafe-sessions" } as const;

/** The name of the secret with the database's account. */
export const SECRET = "cafe-database";

/** The secret that signs synthetic orders. */
export const SYNTHETIC = { secretId: "cafe-synthetic-orders", secret: "only the café" } as const;

const AGENT = new Agent({ keepAlive: true, maxSockets: 16 });

/** Starts moto, which keeps the regions apart, and returns its port. */
export async function startMoto(workshop: Workshop): Promise<number> {
  const port = await freePort();
  const script = join(packageDirectory, "rehearsal/live/lamp/motoServer.py");
  // moto may live in a home directory that "nobody" cannot read.
  const args = [script, "-H", "127.0.0.1", "-p", String(port)];
  const server = workshop.start("moto", programPath("python3"), args, {
    asSelf: true,
    env: { HOME: process.env["HOME"] ?? "/" },
  });
  await untilListening(port, "moto", server);
  return port;
}

/** One region's DynamoDB with the two tables, and its Secrets Manager: both are moto. */
export class Dynamo {
  private constructor(
    readonly region: string,
    readonly port: number,
  ) {}

  /**
   * Makes the tables.
   *
   * @param port moto's
   * @param journalKey attributes of the journal's key
   */
  static async create(
    port: number,
    region: string,
    journalKey: readonly string[] = ["id", "bodyHash"],
  ): Promise<Dynamo> {
    const dynamo = new Dynamo(region, port);
    await dynamo.#createTables(journalKey);
    await dynamo.putSyntheticSecret(SYNTHETIC.secret);
    return dynamo;
  }

  /** Destroys the region's replicas with all their data. */
  async destroy(): Promise<void> {
    for (const TableName of Object.values(TABLES)) await this.call("DeleteTable", { TableName });
  }

  /** One call of DynamoDB's API. @throws Error with the answer when it is not 200. */
  async call(operation: string, input: object): Promise<Record<string, unknown>> {
    const answer = await askMoto(this.port, {
      target: `DynamoDB_20120810.${operation}`,
      authorization: authorizationFor(this.region, "dynamodb"),
      body: Buffer.from(JSON.stringify(input)),
    });
    if (answer.status !== 200) {
      throw new Error(`${operation} in ${this.region}: ${answer.status} ${answer.body.toString()}`);
    }
    return JSON.parse(answer.body.toString()) as Record<string, unknown>;
  }

  /** Stores the database's account as the infrastructure does, or changes it as a rotation does. */
  async putSecret(account: {
    readonly username: string;
    readonly password: string;
  }): Promise<void> {
    await this.#putSecret(SECRET, JSON.stringify(account));
  }

  /** Stores or replaces the secret that signs synthetic orders. */
  async putSyntheticSecret(secret: string): Promise<void> {
    await this.#putSecret(SYNTHETIC.secretId, secret);
  }

  async #putSecret(name: string, value: string): Promise<void> {
    const send = async (operation: string, input: object) =>
      askMoto(this.port, {
        target: `secretsmanager.${operation}`,
        authorization: authorizationFor(this.region, "secretsmanager"),
        contentType: "application/x-amz-json-1.1",
        body: Buffer.from(JSON.stringify({ ...input, SecretString: value })),
      });
    const created = await send("CreateSecret", { Name: name });
    const answer =
      created.status === 200 ? created : await send("PutSecretValue", { SecretId: name });
    if (answer.status !== 200) throw new Error(`the secret was refused: ${answer.body.toString()}`);
  }

  async #createTables(journalKey: readonly string[]): Promise<void> {
    const keys = ["HASH", "RANGE"];
    const hashKey = (name: string) => ({ AttributeName: name, KeyType: "HASH" });
    const base = { BillingMode: "PAY_PER_REQUEST", KeySchema: [hashKey("id")] };
    await this.call("CreateTable", {
      ...base,
      TableName: TABLES.sessions,
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    });
    await this.call("CreateTable", {
      ...base,
      TableName: TABLES.journal,
      KeySchema: journalKey.map((name, index) => ({ AttributeName: name, KeyType: keys[index] })),
      AttributeDefinitions: [
        ...journalKey.map((name) => ({ AttributeName: name, AttributeType: "S" })),
        { AttributeName: "undrainedRegion", AttributeType: "S" },
        { AttributeName: "acceptedMs", AttributeType: "N" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "undrained",
          KeySchema: [
            hashKey("undrainedRegion"),
            { AttributeName: "acceptedMs", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    });
  }
}

/** A request to one of moto's services. */
export interface MotoRequest {
  readonly target: string;
  readonly authorization: string;
  readonly body: Buffer;
  readonly contentType?: string;
}

/** Sends one request to a moto server. */
export async function askMoto(
  port: number,
  { target, authorization, body, contentType = "application/x-amz-json-1.0" }: MotoRequest,
): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": contentType,
      "content-length": body.length,
      "x-amz-target": target,
      authorization,
    };
    const sent = request({ port, host: "127.0.0.1", method: "POST", agent: AGENT, headers });
    sent.on("error", reject);
    sent.on("response", (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks) });
      });
    });
    sent.end(body);
  });
}

/** moto reads region and service from the signature's scope and does not check the signature. */
export function authorizationFor(region: string, service: string): string {
  const scope = `AKID/20260101/${region}/${service}/aws4_request`;
  return `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`;
}
