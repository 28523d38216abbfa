import { Aws, CfnOutput, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { PolicyDocument, PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { CfnConfigurationSet, CfnOptOutList, CfnPhoneNumber } from "aws-cdk-lib/aws-smsvoice";
import { Topic, TopicPolicy } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import type { GatewayFunction } from "./function.ts";
import { administer } from "./keys.ts";

const CARRIER = "sms-voice.amazonaws.com";

/** Only the SMS service of this very account (docs: two-way-sms-iam-policy). */
const OURS = {
  StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID },
  ArnLike: { "aws:SourceArn": `arn:${Aws.PARTITION}:sms-voice:${Aws.REGION}:${Aws.ACCOUNT_ID}:*` },
};

export interface NumberStackProps extends StackProps {
  readonly clinicId: string;
  /** What STOP and HELP answer should AWS ever manage them; the gateway does, so patients do not see these. */
  readonly keywordText: string;
}

/**
 * The clinic's number, and what the carrier tells us. Lives longest: a replaced number is given back to AWS, and a replaced
 * opt-out list is an empty one, so both are retained and protected.
 */
export class NumberStack extends Stack {
  readonly inbound: Topic;
  readonly delivery: Topic;
  readonly transportKey: Key;
  private readonly number: CfnPhoneNumber;
  private readonly optOuts: CfnOptOutList;
  private readonly events: CfnConfigurationSet;

  constructor(scope: Construct, id: string, props: NumberStackProps) {
    super(scope, id, { ...props, terminationProtection: true });
    this.transportKey = new Key(this, "transport-key", {
      description: "Clinic SMS Gateway: the carrier's payloads on their way to the queues",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
      policy: new PolicyDocument({ statements: [administer()] }),
    });
    this.transportKey.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(CARRIER)],
        actions: ["kms:GenerateDataKey*", "kms:Decrypt"],
        resources: ["*"],
        conditions: OURS,
      }),
    );
    this.inbound = new Topic(this, "inbound-texts", { masterKey: this.transportKey });
    this.delivery = new Topic(this, "delivery-events", { masterKey: this.transportKey });
    const policies = [this.inbound, this.delivery].map((topic) => {
      const policy = new TopicPolicy(this, `${topic.node.id}-policy`, { topics: [topic], enforceSSL: true });
      policy.document.addStatements(
        new PolicyStatement({
          sid: "CarrierPublishes",
          principals: [new ServicePrincipal(CARRIER)],
          actions: ["sns:Publish"],
          resources: [topic.topicArn],
          conditions: OURS,
        }),
      );
      return policy;
    });

    this.optOuts = new CfnOptOutList(this, "opt-outs", { optOutListName: `clinic-sms-${props.clinicId}` });
    this.events = new CfnConfigurationSet(this, "events", {
      configurationSetName: `clinic-sms-${props.clinicId}`,
      eventDestinations: [
        {
          eventDestinationName: "delivery-events",
          enabled: true,
          matchingEventTypes: ["TEXT_ALL"],
          snsDestination: { topicArn: this.delivery.topicArn },
        },
      ],
    });
    this.number = new CfnPhoneNumber(this, "number", {
      isoCountryCode: "CA",
      numberType: "LONG_CODE",
      numberCapabilities: ["SMS"],
      optOutListName: this.optOuts.ref,
      selfManagedOptOutsEnabled: true,
      deletionProtectionEnabled: true,
      mandatoryKeywords: { stop: { message: props.keywordText }, help: { message: props.keywordText } },
      twoWay: { enabled: true, channelArn: this.inbound.topicArn },
    });
    // AWS checks when a number or an event destination is made that it may publish: the policies must stand before them.
    for (const policy of policies) {
      this.number.node.addDependency(policy);
      this.events.node.addDependency(policy);
    }
    new CfnOutput(this, "ClinicNumber", { value: this.number.attrPhoneNumber });
    new CfnOutput(this, "OptOutList", { value: this.optOuts.ref });
    for (const retained of [this.optOuts, this.events, this.number]) retained.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  /** Lets a function send from this number, and from no other of the account. */
  grantSend(fn: GatewayFunction): void {
    fn.allow(["sms-voice:SendTextMessage"], [this.number.attrArn]);
    fn.setting("ORIGINATION", this.number.attrArn);
    fn.setting("CONFIGURATION_SET", this.events.configurationSetName ?? "");
  }

  /** Lets a function put numbers on the clinic's opt-out list, take them off, or read it. */
  grantOptOuts(fn: GatewayFunction, actions: readonly ("PutOptedOutNumber" | "DeleteOptedOutNumber" | "DescribeOptedOutNumbers")[]): void {
    fn.allow(
      actions.map((action) => `sms-voice:${action}`),
      [this.optOuts.attrArn],
    );
    fn.setting("OPT_OUT_LIST", this.optOuts.ref);
  }

  /** Tells a function our own number, which is never texted. */
  tellNumber(fn: GatewayFunction): void {
    fn.setting("ORIGINATION_NUMBER", this.number.attrPhoneNumber);
  }
}
