import { spawnSync } from "node:child_process";
import { createServer } from "node:net";

/** Says what this machine has and what `npm start` still needs. */
export async function doctor({ port }: { readonly port: string }): Promise<void> {
  const java = spawnSync("java", ["-version"], { encoding: "utf8" });
  const version = /version "(\d+)/.exec(java.stderr ?? "")?.[1];
  const rows = [
    ["node", process.versions.node, Number(process.versions.node.split(".")[0]) >= 24 ? "good" : "needs 24 or newer"],
    [
      "java",
      version ?? "missing",
      version === undefined ? "install Java 17 or newer (start and test need it)" : Number(version) >= 17 ? "good" : "needs 17 or newer",
    ],
    ["port", port, (await isFree(Number(port))) ? "free" : "in use: is the stack running? Else choose another with --port"],
  ];
  for (const [name = "", found = "", says = ""] of rows) process.stdout.write(`${name.padEnd(6)}${found.padEnd(12)}${says}\n`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
