import type { Folded } from "../fold.ts";

/**
 * Whether a text is in a language that the emergency net reads: English, French or a mixture. Anything else is not judged
 * and a person looks at it as early as at an urgent one, so the test is careful on both sides: a name, a number, an emoji or
 * a short answer is no foreign language, and a text of which we understand next to nothing is not one we have read.
 */

/** Words that English and French texts are held together by, as they are typed on a phone. */
const OURS = words(`
  a about after again all also always am an and any anything appointment appt are as ask at available away
  back bad be because been before being best better big book booked booking but by bye call called calling came can cancel cant change check clinic
  come coming could cuz
  day days did didnt do doc doctor does doesnt doing dont down dr each early else end even ever every everything
  feel feeling few fine first for form free friday from get gets getting give go goes going gone gonna good got great had happened happy has have havent having
  he hello help her here hers hes hey hi him his home hope hour hours how hows i id if ill im in info into is isnt it its ive just keep kids know
  last late later left let like little lol long look lot made make many may maybe me mean med meds might min mins mom monday month morning much mum must my
  need needs never new next nice night no nope not nothing now number of off office ok okay old on once one only or other our out over
  pain phone please pls plz possible problem put question quick ready really refill reminder reply results right
  said same saturday saw say says see seen send sent she shes should since so some someone something soon sorry start still stop sunday sure
  take taking talk tell text texts thank thanks thanx than that thats the their them then there these they theyre thing things think this those thru thu thursday thx
  time times to today told tomorrow tmrw tonight too took tuesday tried try two u until up ur us use used very
  wait waiting want wanted was wasnt way we wednesday week weeks well went were what whats when where which while who whos why will with without wont work works would
  y ya yeah year years yep yes yesterday yet you your youre yup
  l d j m n s t c qu jusqu lorsqu puisqu
  accord ai aide aider aller allo alors annuler apres arrive as asteur au aucun aucune aujourdhui aussi autre aux avais avait avant avec avez avoir avons
  ben besoin bien bonjour bonne bonsoir bon ca car ce cela ces cest cet cette chez chose chu chui chus clinique combien comme comment confirme confirmer
  dans de deja demain depuis des deux devrais dire dit dois donc dont du
  elle elles en encore entre es est estce et etait ete etes etre etais eux fait faire fais faut faque fin fois font
  gens gros grosse hier heure heures ici il ils jai jamais je jour jours juste jusque
  la le les leur leurs lui ma mais mal matin me meme merci mes midi mieux moi moins mois mon mr mme
  ne ni non nos notre nous nouveau on ont ou oui par parce parler pas pense pendant personne petit petite peu peut peux pis plus possible pour pouvez pourquoi
  prendre prends pris pu quand quel quelle quelque quelquun quelques question qui quoi rappel rappeler rdv rendez rien
  sa sais samedi sans se semaine semaines sera ses si sil soir son sont sous suis sur svp stp
  ta te temps tes tjrs toi ton toujours tout toute toutes tous tres tu un une va vais vas vers veux veut vient voir vos votre voulez vous vraiment y
`);

/** The same of languages that people here also text in, without the words that English or French share with them. */
const THEIRS = words(`
  el los las una unos por favor para porque pero muy esta estoy tengo tiene puedo puede necesito quiero ayuda gracias hola mi hijo hija dolor cita manana ahora donde cuando como
  desde hasta tambien mucho esto eso ella ellos usted senor senora buenos buenas dias noche soy hay nada siento respirar pecho
  nao sim voce estou tenho preciso obrigado obrigada ajuda filho filha dor muito uma isso hoje amanha bom dia meu minha ele ela onde quando porque consulta
  ich und der die das ist nicht mein meine habe haben ein eine einen wir sie mit auf fur bitte danke hilfe heute morgen kann schmerzen kind frau mann termin sehr auch von zu dem den wie
  ik het een niet en van mijn heb hebben wij zij met voor alstublieft bedankt vandaag kan pijn afspraak zeer ook
  sono ho non mio mia figlio figlia aiuto grazie dolore oggi domani per con che della molto anche dottore appuntamento ciao
  ako ang ng sa mga po ko na ay hindi kasi ito siya kailangan tulong salamat anak masakit hindi pwede ngayon bukas nasa lang naman opo
  toi khong ban cua duoc la va cho nguoi xin giup cam dau hom ngay mai con me bac si
  nie jest mam prosze pomoc dziekuje moje moja boli dziecko dzis jutro jestem bardzo czy na dzien dobry
  nu sunt am va rog ajutor multumesc copil durere azi maine foarte este si pentru
  waan ma wax caafimaad mahadsanid ilmahayga xanuun maanta berri caawimaad waxaan aniga walaal
  mainu meri mera tusi nahi hai ki nu da di dard bachcha sahayata kripya aap mujhe hain nahin kya kal aaj dawai bahut
  ana mish mesh shukran min fi ibni binti alam yawm bukra musaada habibi kifak inshallah wallah
  ben degil benim cok yardim lutfen agri bugun yarin cocuk hasta tesekkur icin var yok
  saya tidak tolong terima kasih anak sakit hari ini besok bisa dan yang untuk
  ja nisam molim hvala pomoc dijete danas sutra imam moj moja boli
  nem vagyok kerem segitseg koszonom gyerek ma holnap nagyon fáj
`);

/** A list of words as a set; ours go before theirs. */
function words(list: string): Set<string> {
  return new Set(list.trim().split(/\s+/));
}

/** A sign of these scripts says as much as a syllable or a word. */
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
/** What a carrier makes of letters that it cannot carry. */
const LOST = /\?{2,}/g;

/** Whether the net reads the language of a text (English, French, mixtures, or no language at all). Never throws; linear. */
export function readsFolded({ text }: Folded, original: string): boolean {
  const tokens: string[] = [];
  let latin = 0;
  let foreign = 2 * count(text, DENSE);
  for (const word of text.match(/\p{L}+/gu) ?? []) {
    // The look-alikes of other alphabets are Latin by now: one letter that is not makes the word another script's.
    if (/^[a-z]+$/.test(word)) {
      latin += word.length;
      tokens.push(word);
    } else foreign += word.length;
  }
  if (foreign >= 2 && foreign > 0.4 * (foreign + latin)) return false;
  const broken = count(original, /\uFFFD/g) + count(original, /\p{Cn}|\p{Co}/gu);
  if (broken >= 3 && broken > 0.3 * original.length) return false;
  const lost = text.match(LOST) ?? [];
  if (lost.length >= 3 && lost.join("").length > latin) return false;

  const said = tokens.filter((token) => token.length > 1);
  let known = 0;
  let others = 0;
  for (const token of said) {
    if (OURS.has(token)) known++;
    else if (THEIRS.has(token)) others++;
  }
  if (others > known && (others >= 2 || said.length >= 2)) return false;
  return !(said.length >= 9 && known < 0.1 * said.length);
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}
