import {
  check,
  made,
  pager,
  record,
  rule,
  server,
  websiteZones,
  aliasTo,
  alb,
  scaled,
  aliasToAlb,
} from "../parts";
import { website } from "../partsOfData";
import type { Scenario } from "../scenario";
import { fault, scenario } from "../scenario";

const zone = made("route53/zone:Zone", "zone", {
  zoneId: "Z0EXAMPLE",
  name: "example.com",
  forceDestroy: false,
});
const secured = [
  zone,
  made("route53/queryLog:QueryLog", "queries", {
    zoneId: "Z0EXAMPLE",
    cloudwatchLogGroupArn: "arn:aws:logs:us-east-1:1:log-group:/aws/route53/example.com",
  }),
  made("route53/keySigningKey:KeySigningKey", "key", { hostedZoneId: "Z0EXAMPLE", name: "key" }),
  made("route53/hostedZoneDnsSec:HostedZoneDnsSec", "signing", { hostedZoneId: "Z0EXAMPLE" }),
];
const plain = (name: string, type: string, ...records: readonly string[]) =>
  record(name, { name: `${name}.example.com`, type, ttl: 300, records });

/** Zones and their records, without a failover. */
export const nameStacks: readonly Scenario[] = [
  scenario(
    "the zone of a company with mail",
    [
      secured,
      record("apex-mx", {
        name: "example.com",
        type: "MX",
        ttl: 3600,
        records: ["10 mx1.mail.example.net", "20 mx2.mail.example.net"],
      }),
      record("apex-txt", {
        name: "example.com",
        type: "TXT",
        ttl: 3600,
        records: ["v=spf1 include:_spf.mail.example.net ~all", "google-site-verification=abc"],
      }),
      record("apex-caa", {
        name: "example.com",
        type: "CAA",
        ttl: 3600,
        records: ['0 issue "amazon.com"', '0 iodef "mailto:security@example.com"'],
      }),
      plain("_abc", "CNAME", "_def.xyz.acm-validations.aws."),
      plain("selector1._domainkey", "CNAME", "selector1.dkim.amazonses.com"),
      plain("status", "CNAME", "example.statuspage.io"),
      plain("office", "A", "203.0.113.20"),
      plain("office6", "AAAA", "2001:db8:1::20"),
      plain("_sip._tcp", "SRV", "10 60 5060 sip.example.net."),
      record("sub-ns", {
        name: "dev.example.com",
        type: "NS",
        ttl: 172800,
        records: ["ns-1.awsdns-00.com", "ns-2.awsdns-01.net"],
      }),
    ],
    ...(
      [
        ["an IPv4 address does not exist", "office", { records: ["300.1.1.1"] }],
        ["an AAAA record has an IPv4 address", "office6", { records: ["203.0.113.20"] }],
        ["a text is longer than a string may be", "apex-txt", { records: ["x".repeat(300)] }],
        ["a mail server has no preference", "apex-mx", { records: ["mx1.mail.example.net"] }],
        ["a CAA has no flag", "apex-caa", { records: ['issue "amazon.com"'] }],
        ["a service has no port", "_sip._tcp", { records: ["10 60 sip.example.net."] }],
        ["a CNAME has two values", "status", { records: ["a.example.net", "b.example.net"] }],
        ["a label is too long", "office", { name: `${"a".repeat(64)}.example.com` }],
        ["the name is of another zone", "office", { name: "office.example.org" }],
        ["a record has no TTL", "office", { ttl: undefined }],
      ] as const
    ).map(([title, name, changes]) =>
      fault(
        title,
        (sample) => sample.set(name, changes),
        `record-is-accepted-by-route53 at ${name}`,
      ),
    ),
    fault(
      "a CNAME is at the apex",
      (sample) => sample.set("status", { name: "example.com" }),
      "record-name-has-one-routing-policy at status",
    ),
    fault(
      "the zone is not signed",
      (sample) => sample.drop("signing", "key"),
      "zone-is-signed-and-logged at zone",
    ),
    fault(
      "queries are not logged",
      (sample) => sample.drop("queries"),
      "zone-is-signed-and-logged at zone",
    ),
    fault(
      "the zone may be deleted with its records",
      (sample) => sample.set("zone", { forceDestroy: true }),
      "data-is-protected-from-deletion at zone",
    ),
    fault(
      "a name points to a website bucket that no one owns",
      (sample) =>
        sample.add(
          plain("campaign", "CNAME", "campaign.example.com.s3-website-us-east-1.amazonaws.com"),
        ),
      "record-target-is-owned at campaign",
    ),
    fault(
      "a name points to a distribution that no one owns",
      (sample) => sample.add(plain("cdn", "CNAME", "d111111abcdef8.cloudfront.net")),
      "record-target-is-owned at cdn",
    ),
  ),
  scenario(
    "a website in a bucket of its name",
    [
      website("blog", "blog.example.com", "us-west-2"),
      record("blog-name", {
        name: "blog.example.com",
        ...aliasTo("s3-website-us-west-2.amazonaws.com", websiteZones["us-west-2"] ?? "", false),
      }),
    ],
    fault(
      "the bucket was deleted, and the record was not",
      (sample) => sample.drop("blog", "blog-website", "blog-access", "blog-policy"),
      "record-target-is-owned at blog-name",
    ),
    fault(
      "everyone may write to the bucket",
      (sample) =>
        sample.set("blog-policy", {
          policy: JSON.stringify({
            Statement: [
              {
                Effect: "Allow",
                Principal: { AWS: "*" },
                Action: "s3:*",
                Resource: "arn:aws:s3:::blog.example.com/*",
              },
            ],
          }),
        }),
      "bucket-blocks-public-access at blog-policy",
    ),
  ),
  scenario(
    "a check of each kind",
    [
      pager,
      server("web", "us-east-1a", "192.0.2.1"),
      check("http", { type: "HTTP_STR_MATCH", ipAddress: "192.0.2.1", port: 80 }),
      check("tls", {
        type: "HTTPS_STR_MATCH",
        ipAddress: "192.0.2.1",
        port: 443,
        enableSni: true,
        fqdn: "www.example.com",
      }),
    ],
    ...(
      [
        ["an interval of 20 s", "http", { requestInterval: 20 }],
        ["a threshold of 12", "http", { failureThreshold: 12 }],
        ["no marker to search for", "http", { searchString: undefined }],
        ["a path of a TCP check", "http", { type: "TCP", searchString: undefined }],
        ["two regions", "http", { regions: ["us-east-1", "eu-west-1"] }],
      ] as const
    ).map(([title, name, changes]) =>
      fault(
        title,
        (sample) => sample.set(name, changes),
        `check-arguments-are-valid at ${name}`,
        `check-asks-for-health at ${name}`,
      ),
    ),
    fault(
      "a private address",
      (sample) => sample.set("http", { ipAddress: "10.0.0.5" }),
      "check-address-is-public at http",
    ),
  ),
  scenario(
    "an alarm on a check",
    [
      pager,
      server("web", "us-east-1a", "192.0.2.1"),
      check("http", { type: "HTTP_STR_MATCH", ipAddress: "192.0.2.1", port: 80 }),
    ],
    fault(
      "it is in the region of the server",
      (sample) => sample.move("http-alarm", "us-west-2"),
      "route53-alarm-is-where-its-metric-is at http-alarm",
    ),
    fault(
      "its topic has no subscriber",
      (sample) => sample.drop("pager-mail"),
      "alarm-topic-is-encrypted-and-heard at pager",
    ),
    fault(
      "its topic has the key of SNS, which CloudWatch cannot use",
      (sample) => sample.set("pager", { kmsMasterKeyId: "alias/aws/sns" }),
      "alarm-topic-is-encrypted-and-heard at pager",
    ),
  ),
  scenario(
    "a service behind one balancer",
    [
      alb("web", "eu-west-1"),
      scaled("web", "eu-west-1"),
      record("www", { name: "www.example.com", ...aliasToAlb("web", "eu-west-1") }),
    ],
    fault(
      "the balancer may be deleted",
      (sample) => sample.set("web-alb", { enableDeletionProtection: false }),
      "balancer-is-protected at web-alb",
    ),
    fault(
      "the balancer keeps no log",
      (sample) => sample.set("web-alb", { accessLogs: { bucket: "", enabled: false } }),
      "balancer-is-protected at web-alb",
    ),
    fault(
      "the balancer forwards malformed headers",
      (sample) => sample.set("web-alb", { dropInvalidHeaderFields: false }),
      "balancer-is-protected at web-alb",
    ),
    fault(
      "the listener accepts TLS 1.0",
      (sample) => sample.set("web-https", { sslPolicy: "ELBSecurityPolicy-2016-08" }),
      "traffic-is-encrypted-in-transit at web-https",
    ),
    fault(
      "the plain listener redirects to plain HTTP",
      (sample) =>
        sample.set("web-http", {
          defaultActions: [
            {
              type: "redirect",
              redirect: { port: "8080", protocol: "HTTP", statusCode: "HTTP_301" },
            },
          ],
        }),
      "traffic-is-encrypted-in-transit at web-http",
    ),
    fault(
      "a rule of the plain listener forwards",
      (sample) =>
        sample.set("web-http", { arn: "arn:listener/plain" }).add(
          made(
            "lb/listenerRule:ListenerRule",
            "plain-rule",
            {
              listenerArn: "arn:listener/plain",
              conditions: [{ pathPattern: { values: ["/*"] } }],
              actions: [
                {
                  type: "forward",
                  targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/1",
                },
              ],
            },
            "eu-west-1",
          ),
        ),
      "traffic-is-encrypted-in-transit at plain-rule",
    ),
    fault(
      "the alias names the zone of another region's balancers",
      (sample) =>
        sample.set("www", aliasTo("web-1234567890.eu-west-1.elb.amazonaws.com", "Z35SXDOTRQ7X7K")),
      "alias-names-its-targets-zone at www",
    ),
  ),
  scenario(
    "servers behind a network balancer with TLS",
    [
      made("lb/loadBalancer:LoadBalancer", "nlb", {
        arn: "arn:nlb",
        dnsName: "nlb-1.elb.us-west-2.amazonaws.com",
        zoneId: "Z18D5FSROUN65G",
        loadBalancerType: "network",
        enableDeletionProtection: true,
        accessLogs: { bucket: "logs", enabled: true },
      }),
      made("lb/listener:Listener", "nlb-tls", {
        loadBalancerArn: "arn:nlb",
        port: 443,
        protocol: "TLS",
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      }),
      record("nlb-name", {
        name: "tcp.example.com",
        ...aliasTo("nlb-1.elb.us-west-2.amazonaws.com", "Z18D5FSROUN65G"),
      }),
    ],
    fault(
      "it has the zone of an application balancer",
      (sample) =>
        sample.set("nlb-name", aliasTo("nlb-1.elb.us-west-2.amazonaws.com", "Z1H1FL5HABSF5")),
      "alias-names-its-targets-zone at nlb-name",
    ),
    fault(
      "it serves only plain HTTP",
      (sample) => sample.set("nlb-tls", { port: 80, protocol: "TCP", sslPolicy: undefined }),
      "traffic-is-encrypted-in-transit at nlb-tls",
    ),
  ),
  scenario(
    "the address of an office's bastion",
    [
      made("ec2/securityGroup:SecurityGroup", "bastion", {
        ingress: [rule(22, { cidrBlocks: ["203.0.113.0/24"] })],
      }),
      server("bastion-host", "us-east-1a", "192.0.2.5"),
      record("bastion-name", {
        name: "bastion.example.com",
        ttl: 300,
        records: ["192.0.2.5"],
      }),
    ],
    fault(
      "its Elastic IP has no resource, and the record still points there",
      (sample) => sample.set("bastion-host-eip", { instance: undefined }),
      "record-address-is-held at bastion-name",
    ),
    fault(
      "the record has an instance's address, which changes when the instance stops",
      (sample) =>
        sample.drop("bastion-host-eip").set("bastion-name", { records: ["198.51.100.5"] }),
      "record-address-is-held at bastion-name",
    ),
  ),
];
