import { Aws, CfnOutput, Duration, Stack, type StackProps } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import { ACCESS, type Access, FUNCTIONS } from "./access.ts";
import { Alarms } from "./alarms.ts";
import { Api } from "./api.ts";
import type { DataStack } from "./data-stack.ts";
import { GatewayFunction } from "./function.ts";
import { KeyWatch } from "./key-watch.ts";
import type { NumberStack } from "./number-stack.ts";
import { OnCallTopics } from "./on-call.ts";
import { ArrivalQueue, ErrandQueue, together } from "./queues.ts";
import type { Settings } from "./settings.ts";

export interface GatewayStackProps extends StackProps {
  readonly settings: Settings;
  /** Folder with a bundle for each function. */
  readonly bundles: string;
  readonly number: NumberStack;
  readonly data: DataStack;
}

/** Pinpoint's one resource for this call (service authorization reference: Amazon Pinpoint, phone-number-validate). */
const LOOK_UP = `arn:${Aws.PARTITION}:mobiletargeting:${Aws.REGION}:${Aws.ACCOUNT_ID}:phone/number/validate`;

/** Functions that are called by a clock, not by somebody who waits. */
const OWN_TIME: Readonly<Record<string, Duration>> = { sweep: Duration.seconds(55), "reconcile-opt-outs": Duration.minutes(15) };

/** What runs: queues, functions, the API. Holds nothing that may not be made again. */
export class GatewayStack extends Stack {
  /** Where it is said that somebody must look. */
  readonly mustLook: Topic;

