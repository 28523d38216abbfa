/**
 * Values that name one person: health numbers, SIN and SSN, cards, birth dates, chart and policy numbers. A valid check
 * digit makes a number certain, a word beside it ("PHN", "NAS", "dossier") makes one certain without; numbers that
 * businesses write (invoices, tracking, phones, extensions, confirmations) are none.
 *
 * Sources: Luhn (ISO/IEC 7812-1, annex B) for cards, SIN (Employment and Social Development Canada: nine digits, Luhn), Ontario
 * (Health Card Validation reference manual: ten digits, Luhn, two letters of version), Alberta's ULI (nine digits, Luhn).
 * British Columbia: PHN check digit routine (HL7 conformance standards, appendix D: nine first, weights 2 4 8 5 10 9 7 3,
 * modulus 11). Québec: RAMQ (four letters of the name, year, month plus 50 for women, day, two digits). Saskatchewan (nine),
 * Manitoba (nine), New Brunswick (nine), Nova Scotia (ten), Prince Edward Island (eight), Newfoundland and Labrador (twelve)
 * and the territories: length and a word beside it. SSN: Social Security Administration (no 000, 666 or 9xx; no 00; no 0000).
 */
import type { Folded } from "../fold.ts";
import type { Tokens } from "./tokens.ts";

export type IdentifierKind = "phn" | "sin" | "ssn" | "dob" | "card" | "mrn" | "insurance-id";

export interface Identifier {
  readonly kind: IdentifierKind;
  /** Units of the folded text, end exclusive. */
  readonly from: number;
  readonly to: number;
  readonly why: string;
}

/** Whether the digits end in their Luhn check digit. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 1 && sum % 10 === 0 && /[1-9]/.test(digits);
}

const BC_WEIGHTS = [2, 4, 8, 5, 10, 9, 7, 3];
/** British Columbia's personal health number: ten digits, a nine first, modulus 11. */
export function isBritishColumbia(digits: string): boolean {
  if (!/^9\d{9}$/.test(digits)) return false;
  const sum = BC_WEIGHTS.reduce((all, weight, at) => all + (((digits.charCodeAt(at + 1) - 48) * weight) % 11), 0);
  return 11 - (sum % 11) === digits.charCodeAt(9) - 48;
}

