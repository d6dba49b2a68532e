import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { Workshop } from "../../../../rehearsal/live/lamp/workshop";

/** The states of the processes of a group, as ps shows them: Z has ended. */
function statesOf(group: number): readonly string[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const [state = "", , itsGroup] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return Number(itsGroup) === group ? [state] : [];
    } catch {
      return [];
    }
  });
}

describe("a server of a drill", () => {
  const workshop = new Workshop();

  after(async () => workshop.close());

  it("has ended when its last process has, so that a successor gets its sockets", async () => {
    const workers = "for n in $(seq 300); do nice sleep 1000 & done";
    const server = workshop.start("server", "/bin/sh", ["-c", `${workers}; echo ready; sleep 0.2`]);
    await server.ended;
    expect(statesOf(server.pid).filter((state) => state !== "Z")).to.deep.equal([]);
  });
});
