import { expect } from "chai";
import { ForeignProject } from "./foreignProject";

const program = `
import * as pulumi from "@pulumi/pulumi";
console.log("logged");
process.stdout.write("written\\n");
console.error("complained");
void pulumi.log.info("told");
export const a = pulumi.output(1).apply((one) => {
  console.log("applied");
  return one;
});
`;

describe("what a program prints", function () {
  let project: ForeignProject;
  afterEach(() => {
    project.remove();
  });

  const printed = ["logged", "written", "complained", "info: [runtime] told", "applied"];

  it("goes to stderr, and leaves stdout to the tool", async () => {
    project = new ForeignProject().write({ "index.ts": program });
    const { out, err } = await project.run("policy", "--stack", "dev", "--json");
    expect(JSON.parse(out)).to.have.property("violations");
    for (const line of printed) expect(err.split("\n")).to.include(line);
  });

  it("is printed once if the program runs again for the line of its error", async () => {
    project = new ForeignProject().write({ "index.ts": `${program}\nthrow new Error("end");\n` });
    const { out, err } = await project.run("prove", "--stack", "dev");
    expect(out).to.equal("");
    expect(err.split("\n").filter((line) => line === "logged")).to.have.length(1);
  });

  it("goes where it went before afterwards", async () => {
    const look = () => Object.getOwnPropertyDescriptor(process.stdout, "write");
    const before = look();
    project = new ForeignProject().write({ "index.js": 'throw new Error("end");' });
    await project.faults();
    expect(look()).to.deep.equal(before);
  });
});
