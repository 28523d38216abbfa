import { ArnFormat, Aws, CfnOutput, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { type CfnStage, HttpApi, HttpMethod, HttpRoute, HttpRouteKey } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { AccountRecovery, FeaturePlan, Mfa, OAuthScope, ResourceServerScope, UserPool, type UserPoolClient } from "aws-cdk-lib/aws-cognito";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { ROUTES } from "../lambdas/core/routes.ts";
import type { GatewayFunction } from "./function.ts";

/** What each application may ask for; an EMR gets everything, a reminder service only what it needs. */
const CLIENTS: Readonly<Record<string, readonly string[]>> = {
  emr: [...new Set(ROUTES.map((route) => route.scope))],
  reminders: ["system/CommunicationRequest.c", "system/CommunicationRequest.u", "system/Communication.r"],
};

export interface ApiProps {
  readonly clinicId: string;
  readonly tokenMinutes: number;
  readonly logDays: number;
  /** The function for each verb of the route table. */
  readonly functions: Readonly<Record<string, GatewayFunction>>;
  readonly refuse: GatewayFunction;
}

/** HTTPS for EMRs: one pool, one issuer, one authorizer; scopes are checked again in the handlers, where wildcards cannot creep in. */
export class Api extends Construct {
  readonly http: HttpApi;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    const pool = new UserPool(this, "pool", {
      selfSignUpEnabled: false,
      featurePlan: FeaturePlan.ESSENTIALS,
      // No texts from here: they would come from another number than the clinic's.
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: { minLength: 14, requireDigits: true, requireLowercase: true, requireSymbols: true, requireUppercase: true },
      removalPolicy: RemovalPolicy.RETAIN,
      deletionProtection: true,
    });
    const domain = pool.addDomain("domain", { cognitoDomain: { domainPrefix: `clinic-sms-${props.clinicId}` } });
    const names = [...new Set(ROUTES.map((route) => route.scope))];
    const scopes = new Map(
      names.map((name) => [name, new ResourceServerScope({ scopeName: name.slice("system/".length), scopeDescription: name })]),
    );
    const server = pool.addResourceServer("system", { identifier: "system", scopes: [...scopes.values()] });
    const clients = Object.entries(CLIENTS).map(([name, allowed]): UserPoolClient => {
      const client = pool.addClient(name, {
        userPoolClientName: name,
        generateSecret: true,
        accessTokenValidity: Duration.minutes(props.tokenMinutes),
        oAuth: {
          flows: { clientCredentials: true },
          scopes: [...scopes].filter(([each]) => allowed.includes(each)).map(([, each]) => OAuthScope.resourceServer(server, each)),
        },
      });
      new CfnOutput(Stack.of(this), `Client${name.charAt(0).toUpperCase()}${name.slice(1)}`, { value: client.userPoolClientId });
      return client;
    });

    this.http = new HttpApi(this, "http", { description: "Clinic SMS Gateway", createDefaultStage: true });
    const authorizer = new HttpJwtAuthorizer("tokens", `https://cognito-idp.${Aws.REGION}.amazonaws.com/${pool.userPoolId}`, {
      jwtAudience: clients.map((client) => client.userPoolClientId),
    });
    const integrations = new Map<string, HttpLambdaIntegration>();
    for (const route of ROUTES) {
      const fn = props.functions[route.function];
      if (!fn) throw new Error(`the route table names ${route.function}, which is no function of the stack`);
      const integration = integrations.get(fn.name) ?? new HttpLambdaIntegration(fn.name, fn.lambda);
      integrations.set(fn.name, integration);
      this.http.addRoutes({ path: route.path, methods: [HttpMethod[route.method]], integration, authorizer });
    }
    new HttpRoute(this, "anything-else", {
      httpApi: this.http,
      routeKey: HttpRouteKey.DEFAULT,
      integration: new HttpLambdaIntegration("refuse", props.refuse.lambda),
    });

    // Neither path nor query: an access log must not become a list of who was texted.
    const log = new LogGroup(this, "access-log", { retention: props.logDays as RetentionDays, removalPolicy: RemovalPolicy.RETAIN });
    const stage = this.http.defaultStage?.node.defaultChild as CfnStage;
    stage.accessLogSettings = {
      // Without the ":*" that CDK adds to a group's ARN: API Gateway takes it off, and every later look would see a drift.
      destinationArn: Stack.of(this).formatArn({
        service: "logs",
        resource: "log-group",
        resourceName: log.logGroupName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
      format: JSON.stringify({
        request: "$context.requestId",
        route: "$context.routeKey",
        status: "$context.status",
        ms: "$context.responseLatency",
      }),
    };
    stage.defaultRouteSettings = { throttlingBurstLimit: 100, throttlingRateLimit: 50 };

    new CfnOutput(Stack.of(this), "Api", { value: this.http.apiEndpoint });
    new CfnOutput(Stack.of(this), "Token", { value: `${domain.baseUrl()}/oauth2/token` });
    new CfnOutput(Stack.of(this), "UserPool", { value: pool.userPoolId });
  }
}
