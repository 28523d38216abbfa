import { type Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";

/** Roles of functions stand under this path; key policies name it, and nothing else may use the keys. */
export const ROLE_PATH = "/clinic-sms/functions/";

export interface FunctionSettings {
  /** Folder with `index.mjs` and `clinic.json`. */
  readonly code: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeout: Duration;
  readonly memoryMb: number;
  readonly logDays: number;
}

/** The one way a function is made: its own role with nothing in it but its own log, and whatever the constructs grant. */
export class GatewayFunction extends Construct {
  readonly name: string;
  readonly lambda: LambdaFunction;
  private readonly role: Role;

  constructor(scope: Construct, name: string, settings: FunctionSettings) {
    super(scope, name);
    this.name = name;
    const logGroup = new LogGroup(this, "log", { retention: settings.logDays as RetentionDays, removalPolicy: RemovalPolicy.RETAIN });
    this.role = new Role(this, "role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com"), path: ROLE_PATH });
    this.allow(["logs:CreateLogStream", "logs:PutLogEvents"], [`${logGroup.logGroupArn}`]);
    this.lambda = new LambdaFunction(this, "function", {
      description: name,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(settings.code),
      handler: "index.handler",
      role: this.role,
      timeout: settings.timeout,
      memorySize: settings.memoryMb,
      tracing: Tracing.ACTIVE,
      logGroup,
      environment: { ...settings.environment, POWERTOOLS_SERVICE_NAME: name },
    });
  }

  /** Lets the function do exactly these actions on these resources, under these conditions. */
  allow(actions: readonly string[], resources: readonly string[], conditions: Record<string, Record<string, unknown>> = {}): void {
    this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources], conditions }));
  }

  get roleArn(): string {
    return this.role.roleArn;
  }

  setting(name: string, value: string): void {
    this.lambda.addEnvironment(name, value);
  }
}
