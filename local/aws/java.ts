import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A running DynamoDB Local. */
export interface DynamoProcess {
  readonly port: number;
  stop(): Promise<void>;
}

const INSTALL = "install Java 17 or newer (for instance from https://adoptium.net), or name it in JAVA_HOME";
const START_LIMIT_MS = 30_000;

function emulatorFolder(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve("amplify-dynamodb-simulator/package.json")), "emulator");
  } catch {
    throw new Error("DynamoDB Local is not installed: run `npm ci` first.");
  }
}

/** Says in one sentence why Java did not start. */
function explain(java: string, output: string): Error {
  const asked = spawnSync(java, ["-version"], { encoding: "utf8" });
  if (asked.error !== undefined || /Unable to locate a Java Runtime/i.test(asked.stderr))
    return new Error(`Java was not found: ${INSTALL}.`);
  const version = /version "(?:1\.)?(\d+)/.exec(asked.stderr)?.[1];
  if (version !== undefined && Number(version) < 17) return new Error(`Java ${version} is too old for DynamoDB Local: ${INSTALL}.`);
  return new Error(`DynamoDB Local did not start: ${output.trim().split("\n").slice(-3).join(" ") || "it ended without a word"}.`);
}

/**
 * Starts AWS's DynamoDB Local from the installed package, on the loopback interface only (see `dynamo.xml`).
 * @param dataDir where it keeps its file; undefined keeps everything in memory
 * @param java the java command; by default JAVA_HOME's, else the one on the path
 * @throws Error of one sentence when Java is missing, too old, or does not start
 */
export async function startDynamoProcess(dataDir: string | undefined, java = javaCommand()): Promise<DynamoProcess> {
  const emulator = emulatorFolder();
  const libraries = join(emulator, "DynamoDBLocal_lib");
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const child = spawn(
    java,
    [
      "-XX:+UseSerialGC",
      "-XX:TieredStopAtLevel=1",
      "-Xshare:auto",
      `-Djava.library.path=${libraries}`,
      ...(dataDir === undefined ? [] : ["-Dclinic.memory=false", `-Dclinic.folder=${dataDir}`]),
      "-cp",
      [join(emulator, "DynamoDBLocal.jar"), join(libraries, "*")].join(delimiter),
      "org.eclipse.jetty.xml.XmlConfiguration",
      fileURLToPath(new URL("./dynamo.xml", import.meta.url)),
    ],
    { env: { ...process.env, DDB_LOCAL_TELEMETRY: "0" }, stdio: ["pipe", "pipe", "pipe"] },
  );
  // The end of its input ends the process (see `dynamo.xml`): also when this one is killed.
  child.stdin.on("error", () => {});
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.stdin.end();
    child.kill();
    await gone;
  };
  try {
    return { port: await portOf(child, java), stop };
  } catch (error) {
    if (child.pid !== undefined) await stop();
    throw error;
  }
}

function javaCommand(): string {
  const home = process.env["JAVA_HOME"];
  return home === undefined || home === "" ? "java" : join(home, "bin", "java");
}

/** Waits for the line in which the process prints its address. */
function portOf(child: ChildProcess, java: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = "";
    const late = setTimeout(() => reject(new Error("DynamoDB Local did not start within 30 seconds.")), START_LIMIT_MS);
    const failed = () => {
      clearTimeout(late);
      reject(explain(java, output));
    };
    const read = (chunk: Buffer) => {
      output = (output + chunk.toString("utf8")).slice(-10_000);
      // A main thread that fails leaves the others running: the process would stay, and say no more.
      if (output.includes('Exception in thread "main"')) failed();
      const port = /^http:\/\/\S+:(\d+)\/\s/m.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(late);
      child.stdout?.off("data", read).resume();
      child.stderr?.off("data", read).resume();
      resolve(Number(port));
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", failed);
    child.once("close", failed); // not `exit`: what it said may still be on its way
  });
}
