/**
 * Verifies an export from its files alone: no network, nothing of the clinic's, only the keys that whoever checks trusts. Its
 * steps come in a fixed order, each over what the ones before have shown.
 */
import { MANIFEST, MANIFEST_NOTE } from "../../lambdas/core/bundle/layout.ts";
import { MalformedManifest, type Manifest, manifestSigner, parseManifest, UnknownManifest } from "../../lambdas/core/bundle/manifest.ts";
import { hexId, MalformedNote, parseNote } from "../../lambdas/core/tlog/note.ts";
import { type Asked, attempt } from "./case.ts";
import { checkCheckpoints } from "./checkpoints.ts";
import { checkChosen } from "./chosen.ts";
import { checkConsistency } from "./consistency.ts";
import { FileFault, type Folder } from "./files.ts";
import { checkPeriod } from "./period.ts";
import { count, report as newReport, type Report, some } from "./report.ts";

export interface Verification {
  readonly report: Report;
  readonly manifest: Manifest | undefined;
}

export async function verify(files: Folder, asked: Asked): Promise<Verification> {
  const report = newReport();
  report.unproven("that what the writers of events said is true: a log shows that it was said, and when");
  const manifest = readManifest(files, asked, report);
  if (!manifest) return { report, manifest: undefined };
  checkFiles(files, manifest, report);
  const it = { ...asked, folder: files, manifest, report };
  const checkpoints = checkCheckpoints(it);
  const { scope } = manifest;
  const rebuilt = scope.kind === "period" && (await checkPeriod(it, scope, checkpoints));
  if (scope.kind === "chains") await checkChosen(it, scope, checkpoints);
  if (checkpoints) checkConsistency(it, checkpoints, rebuilt);
  return { report, manifest };
}

/** Step 0, first half: what the export says it is, and who signed that. */
function readManifest(files: Folder, { policy }: Asked, report: Report): Manifest | undefined {
  const bytes = attempt(report, "files", MANIFEST, () => files.read(MANIFEST));
  if (!bytes) {
    if (!report.has("contradiction")) report.find("incomplete", "files", `${MANIFEST} is missing: is this the folder of an export?`);
    return undefined;
  }
  let manifest: Manifest;
  try {
    manifest = parseManifest(bytes);
  } catch (error) {
    if (error instanceof UnknownManifest) report.find("unchecked", "files", error.message);
    else if (error instanceof MalformedManifest) report.find("contradiction", "files", `${MANIFEST}: ${error.message}`);
    else throw error;
    return undefined;
  }
  const note = attempt(report, "files", MANIFEST_NOTE, () => files.read(MANIFEST_NOTE));
  try {
    const signer = note && manifestSigner(parseNote(Buffer.from(note).toString("utf8")), bytes, policy.logs);
    if (signer) report.row("files", `manifest signed by ${signer.name} +${hexId(signer.id)} (trusted)`);
    else {
      report.find(
        "unchecked",
        "files",
        note ? `${MANIFEST_NOTE} is signed by no export key of the trust policy` : `${MANIFEST_NOTE} is missing: the export is not signed`,
      );
      report.unproven("who made this export");
    }
  } catch (error) {
    if (!(error instanceof MalformedNote || error instanceof MalformedManifest)) throw error;
    report.find("contradiction", "files", `${MANIFEST_NOTE}: ${error.message}`);
  }
  return manifest;
}

/** Step 0, second half: every file is the one that was signed for, and there are no others. */
function checkFiles(files: Folder, manifest: Manifest, report: Report): void {
  let good = 0;
  for (const { path, bytes, sha256 } of manifest.files) {
    try {
      const is = files.measure(path);
      if (!is) report.find("incomplete", "files", `${path} is missing`);
      else if (is.sha256 !== sha256 || is.bytes !== bytes)
        report.find(
          "contradiction",
          "files",
          `${path} has ${is.bytes === bytes ? "other content" : `${count(is.bytes)} bytes instead of ${count(bytes)}`}: it is not the file that the manifest lists`,
        );
      else good++;
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      report.find("contradiction", "files", `${path} ${error.message}`);
    }
  }
  const listed = new Set([MANIFEST, MANIFEST_NOTE, ...manifest.files.map(({ path }) => path)]);
  for (const path of files.all) if (!listed.has(path)) report.find("contradiction", "files", `${path} is not in the manifest`);
  if (good === manifest.files.length) report.row("files", `${good}/${some(manifest.files.length, "hash", "hashes")} ok`);
}