/** RAMQ: a month of 01 to 12 or 51 to 62, a day that exists. @param digits the eight behind the four letters */
export function isQuebec(digits: string): boolean {
  const month = Number(digits.slice(2, 4)) % 50;
  const day = Number(digits.slice(4, 6));
  return digits.length === 8 && Number(digits.slice(2, 4)) <= 62 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

export const isSsn = (digits: string): boolean => /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(digits);

/** First digits and lengths of the card networks in use here (ISO/IEC 7812): Visa, Mastercard, American Express, Discover, Diners, JCB. */
const CARD =
  /^(?:4\d{12}(?:\d{3})?(?:\d{3})?|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|6(?:011|5\d\d|4[4-9]\d)\d{12}|3(?:0[0-5]|[689]\d)\d{11,13}|35\d{14})$/;
export const isCard = (digits: string): boolean => CARD.test(digits) && luhn(digits);

/** A number as it was written: its groups of digits, and letters that belong to it. */
interface Written {
  readonly from: number;
  readonly to: number;
  readonly digits: string;
  /** "3-3-3", "9", "4-4-4-4". */
  readonly groups: string;
  /** Tokens, end exclusive. */
  readonly first: number;
  readonly end: number;
}

type Context = "phn" | "sin" | "ssn" | "card" | "mrn" | "insurance-id" | "other";

/** What stands before a number, or shortly behind it, says what it is: names of up to three words. */
const NAMES: Readonly<Record<Context, string>> = {
  phn: "phn,hcn,mhsc,ns card,ns health,sask card,manitoba card,manitoba health,pei card,nb card,mcp card,yukon card,nunavut card,nwt card,ontario card,bc card,numero ontarien,numero albertain,hin,uli,phin,ahc,ahc number,ahc card,ahcip,ohip,msp,mcp,ramq,nam,niu,healthcare,health care,health number,health num,health no,health card,provincial health,care card,carecard,services card,health,assurance maladie,ass maladie,carte maladie,soleil,maladie,numero de sante,no de sante,carte sante,alberta number,alberta card,alberta,ontario,manitoba,saskatchewan,sask,yellow card,medicare,version code,vc,newborn s number,baby s number",
  sin: "sin,nas,social insurance,social ins,soc ins,assurance sociale,ass sociale,insurance social,numero social,the social,your social,ur social,votre social",
  ssn: "ssn,social security,soc sec,soc security,social sec",
  card: "visa,mastercard,master card,mc,amex,american express,discover,credit card,carte de credit,credit,debit card,debit,carte,cc,card,carte debit",
  mrn: "mrn,medical record,record number,record no,chart,chart number,hospital number,hospital no,hospital id,hospital,unit,unit number,unit no,unit record,patient id,patient number,patient no,patient,numero de patient,no patient,dossier,no de dossier,numero de dossier,dossier numero,numero d unite,no d unite,d unite,bracelet,admission number,encounter,file number,file no,file,cote de dossier,no dossier,er chart,health record,label says,etiquette,numero d usager,no d usager,regional id,fiche,fiche d unite",
  "insurance-id":
    "policy,policy number,police,no de police,numero de police,contrat,contrat no,certificat,certificate,cert,certificate number,group,groupe,group number,numero de groupe,member,member id,member number,membre,plan,plan id,plan number,plan member id,subscriber,subscriber id,blue cross,blue cross card,croix bleue,carte croix bleue,sun life,sunlife,sun,manulife,manuvie,canada life,great west,green shield,greenshield,desjardins,ssq,beneva,medavie,industrial alliance,pacific blue,equitable,insurance id,insurance number,insurance card,benefits card,benefit id,carrier id,id,assure,numero d assure,assurance collective,assurance,adherent,no adherent,numero d adherent,no client,client number,nihb,status number,status no,status card,treaty number,treaty card,band number,numero de statut,no de statut,numero de bande,k number,veterans number,vac number,wcb number,wcb claim,numero csst,numero cnesst",
  other:
    "invoice,inv,facture,fact,receipt,recu,recus,order,work order,commande,tracking,suivi,suivi postal,courier,colis,purolator,confirmation,conf,confirm,confirmation number,booking,booking code,reservation,code,ref,reference,reference number,ticket,billet,bon,serial,serie,serial number,no de serie,numero de serie,account,acct,compte,phone,tel,telephone,cell,cellulaire,fax,call,text,texto,appelez,appeler,poste,ext,extension,room,suite,local,apt,app,statement,authorization,autorisation,auth,transaction,case,permit,permis,plate,plaque,licence,license,lot,batch,model,modele,part,piece,pin,password,mot de passe,wifi,door,porte,voucher,coupon,gift,promo,meeting id,zoom,conference,postal,purchase,bill,cheque,requisition,req,complaint,plainte,incident,claim,reclamation,request,demande,ligne,line,rejoindre,joindre,joignez,elevator,inspection,ascenseur,parking,stationnement,taxi,equipment,loaner,prete,pretee,rapporter,return it,prescription,rx,registration,inscription,course,session,survey,sondage,assureur,l assureur,insurer,access to information,information,procuration,landlord,proprietaire,repair,reparation",
};
/** Names that are businesses' words as well: they count only where the sentence speaks of no business. */
const LOOSE = new Set(
  "file,dossier,cert,certificat,certificate,group,groupe,plan,id,unit,patient,client,fiche,hospital,label says,etiquette,member,membre,sun,assurance,assure,police,contrat,health,carte,card,credit,debit,cc,mc,alberta,ontario,chart,file number,file no,certificate number,group number,client number,no client".split(
    ",",
  ),
);
/** Businesses' words that also stand beside identifiers: they say what a number is only right before it. */
const FAINT = new Set(
  "claim,reclamation,confirm,demande,request,bill,requisition,req,registration,inscription,call,text,texto,case,code,form,line,ligne,ref,reference,booking,phone,cell,session,course,part,piece,authorization,autorisation".split(
    ",",
  ),
);

const CONTEXTS = new Map<string, Context>();
for (const [context, names] of Object.entries(NAMES) as [Context, string][])
  for (const name of names.split(",")) CONTEXTS.set(name, context);

/** Words that may stand between a name and its number without parting them. */
const BETWEEN = new Set(
  "number num no nb numero nombre is are was were est sont the le la les of de du d l a an on for pour and et your votre vos ton ta my her his son sa our shows shown as now has have been says dit reads came in comme exact still toujours id reste lists inscrit affiche we ve got par en s ca it old vieille temporary temporaire current new nouveau with avec dans au aux where under put yes oui hi".split(
    " ",
  ),
);
/** "on file is 553331471": where it stands, not what it is. */
const STANDS = new Set(
  "on file,in file,au dossier,a votre dossier,a ton dossier,on your chart,on your file,in your chart,in your file,on the form,on the file,a son dossier,in our system".split(
    ",",
  ),
);

/** The words that names begin and end with. */
const ENDS = [new Set<string>(), new Set<string>()] as const;
for (const name of [...CONTEXTS.keys(), ...STANDS]) {
  ENDS[0].add(name.split(" ", 1)[0] ?? "");
  ENDS[1].add(name.slice(name.lastIndexOf(" ") + 1));
}

/** How far a name may stand from its number, in words that count. */
const BEFORE = 4;
const AFTER = 6;

interface Named {
  readonly context: Context;
  /** A word of ordinary business too. */
  readonly loose: boolean;
  readonly near: number;
}

/** What the words around a number may call it: before it, nearest first, then behind it. */
function namesAround({ tokens }: Tokens, { first, end }: Pick<Written, "first" | "end">): Named[] {
  const found: Named[] = [];
  const sentence = tokens[first]?.sentence ?? 0;
  const word = (at: number): string => tokens[at]?.word ?? "";
  const name = (from: number, many: number): string => {
    let all = word(from);
    for (let i = 1; i < many; i++) all += ` ${word(from + i)}`;
    return all;
  };
  const look = (at: number, step: 1 | -1): number => {
    if (!ENDS[step < 0 ? 1 : 0].has(word(at))) return 0;
    for (let many = 3; many >= 1; many--) {
      const from = step < 0 ? at - many + 1 : at;
      if (from < 0 || from + many > tokens.length) continue;
      const named = name(from, many);
      if (STANDS.has(named)) return many;
      const context = CONTEXTS.get(named);
      if (!context) continue;
      found.push({ context, loose: (context === "other" ? FAINT : LOOSE).has(named), near: counted });
      return many;
    }
    return 0;
  };
  let counted = 0;
  for (let at = first - 1; at >= 0 && counted < BEFORE && at > first - 16 && tokens[at]?.sentence === sentence; ) {
    const many = look(at, -1);
    at -= Math.max(1, many);
    if (many > 0 || (!BETWEEN.has(word(at + 1)) && !/^\d/.test(word(at + 1)))) counted++;
  }
  counted = 1;
  for (let at = end; at < tokens.length && counted < AFTER && at < end + 14 && (tokens[at]?.sentence ?? 0) <= sentence + 1; ) {
    const many = look(at, 1);
    if (many > 0 || !BETWEEN.has(word(at))) counted++;
    at += Math.max(1, many);
  }
  return found;
}

/** Whether a number so long can be what it is called. */
const FITS: Readonly<Record<Context, (many: number) => boolean>> = {
  phn: (many) => many >= 7 && many <= 12,
  sin: (many) => many === 9,
  ssn: (many) => many === 9,
  card: (many) => many >= 12 && many <= 19,
  mrn: (many) => many >= 5 && many <= 14,
  "insurance-id": (many) => many >= 5 && many <= 16,
  other: () => true,
};

/** What a number is called: a name of an identifier before a business's, unless that stands right at it or the name is loose. */
function contextOf(tokens: Tokens, written: Written): Context | undefined {
  const names = namesAround(tokens, written).filter(({ context }) => FITS[context](written.digits.length));
  const business = names.some(({ context, loose, near }) => context === "other" && (!loose || near === 0));
  const firm = names.find(({ context, loose }) => context !== "other" && !loose);
  if (firm && !(names[0]?.context === "other" && names[0].near === 0 && !names[0].loose)) return firm.context;
  return business ? "other" : names.find(({ context }) => context !== "other")?.context;
}

const NUMBER = /\d(?:[ ./-]{0,1}\d){0,40}/g;

/** Every identifier whose value stands in a text. Linear in the text's length. */
export function identifiers(folded: Folded, tokens: Tokens): Identifier[] {
  const found: Identifier[] = [...ramq(folded, tokens), ...birthDates(folded), ...cardCodes(folded)];
  const taken = (from: number, to: number): boolean => found.some((each) => from < each.to && to > each.from);
  for (const written of numbers(folded, tokens)) {
    if (taken(written.from, written.to)) continue;
    const kind = judge(folded, tokens, written);
    if (kind) found.push({ ...kind, from: written.from, to: written.to });
  }
  return found.sort((a, b) => a.from - b.from);
}

/** Runs of digits with single separators between, apart where what is written apart is two numbers. */
function numbers({ text }: Folded, { tokens }: Tokens): Written[] {
  const out: Written[] = [];
  let token = 0;
  for (const { 0: run, index } of text.matchAll(NUMBER)) {
    if (run.length < 5) continue;
    for (const { from, to } of parts(run)) {
      const start = index + from;
      const end = index + to;
      while ((tokens[token]?.to ?? Number.POSITIVE_INFINITY) <= start) token++;
      let last = token;
      while ((tokens[last]?.from ?? Number.POSITIVE_INFINITY) < end) last++;
      const own = run.slice(from, to);
      const groups = own.split(/\D/).map((group) => group.length);
      out.push({ from: start, to: end, digits: own.replace(/\D/g, ""), groups: groups.join("-"), first: token, end: last });
    }
  }
  return out;
}

/** "553331471 014-22" is two numbers, "046 454 286" is one: a space behind seven digits or more parts. */
function parts(run: string): { from: number; to: number }[] {
  const out: { from: number; to: number }[] = [];
  let from = 0;
  let group = 0;
  for (let at = 0; at <= run.length; at++) {
    const unit = run.charAt(at);
    if (unit >= "0" && unit <= "9") group++;
    else {
      if (at === run.length || (unit === " " && group >= 7)) {
        out.push({ from, to: at });
        from = at + 1;
      }
      group = 0;
    }
  }
  return out;
}

const CALLED: Readonly<Record<Exclude<Context, "other">, string>> = {
  phn: "a number called a health number",
  sin: "a number called a SIN",
  ssn: "a number called an SSN",
  card: "a number called a card",
  mrn: "a number called a chart or hospital number",
  "insurance-id": "a number called a policy or member number",
};

function judge(folded: Folded, tokens: Tokens, written: Written): Pick<Identifier, "kind" | "why"> | undefined {
  const { digits, groups } = written;
  const many = digits.length;
  if (isCard(digits)) return { kind: "card", why: "card number, check digit valid" };
  const context = contextOf(tokens, written);
  if (context === "other") return undefined;
  if (context) {
    const dated = isDate(groups, digits) && context !== "card";
    return dated ? undefined : { kind: context, why: `${CALLED[context]}${luhn(digits) ? ", check digit valid" : ""}` };
  }
  if (groups === "3-2-4" && isSsn(digits) && folded.text.slice(written.from, written.to).includes("-"))
    return { kind: "ssn", why: "SSN format" };
  if (isBritishColumbia(digits)) return { kind: "phn", why: "British Columbia health number, check digit valid" };
  if (many === 10 && luhn(digits) && /^[1-9]/.test(digits) && (groups === "4-3-3" || version(folded.text, written.to)))
    return { kind: "phn", why: "Ontario health number, check digit valid" };
  if (many === 9 && luhn(digits) && NINE.has(groups))
    return { kind: "phn", why: "nine digits, check digit of a health number and of a SIN valid" };
  return undefined;
}

/** How people write nine digits of one number. */
const NINE: ReadonlySet<string> = new Set(["3-3-3", "9", "5-4", "4-4-1"]);

/** Two letters of an Ontario version code right behind a number. */
const version = (text: string, at: number): boolean =>
  /^(?:[ -]|\s?v(?:c|ersion)?\s?)?[a-hj-npr-z]{2}(?![a-z])/.test(text.slice(at, at + 12)) &&
  !/^\s?(?:am|pm|th|st|nd|rd|le|la|et|de|du|is|as|at|to|by|we|my)\b/.test(text.slice(at, at + 6));

const isDate = (groups: string, digits: string): boolean =>
  (groups === "4-2-2" && /^(?:19|20)/.test(digits)) ||
  ((groups === "2-2-4" || groups === "1-1-4" || groups === "1-2-4" || groups === "2-1-4") && /(?:19|20)\d\d$/.test(digits));

const RAMQ = /(?<![a-z])([a-z]{4})[ .-]?(\d{4})[ .-]?(\d{4})(?![ .-]?\d)/g;
/** Four letters that are a word of their own. */
const NO_NAME = new Set(
  "ramq code poste dame call text suite room fact numero date what your this suivi bill visa amex card carte".split(" "),
);
function* ramq({ text }: Folded, tokens: Tokens): Generator<Identifier> {
  for (const { 0: whole, 1: letters = "", 2: a = "", 3: b = "", index: from } of text.matchAll(RAMQ)) {
    if (!isQuebec(a + b) || NO_NAME.has(letters)) continue;
    const to = from + whole.length;
    const first = tokens.tokens.findIndex((token) => token.to > from);
    const end = tokens.tokens.findIndex((token) => token.from >= to);
    const names = namesAround(tokens, { first, end: end < 0 ? tokens.tokens.length : end });
    if (names[0]?.context === "other" && names[0].near === 0) continue;
    yield { kind: "phn", from, to, why: "RAMQ number" };
  }
}

/** What stands beside a card's number, and opens it with the last four digits: the code, and the month it ends. */
const CARD_CODE = /(?<![a-z])(?:cvv2?|cvc2?|security code|code de securite)[ :#-]{0,3}(?:is |est |le )?\d{3,4}(?!\d)/g;
const CARD_END =
  /(?<![a-z])(?:card|carte|visa|mastercard|amex|debit)(?![a-z])([^.!?\n]{0,24}) ?exp(?:\.|iry|iration)?:? ?(?:date:? ?)?\d{1,2} ?\/ ?\d{2,4}(?!\d)/g;
const HEALTH_CARD = /health|sante|soleil|maladie|services|ohip|ramq/;
function* cardCodes({ text }: Folded): Generator<Identifier> {
  for (const { 0: code, index: from } of text.matchAll(CARD_CODE))
    yield { kind: "card", from, to: from + code.length, why: "a card's security code" };
  for (const { 0: end, index: from } of text.matchAll(CARD_END))
    if (!HEALTH_CARD.test(text.slice(Math.max(0, from - 16), from + end.length)))
      yield { kind: "card", from, to: from + end.length, why: "the month a card ends" };
}

const MONTHS =
  "jan(?:uary|vier|v)?|feb(?:ruary)?|fev(?:rier|r)?|mar(?:ch|s)?|apr(?:il)?|avr(?:il)?|may|mai|june?|juin|july?|juil(?:let)?|aug(?:ust)?|aout|sept?(?:ember|embre)?|oct(?:ober|obre)?|nov(?:ember|embre)?|dec(?:ember|embre)?";
const DATES = [
  /(?<!\d)(?:19|20)\d\d[ ./-]\d{1,2}[ ./-]\d{1,2}(?!\d)/g,
  /(?<!\d)\d{1,2}[ ./-]\d{1,2}[ ./-](?:19|20)?\d\d(?!\d)/g,
  new RegExp(`(?<![a-z\\d])(?:${MONTHS})\\.?[ -]?\\d{1,2}(?:st|nd|rd|th)?(?:,? ?-?(?:19|20)\\d\\d)?(?!\\d)`, "g"),
  new RegExp(`(?<!\\d)\\d{1,2}(?:er|st|nd|rd|th)?[ -]?(?:of )?(?:${MONTHS})(?![a-z])\\.?(?:,?[ -]?(?:19|20)?\\d\\d)?(?!\\d)`, "g"),
  /(?<!\d)(?:19|20)\d{6}(?!\d)/g,
];
const OLD_YEAR = /(?<!\d)(?:19\d\d|200\d|201[0-2])(?!\d)/;
const BIRTH =
  /(?<![a-z])(?:d\.?o\.?b|ddn|birth ?da(?:y|te)s?|bday|b-day|birth|born|nee?s?(?:\(e\))?(?= (?:le |l'|en |un |\d))|naissance|(?:votre|ta|sa|ma|bonne|date de) fete|turn(?:ed|s|ing)(?= \d)|(?:votre|ton|son|mon|bon|joyeux|d'|votre jour d')\s?anniversaire)(?![a-z])|(?<![a-z])b\. ?(?=\d)/g;
/** Birth words that speak of many people and no one's date. */
const MANY = /^(?:born|nee?s?)(?:\(e\)s?)? (?:before|after|in or|on or|between|avant|apres|entre|depuis|en \d{4} ou|le ou)(?![a-z])/;
/** An old date that is nobody's: when something was made, opened, last done. */
const THINGS =
  /(?<![a-z])(?:since|depuis|opened|founded|built|ouvert|fonde|visit|visite|facture|invoice|serie|serial|etiquette|tag|dated|date du|model|expir|last seen|statement)/;
const NEAR = 48;
/** "nineteen seventy four", "mille neuf cent": a birth date in words. */
const SPELT = new RegExp(`(?<![a-z])(?:${MONTHS})(?![a-z]).{0,24}(?<![a-z])(?:nineteen|two thousand|mille neuf|deux mille)(?![a-z])`, "g");
const YEAR = /(?<!\d)(?:19\d\d|20[0-2]\d)(?!\d)/g;

/**
 * A date beside a word of birth, the year may be missing ("our birthday, Apr 19"); a year alone right behind "born"; a full
 * date too old for an appointment, where nothing says what else it dates.
 */
function* birthDates({ text }: Folded): Generator<Identifier> {
  const births = [...text.matchAll(BIRTH)]
    .filter(({ index }) => !MANY.test(text.slice(index, index + 32)))
    .map(({ 0: word, index }) => ({ from: index, to: index + word.length }));
  const near = (from: number, to: number, before: number, behind: number): boolean =>
    births.some((birth) => (birth.to <= from && from - birth.to <= before) || (birth.from >= to && birth.from - to <= behind));
  const seen = new Set<number>();
  for (const pattern of DATES) {
    for (const { 0: date, index: from } of text.matchAll(pattern)) {
      const to = from + date.length;
      if (seen.has(to)) continue;
      const beside = near(from, to, NEAR, NEAR);
      const old = OLD_YEAR.test(date) && !THINGS.test(text.slice(Math.max(0, from - NEAR), to + 24));
      if (!beside && !old) continue;
      seen.add(to);
      yield { kind: "dob", from, to, why: beside ? "a date beside a word of birth" : "a full date too old for an appointment" };
    }
  }
  if (births.length === 0) return;
  for (const { 0: date, index: from } of text.matchAll(SPELT)) {
    const to = from + date.length;
    if (near(from, to, NEAR, NEAR)) yield { kind: "dob", from, to, why: "a date in words beside a word of birth" };
  }
  for (const { 0: year, index: from } of text.matchAll(YEAR)) {
    const to = from + year.length;
    if (near(from, to, 5, 0) && ![...seen].some((end) => end >= to && end - to < 12))
      yield { kind: "dob", from, to, why: "a year of birth" };
  }
}