  constructor(scope: Construct, id: string, props: GatewayStackProps) {
    super(scope, id, props);
    const { settings, number, data } = props;
    const { clinic } = settings;

    const mustLook = new Topic(this, "someone-must-look", { enforceSSL: true });
    this.mustLook = mustLook;
    // A topic with a policy of its own has lost the default one, under which alarms could publish.
    mustLook.addToResourcePolicy(
      new PolicyStatement({
        sid: "AlarmsPublish",
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [mustLook.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
      }),
    );
    mustLook.addSubscription(new EmailSubscription(clinic.alertEmail));
    const onCall = new OnCallTopics(this, "on-call", clinic.onCall);

    const inbound = new ArrivalQueue(this, "inbound", number.inbound);
    const delivery = new ArrivalQueue(this, "delivery", number.delivery);
    const errands = { replies: new ErrandQueue(this, "replies"), bulk: new ErrandQueue(this, "bulk") };

    const functions = Object.fromEntries(FUNCTIONS.map((name) => [name, this.makeFunction(name, props)]));
    const fn = (name: string): GatewayFunction => {
      const made = functions[name];
      if (!made) throw new Error(`${name} is no function of the stack`);
      return made;
    };
    for (const [name, access] of Object.entries(ACCESS)) this.grant(fn(name), access, props, errands, mustLook, onCall);

    inbound.consumedBy(fn("receive-text"));
    delivery.consumedBy(fn("track-delivery"));
    errands.replies.consumedBy(fn("send-text"));
    errands.bulk.consumedBy(fn("send-text"));
    fn("send-text").setting("PARTS_PER_SECOND", String(settings.partsPerSecond));
    new Rule(this, "every-minute", {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(fn("sweep").lambda, { retryAttempts: 0 })],
    });
    // Lambda would try a failed run twice more by itself; the next minute's run does that, and one failure rings once.
    fn("sweep").lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });

    new Rule(this, "every-day", {
      schedule: Schedule.rate(Duration.days(1)),
      targets: [new LambdaFunction(fn("reconcile-opt-outs").lambda, { retryAttempts: 0 })],
    });

    const api = new Api(this, "api", {
      clinicId: clinic.id,
      tokenMinutes: settings.tokenMinutes,
      logDays: settings.logDays,
      functions,
      refuse: fn("refuse-route"),
    });

    // For the commands of docs/runbook.md.
    for (const [name, { queue, dead }] of Object.entries({ Inbound: inbound, Delivery: delivery })) {
      new CfnOutput(this, `${name}Queue`, { value: queue.queueArn });
      new CfnOutput(this, `${name}Dead`, { value: dead.queueArn });
    }

    const alarms = new Alarms(this, "alarms", mustLook);
    alarms.when("texts-not-stored", inbound.dead.metricApproximateNumberOfMessagesVisible());
    alarms.when("delivery-events-not-stored", delivery.dead.metricApproximateNumberOfMessagesVisible());
    // AWS leaves a message out of this age once it was received three times, which takes six minutes: ask well before that.
    alarms.when("texts-wait-too-long", inbound.queue.metricApproximateAgeOfOldestMessage(), 240);
    alarms.when("errands-given-up", together(errands.replies.dead, errands.bulk.dead));
    alarms.when("calls-fail", api.http.metricServerError(), 5);
    alarms.when("sending-fails", fn("send-text").lambda.metricErrors(), 5);
    alarms.when("sweep-fails", fn("sweep").lambda.metricErrors(), 3);
    alarms.silent("sweep-stopped", fn("sweep").lambda.metricInvocations());
    alarms.when("lists-not-compared", fn("reconcile-opt-outs").lambda.metricErrors());
    alarms.counted("opt-out-drift", "OptOutDrift", "reconcile-opt-outs");
    alarms.counted("texts-quarantined", "Quarantined", "receive-text");
    alarms.counted("debts-not-settled", "SweepFailed", "sweep", 10);
    alarms.counted("hook-failed", "HookFailed", ["accept-message", "reply", "send-text", "claim-conversation", "confirm-consent"]);
    alarms.counted("revocation-late", "RevocationLate", "revoke-consent");
    alarms.spend(settings.spendLimit);
    const { breakGlass, key: messageKey } = data.messageKey;
    new KeyWatch(this, "key-watch", {
      mustLook,
      breakGlass,
      messageKey,
      openers: FUNCTIONS.filter((name) => ACCESS[name]?.open).map((name) => fn(name).roleArn),
      keys: [messageKey, data.indexKey.key, number.transportKey],
    });
  }

  private makeFunction(name: string, { bundles, settings }: GatewayStackProps): GatewayFunction {
    const behindApi = !["receive-text", "track-delivery", "send-text", "sweep", "reconcile-opt-outs"].includes(name);
    return new GatewayFunction(this, name, {
      code: `${bundles}/${name}`,
      environment: {},
      timeout: OWN_TIME[name] ?? (behindApi ? Duration.seconds(15) : Duration.seconds(30)),
      // A function's texts fit in 160 MB (npm run bench); more memory would buy processor time that nobody waits for.
      memoryMb: 256,
      logDays: settings.logDays,
    });
  }

  private grant(
    fn: GatewayFunction,
    access: Access,
    { settings, number, data }: GatewayStackProps,
    errands: Record<"replies" | "bulk", ErrandQueue>,
    mustLook: Topic,
    onCall: OnCallTopics,
  ): void {
    const { id, numberLookup } = settings.clinic;
    if (access.state) data.state.grant(fn, access.state);
    if (access.audit) data.audit.grantAppend(fn, access.audit);
    if (access.seal) data.messageKey.grantSeal(fn, id);
    if (access.open) data.messageKey.grantOpen(fn, id);
    if (access.mac) data.indexKey.grantMac(fn);
    for (const lane of access.enqueue ?? []) errands[lane].grantEnqueue(fn);
    if (access.send) number.grantSend(fn);
    if (access.optOuts) number.grantOptOuts(fn, access.optOuts);
    // Nobody may ask until the clinic has decided it: a permission that is not there is not used by mistake.
    if (access.lookUp && numberLookup) fn.allow(["mobiletargeting:PhoneNumberValidate"], [LOOK_UP]);
    if (access.ownNumber) number.tellNumber(fn);
    if (access.alert) {
      fn.allow(["sns:Publish"], [mustLook.topicArn]);
      fn.setting("ALERT_TOPIC", mustLook.topicArn);
      onCall.grantPage(fn);
    }
  }
}
