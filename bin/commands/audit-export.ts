import { createPrivateKey, type KeyObject, randomBytes, sign } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import type { Archive } from "../../lambdas/core/archive.ts";
import { type Chosen, writeChosen } from "../../lambdas/core/bundle/chosen.ts";
import { GUIDE, POLICY } from "../../lambdas/core/bundle/layout.ts";
import { openLog } from "../../lambdas/core/bundle/log.ts";
import type { Manifest } from "../../lambdas/core/bundle/manifest.ts";
import { type Period, writePeriod } from "../../lambdas/core/bundle/period.ts";
import { type ExportKey, type Put, writing } from "../../lambdas/core/bundle/writing.ts";
import { parseCheckpoint } from "../../lambdas/core/tlog/checkpoint.ts";
import { ED25519, noteKey, parseNote } from "../../lambdas/core/tlog/note.ts";
import { archiveIn } from "../archive-folder.ts";
import { localStack, outputsOf } from "../local-stack.ts";
import { guide } from "../verify/guide.ts";
import { unpack } from "../verify/gzip.ts";
import { STACK } from "./audit-trust.ts";

export interface ExportOptions {
  readonly archive?: string;
  readonly port: string;
  readonly out: string;
  readonly from?: string;
  readonly to?: string;
  readonly patient?: string;
  readonly chain: readonly string[];
  readonly year?: string;
  readonly since: readonly string[];
  readonly recipient?: string;
  readonly policy?: string;
  readonly key?: string;
  readonly keyName?: string;
}

/** Writes an export of the audit log into a new folder. @throws Error of one sentence that says what to give instead */
export async function auditExport(options: ExportOptions): Promise<void> {
  const key = keyOf(options);
  const since = options.since.map(sizeOf);
  const policy = options.policy === undefined ? undefined : readFile(options.policy, "--policy");
  const dir = resolve(options.out);
  if (existsSync(dir) && readdirSync(dir).length > 0) throw new Error(`${options.out} is not empty: name a folder that is not there yet`);
  const { recipient } = options;
  const id = `export-${randomBytes(8).toString("hex")}`;
  const asked = { ...askedFor(options), since, key, policy, recipient, id, now: Date.now() };
  const manifest = await exported(archiveIn(await archiveOf(options)), asked, async (path, bytes) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), bytes, { flag: "wx" });
  }).catch((error: unknown) => {
    // Half an export is none.
    rmSync(dir, { recursive: true, force: true });
    throw error;
  });
  const { scope, log } = manifest;
  process.stdout.write(
    [
      `${manifest.files.length} files in ${dir}: ${scope.kind === "period" ? `leaves ${scope.first} to ${scope.end - 1}` : `${scope.chains.length} chains`} of ${log.origin}, proven against its checkpoint of size ${log.size}.`,
      ...(key ? [] : ["Not signed: without --key nobody can tell who made it, and its verification says so."]),
      `Check it: clinic-sms audit verify ${options.out} --trust FILE   (FILE: the keys you trust, from elsewhere)`,
      "",
    ].join("\n"),
  );
}

async function archiveOf({ archive, port }: ExportOptions): Promise<string> {
  if (archive !== undefined) return archive;
  const stack = await localStack(port, "name a folder that holds what a deployed one's bucket holds, with --archive DIR");
  const folder = stack.buckets[outputsOf(stack, STACK)["LogBucket"] ?? ""];
  if (folder === undefined) throw new Error("The local stack has no archive.");
  return folder;
}

export interface Export {
  readonly id: string;
  /** ms */
  readonly now: number;
  readonly year: number;
  readonly scope: Period | Chosen;
  readonly since: readonly number[];
  readonly key: ExportKey | undefined;
  readonly policy: Uint8Array | undefined;
  readonly recipient: string | undefined;
  /** Leaves of one file at most. */
  readonly leaves?: number;
}

const LEAVES = 4096;

/** Hands out its files, the manifest last. @throws BrokenArchive */
export async function exported(archive: Pick<Archive, "get" | "list">, asked: Export, put: Put): Promise<Manifest> {
  const { id, now, year, scope, since, key, policy, recipient, leaves = LEAVES } = asked;
  const out = writing(put);
  const packing = { gzip: gzipSync, leaves };
  const log = await openLog(archive, year, unpack);
  const said = "chains" in scope ? await writeChosen(log, scope, since, packing, out) : await writePeriod(log, scope, since, packing, out);
  if (policy) await out.add(POLICY, policy);
  await out.add(GUIDE, guide);
  return await out.finish({ id, made: new Date(now).toISOString(), ...(recipient === undefined ? {} : { recipient }), ...said }, key);
}

function askedFor({ from, to, patient, chain, year }: ExportOptions): Pick<Export, "scope" | "year"> {
  const chosen = patient !== undefined || chain.length > 0;
  if (chosen && (from !== undefined || to !== undefined))
    throw new Error("--patient and --chain export whole chains: leave --from and --to away, and name the log with --year");
  if (chosen) {
    if (year === undefined || !/^\d{4}$/.test(year)) throw new Error("--patient and --chain need the log's year, such as --year 2026");
    return { scope: { patient, chains: chain }, year: Number(year) };
  }
  if (from === undefined || to === undefined)
    throw new Error("name a period, --from 2026-10-01 --to 2026-11-01, or a --patient, or a --chain");
  const period = { from: timeOf(from, "--from"), to: timeOf(to, "--to") };
  if (period.from >= period.to) throw new Error("--to must come after --from; the day of --to is not part of the period");
  const last = new Date(Date.parse(period.to) - 1).getUTCFullYear();
  if (new Date(period.from).getUTCFullYear() !== last) throw new Error("a log is one calendar year in UTC: make one export of each year");
  return { scope: period, year: last };
}

/** A day, which begins at midnight UTC, or a time with its zone. */
function timeOf(text: string, option: string): string {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) || /^\d{4}-\d\d-\d\dT.+(?:Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time))
    throw new Error(`${option} takes a day, such as 2026-10-01, or a time with its zone, such as 2026-10-01T08:00:00-06:00`);
  return new Date(time).toISOString();
}

function readFile(path: string, option: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch {
    throw new Error(`${option}: ${path} cannot be read`);
  }
}

/** A size, or a file with a checkpoint. */
function sizeOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  try {
    return parseCheckpoint(parseNote(readFileSync(text, "utf8")).text).size;
  } catch {
    throw new Error(`--since takes the size of a checkpoint, or a file that holds one; ${text} is neither`);
  }
}

function keyOf({ key, keyName }: ExportOptions): ExportKey | undefined {
  if (key === undefined) return undefined;
  if (keyName === undefined || !keyName.startsWith("export."))
    throw new Error("--key needs its name, such as --key-name export.clinic.example");
  let secret: KeyObject;
  try {
    secret = createPrivateKey(readFileSync(key));
  } catch {
    throw new Error(
      `--key takes a file with an Ed25519 private key in PEM; ${key} holds none (openssl genpkey -algorithm ed25519 makes one)`,
    );
  }
  if (secret.asymmetricKeyType !== "ed25519") throw new Error(`the key in ${key} is not an Ed25519 key`);
  const raw = Buffer.from(secret.export({ format: "jwk" }).x as string, "base64url");
  return { key: noteKey(keyName, ED25519, raw), sign: (bytes) => sign(null, bytes, secret) };
}
