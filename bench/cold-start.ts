import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { ACCESS, type Access } from "../lib/access.ts";
import { type Figure, median } from "./report.ts";

const RUNS = 5;

/** Everything that some function reads when it starts. */
const ENVIRONMENT = Object.fromEntries(
  [
    "STATE_TABLE",
    "AUDIT_TABLE",
    "MESSAGE_KEY",
    "INDEX_KEY",
    "INDEX_GENERATION",
    "REPLIES_QUEUE",
    "BULK_QUEUE",
    "ORIGINATION",
    "ORIGINATION_NUMBER",
    "CONFIGURATION_SET",
    "OPT_OUT_LIST",
    "ALERT_TOPIC",
    "PARTS_PER_SECOND",
    "POWERTOOLS_SERVICE_NAME",
  ].map((name) => [name, "1"]),
);

/** The SDK clients that a function's grants call for. */
function clientsOf(access: Access): [module: string, name: string][] {
  const clients: [string, string][] = [];
  if (access.state) clients.push(["@aws-sdk/client-dynamodb", "DynamoDBClient"]);
  if (access.seal || access.open || access.mac) clients.push(["@aws-sdk/client-kms", "KMSClient"]);
  if (access.enqueue || access.send) clients.push(["@aws-sdk/client-sqs", "SQSClient"]);
  if (access.send || access.optOuts) clients.push(["@aws-sdk/client-pinpoint-sms-voice-v2", "PinpointSMSVoiceV2Client"]);
  if (access.alert) clients.push(["@aws-sdk/client-sns", "SNSClient"]);
  return clients;
}

/** The commands the adapters use come with their clients, so the empty handler gets one command of each client too. */
const COMMAND: Readonly<Record<string, string>> = {
  DynamoDBClient: "TransactWriteItemsCommand, GetItemCommand, QueryCommand",
  KMSClient: "EncryptCommand, DecryptCommand, GenerateMacCommand",
  SQSClient: "SendMessageCommand, ChangeMessageVisibilityCommand",
  PinpointSMSVoiceV2Client: "SendTextMessageCommand, PutOptedOutNumberCommand, DeleteOptedOutNumberCommand",
  SNSClient: "PublishCommand",
};

/** Import time of each bundle in a fresh process, in turn with an empty handler with the same SDK clients. */
export async function coldStarts(cdkOut: string): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "clinic-sms-empty-"));
  try {
    return Object.entries(ACCESS).map(([name, access], n) => {
      const empty = emptyHandler(folder, clientsOf(access), n);
      const own = join(cdkOut, "bundles", name, "index.mjs");
      // Each pair in one breath: what slows the machine slows both.
      const pairs = Array.from({ length: RUNS }, () => ({ own: importMs(own), empty: importMs(empty) }));
      const beside = `${median(pairs.map((pair) => pair.own)).toFixed(0)} ms beside ${median(pairs.map((pair) => pair.empty)).toFixed(0)} ms`;
      const value = median(pairs.map((pair) => pair.own / pair.empty));
      return {
        part: "cold start: import of the bundle, times an empty handler with the same SDK clients",
        name,
        value,
        unit: "×",
        goal: 1.5,
        beside,
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function emptyHandler(folder: string, clients: readonly [string, string][], n: number): string {
  const source = join(folder, `empty-${n}.ts`);
  const lines = clients.map(
    ([module, name]) =>
      `import { ${name}, ${COMMAND[name]} } from "${module}";\nexport const c${name} = [new ${name}({}), ${COMMAND[name]}];`,
  );
  writeFileSync(source, `${lines.join("\n")}\nexport const handler = async () => ({});\n`);
  const outfile = join(folder, `empty-${n}.mjs`);
  const banner = { js: 'import{createRequire as __require}from"node:module";const require=__require(import.meta.url);' };
  buildSync({
    entryPoints: [source],
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node24",
    mainFields: ["module", "main"],
    banner,
    nodePaths: [resolve("node_modules")],
    logLevel: "error",
  });
  return outfile;
}

function importMs(file: string): number {
  const script = `const t=performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); process.stdout.write(String(performance.now()-t)); process.exit(0)`;
  const env = { ...ENVIRONMENT, AWS_REGION: "ca-central-1", PATH: process.env["PATH"] };
  const run = spawnSync(process.execPath, ["--input-type=module", "-e", script], { env, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`${file} does not start: ${run.stderr}`);
  return Number(run.stdout);
}
