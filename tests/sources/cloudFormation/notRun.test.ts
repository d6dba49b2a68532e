import { expect } from "chai";
import { reading } from "../read";

it("reports what CloudFormation runs over a template first, and has no resource of it", async () => {
  const { notes, resources } = await reading(
    [
      "Transform: [AWS::LanguageExtensions, Own, {Name: Other}]",
      "Resources:",
      '  Fn::ForEach::Www: [N, [a], {"Www&{N}": {Type: AWS::Route53::RecordSet}}]',
    ].join("\n"),
    "t.yaml",
  );
  const way =
    "give what CloudFormation made of it: aws cloudformation get-template --template-stage Processed --query TemplateBody --stack-name NAME";
  expect(notes).to.deep.equal([
    `t.yaml: Resources.Fn::ForEach::Www is not run, and what it makes is left out; ${way}`,
    `t.yaml: the transform Own is not run, and what it changes is unknown; ${way}`,
    `t.yaml: the transform Other is not run, and what it changes is unknown; ${way}`,
  ]);
  expect(resources).to.deep.equal([]);
});
