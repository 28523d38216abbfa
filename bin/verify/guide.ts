/** What stands in an export for whoever opens its folder first. */
export const guide = `# How to check this export

    node audit-verify.cjs THIS-FOLDER --trust trust.txt

- audit-verify.cjs is one file that runs on Node 20.12 or newer, without a network and without anything else. Get it from the
  project, not from whoever gave you this folder.
- trust.txt names the keys that you trust: those of the log, of its exports and of its witnesses. It must have reached you by
  another way than this folder. trust/policy.txt here only shows what such a file looks like.
- Did you keep a checkpoint from before? Add --since FILE: then the answer also covers that the log still holds what it held.
- Keep log/<year>/checkpoint.last.note of this export for the next time.

| exit | answer |
|---|---|
| 0 | INTACT: everything that was checked agrees |
| 1 | CONTRADICTION: two things that must agree do not; the first leaf concerned is named |
| 2 | INCOMPLETE: something is missing, or nothing shows that nothing is |
| 3 | NOT CHECKED: a key or a form that the verifier, or your trust file, does not know |
| 4 | INTACT, ALARMS RECORDED: the log is whole, and itself records that something was wrong |

Lines under NOT PROVEN say what the answer does not cover.

| file | holds |
|---|---|
| manifest.json, manifest.note | every file by size and SHA-256, and the signature of whoever made the export |
| log/<year>/checkpoint.*.note | the log's size and root hash, signed by the log and by its witnesses |
| log/<year>/range.txt, consistency*.txt | hashes that tie the events to those checkpoints |
| events/ | the events, one a line, in the very bytes that were hashed (canonical JSON) |
| hashes/ | SHA-256(0x00 || line) of each line: with them one altered event can be named |
| proofs/ | of an export of chosen chains: one receipt for each event (C2SP tlog-proof) |
| heads/ | how far each chain went in the audit table itself, hour by hour |
`;
