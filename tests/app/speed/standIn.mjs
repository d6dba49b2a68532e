// A stand-in for one region's DynamoDB and Secrets Manager that is as fast as the real ones, to measure the
// application and not moto: PutItem with the journal's condition, GetItem and Query by number, over TLS.
// standIn.mjs PORT CERTIFICATE KEY ANSWER_MS DISTANCE_MS ACCOUNT
//   ANSWER_MS    the time that the service takes to answer
//   DISTANCE_MS  a round trip to it; a TLS handshake takes one, and so does each request
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { connect, createServer as createTcpServer } from "node:net";

const [port, certificate = "", key = "", answerMs, distanceMs, account] = process.argv.slice(2);

/** @type {Map<string, Map<string, object>>} items by table and first key, then by second key */
const items = new Map();

/** @param {string} operation @param {any} input @returns {object | undefined} undefined when the condition fails */
function answerTo(operation, input) {
  if (operation === "GetSecretValue") return { SecretString: account };
  const id = (input.Item ?? input.Key ?? { id: input.ExpressionAttributeValues?.[":id"] }).id.S;
  const name = `${input.TableName} ${id}`;
  const held = items.get(name) ?? new Map();
  if (operation === "Query") return { Items: [...held.values()] };
  const second = (input.Item ?? input.Key).bodyHash?.S ?? "";
  if (operation === "GetItem") {
    const Item = held.get(second) ?? [...held.values()][0];
    return Item === undefined ? {} : { Item };
  }
  if (operation !== "PutItem") throw new Error(`${operation}: is not one that an order needs`);
  if (input.ConditionExpression !== undefined && held.has(second)) return undefined;
  items.set(name, held.set(second, input.Item));
  return {};
}

const server = createServer(
  { cert: readFileSync(certificate), key: readFileSync(key), keepAlive: true },
  (request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
      const answer = answerTo(operation, JSON.parse(body));
      const text = JSON.stringify(
        answer ?? { __type: "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException" },
      );
      setTimeout(() => {
        response.writeHead(answer === undefined ? 400 : 200, {
          "content-type": "application/x-amz-json-1.0",
          "content-length": Buffer.byteLength(text),
        });
        response.end(text);
      }, Number(answerMs));
    });
  },
);
server.keepAliveTimeout = 60_000;

if (Number(distanceMs) === 0) {
  server.listen(Number(port), "127.0.0.1");
} else {
  // Bytes take half a round trip each way. The round trip of a TCP connection is left out: loopback connects instantly.
  server.listen(0, "127.0.0.1", () => {
    const near = /** @type {import("node:net").AddressInfo} */ (server.address()).port;
    createTcpServer((client) => {
      const inside = connect(near, "127.0.0.1").setNoDelay();
      client.setNoDelay();
      for (const [from, to] of [
        [client, inside],
        [inside, client],
      ]) {
        from.on("data", (bytes) => setTimeout(() => to.write(bytes), Number(distanceMs) / 2));
        from.on("close", () => to.destroy()).on("error", () => to.destroy());
      }
    }).listen(Number(port), "127.0.0.1");
  });
}
