/**
 * Whom an auditor trusts (C2SP tlog-policy): the logs' keys, the witnesses' keys, and how many witnesses must have looked.
 * It comes to the auditor by another way than the export, or it proves nothing.
 */
import { COSIGNATURE, ED25519, MalformedNote, type NoteKey, parseVkey } from "./note.ts";

/** A witness, or at least `least` of the members. */
type Quorum = NoteKey | { readonly least: number; readonly of: readonly Quorum[] };

export interface Policy {
  readonly logs: readonly NoteKey[];
  readonly witnesses: readonly NoteKey[];
  /** Undefined: no witness is asked for. */
  readonly quorum: Quorum | undefined;
}

/** @throws MalformedNote that names the line */
export function parsePolicy(text: string): Policy {
  const logs: NoteKey[] = [];
  const witnesses: NoteKey[] = [];
  const names = new Map<string, Quorum>();
  const grouped = new Set<string>();
  let quorum: { readonly is: Quorum | undefined } | undefined;
  for (const [at, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const wrong = (why: string): MalformedNote => new MalformedNote(`line ${at + 1} of the trust policy: ${why}`);
    const key = (vkey: string | undefined, kind: number): NoteKey => {
      if (vkey === undefined) throw wrong("a key is missing");
      try {
        const parsed = parseVkey(vkey);
        if (parsed.kind !== kind) throw new MalformedNote(kind === ED25519 ? "this is a witness's key" : "this is a log's key");
        if ([...logs, ...witnesses].some((other) => Buffer.from(other.raw).equals(parsed.raw)))
          throw new MalformedNote("this key stands twice");
        return parsed;
      } catch (error) {
        throw error instanceof MalformedNote ? wrong(error.message) : error;
      }
    };
    const define = (name: string | undefined, as: Quorum): void => {
      if (name === undefined || name === "none" || names.has(name)) throw wrong("a name is missing, taken, or none");
      names.set(name, as);
    };
    const known = (name: string): Quorum => {
      const found = names.get(name);
      if (!found) throw wrong(`${name} is not defined above`);
      return found;
    };
    const [verb, ...words] = line.split(/[ \t]+/);
    switch (verb) {
      case "log":
        logs.push(key(words[0], ED25519));
        break;
      case "witness": {
        const witness = key(words[1], COSIGNATURE);
        define(words[0], witness);
        witnesses.push(witness);
        break;
      }
      case "group": {
        const [name, many = "", ...members] = words;
        for (const member of members) {
          if (grouped.has(member)) throw wrong(`${member} is in two groups`);
          grouped.add(member);
        }
        const of = members.map(known);
        const least = many === "all" ? of.length : many === "any" ? 1 : /^[1-9]\d{0,3}$/.test(many) ? Number(many) : 0;
        if (least < 1 || least > of.length) throw wrong("a group needs a number, all or any, and as many members");
        define(name, { least, of });
        break;
      }
      case "quorum":
        if (quorum || words.length !== 1) throw wrong("there is one quorum, of one name");
        quorum = { is: words[0] === "none" ? undefined : known(words[0] as string) };
        break;
      default:
        throw wrong("it begins with none of log, witness, group, quorum");
    }
  }
  if (!quorum) throw new MalformedNote("the trust policy has no quorum line; `quorum none` asks for no witness");
  return { logs, witnesses, quorum: quorum.is };
}

/** Whether enough of the witnesses are among those whose cosignature holds. */
export function witnessed({ quorum }: Policy, by: ReadonlySet<NoteKey>): boolean {
  const met = (each: Quorum): boolean => ("of" in each ? each.of.filter(met).length >= each.least : by.has(each));
  return quorum === undefined || met(quorum);
}
