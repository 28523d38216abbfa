import { type ClinicHook, fromClinic } from "../../core/clinic-hook.ts";
import type { Gate } from "../../core/ports.ts";
import { logError } from "./log.ts";
import { count } from "./metrics.ts";

/** The clinic's own hooks, bundled when the stack was synthesised; they lie beside the bundle as the decisions do. */
const { default: hooks } = (await import(new URL("./clinic-hooks.mjs", import.meta.url).href)) as {
  default: readonly { readonly file: string; readonly hook: ClinicHook }[];
};

export const gate: Gate = {
  hooks: hooks.map(({ file, hook }) => fromClinic(file, hook)),
  failed(hook, error) {
    count("HookFailed");
    logError("a hook of the gate failed", error, { hook });
  },
};
