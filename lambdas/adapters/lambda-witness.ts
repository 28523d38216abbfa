import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import type { Witness } from "../core/sequence/ports.ts";
import { COSIGNATURE, noteKey } from "../core/tlog/note.ts";

/** The witness of this deployment, called as its function URL would call it; only who may invoke it is heard. */
export function lambdaWitness(client: LambdaClient, functionName: string, name: string, publicKey: () => Promise<Uint8Array>): Witness {
  return {
    key: async () => noteKey(name, COSIGNATURE, await publicKey()),
    async add(body) {
      const event = {
        version: "2.0",
        rawPath: "/add-checkpoint",
        requestContext: { http: { method: "POST" } },
        body,
        isBase64Encoded: false,
      };
      const { Payload, FunctionError } = await client.send(
        new InvokeCommand({ FunctionName: functionName, Payload: new TextEncoder().encode(JSON.stringify(event)) }),
      );
      if (FunctionError !== undefined || !Payload) throw new Error("the witness failed");
      const answer = JSON.parse(Buffer.from(Payload).toString()) as { statusCode?: unknown; body?: unknown };
      return { status: Number(answer.statusCode), body: String(answer.body ?? "") };
    },
  };
}
