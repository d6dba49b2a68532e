// Opens connections from each source to port 80 of this network namespace, and from a balancer also to the port for
// checks, and prints how many succeeded.
import { connect, createServer } from "node:net";
import { setImmediate as polled, setTimeout as sleep } from "node:timers/promises";

const [WEB, CHECKS] = [80, 8081];

/**
 * @param {string} host
 * @param {number} port
 */
async function listen(host, port) {
  const server = createServer((socket) => socket.on("error", () => socket.destroy()));
  await new Promise((resolve) => server.listen(port, host, 1024, () => resolve(undefined)));
}

/**
 * @param {string} from
 * @param {string} host
 * @param {number} count
 */
async function opened(from, host, count, port = WEB) {
  const sockets = Array.from({ length: count }, () => connect({ port, host, localAddress: from }));
  let [open, before] = [0, -1];
  for (const socket of sockets)
    socket.on("connect", () => open++).on("error", () => socket.destroy());
  // Dropped packets are sent again after a second, and dropped again. On a busy machine the timer
  // fires late, before the events of new connections are processed.
  while (open > before) {
    before = open;
    await sleep(700);
    await polled();
  }
  return open;
}

await Promise.all([
  listen("127.0.0.1", WEB),
  listen("127.0.0.1", CHECKS),
  listen("fd00:1::1", WEB),
]);
const [one, two, checker, left, single, balancer] = await Promise.all([
  opened("127.0.5.1", "127.0.0.1", 100),
  opened("127.0.5.2", "127.0.0.1", 100),
  opened("127.0.9.1", "127.0.0.1", 100),
  opened("fd00:2::1", "fd00:1::1", 50).then(
    async (n) => n + (await opened("fd00:2::2", "fd00:1::1", 50)),
  ),
  opened("fd00:3::1", "fd00:1::1", 100),
  opened("10.9.9.9", "127.0.0.1", 400),
]);
// While all of the balancer's customer connections are in use.
const checks = await opened("10.9.9.9", "127.0.0.1", 100, CHECKS);
process.stdout.write(
  JSON.stringify({
    "127.0.5.1": one,
    "127.0.5.2": two,
    "127.0.9.1": checker,
    "fd00:2::1 fd00:2::2": left,
    "fd00:3::1": single,
    "10.9.9.9": balancer,
    "10.9.9.9 to the port for checks": checks,
  }),
);
process.exit(0);
