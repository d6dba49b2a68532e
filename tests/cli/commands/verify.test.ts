import { expect } from "chai";
import { main } from "../../../cli/main";
import { memoryIo } from "../memoryIo";
import { GateServer } from "./gateServer";

describe("failover verify, where AWS refuses", function () {
  this.timeout(60_000);
  let server: GateServer;

  before(async () => {
    server = await GateServer.start();
  });
  after(() => server.end());

  async function refusedWith(status: number, type: string, body: string): Promise<string> {
    server.isCalledBy("123456789012");
    server.state = { status, headers: { "content-type": type }, body };
    const io = memoryIo({ env: server.env });
    expect(await main(["verify", "--zone-for-tests", "verify.example.org"], io)).to.equal(2);
    expect(io.out()).to.equal("");
    return io.err();
  }
  const ofCode = (code: string, message: string): string =>
    `<ErrorResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`;

  const asked = "route53 listHostedZonesByName in us-east-1 for account 123456789012";
  const denied =
    "User: arn:aws:iam::123456789012:user/ana is not authorized to perform: route53:ListHostedZonesByName";
  for (const [status, code, message, line] of [
    [
      ...[403, "AccessDenied", denied],
      `${asked}: these credentials may not call it, got AccessDenied: ${denied}; allow route53:ListHostedZonesByName by IAM, or use other credentials`,
    ],
    [
      ...[400, "Throttling", "Rate exceeded"],
      `${asked}: AWS throttles it, got Throttling: Rate exceeded; wait, and run it again`,
    ],
    [
      ...[404, "NoSuchHostedZone", "No hosted zone found"],
      `${asked}: does not exist, got NoSuchHostedZone: No hosted zone found; check the account of the credentials, and the name`,
    ],
    [
      ...[400, "InvalidInput", "not so"],
      `${asked}: failed, got InvalidInput: not so; mend what it says, or run it again`,
    ],
    [
      ...[403, "ExpiredToken", "expired"],
      "credentials: expired, got ExpiredToken; sign in again, as with `aws sso login`, or set AWS_PROFILE",
    ],
  ] as const) {
    it(`says in one line what was asked, where AWS answers ${code}`, async () => {
      expect(await refusedWith(status, "text/xml", ofCode(code, message))).to.equal(`${line}\n`);
    });
  }

  it("shows no piece of an answer that is none of AWS's", async () => {
    expect(await refusedWith(403, "text/html", "")).to.equal(
      `${asked}: failed, got Unknown: HTTP status 403 without a reason; mend what it says, or run it again\n`,
    );
    expect(await refusedWith(403, "application/json", "{}")).to.equal(
      `${asked}: failed, got Error: an answer that is none of AWS's, with HTTP status 403; mend what it says, or run it again\n`,
    );
  });
});
