import { expect } from "chai";
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { siteArchive } from "../../app/boot/siteArchive";
import {
  gzipBase64,
  USER_DATA_LIMIT_BYTES,
  userData,
  type UserDataOptions,
} from "../../app/boot/userData";
import { needParts, pathOf } from "./harness/parts";
import { APP } from "./harness/region";

const OPTIONS: UserDataOptions = {
  appDirectory: APP,
  deployment: "failover-dev-oregon",
  region: "us-west-2",
  availabilityZone: "us-west-2a",
  otherRegion: "eu-west-1",
  releaseSha256: "ab".repeat(32),
  releaseBucket: "cafe-releases-us-west-2",
  healthToken: "cafe-shallow-ok",
  deepHealthToken: "cafe-deep-ok",
  https: true,
  tlsPort: 8080,
  healthPort: 8081,
  logGroup: "/cafe/orders",
  orders: {
    database: { host: "db.internal", name: "orders", secretId: "arn:aws:secretsmanager:x" },
    redis: { host: "cache.internal" },
    journalTable: "journal",
    sessionsTable: "sessions",
  },
};

interface CloudConfig {
  readonly write_files: readonly { readonly path: string; readonly content: string }[];
  readonly runcmd: readonly (readonly string[])[];
}

/** The cloud-config as cloud-init reads it; JSON is YAML. */
function parsed(options: UserDataOptions): CloudConfig {
  const text = userData(options);
  expect(text).to.match(/^#cloud-config\n/);
  return JSON.parse(text.replace("#cloud-config\n", "")) as CloudConfig;
}

function fileOf(options: UserDataOptions, path: string): string {
  return parsed(options).write_files.find((file) => file.path === path)?.content ?? "";
}

describe("user data", () => {
  it("writes the settings and the script, and runs the script", () => {
    const config = parsed(OPTIONS);
    expect(config.write_files.map(({ path }) => path)).to.deep.equal([
      "/etc/cafe/app.json",
      "/etc/cafe/boot.env",
      "/opt/cafe/boot.sh",
    ]);
    expect(config.runcmd).to.deep.equal([["/opt/cafe/boot.sh"]]);
    expect(fileOf(OPTIONS, "/opt/cafe/boot.sh")).to.equal(
      readFileSync(join(APP, "boot", "boot.sh"), "utf8"),
    );
    expect(fileOf(OPTIONS, "/etc/cafe/boot.env").split("\n")).to.include.members([
      "PREBUILT='no'",
      `RELEASE_URL='https://cafe-releases-us-west-2.s3.us-west-2.amazonaws.com/${"ab".repeat(32)}.tar.gz'`,
      "TLS_PORT='8080'",
      "HEALTH_PORT='8081'",
      "DATABASE_CA_URL='https://truststore.pki.rds.amazonaws.com/us-west-2/us-west-2-bundle.pem'",
    ]);
  });

  it("fits with room to spare, and unpacks to itself", () => {
    const text = userData(OPTIONS);
    const packed = Buffer.from(gzipBase64(text), "base64");
    process.stdout.write(`      user data: ${text.length} bytes, ${packed.length} gzipped\n`);
    expect(packed.length).to.be.below(USER_DATA_LIMIT_BYTES / 2);
    expect(gunzipSync(packed).toString()).to.equal(text);
  });

  it("gives an application configuration that the application accepts, and no secret", function () {
    needParts(this, ["php"]);
    const json = fileOf(OPTIONS, "/etc/cafe/app.json");
    const code =
      "require $argv[1]; $c = Cafe\\Config::fromArray(json_decode(stream_get_contents(STDIN), true));" +
      "echo $c->orders()->databasePort, ' ', $c->orders()->redisTls ? 'tls' : 'plain';";
    const autoload = join(APP, "src", "autoload.php");
    const said = execFileSync(pathOf("php"), ["-r", code, autoload], {
      input: json,
      encoding: "utf8",
    });
    expect(said).to.equal("3306 tls");
    expect(json).to.not.match(/password/i);
  });

  it("configures orders only where they are set, and a prebuilt image by one value", () => {
    const { orders, ...without } = OPTIONS;
    expect(orders).to.not.equal(undefined);
    expect(fileOf(without, "/etc/cafe/app.json")).to.not.contain('"orders"');
    expect(fileOf(without, "/etc/cafe/boot.env")).to.contain("DATABASE_CA_URL=''");
    const prebuilt = fileOf({ ...OPTIONS, prebuilt: true }, "/etc/cafe/boot.env");
    expect(prebuilt).to.contain("PREBUILT='yes'").and.contain("DATABASE_CA_URL=''");
  });

  it("refuses bad values, all together and each with its path", () => {
    const wrong = {
      ...OPTIONS,
      region: "oregon",
      otherRegion: "oregon",
      logGroup: "a'b",
      tlsPort: 80,
      healthPort: 80,
    };
    expect(() => userData({ ...wrong, releaseBucket: "a.b", healthToken: "" })).to.throw(
      [
        'userData.region: must be a region such as us-west-2, got "oregon"',
        'userData.otherRegion: must be a region such as eu-west-1, got "oregon"',
        'userData.releaseBucket: must be a bucket name without dots, got "a.b"',
        'userData.healthToken: must be 1 to 255 visible characters, got ""',
        'userData.logGroup: must be the name of a CloudWatch Logs group, got "a\'b"',
        "userData.otherRegion: must be a different region from the first, got oregon",
        "userData.tlsPort: must be a port from 1024 to 65535, got 80",
        "userData.healthPort: must be a port from 1024 to 65535, got 80",
        "userData.healthPort: must be another port than userData.tlsPort, which it needs, got 80",
      ].join("\n"),
    );
  });

  it("passes cloud-init's own check", function () {
    needParts(this, ["cloud-init"]);
    const folder = mkdtempSync(join(tmpdir(), "cafe-boot-"));
    try {
      const file = join(folder, "user-data");
      writeFileSync(file, userData(OPTIONS));
      const done = spawnSync(pathOf("cloud-init"), ["schema", "--config-file", file], {
        encoding: "utf8",
      });
      expect(done.stdout + done.stderr)
        .to.contain("Valid cloud-config")
        .and.not.match(/error|deprecat/i);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("boot scripts and templates", () => {
  it("pass shellcheck", function () {
    needParts(this, ["shellcheck"]);
    const boot = join(APP, "boot");
    const scripts = readdirSync(boot).filter((name) => name.endsWith(".sh"));
    expect(scripts.sort()).to.deep.equal(["boot.sh", "configure.sh", "firewall.sh", "render.sh"]);
    const done = spawnSync(pathOf("shellcheck"), scripts, { cwd: boot, encoding: "utf8" });
    expect(done.stdout).to.equal("");
  });

  it("refuse to render a template with a variable that is not set", () => {
    const render = join(APP, "boot", "render.sh");
    const template = join(APP, "boot", "etc", "cafe.tmpfiles");
    const env = { PATH: process.env["PATH"], STATE_DIR: "/run/cafe" };
    const done = spawnSync("bash", [render, template], { env, encoding: "utf8" });
    expect(done.status).to.equal(1);
    expect(done.stderr).to.contain("APP_USER is not set");
    const filled = spawnSync("bash", [render, template], {
      env: { ...env, APP_USER: "a&b" },
      encoding: "utf8",
    });
    expect(filled.stdout).to.contain("d /run/cafe 0700 a&b a&b -");
  });
});

describe("the units of systemd", () => {
  let folder: string;
  const env = {
    ...{ PATH: process.env["PATH"], PHP: "/bin/true", APP_USER: "daemon", ROOT: "/opt/cafe" },
    ...{ CONFIG_FILE: "/etc/cafe/app.json", LOG_DIR: "/var/log/cafe", STATE_DIR: "/run/cafe" },
  };

  before(function () {
    needParts(this, ["systemd-analyze"]);
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "cafe-units-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Places a template as configure.sh does. */
  function place(template: string, path: string): void {
    const render = [join(APP, "boot/render.sh"), join(APP, "boot/etc", template)];
    writeFileSync(join(folder, path), execFileSync("bash", render, { env }));
  }

  /** What systemd says of a unit with all that is placed beside it. */
  function complaints(unit: string): string {
    const done = spawnSync(pathOf("systemd-analyze"), ["verify", join(folder, unit)], {
      env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` },
      encoding: "utf8",
    });
    return `${done.stdout}${done.stderr}`.trim();
  }

  it("hold only what systemd knows", () => {
    const units = readdirSync(join(APP, "boot/etc")).filter((name) => /service$|timer$/.test(name));
    expect(units).to.have.length(6);
    for (const unit of units) place(unit, unit);
    for (const unit of units) expect(complaints(unit), unit).to.equal("");
  });

  it("start Apache and PHP-FPM again whenever they end, and keep them when one process is ended", () => {
    // As Amazon Linux's, which say nothing of a restart.
    writeFileSync(join(folder, "httpd.service"), "[Service]\nType=notify\nExecStart=/bin/true\n");
    mkdirSync(join(folder, "httpd.service.d"));
    place("cafe-restart.conf", "httpd.service.d/cafe.conf");
    expect(complaints("httpd.service")).to.equal("");
    const settings = readFileSync(join(folder, "httpd.service.d/cafe.conf"), "utf8");
    expect(settings.match(/^\w+=.*$/gm)).to.deep.equal([
      "StartLimitIntervalSec=0",
      "Restart=always",
      "RestartSec=1",
      "OOMPolicy=continue",
    ]);
  });
});

describe("the site archive", () => {
  it("unpacks with tar to exactly the files that an instance needs", function () {
    const { base64 } = siteArchive(APP);
    const listed = execFileSync("tar", ["-tz"], {
      input: Buffer.from(base64, "base64"),
      encoding: "utf8",
    });
    const names = listed.trim().split("\n");
    expect(names).to.include.members([
      "bin/drain.php",
      "boot/configure.sh",
      "boot/firewall.sh",
      "boot/etc/cafe.conf",
      "public/index.html",
      "schema.sql",
      "src/Aws/Client.php",
    ]);
    expect(names.filter((name) => /\.ts$|maintenance/.test(name))).to.deep.equal([]);
    process.stdout.write(
      `      site archive: ${Buffer.from(base64, "base64").length} bytes, ${names.length} files\n`,
    );
  });

  it("has a name that depends only on the content, and on all of it", () => {
    const folder = mkdtempSync(join(tmpdir(), "cafe-site-"));
    try {
      cpSync(APP, folder, { recursive: true });
      utimesSync(join(folder, "schema.sql"), 0, 0);
      expect(siteArchive(folder)).to.deep.equal(siteArchive(APP));
      writeFileSync(join(folder, "src", "Menu.php"), "<?php");
      expect(siteArchive(folder).sha256).to.not.equal(siteArchive(APP).sha256);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
