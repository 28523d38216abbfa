import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { IndexKey, MessageKey } from "./keys.ts";
import { AuditTable, StateTable } from "./tables.ts";

/** What must never be lost: the two tables, and the two keys without which they say nothing. */
export class DataStack extends Stack {
  readonly state: StateTable;
  readonly audit: AuditTable;
  readonly messageKey: MessageKey;
  readonly indexKey: IndexKey;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, { ...props, terminationProtection: true });
    this.messageKey = new MessageKey(this, "message-key");
    this.indexKey = new IndexKey(this, "index-key");
    this.state = new StateTable(this, "state");
    this.audit = new AuditTable(this, "audit", this.messageKey.breakGlass);
    const names = {
      StateTable: this.state.table.tableName,
      AuditTable: this.audit.table.tableName,
      MessageKey: this.messageKey.key.keyArn,
      BreakGlassRole: this.messageKey.breakGlass.roleArn,
    };
    for (const [name, value] of Object.entries(names)) new CfnOutput(this, name, { value });
  }
}
