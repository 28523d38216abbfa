/** What `start` and `doctor` ask of this machine before anything is built. */
import { spawnSync } from "node:child_process";
import { createServer } from "node:net";

const OLDEST_JAVA = 17;

/** Java's major version, from JAVA_HOME or the path; undefined where there is none. */
export function javaVersion(): number | undefined {
  const home = process.env["JAVA_HOME"];
  const asked = spawnSync(home ? `${home}/bin/java` : "java", ["-version"], { encoding: "utf8" });
  const version = /version "(?:1\.)?(\d+)/.exec(asked.stderr ?? "")?.[1];
  return version === undefined ? undefined : Number(version);
}

/** What is wrong with this Java, in one sentence, or undefined. */
export function javaLacks(version: number | undefined): string | undefined {
  const install = `install Java ${OLDEST_JAVA} or newer (for instance from https://adoptium.net), or name it in JAVA_HOME`;
  if (version === undefined) return `Java was not found: ${install}.`;
  return version < OLDEST_JAVA ? `Java ${version} is too old for DynamoDB Local: ${install}.` : undefined;
}

/** Whether nothing listens on this port of the loopback interface; port 0 is any free one. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

export const portTaken = (port: number): string =>
  `port ${port} is in use: stop what runs there, or choose another: npm start -- --port ${port + 1}`;
