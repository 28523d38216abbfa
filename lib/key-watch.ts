import type { CfnRule, EventPattern } from "aws-cdk-lib/aws-events";
import { Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { SnsTopic } from "aws-cdk-lib/aws-events-targets";
import type { IRole } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";

export interface KeyWatchProps {
  readonly mustLook: Topic;
  readonly breakGlass: IRole;
  readonly keys: readonly IKey[];
}

/**
 * Tells somebody when a person goes near the secret: takes the break-glass role, or changes, disables or deletes a key.
 * It hears of it through CloudTrail: without a trail in the account (docs/deploying.md) nobody is told.
 */
export class KeyWatch extends Construct {
  private readonly mustLook: Topic;

  constructor(scope: Construct, id: string, { mustLook, breakGlass, keys }: KeyWatchProps) {
    super(scope, id);
    this.mustLook = mustLook;
    const used = this.tell("break-glass-used", "Somebody used the break-glass role. See docs/runbook.md#break-glass.", "aws.sts", {
      eventName: ["AssumeRole"],
      requestParameters: { roleArn: [breakGlass.roleArn] },
    });
    // CloudTrail counts taking a role among reads, which an ordinary rule is not shown.
    (used.node.defaultChild as CfnRule).state = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
    this.tell("key-changed", "Somebody changed, disabled or deletes a key. See docs/runbook.md#key-changed.", "aws.kms", {
      eventName: ["ScheduleKeyDeletion", "DisableKey", "PutKeyPolicy"],
      resources: { ARN: keys.map((key) => key.keyArn) },
    });
  }

  private tell(id: string, sentence: string, source: string, detail: NonNullable<EventPattern["detail"]>): Rule {
    return new Rule(this, id, {
      eventPattern: { source: [source], detailType: ["AWS API Call via CloudTrail"], detail },
      targets: [new SnsTopic(this.mustLook, { message: RuleTargetInput.fromText(sentence) })],
    });
  }
}
