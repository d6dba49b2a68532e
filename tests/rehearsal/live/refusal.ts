import { connect } from "node:net";

/** The code with which a connection is refused, such as `ECONNREFUSED`; undefined if it is accepted. */
export function refusalBy({
  address,
  port,
}: {
  readonly address: string;
  readonly port: number;
}): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, address, () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.on("error", ({ code = "unknown" }: NodeJS.ErrnoException) => {
      resolve(code);
    });
  });
}
