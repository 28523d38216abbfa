import { isFree, javaLacks, javaVersion, portTaken } from "../machine.ts";

/** Says what this machine has and what `npm start` still needs; exit code 1 where something is missing. */
export async function doctor({ port }: { readonly port: string }): Promise<void> {
  const java = javaVersion();
  const node = Number(process.versions.node.split(".")[0]) >= 24 ? undefined : "needs 24 or newer";
  const taken = (await isFree(Number(port))) ? undefined : `${portTaken(Number(port))} (or is the stack already running?)`;
  const rows: [string, string, string | undefined][] = [
    ["node", process.versions.node, node],
    ["java", java === undefined ? "missing" : String(java), javaLacks(java)],
    ["port", port, taken],
  ];
  for (const [name, found, lacks] of rows) process.stdout.write(`${name.padEnd(6)}${found.padEnd(12)}${lacks ?? "good"}\n`);
  if (rows.some(([, , lacks]) => lacks !== undefined)) process.exitCode = 1;
}
