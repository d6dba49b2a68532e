import { expect } from "chai";
import { reading } from "../read";

const refused = "CloudFormation refuses the template, so define it, or name another";

describe("the references of a CloudFormation template", () => {
  const head = [
    "Parameters:",
    "  Zone: {Type: String, Default: a.test}",
    "Conditions:",
    "  Never: !Equals [a, b]",
    "  Open: !Equals [!Ref AWS::Region, a]",
    "Resources:",
    "  Bucket: {Type: AWS::S3::Bucket}",
    "  Left: {Type: AWS::S3::Bucket, Condition: Never}",
    "  Perhaps: {Type: AWS::S3::Bucket, Condition: Open}",
  ];
  const record = (property: string, more = ""): string =>
    `  Www: {Type: AWS::Route53::RecordSet${more}, Properties: {Name: a.test, Type: A, ${property}}}`;
  const faults = async (...lines: readonly string[]): Promise<readonly string[]> => {
    const text = await reading([...head, ...lines].join("\n"), "t.yaml").then(() => "", String);
    return text === "" ? [] : text.replace("InputError: ", "").split("\n");
  };

  it("are refused to what it does not have, all at once, in each form", async () => {
    expect(
      await faults(
        record(
          "HealthCheckId: !Ref Gone, ResourceRecords: [!GetAtt Nope.Ip, !Sub '${Zone}${ No.Arn }${!Kept}'], SetIdentifier: !Sub ['${A}${B}', {A: !Ref Far}]",
          ", DependsOn: [Bucket, Zone], Metadata: {At: !GetAtt [Zone, Arn]}",
        ),
        "  Late: {Type: AWS::S3::Bucket, DependsOn: Never}",
        "Outputs:",
        "  Out: {Value: !Ref Away}",
      ),
    ).to.have.members([
      `t.yaml: Resources.Www.Properties.HealthCheckId: must name a resource or parameter of the template, got Gone; ${refused}`,
      `t.yaml: Resources.Www.Properties.ResourceRecords[0]: must name a resource of the template, got Nope; ${refused}`,
      `t.yaml: Resources.Www.Properties.ResourceRecords[1]: must name a resource of the template, got No; ${refused}`,
      `t.yaml: Resources.Www.Properties.SetIdentifier: must name a resource or parameter of the template, got B; ${refused}`,
      `t.yaml: Resources.Www.Properties.SetIdentifier.A: must name a resource or parameter of the template, got Far; ${refused}`,
      `t.yaml: Resources.Www.Metadata.At: must name a resource of the template, got Zone; ${refused}`,
      `t.yaml: Resources.Www.DependsOn[1]: must name a resource of the template, got Zone; ${refused}`,
      `t.yaml: Resources.Late.DependsOn: must name a resource of the template, got Never; ${refused}`,
      `t.yaml: Outputs.Out.Value: must name a resource or parameter of the template, got Away; ${refused}`,
    ]);
  });

  it("are refused even where nothing uses them", async () => {
    const line = `must name a resource or parameter of the template, got Gone; ${refused}`;
    expect(await faults(record("TTL: !If [Never, !Ref Gone, 60]"))).to.deep.equal([
      `t.yaml: Resources.Www.Properties.TTL: ${line}`,
    ]);
    expect(await faults(record("TTL: !Ref Gone", ", Condition: Never"))).to.deep.equal([
      `t.yaml: Resources.Www.Properties.TTL: ${line}`,
    ]);
  });

  it("are refused to a resource whose condition is false, where they are used", async () => {
    expect(await faults(record("HealthCheckId: !Ref Left"))).to.deep.equal([
      "t.yaml: Resources.Www.Properties.HealthCheckId: must name a resource that is created, got Left, whose condition Never is false; choose by Fn::If, or give this one the condition as well",
    ]);
    const used = [
      record("HealthCheckId: !If [Never, !Ref Left, !Ref Perhaps]"),
      record("HealthCheckId: !Ref Left", ", Condition: Never"),
      record("TTL: 60", ", DependsOn: Left"),
      record("SetIdentifier: !Sub '${AWS::StackName}-${Zone}', HealthCheckId: !Ref Bucket"),
    ];
    for (const one of used) expect(await faults(one)).to.deep.equal([]);
  });

  it("are refused in a condition to anything but a parameter", async () => {
    const conditions = ["Conditions:", "  Is: !Equals [!Ref Www, !Sub '${AWS::Region}']"];
    const template = [...conditions, "Resources:", record("TTL: 60")].join("\n");
    expect(await reading(template, "t.yaml").then(() => "", String)).to.equal(
      `InputError: t.yaml: Conditions.Is: must name a parameter of the template, as conditions can, got Www; ${refused}`,
    );
  });

  it("are not refused to a resource of a module, in both forms", async () => {
    const module = "  Site: {Type: Our::S3::Site::MODULE}";
    const outputs = "Outputs: {A: {Value: !GetAtt SiteBucket.Arn}, B: {Value: !Ref Site.Bucket}}";
    expect(await faults(record("TTL: 60"), module, outputs)).to.deep.equal([]);
  });

  it("are not judged where AWS SAM or a loop makes resources of other names", async () => {
    const loop = '  "Fn::ForEach::All": [X, [a], {"B${X}": {Type: AWS::S3::Bucket}}]';
    expect(await faults(record("HealthCheckId: !Ref FunctionRole"), loop)).to.deep.equal([]);
    expect(
      await faults(
        record("HealthCheckId: !Ref FunctionRole"),
        "Transform: AWS::Serverless-2016-10-31",
      ),
    ).to.deep.equal([]);
  });
});
