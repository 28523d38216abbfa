/** The command line. Each command is a file of its own; mistakes end in one sentence, not in a stack trace. */
import { Command } from "commander";
import { auditAccess } from "./commands/audit-access.ts";
import { auditAsk, auditSql } from "./commands/audit-ask.ts";
import { auditExport } from "./commands/audit-export.ts";
import { auditList } from "./commands/audit-list.ts";
import { auditMonth } from "./commands/audit-month.ts";
import { auditParquet } from "./commands/audit-parquet.ts";
import { auditTrust } from "./commands/audit-trust.ts";
import { auditVerify } from "./commands/audit-verify.ts";
import { check } from "./commands/check.ts";
import { classify } from "./commands/classify.ts";
import { doctor } from "./commands/doctor.ts";
import { papers } from "./commands/papers.ts";
import { start } from "./commands/start.ts";

const program = new Command("clinic-sms").description(
  "A clinic's SMS gateway: try it on this machine, look at its audit trail, check the clinic's decisions.",
);

program
  .command("start")
  .description("run the synthesised stack on this machine, with simulated phones")
  .option("--port <number>", "port of the API on localhost", "8787")
  .option("--data <dir>", "keep everything in this folder; without it nothing is kept")
  .option("--clinic <dir>", "the clinic's decisions", undefined)
  .option("--json", "print one JSON line on standard output once ready, and nothing else", false)
  .option("--waves", "measure rounds of AWS calls (slow; for benches)", false)
  .action(start);

const audit = program.command("audit").description("the audit trail");
audit
  .command("list")
  .description("print audit events, oldest first: when, chain#place, what, who, why, objects")
  .option("--chain <chain>", "only this chain, such as conv/cnv_… or pat/pat_…")
  .option("--patient <id>", "only events about this patient")
  .option("--type <type>", "only this type, such as message.refused")
  .option("--limit <number>", "the newest so many", "200")
  .option("--json", "the events' canonical JSON, one a line", false)
  .option("--port <number>", "port of the running local stack", "8787")
  .option("--table <name>", "read this audit table in AWS, with your own credentials, instead of the local stack's")
  .addHelpText(
    "after",
    `
Who: a person "via app (asserted)" was named by the application; "(token)" signed in; "gateway" is the gateway itself; "handset" the sender.
Place: conv/…#3 is the fourth event of that chain; each event holds the hash of the one before.`,
  )
  .action(auditList);
audit
  .command("ask")
  .description("ask an export one of the saved questions; without a question, list them")
  .argument("<dir>", "the folder that the export was written to")
  .argument("[question]", "its name, such as refusals")
  .option("--from <day>", "first day of the period, YYYY-MM-DD, by the clinic's calendar")
  .option("--to <day>", "last day of the period")
  .option("--patient <id>", "who-read: whose texts, pat_…")
  .option("--times <number>", "unusual-reading: how many times the colleagues' median")
  .option("--least <number>", "unusual-reading: below so many readings nobody is listed")
  .option("--json", "a JSON array of rows", false)
  .option("--csv", "comma-separated, with a head", false)
  .option("--clinic <dir>", "the clinic's decisions, whose time zone and hours count", undefined)
  .option("--only <kind>", "read only ndjson (the evidence) or only parquet (derived from it)")
  .action(auditAsk);
audit
  .command("sql")
  .description("ask an export with one SELECT of your own; docs/audit-questions.md lists the tables")
  .argument("<dir>", "the folder that the export was written to")
  .argument("<select>", 'such as "select type, count(*) from events group by type"')
  .option("--json", "a JSON array of rows", false)
  .option("--csv", "comma-separated, with a head", false)
  .option("--clinic <dir>", "the clinic's decisions, whose time zone and hours count", undefined)
  .option("--only <kind>", "read only ndjson (the evidence) or only parquet (derived from it)")
  .action(auditSql);
audit
  .command("parquet")
  .description("write Parquet files beside an export's events: questions to a large export are answered much faster")
  .argument("<dir>", "the folder that the export was written to")
  .action(auditParquet);
audit
  .command("month")
  .description("write the privacy officer's page of a month from an export: who read what, refusals, overrides, slow answers, incidents")
  .argument("<dir>", "the folder that the export was written to")
  .requiredOption("--month <month>", "such as 2026-11")
  .requiredOption("--out <file>", "the HTML file to write; it prints on one sheet")
  .option("--verify <file>", "what `audit verify DIR --json` printed: the page says so")
  .option("--clinic <dir>", "the clinic's decisions, whose time zone and hours count", undefined)
  .action(auditMonth);
