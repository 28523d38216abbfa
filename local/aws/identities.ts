/** The credentials that a process signs its AWS calls with. */
export interface Identity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Who stands behind an access key id. */
export interface Caller {
  readonly accessKeyId: string;
  readonly function: string;
  /** Undefined for the operator, whom no role of the templates binds. */
  readonly role: string | undefined;
  /** The invocation that the worker runs now. */
  invocation: string | undefined;
  /** A fault has killed the worker: what it may still send before it dies is not heard. A new invocation under the key brings it back. */
  dead: boolean;
}

/** The access keys that the local stack has given out. */
export interface Identities {
  give(functionName: string, roleLogicalId: string): Identity;
  find(accessKeyId: string): Caller | undefined;
}

/** For the command line and for tests. */
export const OPERATOR: Identity = { accessKeyId: "LOCALOPERATOR", secretAccessKey: "local" };

/** What the operator may do: look at everything, open what is sealed, and put a message where a test wants one. */
const OPERATOR_MAY = [
  /^dynamodb:(Get|BatchGet|TransactGet|Query|Scan|Describe|List)/,
  /^kms:(Decrypt|DescribeKey|GenerateMac|GetPublicKey|VerifyMac)$/,
  /^s3:(Get|List)/,
  /^sqs:(Get|List|SendMessage$)/,
  /^sns:(Get|List|Publish$)/,
  /^sms-voice:Describe/,
];

/** Whether the operator may do this. */
export function operatorMay(action: string): boolean {
  return OPERATOR_MAY.some((pattern) => pattern.test(action));
}

/** Gives out access keys, one per worker, so that the door can tell who calls and for which invocation. */
export function createIdentities(): Identities {
  const callers = new Map<string, Caller>([
    [
      OPERATOR.accessKeyId,
      { accessKeyId: OPERATOR.accessKeyId, function: "operator", role: undefined, invocation: undefined, dead: false },
    ],
  ]);
  return {
    give: (name, role) => {
      // DynamoDB Local takes only letters and digits in a key id.
      const accessKeyId = `LOCAL${name.replace(/[^A-Za-z0-9]/g, "").toUpperCase()}${callers.size}`;
      callers.set(accessKeyId, { accessKeyId, function: name, role, invocation: undefined, dead: false });
      return { accessKeyId, secretAccessKey: "local" };
    },
    find: (accessKeyId) => callers.get(accessKeyId),
  };
}
