import { expect } from "chai";
import { askServer, DnsError } from "../../aws/publicDns";
import { AuthoritativeServer } from "./authoritativeServer";

describe("a question to a name server", () => {
  let server: AuthoritativeServer;
  beforeEach(async () => {
    server = await AuthoritativeServer.start();
    server.said = { "a.example.org A": ["192.0.2.1", "192.0.2.2"] };
  });
  afterEach(() => {
    server.end();
  });

  const dataOf = async (): Promise<readonly unknown[]> => {
    const { records } = await askServer(server.server, "a.example.org", "A");
    return records.map((record) => ("data" in record ? record.data : undefined));
  };

  it("is answered over UDP", async () => {
    expect(await dataOf()).to.deep.equal(["192.0.2.1", "192.0.2.2"]);
  });

  it("is repeated over TCP where the answer is truncated, and read in parts", async () => {
    server.large = ["a.example.org A"];
    expect(await dataOf()).to.deep.equal(["192.0.2.1", "192.0.2.2"]);
  });

  it("has the server's code for a name that does not exist, and where it refuses", async () => {
    const codeOf = async (name: string): Promise<string> =>
      (await askServer(server.server, name, "A")).rcode;
    expect(await codeOf("b.example.org")).to.equal("NXDOMAIN");
    server.refuses = true;
    expect(await codeOf("a.example.org")).to.equal("NOTIMP");
  });

  it("is refused in one line by a port where nobody listens", async () => {
    const gone = await AuthoritativeServer.start();
    const { server: address } = gone;
    gone.end();
    const error = await askServer(address, "a.example.org", "A").catch((one: unknown) => one);
    expect(error).to.be.instanceOf(DnsError);
    expect((error as Error).message).to.match(
      /^127\.0\.0\.1 is unreachable \(.*ECONNREFUSED.*\), asked for A of a\.example\.org$/,
    );
  });
});
