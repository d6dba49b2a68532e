import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { bootScript } from "../../components/bootScript";

describe("bootScript", () => {
  it("installs a web server, writes the pages, and only then serves", () => {
    const script = bootScript({ pages: { "/index.html": "<h1>It's open</h1>", "/a/b": "ok" } });
    expect(script.split("\n")).to.deep.equal([
      "#!/bin/bash",
      "set -euo pipefail",
      "# The Elastic IP replaces the first address while packages load, which breaks connections.",
      "until dnf install --assumeyes httpd; do sleep 5; done",
      "install -D -m 644 /dev/null '/var/www/html/index.html'",
      String.raw`printf '%s\n' '<h1>It'\''s open</h1>' > '/var/www/html/index.html'`,
      "install -D -m 644 /dev/null '/var/www/html/a/b'",
      String.raw`printf '%s\n' 'ok' > '/var/www/html/a/b'`,
      "systemctl enable --now httpd",
      "",
    ]);
  });

  it("listens on further ports as well", () => {
    const script = bootScript({ pages: {}, furtherPorts: [8080] });
    expect(script).to.contain("\necho 'Listen 8080' >> /etc/httpd/conf.d/ports.conf\n");
  });

  it("only starts what a prebuilt image has", () => {
    const script = bootScript({ pages: { "/a": "ok" }, furtherPorts: [8080], isPrebuilt: true });
    expect(script.split("\n")).to.deep.equal([
      "#!/bin/bash",
      "set -euo pipefail",
      "systemctl enable --now httpd",
      "",
    ]);
  });

  it("quotes so that a shell prints each page as it is", () => {
    const page = `It's $HOME, \`date\` and "more" \\ 100 %`;
    const line = bootScript({ pages: { "/x": page } })
      .split("\n")
      .find((each) => each.startsWith("printf"));
    const printed = execFileSync("sh", ["-c", line?.replace(/ > .*/, "") ?? ""], {
      encoding: "utf8",
    });
    expect(printed).to.equal(`${page}\n`);
  });
});
