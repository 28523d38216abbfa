/**
 * What is said with those words, as patterns (see ../pattern.ts). `certain` and `start` decide by themselves where nothing
 * in their surroundings speaks against it (scope.ts); `likely` is for a person to look at; `hint` only tells the model.
 */
export type Says = "certain" | "start" | "help" | "likely" | "hint";

export interface Rule {
  readonly name: string;
  readonly says: Says;
  /** One pattern a line. */
  readonly lines: string;
}

export const RULES: readonly Rule[] = [
  {
    name: "stop-texting",
    says: "certain",
    lines: `
      STOP ..2 SEND!SENDWORD
      STOP ..3 SENDWORD ..3 MSG|THESE|ANYTHING|ME|NUM
      STOP|TURNOFF ..4 MSG
      STOP ..2 RECEIVE ..3 MSG|THESE|ANYTHING
      STOP|END|CANCEL ..1 all|every|any|the|my|your|toutes|tous|les|vos|mes|future ..2 MSG
      HALTNOUN ..4 MSG
      END|CANCEL MSG
      stop|arretez|cessez|quit ..1 ANYTHING ..1 YOU ..2 SEND
      stop|arretez ..1 ca|this|it|these ..3 pour|for|on|a|to|sur MINE? NUM
      enough|assez ..2 MSG|texting // ..4 REMOVE|STOP|TAKE`,
  },
  {
    name: "never-text",
    says: "certain",
    lines: `
      DONT ..1 SEND!SENDWORD!MSG ..3 ME|NUM|ANYMORE|MSG|ANYTHING|here|ici
      DONT ..1 text|texts|txt|message|msg|sms ..2 ME|NUM|ANYMORE|ANYTHING|here|my|at
      DONT ..2 SENDWORD ..4 MSG|ANYTHING|THESE|ME|ANYMORE|NUM
      DONT ..1 SEND $
      do // not // SEND
      not to SEND ..4 ME|NUM|MSG|ANYMORE|HERE
      not to be SEND ..3 MSG
      NOT|WISH ..2 be SEND ..4 MSG|ANYMORE
      no longer SEND ..4 ME|NUM|MSG
      how about|why ..2 DONT|not|never ..1 SEND ..3 ME
      NE ..2 SEND ..2 PAS
      NE ..2 PAS ..3 SEND
      NE ..1 ME SEND ..1 PAS
      PLUS|NEVER ..2 ME ..1 SEND
      PLUS|NEVER ..2 SEND ..3 ME|MSG|ANYTHING|ANYMORE|HERE
      pas|point SEND ..3 MSG|ANYMORE|ANYTHING
      de|a|pour ..1 PLUS|pas|jamais ..3 SEND
      SEND moi|nous|lui|leur ..1 pu|pus|jamais|rien|pas
      SEND moi|nous|lui|leur ..1 plus $|jamais|rien|ici|de|d|svp|aucun|la|merci
      SEND ..2 pu|pus|jamais|rien ..3 MSG|ANYTHING|HERE|ici|ME|svp|sur|a
      SEND ..2 plus rien|jamais|aucun|aucune|ici|sur|a
      SEND ..2 plus|pas de|d ..1 MSG
      SEND ..2 en plus|pas|pu|pus
      SEND m|moi ..1 en plus|pas|pu|pus
      fais|faites|fait ..2 PLUS|pu|pas ..1 sonner|vibrer|biper
      mettez|mets ..2 PLUS|pu|pas ..3 MSG|LIST
      PAS ..1 SEND ..2 encore|ME
      NOT ..2 text|message|contact|write ME|NUM
      NOT SEND|reached|joint ..2 by|par MSG`,
  },
  {
    name: "no-wish",
    says: "certain",
    lines: `
      NOT|DONT|NEVER ..2 WISH ..5 MSG
      NOT|DONT|NEVER ..1 WISH ..2 RECEIVE ..3 MSG|THESE|ANYTHING|ANYMORE
      NOT|DONT ..1 WISH ..2 be|being SEND ..3 MSG|ANYMORE|like
      NOT|DONT ..1 WISH THESE ANYMORE
      NOT|DONT ..1 WISH any ANYMORE|more
      no_longer ..1 WISH ..3 RECEIVE|MSG|THESE|SEND
      WISH ..1 PAS ..4 MSG
      WISH ..1 PAS ..3 RECEIVE|SEND
      WISH ..2 PAS ..2 RECEIVE ..3 MSG|ANYTHING|THESE
      en WISH plus|pu|pus|pas
      WISH rien|nothing ..2 RECEIVE|savoir
      WISH no ..2 MSG
      WISH NOMORE ..3 MSG
      WISH ..2 like? not to ..1 RECEIVE|be ..3 MSG|THESE|SEND
      RATHER ..1 not ..2 RECEIVE|be ..4 MSG|THESE|SEND
      RATHER|WISH ..2 PAS RECEIVE|avoir ..3 MSG
      could|can do without ..2 MSG
      me passerais|passerai|passerions ..2 MSG
      MSG ..4 m en passerais|passerai|passe
      NOT interested ..3 RECEIVE ..3 MSG|THESE|ANYTHING
      pas interesse|interessee ..3 RECEIVE|MSG`,
  },
  {
    name: "no-more-texts",
    says: "certain",
    lines: `
      NOMORE ..3 MSG
      no // more // MSG
      no_more // ..1 MSG
      no more ..2 MSG
      no further ..2 MSG
      PLUS de|d|un|une|aucun|aucune ..1 MSG
      fini|finis|termine|finito ..2 les|ces|vos|l|la ..2 MSG
      MSG ..4 c est ..1 fini|termine|assez|finito|non|over
      ^ POLITE? NO de|d? ..1 MSG $
      ^ POLITE? NO de|d? ..1 MSG POLITE
      ^ POLITE? NO de|d? ..1 MSG ..3 ME|ever|NUM|jamais|chez
      no ..1 MSG|texting ME
      not a single MSG
      zero MSG
      aucun|aucune MSG ..3 ME|NUM|sur|ici
      not|pas want|vouloir ..1 MSG`,
  },
  {
    name: "remove-number",
    says: "certain",
    lines: `
      REMOVE ..2 MINE NUM
      REMOVE ..3 NUMONLY
      REMOVE NUM
      REMOVE ..1 ME ..5 LIST|MSG|ROBOT
      REMOVE ..1 ME POLITE|OFF|$
      REMOVE ..1 ME de|d la|ca|dela
      REMOVE ..1 it|ca|le|la|this|them|les ..4 LIST|MSG|NUM
      REMOVE ..1 me immediately|immediatement|maintenant|now|asap|too|also|completely|permanently|altogether|entirely
      le|l|me|nous|la|m|les REMOVE ..4 LIST|MSG|ROBOT|SEND
      me|nous|m REMOVE POLITE|$
      be REMOVE ..4 MSG|LIST
      be REMOVE from receiving
      NUM ..3 REMOVE ..3 LIST|MSG|$|POLITE
      have|get|want ..3 NUM REMOVE
      TAKE ..3 OFF ..3 LIST|MSG|NUM|ROBOT
      TAKE ME OFF
      TAKE ..1 MINE NUM ..1 OFF
      TAKE ..2 it|this|that ..2 OFF ..2 LIST|MSG
      TAKE MINE NUM|name OFF
      TAKE ..1 NUM ..3 OFF|from
      WISH off ..3 MSG|LIST|THESE
      taken off ..3 MSG|LIST
      struck|removed|deleted|erased|unsubscribed|taken ..1 from|off ..3 MSG|LIST|THESE
      LOSE MINE NUM
      LOSE this|my|the|ce|mon NUM exists|existe
      BLOCK MINE NUM ..2 on|in|dans|de|sur
      NUM ..3 should|must|doit|devrait ..3 not|no|ne|plus ..3 MSG|LIST|appear|receive|recevoir
      NUM ..1 ne doit plus ..3 MSG
      ce|mon|this NUM ..2 recevoir ..2 MSG
      leave ..1 MINE NUM alone
      REMOVE|efface|effacez le|la|it POLITE|$
      digits OFF|out
      NUM out|off ..3 LIST|MSG|there|those
      NUM plus|pu ..4 LIST|MSG`,
  },
  {
    name: "consent-withdrawn",
    says: "certain",
    lines: `
      withdraw|withdrawing|withdrawn|revoke|revoking|revoked|rescind|retire|retirer|revoque|revoquer|REMOVE|CANCEL|END ..3 consent|permission|authorization|authorisation|autorisation|consentement|accord
      consent|permission|consentement|autorisation|accord ..2 withdrawn|revoked|retire|revoque|annule|rescinded|over|fini
      NOT|DONT|no|NEVER ..4 consent|permission|authorization|consentement|accord|autorisation ..3 MSG|SEND|RECEIVE
      NOT consent ..3 MSG|SEND
      NOT WISH ..1 consent
      refuse|refus|decline|refuser ..4 MSG
      choose|choisis|decided|decide ..2 not|NE|pas ..5 MSG
      not|pas|NE ..1 participate|participer ..5 MSG`,
  },
  {
    name: "unsubscribe",
    says: "certain",
    lines: `
      UNSUB ..3 MSG|ME|NUM|LIST
      UNSUB POLITE|$
      WISH ..3 UNSUB
      me|nous|m UNSUB
      ^ ME? UNSUB
      CANYOU ..1 ME? UNSUB
      PLEASE ..1 UNSUB`,
  },
  {
    name: "turn-off",
    says: "certain",
    lines: `
      TURNOFF ..4 MSG|ROBOT
      TURNOFF ..2 it|this|that|these|ca|le|la|les ..4 NUM|line|ligne|ME
      turn|switch|shut ..5 off ..3 MSG|ROBOT
      turn|switch|shut ..4 MSG|ROBOT|THESE off|down
      turn|switch|shut it|this|these off ..3 NUM|ME
      TURNOFF for? MINE NUM`,
  },
  {
    name: "end-of-texts",
    says: "certain",
    lines: `
      MSG ..6 be STOPPED|discontinued|ended|suspended|halted|stopped|terminated
      WISH|need|get|have ..2 MSG STOPPED|stopped|off
      WISH ..3 MSG ..1 to STOP|END
      make|get ..2 MSG STOP
      MSG ..2 need|needs|has|have|must to? STOP|END|go
      so ..1 MSG STOP ..1 coming
      consider|put|note ..4 notice ..3 UNSUB|STOP|REMOVE
      last|dernier|derniere MSG ..2 I ..2 ever? RECEIVE|SEND
      CANYOU ..3 STOP ..3 THESE|MSG
      make|faites|fais|assurez|arrangez|sure ..6 NOT|DONT|none|plus|no RECEIVE ..3 MSG|THESE|ANYTHING
      faites|fais|faire ..4 RECEIVE PAS ..3 MSG|ANYTHING|THESE
      make|ensure ..4 NOTHING|none|nothing|no ..3 come|comes|sent ..3 NUM|phone|here
      knock_it_off|cut_it_out|lay_off ..3 MSG
      untick|uncheck|decoche|decochez ..4 it|that|la|le|MSG|box|case
      free MSG free
      text free POLITE`,
  },
  {
    name: "leave-alone",
    says: "likely",
    lines:
      "leave ME alone\nlaissez|laisse moi|nous tranquille|tranquilles\n fichez|foutez|sacrez moi|nous patience|paix\n lachez|lache moi|nous",
  },
  {
    name: "wish-vague",
    says: "likely",
    lines:
      "NOT|DONT ..1 WISH THESE\n NOT|DONT ..1 WISH any\n WISH ..1 PAS ..2 THESE\n besoin de MSG\n NOT need ..3 MSG|REMINDER\n enough ..3 MSG",
  },

  // ——— starting again
  {
    name: "start-texting",
    says: "start",
    lines: `
      START ..4 MSG
      START ..3 SEND
      START ..2 ME ..2 MSG
      SEND ME BACK|again|encore|now
      SEND moi encore
      recommenc|recommencer|recommencez|START ..2 a|de ..3 SEND|RECEIVE
      CANYOU ..3 START ..4 MSG|SEND
      begin|start ..2 again
      start ..2 up? ..1 again
      turn|switch ..4 back|on ..2 on|MSG
      turn|switch ..3 MSG ..1 back? on
      bring|ramenez|ramene|rapportez ..2 back? ..2 MSG
      BACK on ..2 MSG
      have ..2 MSG back`,
  },
  {
    name: "subscribe",
    says: "start",
    lines: `
      SUBSCRIBE ..5 MSG|NUM|ME
      ME SUBSCRIBE
      SUBSCRIBE POLITE|$|back|again|on|dessus
      WISH ..3 SUBSCRIBE
      put|add|sign|get ..1 ME|NUM ..1 back|again|up ..4 MSG|LIST|on|$
      put|add ..2 NUM ..2 back
      put|add ..1 ME ..3 MSG
      put ME on again
      remettre|remettez|remets ..1 ME ..4 MSG|LIST|dessus|$|POLITE
      remettre|remettez|remets|START ..3 NUM|MSG`,
  },
  {
    name: "undo-stop",
    says: "start",
    lines: `
      UNDO ..3 KEYWORDSTOP|UNSUB|HALTNOUN|STOP
      UNDO $
      UNDO that|it|ca|POLITE
      CANCEL|REMOVE|TAKE ..2 my|mon KEYWORDSTOP|UNSUB|desabonnement|arret
      take back my stop
      how about|can we undo
      KEYWORDSTOP|UNSUB ..4 MISTAKE
      MISTAKE ..5 KEYWORDSTOP|UNSUB
      KEYWORDSTOP|UNSUB ..2 was|etait ..2 for|pour|meant|not`,
  },
  {
    name: "wants-texts",
    says: "start",
    lines: `
      I ..2 do? WISH ..3 MSG BACK|again|on|finalement|$
      WISH to? ..1 RECEIVE ..3 MSG
      WISH ..1 RECEIVE ..1 encore? ..2 MSG
      ravoir ..3 MSG
      need to? RECEIVE MSG again
      pret|prete|ready ..3 RECEIVE ..2 MSG
      finalement ..4 SEND ME
      finalement ..4 MSG
      finalement ..6 ME SEND
      can|may SEND ME now|again
      YOU can SEND ME now|again
      ok|okay|fine ..1 to SEND ME now|again
      moi je les? WISH ..2 MSG
      les? WISH les MSG
      can I ..1 RECEIVE those|them|MSG ..2 at|on|too ..2 NUM
      je peux tu ..1 avoir ..1 vos MSG`,
  },

  // ——— about the service
  {
    name: "who-texts",
    says: "help",
    lines: `
      ^ POLITE? who is|are this|you|that $|POLITE
      ^ POLITE? who s|dis this? $
      ^ whos this $
      who ..2 SEND ME|with|from
      qui ..1 qui? ..1 m ecrit
      ^ POLITE? c est qui $|ca|POLITE|donc
      c est qui ..1 qui ..2 SEND
      a qui ..2 ecris|parle|texte
      which|what|quelle clinic|clinique ..2 SEND|is|c
      is|are ..3 a? robot|bot|machine|human|scam
      c est ..1 un|une robot|machine|arnaque|vraie
      es|etes ..2 un? robot|machine
      who ..1 runs|operates|owns|manages ..4 NUM|MSG|line|service
      whose number
      what is this $|number|service
      c est quoi ca|ce|cette|ces|le $|numero|service|message|texto
      how ..2 get|got ..2 NUM
      comment ..3 eu|obtenu|trouve ..2 NUM
      does|do|is|are ..4 MSG|reply|texting|it ..2 cost|charge|free|gratuit
      est ce que ca coute
      do|does ..2 anyone|anybody|someone|you read ..2 MSG|these|this|here`,
  },

  // ——— for a person to look at
  {
    name: "how-to-stop",
    says: "likely",
    lines: `
      HOW ..6 STOP|UNSUB|REMOVE|END ..4 MSG|THESE|ME|NUM|LIST|$|you
      HOW ..5 UNSUB
      HOW ..6 TAKE ..3 OFF
      HOW ..5 turn|shut|TURNOFF ..3 off?
      HOW ..5 rid|away|partir ..3 MSG|THESE
      HOW ..5 PAS|not|quit|no RECEIVE
      HOW ..5 NUM ..2 come off
      CANI ..4 STOP|UNSUB|REMOVE ..4 MSG|THESE|ME|NUM|LIST|$
      CANI ..4 UNSUB
      CANI ..3 be REMOVE|taken
      CANI RECEIVE THESE|MSG
      CANI ..2 TAKE ..2 OFF
      faire enlever|retirer|effacer|desabonner
      do I have to RECEIVE|get
      oblige|obligee ..2 RECEIVE
      word ..2 to SEND
      typed|wrote|said|texted|ecrit|repondu|envoye|sent|replied|fait ..1 KEYWORDSTOP|HALTNOUN
      quit|stop|turn|getting off ..2 these|this $`,
  },
  {
    name: "wrong-number",
    says: "likely",
    lines: `
      WRONG!NOT
      NOTME
      NOBODY ..3
      DONTKNOW ..1 any|aucun|aucune|this|that|cette|ce
      this is|isnt not? ..3 number anymore
      not ..3 s? number
      ce n est pas ..3 NUM
      c est pas ..4 NUM
      pas ..1 le numero ..1 de|a
      i am|m not`,
  },
  { name: "deceased", says: "hint", lines: "KIN ..6 DEATH\n DEATH ..6 KIN\n ^ DEATH $\n DEATH" },
  {
    name: "left-clinic",
    says: "hint",
    lines: "ELSEWHERE\n MOVED ..6 ELSEWHERE\n not ..1 YOU patient\n plus|pu patient|cliente|client|suivi",
  },
  {
    name: "channel",
    says: "hint",
    lines:
      "PREFER ..5 CALLME|ELETTER\n CALLME ..4 PREFER\n ELETTER ..4 PREFER\n CALLME|ELETTER ..2 ONLY|only|instead\n CALLME\n NOT MSG ..3 CALLME|ELETTER",
  },
  {
    name: "new-number",
    says: "hint",
    lines:
      "new|nouveau|nouvelle|different|changed|change ..2 NUM\n NUM ..3 changed|change|new|nouveau\n use|utilisez|prenez|notez ..3 NUM ..2 instead|plutot\n update ..2 NUM",
  },

  // ——— what speaks for the texts
  {
    name: "keeps",
    says: "hint",
    lines: `
      KEEP ..3 MSG|SEND|THESE|sending|coming|texting
      ^ SEND ME
      PLEASE SEND ME
      SEND ME ..3 instead|plutot|only|seulement|when|quand|si|here|ici|at|on
      ONLY SEND ME
      ONLY ..3 MSG|REMINDER
      MSG ..3 is|are|est|sont|c FRIENDLY|ok|okay|correct|best|pratique
      MSG ..1 only|seulement
      MSG ok|okay|fine|oui|please|welcome
      rather|prefer|prefere ..2 MSG
      love|like|appreciate|aime|adore ..3 MSG
      thanks|thank|thx|merci ..3 MSG|REMINDER
      FRIENDLY ..4 MSG`,
  },
  {
    name: "limits",
    says: "hint",
    lines: "SEND|MSG ..3 WHEN\n MSG|SEND ..4 CLOCK\n ONLY ..4 MSG|REMINDER|APPT\n EXCEPT ..4 MSG|APPT|EMAIL|CALLING|WHEN\n NOISE",
  },
  {
    name: "complaint",
    says: "hint",
    lines:
      "ANNOYED ..6 MSG|SEND|THESE|YOU\n MSG|SEND|THESE ..6 ANNOYED\n MUCH ..4 MSG\n MSG ..6 MUCH\n OFTEN ..5 MSG|SEND\n MSG|SEND ..6 OFTEN\n WHY ..5 SEND|RECEIVE|MSG|YOU\n COST ..5 MSG|SEND\n MSG|SEND ..5 COST\n PRIVACY ..5 MSG|SEND\n MSG|SEND ..6 PRIVACY\n permission|permis|autorise ..4 SEND|MSG",
  },
  {
    name: "other-thing",
    says: "hint",
    lines:
      "STOP|END|CANCEL|REMOVE|TAKE|HALTNOUN|STOPPED ..4 APPT|DRUG|HABIT|SYMPTOM|CALLING|PAPER|WAITLIST|BODY|EMAIL\n STOP ..4 ORG\n PLACE",
  },
];