audit
  .command("access")
  .description("write a patient's own report from an export, in plain words: who looked at your texts")
  .argument("<dir>", "the folder that the export was written to")
  .requiredOption("--patient <id>", "pat_…")
  .requiredOption("--out <file>", "the HTML file to write")
  .option("--language <language>", "en or fr; the clinic's first language unless given")
  .option("--from <day>", "first day, YYYY-MM-DD")
  .option("--to <day>", "last day")
  .option("--clinic <dir>", "the clinic's decisions, whose time zone counts", undefined)
  .action(auditAccess);

const gather = (one: string, before: readonly string[]): string[] => [...before, one];
audit
  .command("export")
  .description("write an export of the archived log into a new folder: a period of it, or one patient's chains")
  .option("--archive <dir>", "the archive: a folder that holds what its bucket holds; without it, the local stack's")
  .requiredOption("--out <dir>", "the folder to write, not there yet")
  .option("--from <time>", "first day of the period (UTC), or a time with its zone")
  .option("--to <time>", "the day or time that it ends before")
  .option("--patient <id>", "every chain with an event about this patient, instead of a period")
  .option("--chain <chain>", "this chain, such as conv/cnv_…; may be given several times", gather, [])
  .option("--year <year>", "the log's year, with --patient or --chain")
  .option(
    "--since <size or note>",
    "a checkpoint that the recipient kept: a proof from it is added; may be given several times",
    gather,
    [],
  )
  .option("--recipient <name>", "who asked for it; stands in the signed manifest")
  .option("--policy <file>", "a trust policy to put in for information")
  .option("--key <file>", "sign the manifest with this Ed25519 private key (PEM)")
  .option("--key-name <name>", "that key's name, such as export.clinic.example")
  .option("--port <number>", "port of the running local stack", "8787")
  .addHelpText(
    "after",
    `
A period's export holds every event that was logged in it, other patients' too, and proves that none is missing between.
A patient's export holds that patient's chains alone, each event with its receipt, and cannot prove what lies between.`,
  )
  .action(auditExport);

audit
  .command("trust")
  .description("print the trust file that `audit verify --trust` reads: the public keys of the log, its witness and its exports")
  .option(
    "--outputs <file>",
    "what `cdk deploy --outputs-file` wrote; without it, ask the local stack. Reads the keys with your own credentials",
  )
  .option("--year <year>", "the log's year; this one unless given")
  .option("--export-key <file>", "the key that signs exports (PEM; its public half is enough)")
  .option("--key-name <name>", "that key's name, such as export.clinic.example")
  .option("--port <number>", "port of the running local stack", "8787")
  .addHelpText(
    "after",
    `
  clinic-sms audit trust > trust.txt
Whoever checks an export must have this file by another way than the export, compare it once, and keep it.`,
  )
  .action(auditTrust);

auditVerify(audit);

program
  .command("check")
  .description("read the clinic's decisions: say what is wrong, where, and how to mend it; else what was decided, and the hash")
  .argument("[dir]", "the directory", undefined)
  .option("--clinic <dir>", "the same, named as start names it", undefined)
  .action(check);

program
  .command("classify")
  .description("read texts on standard input, JSON Lines {text, lang}, and say what the gate's own readers make of them")
  .argument("<what>", "optout or emergency for what patients write, content for what staff write")
  .addHelpText(
    "after",
    `
  echo '{"text":"please take me off your list","lang":"en"}' | clinic-sms classify optout
Nothing is stored, logged or sent. Findings say where (from, to) and by what: a rule, or the model with its strongest features.`,
  )
  .action(classify);

program
  .command("papers")
  .description(
    "write the clinic's papers from its decisions: procedures, scenario sheet, handout, forms, training cases, poster, downtime sheet",
  )
  .requiredOption("--out <dir>", "the folder to write them to")
  .option("--clinic <dir>", "the clinic's decisions", undefined)
  .option("--number <e164>", "the clinic's texting number, such as +14035550100")
  .option("--from <day>", "with --to: a review pack of this period, counted from the audit trail")
  .option("--to <day>", "the period's last day")
  .option("--port <number>", "port of the running local stack, for the review pack", "8787")
  .option("--table <name>", "read this audit table in AWS, with your own credentials, instead of the local stack's")
  .action(papers);

program
  .command("doctor")
  .description("say what this machine has and lacks")
  .option("--port <number>", "port to look at", "8787")
  .action(doctor);

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
