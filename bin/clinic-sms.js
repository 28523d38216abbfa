#!/usr/bin/env node
// Any Node that npm runs on can read this file; the program itself runs on the Node 24 that came as an npm package.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const bundled = { linux: "linux", darwin: "darwin", win32: "win" }[process.platform];
const exe = process.platform === "win32" ? "node.exe" : "node";
const own = fileURLToPath(new URL(`../node_modules/node-${bundled}-${process.arch}/bin/${exe}`, import.meta.url));
const enough = Number(process.versions.node.split(".")[0]) >= 24;
const node = existsSync(own) ? own : enough ? process.execPath : undefined;

if (!existsSync(fileURLToPath(new URL("../node_modules", import.meta.url)))) {
  console.error("Nothing is installed yet: run `npm ci` first.");
  process.exitCode = 1;
} else if (!node) {
  console.error(
    `No Node 24 came along for ${process.platform}-${process.arch}, and this is Node ${process.versions.node}: install Node 24 or newer.`,
  );
  process.exitCode = 1;
} else {
  const program = fileURLToPath(new URL("./clinic-sms.ts", import.meta.url));
  const child = spawn(node, ["--disable-warning=ExperimentalWarning", program, ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    process.exitCode = signal ? 1 : (code ?? 1);
  });
}
