import { GetPublicKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import type { TestStack } from "./stack.ts";

/** The folder that holds what the archive's bucket of a running stack holds. */
export function archiveFolder({ stack }: TestStack): string {
  const [bucket] = stack.aws.cloud.resources("AWS::S3::Bucket");
  return stack.aws.bucket(bucket?.name ?? "");
}

/** The 32 bytes of a signing key of the archive's stack, as an auditor would be told them. */
export async function publicKey({ stack }: TestStack, output: "LogKey" | "WitnessKey"): Promise<Uint8Array> {
  const { endpoint, region, operator, cloud } = stack.aws;
  const KeyId = cloud.outputs.find((each) => each.stack === "ClinicSms-Archive" && each.name === output)?.value;
  const { PublicKey } = await new KMSClient({ endpoint, region, credentials: operator }).send(new GetPublicKeyCommand({ KeyId }));
  return new Uint8Array(PublicKey ?? []).subarray(-32);
}
