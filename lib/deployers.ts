import { Aws } from "aws-cdk-lib";
import type { IRole } from "aws-cdk-lib/aws-iam";

/** Roles that may change what holds the trail: CloudFormation's, as `cdk bootstrap` makes it, and the one for emergencies. */
export const deployers = (breakGlass: IRole): string[] => [
  `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/cdk-*-cfn-exec-role-*`,
  breakGlass.roleArn,
];
