import { expect } from "chai";
import { installedPath, needLampPrograms } from "../../../../rehearsal/live/lamp/programs";

describe("the programs of the café's application", () => {
  const refusal = (missing: readonly string[]): string => {
    try {
      needLampPrograms((program) =>
        missing.includes(program) ? undefined : `/usr/bin/${program}`,
      );
      return "";
    } catch (error) {
      return String(error);
    }
  };

  it("are all named at once when they are missing, with how to install them", () => {
    expect(refusal(["mariadbd", "mariadb-install-db", "php", "moto_server"])).to.equal(
      "InputError: --app lamp: needs programs that are not on this machine: php, mariadbd, mariadb-install-db, " +
        "moto_server; install them with apt-get install php-cli php-mysql php-curl php-mbstring mariadb-server " +
        "and python3 -m pip install 'moto[server]'",
    );
    expect(refusal(["redis-server"])).to.equal(
      "InputError: --app lamp: needs programs that are not on this machine: redis-server; " +
        "install them with apt-get install redis-server",
    );
    expect(refusal([])).to.equal("");
  });

  it("are found in the folders of PATH", () => {
    expect(installedPath("sh")).to.match(/\/sh$/);
    expect(installedPath("no-such-program")).to.equal(undefined);
  });
});
