import { expect } from "chai";
import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { siteArchive } from "../../app/boot/siteArchive";
import { userData } from "../../app/boot/userData";
import { MetadataService, ROLE } from "../../rehearsal/live/lamp/metadataService";
import { needParts, pathOf } from "./harness/parts";
import { APP } from "./harness/region";

/**
 * The boot script in a root with only Debian's essential packages. Installing takes minutes, so this
 * runs only if CAFE_TEST_CLEAN_ROOT is set. It needs root and access to Debian's mirror.
 *
 * It does not prove: Amazon Linux's package names (dnf), systemd's units (a stand-in starts the
 * services), the CloudWatch agent, and the certificate bundle of RDS.
 */
describe("the boot script in a clean root", function () {
  this.timeout(600_000);
  let root: string;
  let metadata: MetadataService;
  let bucket: Server;
  const asked: { url: string; authorization: string; token: string }[] = [];
  const site = siteArchive(APP);

  before(async function () {
    if (process.env["CAFE_TEST_CLEAN_ROOT"] === undefined || process.getuid?.() !== 0) {
      process.stderr.write("    skipped: set CAFE_TEST_CLEAN_ROOT=1 and be root (some minutes)\n");
      this.skip();
    }
    needParts(this, ["mmdebstrap", "nft"]);
    metadata = await MetadataService.create();
    bucket = createServer(({ url = "", headers }, response) => {
      const token = String(headers["x-amz-security-token"]);
      asked.push({ url, authorization: headers.authorization ?? "", token });
      response.end(Buffer.from(site.base64, "base64"));
    });
    await new Promise<void>((resolve) => bucket.listen(0, "127.0.0.1", resolve));
    root = mkdtempSync(join(tmpdir(), "cafe-root-"));
    await run("mmdebstrap", ["--variant=apt", "bookworm", root]);
    cpSync("/etc/resolv.conf", join(root, "etc", "resolv.conf"));
    layUserData();
  });

  after(() => {
    if (!(root as string | undefined)) return;
    metadata.close();
    bucket.close();
    rmSync(root, { recursive: true, force: true });
  });

  /** Writes the files of the user data as cloud-init does, with test servers instead of AWS's. */
  function layUserData(): void {
    const text = userData({
      appDirectory: APP,
      deployment: "failover-dev-oregon",
      region: "us-west-2",
      availabilityZone: "us-west-2a",
      otherRegion: "eu-west-1",
      releaseSha256: site.sha256,
      releaseBucket: "releases",
      healthToken: "cafe-shallow-ok",
      deepHealthToken: "cafe-deep-ok",
      https: false,
    });
    const { port } = bucket.address() as AddressInfo;
    const config = JSON.parse(text.replace("#cloud-config\n", "")) as {
      write_files: { path: string; content: string; permissions: string }[];
    };
    for (const { path, content, permissions } of config.write_files) {
      const local = content
        .replace("http://169.254.169.254", metadata.endpoint)
        .replace("https://releases.s3.us-west-2.amazonaws.com", `http://127.0.0.1:${port}`);
      write(path, local, parseInt(permissions, 8));
    }
    // A chroot has no running systemd: these scripts start the services, if the test allows it.
    write(
      "/usr/local/sbin/systemd-tmpfiles",
      "#!/bin/sh\nmkdir -p /run/cafe /run/php\nchown cafe /run/cafe\n",
    );
    write(
      "/usr/local/sbin/systemctl",
      `#!/bin/sh
echo "$*" >> /var/log/systemctl
[ -e /allow-services ] || { [ "$1" != restart ]; exit; }
case "$*" in
  "restart php"*) kill $(cat /run/php/*.pid) 2>/dev/null; sleep 1; /usr/sbin/php-fpm8.2 ;;
  "restart apache2") apachectl stop; sleep 1; apachectl start ;;
esac
`,
    );
    // Packages need the machine's network, so its firewall is in reach: rules are for a run without it.
    write(
      "/usr/local/sbin/nft",
      '#!/bin/sh\n[ ! -e /allow-services ] || exec /usr/sbin/nft "$@"\n',
    );
  }

  /** The machine's own firewall, which a boot must not reach. */
  const firewall = (): string =>
    execFileSync(pathOf("nft"), ["list", "tables"], { encoding: "utf8" });

  function write(path: string, content: string, mode = 0o755): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
    chmodSync(join(root, path), mode);
  }

  /** Runs in the root with a separate pid namespace, so that all its child processes end with it. */
  async function inRoot(script: string, ...namespaces: string[]): Promise<string> {
    const flags = ["--mount", "--pid", "--fork", "--kill-child", ...namespaces];
    const setup = `mount -t proc proc '${root}/proc' && (ip link set lo up || true) && exec chroot '${root}' /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin /bin/bash -c "$0"`;
    return run("unshare", [...flags, "/bin/bash", "-c", setup, script]);
  }

  it("installs, fetches the release, and leaves the web server off when the services do not start", async () => {
    const before = firewall();
    const said = await inRoot("/opt/cafe/boot.sh 2>&1 || echo ended with $?");
    expect(firewall()).to.equal(before);
    expect(said).to.contain("the web server stays off").and.contain("ended with 1");
    expect(said).to.contain("ended with");
    const calls = execFileSync("cat", [join(root, "var/log/systemctl")], { encoding: "utf8" });
    expect(calls.trim().split("\n").slice(-2)).to.deep.equal([
      "disable --now httpd",
      "disable --now apache2",
    ]);
    expect(asked).to.have.length(1);
    expect(asked[0]?.url).to.equal(`/${site.sha256}.tar.gz`);
    expect(asked[0]?.token).to.equal(ROLE.Token);
    expect(asked[0]?.authorization).to.match(
      /^AWS4-HMAC-SHA256 Credential=AKIDCAFE\/\d{8}\/us-west-2\/s3\/aws4_request,/,
    );
  });

  it("serves the three paths afterwards, and again after a second run without a network", async () => {
    write("/allow-services", "");
    const probe =
      "for path in healthcheck index.html health.php; do curl -s -o /tmp/out -w '%{http_code} ' http://127.0.0.1/$path; head -c 60 /tmp/out | head -1; done";
    const said = await inRoot(
      `/opt/cafe/boot.sh && ${probe} && /opt/cafe/boot.sh && ${probe}`,
      "--net",
    );
    const served = ["200 cafe-shallow-ok", "200 <!doctype html>", "503 database: not configured"];
    expect(said.match(/^\d{3} .*$/gm)).to.deep.equal([...served, ...served]);
    expect(asked).to.have.length(1);
    for (const service of ["apache2", "php8.2-fpm"]) {
      const path = join(root, `etc/systemd/system/${service}.service.d/cafe.conf`);
      expect(readFileSync(path, "utf8"), service).to.match(/^Restart=always$/m);
    }
  });
});

async function run(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.on("close", (code) => {
      if (code === 0) resolve(said);
      else reject(new Error(`${command} ended with ${code ?? "a signal"}:\n${said.slice(-3000)}`));
    });
  });
}
