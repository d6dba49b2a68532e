import { awsTypes } from "../../routing/graph/types";

/**
 * A resource type of Terraform's AWS provider, in the names of Pulumi's provider, which is
 * generated from it.
 */
export interface TerraformType {
  /** Pulumi's type token. */
  readonly token: string;
  /** Blocks that occur once at most, at any depth: Pulumi has no list for them. */
  readonly single?: readonly string[];
  /**
   * Names that differ from Terraform's in camel case: mostly blocks, which become lists in the
   * plural.
   */
  readonly names?: Readonly<Record<string, string>>;
}

const forwardActions = {
  single: ["forward", "stickiness", "redirect", "fixed_response"],
  names: {
    default_action: "defaultActions",
    action: "actions",
    condition: "conditions",
    target_group: "targetGroups",
  },
};

const loadBalancer: TerraformType = {
  token: awsTypes.loadBalancer,
  single: ["access_logs", "connection_logs"],
  names: { subnet_mapping: "subnetMappings" },
};

const targetGroup: TerraformType = {
  token: awsTypes.targetGroup,
  single: [
    "health_check",
    "stickiness",
    "target_group_health",
    "dns_failover",
    "unhealthy_state_routing",
  ],
  names: { target_failover: "targetFailovers", target_health_state: "targetHealthStates" },
};

const listener: TerraformType = { token: awsTypes.listener, ...forwardActions };
const attachment: TerraformType = { token: awsTypes.targetGroupAttachment };
const listenerRule: TerraformType = {
  token: "aws:lb/listenerRule:ListenerRule",
  ...forwardActions,
};

/** The types that are read, by their Terraform names (pulumi/pulumi-aws: provider/resources.go). */
export const terraformTypes: Readonly<Record<string, TerraformType>> = {
  aws_route53_zone: { token: awsTypes.zone, names: { vpc: "vpcs" } },
  aws_route53_record: {
    token: awsTypes.record,
    single: ["geoproximity_routing_policy", "cidr_routing_policy"],
    names: {
      alias: "aliases",
      failover_routing_policy: "failoverRoutingPolicies",
      weighted_routing_policy: "weightedRoutingPolicies",
      latency_routing_policy: "latencyRoutingPolicies",
      geolocation_routing_policy: "geolocationRoutingPolicies",
    },
  },
  aws_route53_health_check: { token: awsTypes.healthCheck },
  aws_route53_cidr_collection: { token: awsTypes.cidrCollection },
  aws_route53_cidr_location: { token: awsTypes.cidrLocation },
  aws_cloudwatch_metric_alarm: {
    token: awsTypes.metricAlarm,
    single: ["metric"],
    names: { alarm_name: "name", metric_query: "metricQueries" },
  },
  aws_eip: { token: awsTypes.elasticIp },
  aws_eip_association: { token: awsTypes.elasticIpAssociation },
  aws_instance: {
    token: awsTypes.instance,
    single: [
      "root_block_device",
      "metadata_options",
      "launch_template",
      "primary_network_interface",
    ],
    names: { network_interface: "networkInterfaces", ebs_block_device: "ebsBlockDevices" },
  },
  aws_network_interface: { token: awsTypes.networkInterface, names: { attachment: "attachments" } },
  aws_network_interface_attachment: { token: awsTypes.networkInterfaceAttachment },
  aws_subnet: { token: awsTypes.subnet },
  aws_lb: loadBalancer,
  aws_alb: loadBalancer,
  aws_lb_listener: listener,
  aws_alb_listener: listener,
  aws_lb_listener_rule: listenerRule,
  aws_alb_listener_rule: listenerRule,
  aws_lb_target_group: targetGroup,
  aws_alb_target_group: targetGroup,
  aws_lb_target_group_attachment: attachment,
  aws_alb_target_group_attachment: attachment,
  aws_elb: {
    token: "aws:elb/loadBalancer:LoadBalancer",
    single: ["health_check", "access_logs"],
    names: { listener: "listeners" },
  },
  aws_elb_attachment: { token: "aws:elb/attachment:Attachment" },
  aws_autoscaling_group: {
    token: awsTypes.autoScalingGroup,
    single: ["launch_template", "mixed_instances_policy", "launch_template_specification"],
    names: { tag: "tags", override: "overrides" },
  },
  aws_autoscaling_attachment: { token: awsTypes.autoScalingAttachment },
  aws_launch_template: {
    token: awsTypes.launchTemplate,
    single: ["metadata_options", "iam_instance_profile", "placement"],
    names: {
      network_interfaces: "networkInterfaces",
      block_device_mappings: "blockDeviceMappings",
    },
  },
  aws_ecs_service: {
    token: awsTypes.containerService,
    single: ["network_configuration"],
    names: { load_balancer: "loadBalancers" },
  },
  aws_db_instance: {
    token: awsTypes.database,
    names: { master_user_secret: "masterUserSecrets" },
  },
  aws_rds_cluster: {
    token: awsTypes.databaseCluster,
    names: { master_user_secret: "masterUserSecrets" },
  },
  aws_rds_cluster_instance: { token: awsTypes.databaseClusterInstance },
  aws_db_subnet_group: { token: awsTypes.databaseSubnetGroup },
  aws_s3_bucket: { token: awsTypes.bucket, single: ["website"] },
  aws_s3_bucket_website_configuration: {
    token: awsTypes.bucketWebsite,
    single: ["index_document", "error_document", "redirect_all_requests_to"],
    names: { routing_rule: "routingRules" },
  },
  aws_s3_object: { token: "aws:s3/bucketObjectv2:BucketObjectv2" },
  aws_cloudfront_distribution: {
    token: awsTypes.distribution,
    single: [
      "default_cache_behavior",
      "viewer_certificate",
      "s3_origin_config",
      "custom_origin_config",
    ],
    names: {
      origin: "origins",
      origin_group: "originGroups",
      member: "members",
      ordered_cache_behavior: "orderedCacheBehaviors",
    },
  },
  aws_lambda_function: { token: awsTypes.lambda },
  aws_apprunner_service: { token: awsTypes.appRunnerService },
  aws_lightsail_container_service: { token: awsTypes.lightsailContainers },
  aws_route53recoverycontrolconfig_routing_control: { token: awsTypes.routingControl },
  aws_globalaccelerator_accelerator: { token: "aws:globalaccelerator/accelerator:Accelerator" },
  aws_apigatewayv2_domain_name: {
    token: "aws:apigatewayv2/domainName:DomainName",
    single: ["domain_name_configuration", "mutual_tls_authentication"],
  },
  aws_api_gateway_domain_name: {
    token: "aws:apigateway/domainName:DomainName",
    single: ["endpoint_configuration", "mutual_tls_authentication"],
  },
  aws_vpc_endpoint: {
    token: "aws:ec2/vpcEndpoint:VpcEndpoint",
    names: { dns_entry: "dnsEntries" },
  },
  aws_elastic_beanstalk_environment: {
    token: "aws:elasticbeanstalk/environment:Environment",
    names: { setting: "settings" },
  },
};
