import { connect } from "node:net";
import type { Socket } from "node:net";
import { Worker } from "node:worker_threads";

/**
 * A listener whose queue is full drops every SYN on Linux, as a host does that is gone: a thread listens and
 * then blocks, so that it accepts nothing, and two connections fill its queue.
 */
const code = `
const { parentPort, workerData } = require("node:worker_threads");
parentPort.once("message", () => {
  const server = require("node:net").createServer();
  server.on("error", ({ message }) => { parentPort.postMessage(message); process.exit(); });
  server.listen({ host: workerData.host, port: workerData.port, backlog: 1 }, () => {
    parentPort.postMessage("listens");
    Atomics.wait(workerData.flag, 0, 0);
    process.exit();
  });
});
parentPort.postMessage("ready");
`;

/** A queue of one holds two connections on Linux; further ones stay without an answer, as is wanted. */
const fillersCount = 3;

/** Listens at an address and never answers a SYN. */
export class SilentListener {
  private readonly flag = new Int32Array(new SharedArrayBuffer(4));
  private readonly worker: Worker;
  private fillers: readonly Socket[] = [];

  private constructor(
    private readonly host: string,
    private readonly port: number,
  ) {
    const workerData = { host, port, flag: this.flag };
    // Without the options of this process: what they load takes time.
    this.worker = new Worker(code, { eval: true, execArgv: [], workerData });
  }

  /** A thread that is ready to listen, so that the address is free only for a moment. */
  static async ready(host: string, port: number): Promise<SilentListener> {
    const listener = new SilentListener(host, port);
    await listener.told("ready");
    return listener;
  }

  /** Listens from now on; the address must be free. */
  async begin(): Promise<void> {
    const listens = this.told("listens");
    this.worker.postMessage("listen");
    await listens;
    this.fillers = Array.from({ length: fillersCount }, () => {
      const socket = connect(this.port, this.host);
      socket.on("error", () => undefined);
      return socket;
    });
  }

  /** Frees the address; connections that wait are reset. */
  async end(): Promise<void> {
    const gone = new Promise((resolve) => this.worker.once("exit", resolve));
    Atomics.store(this.flag, 0, 1);
    Atomics.notify(this.flag, 0);
    await this.worker.terminate();
    await gone;
    for (const socket of this.fillers) socket.destroy();
  }

  private told(expected: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.worker.once("message", (message: string) => {
        if (message === expected) resolve();
        else reject(new Error(`${this.host}:${this.port}: ${message}`));
      });
      this.worker.once("error", reject);
    });
  }
}
