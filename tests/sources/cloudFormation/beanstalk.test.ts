import { expect } from "chai";
import { StackModel } from "../../../routing/graph/stackModel";
import { named, reading } from "../read";

describe("an Elastic Beanstalk environment of a CloudFormation template", () => {
  it("has its settings as Pulumi's provider writes them", async () => {
    const namespace = "aws:elasticbeanstalk:environment";
    const Properties = {
      EnvironmentName: "shop",
      OptionSettings: [
        { Namespace: namespace, OptionName: "EnvironmentType", Value: "SingleInstance" },
      ],
    };
    const template = {
      Resources: { It: { Type: "AWS::ElasticBeanstalk::Environment", Properties } },
    };
    expect(named(await reading(template), "It").outputs).to.deep.equal({
      name: "shop",
      settings: [{ namespace, name: "EnvironmentType", value: "SingleInstance" }],
    });
  });

  it("A13 is left only if its settings give it a balancer", async () => {
    for (const [type, isLeft] of [
      ["LoadBalanced", true],
      ["SingleInstance", false],
    ] as const) {
      const { resources } = await reading(
        [
          "Resources:",
          "  Shop:",
          "    Type: AWS::ElasticBeanstalk::Environment",
          "    Properties:",
          "      OptionSettings:",
          `        - {Namespace: aws:elasticbeanstalk:environment, OptionName: EnvironmentType, Value: ${type}}`,
          "  Main:",
          "    Type: AWS::Route53::RecordSet",
          "    Properties:",
          "      {Name: www.example.org, HostedZoneId: Z1, Type: A, Failover: PRIMARY, SetIdentifier: p,",
          "       AliasTarget: {DNSName: !GetAtt Shop.EndpointURL, HostedZoneId: ZB, EvaluateTargetHealth: true}}",
          "  Spare:",
          "    Type: AWS::Route53::RecordSet",
          "    Properties:",
          "      {Name: www.example.org, HostedZoneId: Z1, Type: A, Failover: SECONDARY, SetIdentifier: s,",
          "       TTL: 60, ResourceRecords: [192.0.2.9]}",
        ].join("\n"),
        "t.yaml",
      );
      const model = new StackModel(resources);
      const lost = model.under(model.faults(["Shop"]));
      expect(lost.unknownsOf("www.example.org", "A")).to.deep.equal([]);
      const [answer] = lost.resolve("www.example.org", "A").answers;
      expect(answer?.value).to.equal(isLeft ? "192.0.2.9" : "<Shop>");
    }
  });
});
