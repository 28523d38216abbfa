import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { App, Tags } from "aws-cdk-lib";
import { ARCHIVE_FUNCTIONS, FUNCTIONS } from "./access.ts";
import { ArchiveStack } from "./archive-stack.ts";
import { bundle } from "./bundles.ts";
import { DataStack } from "./data-stack.ts";
import { GatewayStack } from "./gateway-stack.ts";
import { NumberStack } from "./number-stack.ts";
import { SETTING_NAMES, type Settings, settingsFrom } from "./settings.ts";

/** CDK's feature flags, which the command line would pass: both ways of synthesising must write the same template. */
const flags = (JSON.parse(readFileSync(new URL("../cdk.json", import.meta.url), "utf8")) as { context: Record<string, unknown> }).context;

interface Synthesised {
  readonly outdir: string;
  readonly settings: Settings;
  /** Minified bytes by function. */
  readonly sizes: Readonly<Record<string, number>>;
}

interface SynthesisOptions {
  readonly outdir?: string | undefined;
  /** As `-c name=value` would give it. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Looks at the finished app before its templates are written; the tests run their rule packs here. */
  readonly inspect?: (app: App) => void;
}

/**
 * Bundles the functions and writes the cloud assembly, offline and without an account.
 * @throws ClinicError, or a sentence that says what to give instead
 */
export function synthesise({ outdir, context = {}, inspect }: SynthesisOptions = {}): Synthesised {
  const app = new App({ ...(outdir ? { outdir } : {}), postCliContext: context, context: flags, analyticsReporting: false });
  const settings = settingsFrom(Object.fromEntries(SETTING_NAMES.map((name) => [name, app.node.tryGetContext(name) as unknown])));
  const bundles = resolve(join(app.outdir, "bundles"));
  const sizes = bundle([...FUNCTIONS, ...ARCHIVE_FUNCTIONS], settings, bundles);

  const env = { region: settings.region };
  const { clinic } = settings;
  const number = new NumberStack(app, "ClinicSms-Number", {
    env,
    clinicId: clinic.id,
    keywordText: `${clinic.senderName}: please call ${clinic.phone}.`,
  });
  const data = new DataStack(app, "ClinicSms-Data", { env });
  const { mustLook } = new GatewayStack(app, "ClinicSms-Gateway", { env, settings, bundles, number, data });
  new ArchiveStack(app, "ClinicSms-Archive", { env, settings, bundles, data, mustLook });
  Tags.of(app).add("clinic-sms:stage", clinic.stage);
  inspect?.(app);
  app.synth();
  return { outdir: app.outdir, settings, sizes };
}
