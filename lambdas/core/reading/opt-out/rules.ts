/**
 * What is said with those words, as patterns (see ./pattern.ts). `certain` and `start` decide by themselves where nothing
 * in their surroundings speaks against it (scope.ts); `likely` is for a person to look at; `hint` only tells the model.
 */
export type Says = "certain" | "start" | "help" | "likely" | "hint";

export interface Rule {
  readonly name: string;
  readonly says: Says;
  /** Whether what stands around it may turn it (scope.ts). */
  readonly turns: boolean;
  /** One pattern a line. */
  readonly lines: string;
}

export const RULES: readonly Rule[] = [
  {
    name: "stop-texting",
    says: "certain",
    turns: true,
    lines: `
      STOP --2 SEND!SENDWORD
      STOP --3 SENDWORD --3 MSG|THESE|ANYTHING|ME|NUM
      STOP|TURNOFF --4 MSG
      STOP --2 RECEIVE --3 MSG|THESE|ANYTHING
      STOP|END|CANCEL --1 all|every|any|the|these|those|ces|my|your|toutes|tous|les|vos|mes|future --2 MSG
      HALTNOUN --4 MSG
      STOP SENDWORD THANKS|$
      MSG|SEND ..2 PLEASE stop THANKS|$
      MSG --2 arretez|cessez THANKS|$
      END|CANCEL MSG
      stop|arretez|cessez|quit --1 ANYTHING --1 YOU --2 SEND
      stop|arretez --1 ca|this|it|these --3 pour|for|on|a|to|sur MINE? NUM
      enough|assez --2 MSG|texting // --4 REMOVE|STOP|TAKE`,
  },
  {
    name: "never-text",
    says: "certain",
    turns: true,
    lines: `
      DONT --1 SEND!SENDWORD!MSG --3 ME|NUM|ANYMORE|MSG|ANYTHING|here|ici
      DONT --1 text|texts|txt|message|msg|sms --2 ME|NUM|ANYMORE|ANYTHING|here|my|at
      DONT --2 SENDWORD --4 MSG|ANYTHING|THESE|ME|ANYMORE|NUM
      DONT --1 SEND $
      do // not // SEND
      not to SEND --4 ME|NUM|MSG|ANYMORE|HERE
      not to be SEND --3 MSG
      NOT|WISH --2 be SEND --4 MSG|ANYMORE
      no longer SEND --4 ME|NUM|MSG
      how about|why --2 DONT|not|never --1 SEND --3 ME
      NE --2 SEND --2 PAS
      NE --2 PAS --3 SEND
      NE --1 ME SEND --1 PAS
      PLUS|NEVER --2 ME --1 SEND
      PLUS|NEVER --2 SEND --3 ME|MSG|ANYTHING|ANYMORE|HERE
      pas|point SEND --3 MSG|ANYMORE|ANYTHING
      de|a|pour --1 PLUS|pas|jamais --3 SEND
      SEND moi|nous|lui|leur --1 pu|pus|jamais|rien|pas|NEVER
      SEND moi|nous|lui|leur --1 plus $|jamais|rien|ici|de|d|THANKS|aucun
      SEND --2 pu|pus|jamais|rien --3 MSG|ANYTHING|HERE|ici|ME|svp|sur|a
      SEND --2 plus rien|jamais|aucun|aucune|ici|sur|a
      SEND --2 plus|pas de|d --1 MSG
      SEND --2 en plus|pas|pu|pus
      SEND m|moi --1 en plus|pas|pu|pus
      fais|faites|fait --2 PLUS|pu|pas --1 sonner|vibrer|biper
      mettez|mets --2 PLUS|pu|pas --3 MSG|LIST
      PAS --1 SEND --2 encore|ME
      NOT --2 text|message|contact|write ME|NUM
      NOT SEND|reached|joint --2 by|par MSG`,
  },
  {
    name: "no-wish",
    says: "certain",
    turns: true,
    lines: `
      NOT|DONT|NEVER --2 WISH --5 MSG
      NOT|DONT|NEVER --1 WISH --2 RECEIVE --3 MSG|THESE|ANYTHING|ANYMORE
      NOT|DONT --1 WISH --2 be|being SEND --3 MSG|ANYMORE|like|$
      NOT|DONT --1 WISH THESE ANYMORE
      NOT|DONT --1 WISH any ANYMORE|more
      no_longer --1 WISH --3 RECEIVE|MSG|THESE|SEND
      WISH --1 PAS --4 MSG
      WISH --1 PAS --3 RECEIVE|SEND
      WISH --2 PAS --2 RECEIVE --3 MSG|ANYTHING|THESE
      en WISH plus|pu|pus|pas
      WISH rien|nothing --2 RECEIVE|savoir
      WISH no --2 MSG
      WISH NOMORE --3 MSG
      WISH --2 NOT|not_to --1 RECEIVE|be --5 MSG|THESE|SEND
      WISH --2 PAS --1 RECEIVE|avoir --4 MSG|SEND
      NOT be RECEIVE --3 MSG
      WISH|need nothing|rien --6 MSG|SEND
      pas|plus|pu de|d --1 MSG|messages texte --4 ME
      RATHER NOT --2 RECEIVE|be --5 MSG|THESE|SEND
      RATHER NOT RECEIVE --2 MSG
      NOT|DONT --2 WISH or|nor WISH --4 MSG
      RATHER|WISH --2 PAS RECEIVE|avoir --3 MSG
      could|can do without --2 MSG
      me passerais|passerai|passerions --2 MSG
      MSG --4 m en passerais|passerai|passe
      NOT interested --3 RECEIVE --3 MSG|THESE|ANYTHING
      pas interesse|interessee --3 RECEIVE|MSG`,
  },
  {
    name: "no-more-texts",
    says: "certain",
    turns: true,
    lines: `
      NOMORE --3 MSG
      no // more // MSG
      no_more // --2 MSG
      no more|further --2 MSG
      no|non --1 merci|thanks? pour|to|for|aux|a --2 MSG
      PLUS de|d|un|une|aucun|aucune --1 MSG
      NO --1 de|d ces|vos? --1 MSG $|THANKS
      fini|finis|termine|finito --2 les|ces|vos|l|la --2 MSG
      MSG --4 c est --1 fini|termine|assez|finito|non|over
      ^ POLITE? NO de|d? --1 MSG $
      ^ POLITE? NO de|d? --1 MSG THANKS
      ^ POLITE? NO de|d? --1 MSG --3 ME|ever|NUM|jamais|chez
      no --1 MSG|texting ME
      not a single MSG
      zero MSG
      aucun|aucune MSG --3 ME|NUM|sur|ici
      not|pas want|vouloir --1 MSG`,
  },
  {
    name: "remove-number",
    says: "certain",
    turns: true,
    lines: `
      REMOVE --2 MINE NUM
      REMOVE --3 NUMONLY
      REMOVE NUM
      removal|retrait|suppression|deletion|radiation --3 NUM
      REMOVE --1 ME --5 LIST|MSG|ROBOT
      REMOVE --1 ME THANKS|OFF|$
      ME enlever_de|retirer --3 LIST|MSG
      REMOVE --1 ME de|d la|ca|dela
      REMOVE --1 it|ca|le|la|this|them|les --4 LIST|MSG|NUM
      REMOVE --1 me immediately|immediatement|maintenant|now|asap|too|also|completely|permanently|altogether|entirely
      le|l|me|nous|la|m|les REMOVE --4 LIST|MSG|ROBOT|SEND
      me|nous|m REMOVE THANKS|$
      be REMOVE --4 MSG|LIST
      be REMOVE from receiving
      NUM --3 REMOVE --3 LIST|MSG|$|THANKS
      have|get|want --3 NUM REMOVE
      TAKE --3 OFF --3 LIST|MSG|NUM|ROBOT
      TAKE ME OFF
      TAKE --1 MINE NUM --1 OFF
      TAKE --2 it|this|that --2 OFF --2 LIST|MSG
      TAKE MINE NUM|name OFF
      TAKE --1 NUM --3 OFF|from
      WISH off --3 MSG|LIST|THESE
      taken off --3 MSG|LIST
      struck|removed|deleted|erased|unsubscribed|taken --1 from|off --3 MSG|LIST|THESE
      LOSE MINE NUM
      LOSE this|my|the|ce|mon NUM exists|existe
      BLOCK MINE NUM --2 on|in|dans|de|sur
      NUM --3 should|must|doit|devrait --3 not|no|ne|plus --3 MSG|LIST|appear|receive|recevoir
      NUM --1 ne doit plus --3 MSG
      ce|mon|this NUM --2 recevoir --2 MSG
      leave --1 MINE NUM alone
      REMOVE|efface|effacez le|la|it THANKS|$
      digits OFF|out
      NUM out|off --3 LIST|MSG|there|those
      NUM plus|pu --4 LIST|MSG`,
  },
  {
    name: "consent-withdrawn",
    says: "certain",
    turns: true,
    lines: `
      UNDO|withdraw|withdrawing|withdrawn|revoke|revoking|revoked|rescind|retire|retirer|revoque|revoquer|REMOVE|CANCEL|END --3 consent|permission|authorization|authorisation|autorisation|consentement|accord
      consent|permission|consentement|autorisation|accord --2 withdrawn|revoked|retire|revoque|annule|rescinded|over|fini
      NOT|DONT|no --2 consent|permission|accord|autorisation to|for|de|pour --2 MSG|SEND|RECEIVE
      NOT|DONT|no --4 consent|permission|authorization|consentement|accord|autorisation --3 MSG|SEND|RECEIVE
      NOT consent --3 MSG|SEND
      NOT WISH --1 consent
      consens|consent|autorise|accepte|accept PLUS|pas ..1 a|de? --2 MSG|RECEIVE|SEND
      no_longer consent|accept|agree|authorize --2 MSG|RECEIVE|SEND
      withdrawing|revoking ..3 agreement|consent|permission
      refuse|refus|decline|refuser --4 MSG
      choose|choisis|decided|decide --2 not|NE|pas --5 MSG
      not|pas|NE --1 participate|participer --5 MSG`,
  },
  {
    name: "unsubscribe",
    says: "certain",
    turns: true,
    lines: `
      UNSUB --3 MSG|ME|NUM|LIST
      UNSUB THANKS|$
      opt --3 out THANKS|$
      I --1 UNSUB THANKS|$
      WISH --3 UNSUB
      me|nous|m UNSUB
      ^ ME? UNSUB
      CANYOU --1 ME? UNSUB
      PLEASE --1 UNSUB`,
  },
  {
    name: "turn-off",
    says: "certain",
    turns: true,
    lines: `
      TURNOFF --4 MSG|ROBOT
      TURNOFF --2 it|this|that|these|ca|le|la|les --4 NUM|line|ligne|ME
      turn|switch|shut --5 off --3 MSG|ROBOT
      turn|switch|shut --4 MSG|ROBOT|THESE off|down
      turn|switch|shut it|this|these off --3 NUM|ME
      TURNOFF for? MINE NUM`,
  },
  {
    name: "end-of-texts",
    says: "certain",
    turns: true,
    lines: `
      MSG --6 be STOPPED|discontinued|ended|suspended|halted|stopped|terminated
      WISH|need|get|have --2 MSG STOPPED|stopped|off
      WISH --3 MSG --1 to STOP|END
      make|get --2 MSG STOP
      MSG --3 need|needs|has|have|must|should|doivent|doit|devraient to? STOP|END|go
      so --1 MSG STOP --1 coming
      consider|put|note --4 notice --3 UNSUB|STOP|REMOVE
      last|dernier|derniere MSG --2 I --2 ever? RECEIVE|SEND
      CANYOU --3 STOP --3 THESE|MSG
      make|faites|fais|assurez|arrangez|sure ..6 NOT|DONT|none|plus|no RECEIVE --3 MSG|THESE|ANYTHING
      faites|fais|faire --4 RECEIVE PAS --3 MSG|ANYTHING|THESE
      make|ensure --4 NOTHING|none|nothing|no --3 come|comes|sent --3 NUM|phone|here
      knock_it_off|cut_it_out|lay_off --3 MSG
      untick|uncheck|decoche|decochez --4 it|that|la|le|MSG|box|case
      free MSG free
      text free THANKS`,
  },
  {
    name: "leave-alone",
    says: "likely",
    turns: true,
    lines:
      "leave ME alone\nlaissez|laisse moi|nous tranquille|tranquilles\n fichez|foutez|sacrez moi|nous patience|paix\n lachez|lache moi|nous",
  },
  {
    name: "wish-vague",
    says: "likely",
    turns: true,
    lines:
      "NOT|DONT ..1 WISH THESE\n NOT|DONT ..1 WISH any\n WISH ..1 PAS ..2 THESE\n besoin de MSG\n NOT need ..3 MSG|REMINDER\n enough ..3 MSG",
  },

  // ——— starting again
  {
    name: "start-texting",
    says: "start",
    turns: true,
    lines: `
      START --4 MSG
      START --3 SEND
      START --2 ME --2 MSG
      SEND ME BACK|again|encore|now
      SEND moi encore
      recommenc|recommencer|recommencez|START --2 a|de --3 SEND|RECEIVE
      CANYOU --3 START --4 MSG|SEND
      begin|start --2 again
      start --2 up? --1 again
      turn|switch --4 back|on --2 on|MSG
      turn|switch --3 MSG --1 back? on
      bring|ramenez|ramene|rapportez --2 back? --2 MSG
      BACK on --2 MSG
      have --2 MSG back
      MSG --3 switched|turned|put back? on
      MSG --1 be? switched|turned back on
      ready|pret|prete --2 MSG
      ^ POLITE? START|redemarrez|redemarrer $|THANKS
      start them|em|those up
      put|mettre|mettez|remettez MSG back|en --1 on|marche
      remettez en marche --2 MSG
      start|restart|resume|reprenez|recommencez|reactivez --1 THESE --1 up? --1 $|again`,
  },
  {
    name: "subscribe",
    says: "start",
    turns: true,
    lines: `
      SUBSCRIBE --5 MSG|NUM|ME
      ME SUBSCRIBE
      SUBSCRIBE THANKS|$|back|again|on|dessus
      SUBSCRIBE moi|me|nous|us
      SUBSCRIBE this|ce|cette --1 NUM
      WISH --3 SUBSCRIBE
      put|add|sign|get --1 ME|NUM --1 back|again|up --4 MSG|LIST|on|$
      put|add --2 NUM --2 back
      put|add --1 ME --3 MSG
      put ME on again
      put|add|have ME --1 on --3 MSG
      can|pouvez|peux ME SEND encore|again|maintenant|now
      remettre|remettez|remets --1 ME --4 MSG|LIST|dessus|$|THANKS
      remettre|remettez|remets|START --3 NUM|MSG`,
  },
  {
    name: "undo-stop",
    says: "start",
    turns: true,
    lines: `
      UNDO --3 KEYWORDSTOP|UNSUB|HALTNOUN|STOP
      stop_by_mistake|stop_by_accident
      UNDO $
      UNDO that|it|ca|POLITE
      CANCEL|REMOVE|TAKE --2 my|mon KEYWORDSTOP|UNSUB|desabonnement|arret
      take back my stop
      how about|can we undo
      KEYWORDSTOP|UNSUB --4 MISTAKE
      MISTAKE --5 KEYWORDSTOP|UNSUB
      KEYWORDSTOP|UNSUB --2 was|etait --2 for|pour|meant|not`,
  },
  {
    name: "wants-texts",
    says: "start",
    turns: true,
    lines: `
      I --2 do? WISH --3 MSG BACK|again|on|finalement|$
      WISH to|de|a? RECEIVE --3 MSG
      WISH --1 RECEIVE --1 encore? --2 MSG
      ravoir --3 MSG
      RECEIVE them|those|these again
      les recevoir|ravoir|avoir encore|again|BACK
      WISH les ravoir|recevoir
      WISH to RECEIVE them|those|these
      do WISH MSG
      need to? RECEIVE MSG again
      pret|prete|ready --3 RECEIVE --2 MSG
      finalement --4 SEND ME
      finalement --4 MSG
      finalement --6 ME SEND
      can|may SEND ME now|again
      YOU can SEND ME now|again
      ok|okay|fine --1 to SEND ME now|again
      moi je les? WISH --2 MSG
      les? WISH les MSG
      can I --1 RECEIVE those|them|MSG --2 at|on|too --2 NUM
      je peux tu --1 avoir --1 vos MSG`,
  },
  {
    name: "wants-back",
    says: "hint",
    turns: true,
    lines: `
      go_ahead|ahead ..2 SEND ME
      YOU can|may|peux|pouvez ..1 SEND ME
      YOU can|may|peux|pouvez ME SEND
      SEND|MSG ..5 like|as|comme YOU? used|before|avant
      MISTAKE|regret ..5 KEYWORDSTOP|UNSUB|STOP|HALTNOUN
      ignore|disregard|oubliez|scratch ..2 KEYWORDSTOP|UNSUB|HALTNOUN
      KEYWORDSTOP|HALTNOUN ..2 was|etait ..3 for|pour|meant
      je|on les? veux|prends|reprends|veut ..3 MSG
      remettez|remets|redonnez ME|ca ..2
      put ME|my|our name|NUM|us? ..2 back
      MSG ..2 is|are|est|c fine|okay|ok|correct|alright ..2 by|with|avec ME
      turn|rallumez|remettez|repartez ..2 MSG|them|those ..2 back|on|again?
      MISS ..3 MSG
      permission|accord ..2 SEND
      agree ..2 MSG|it|SEND
      still|encore|toujours WISH ..2 MSG|them|those|les
      do WISH ..2 MSG|them|those
      les veux|voudrais encore|toujours|pareil
      finalement|after_all ..5 MSG|them|les
      MSG ..5 finalement|after
      keep texting|sending|messaging ME
      continuez|continue ..2 SEND`,
  },

  // ——— about the service
  {
    name: "about-texting",
    says: "help",
    turns: false,
    lines: `
      am I ..2 talking|speaking|texting|writing
      je|I parle|jase|ecris|parles ..2 a|avec ..3
      qui etes YOU
      who are YOU
      who am I
      is|are this|these|it|you|ca|that ..2 REALNESS
      c est ..2 REALNESS
      anyone|anybody|someone|somebody there|here|on
      quelqu_un|quelqu|personne ..2 la|lit|lisent|bout
      how much ..2 MSG
      combien ..3 MSG|SEND
      ca coute combien
      coute combien
      standard|regular ..1 rates
      COST ..3 MSG|REPLY $
      MSG|SEND|YOU ..4 in|en|to|pour|l ..1 TONGUE
      change|changer|switch ..4 TONGUE
      TONGUE ..2 please|svp|instead|plutot $
      parlez|speak ..1 YOU? ..1 TONGUE
      my|mes|ma|mon REPLY|MSG|answer|answers|reponse|reponses ..5 KEPT
      REPLY|answer|reponse|reponses ..4 through|passe|passee|rendue|rendu|went
      do|does YOU|anyone|anybody|someone ..2 KEPT|see|get ..2 my|MSG|these|this
      do|does|will these|this|they|it ..3 KEPT|in
      ca va|vont ..2 dans ..2 dossier
      how ..2 does|do ..4 WORKS
      comment ..4 WORKS
      how ..2 to? use|work
      explain|expliquez|explique ..4 MSG|this|ca|texting
      how many ..3 MSG
      how long|often ..5 answer|reply|MSG|SEND
      combien ..2 temps ..5 reponse|repondre
      what|quoi do|dois|je ..2 REPLY|text
      do I|je ..2 REPLY|text ..2 or|ou
      je reponds|texte ..2 ou|quoi
      je reponds oui|o|c
      qu_est_ce_que|qu_est_ce j|je REPLY|text
      WORKS ..5 landline|fixe|outside|dehors|canada|abroad|overseas|weekend
      same|meme NUM
      whose|quel|quelle|what NUM|clinic|clinique|office|bureau
      area code
      save|enregistrer ..3 NUM|contacts|it
      who|qui ..3 gave|donne ..2 NUM
      can|could|may|peut|pourrait my|mon|ma KIN ..5 RECEIVE ..3
      my|mon|ma KIN ..1 peut ..4 RECEIVE
      can|puis|peux I|je ..4 RECEIVE ..3 MSG ..3 two|deux|other|autre|both
      can|puis|peux I|je|tu|we ..4 SEND|REPLY|ask|poser|book|prendre|envoyer ..5 text|texto|here|ici|this
      safe|securitaire ..6 text|here|ici|SEND|MSG
      what|quoi ..3 these|this|ce|ces ..2 MSG|NUM|line|for
      sert a quoi
      a quoi ..2 sert`,
  },
  {
    name: "who-texts",
    says: "help",
    turns: false,
    lines: `
      ^ POLITE? who is|are this|you|that $|THANKS
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
    turns: true,
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
      HOW ..6 not|plus|pas ..2 SEND|be|etre
      HOW ..4 NOT|PAS RECEIVE
      HOW ..2 press|type|write|ecrire|peser|pese|reply|do $
      CANI ..3 refuse|refuser|opt|decline|say no
      CANI ..3 not ..1 RECEIVE|get
      NOT ..3 able|let|capable|arrive ..4 UNSUB|STOP
      tried|essaye|essaie|trying ..3 STOP|KEYWORDSTOP|UNSUB
      no|pas|plus ..1 UNSUB
      do I have to RECEIVE|get
      oblige|obligee ..2 RECEIVE
      word ..2 to SEND
      typed|wrote|said|texted|ecrit|repondu|envoye|sent|replied|fait ..1 KEYWORDSTOP|HALTNOUN
      quit|stop|turn|getting off ..2 these|this $
      HOW|WHAT|quel ..6 STOP|UNSUB|REMOVE|END|CANCEL ..3 MSG|THESE|LIST|NUM|YOU
      HOW|WHAT ..6 STOP|UNSUB|END $
      HOW|WHAT|CANI ..6 GETOFF ..3 MSG|THESE|LIST|here|ici|la|$
      WHAT|HOW ..2 REPLY ..5 STOP|END|quit|finisse|finir|arrete|not|pas
      REPLY ..3 WHAT|HOW ..5 STOP|END|finisse|finir|arrete
      je|I|faut|que REPLY quoi|what|ou|where ..6 STOP|END|finisse|finir|arrete|GETOFF
      je|I|on REPLY ou|where ..5 STOP|END|GETOFF|RECEIVE
      is|are|do|does|est|c|y|faut|suis|dois|a|am|can|can't|peut|peux ..5 CHOICE ..5 MSG|THESE|LIST
      CANI CHOICE ..3 MSG|THESE|$
      CANI ..2 be|etre ..3 out|off|hors|GETOFF ..4 MSG|LIST|THESE|texting
      where|wheres|ou ..3 UNSUB|opt
      off|unsubscribe button
      do ..2 MSG|these ever END|STOP
      REPLY ..2 KEYWORDSTOP ..6 still|again|encore|continue|rentre|another|nothing|marche|work|works|at
      how many times ..5 STOP|KEYWORDSTOP
      combien de fois ..5 STOP|KEYWORDSTOP|arret
      IF|si ..2 REPLY ..1 KEYWORDSTOP|arret
      WHO|HOW|qui ..5 not|pas ..2 be|etre|being? SEND
      get ..2 off|out ..3 list|thing|texts|texting|messages
      thinking|considering|pense|songe ..4 STOP|UNSUB|REMOVE
      NOUSE|WHAT procedure|marche ..6 MSG`,
  },
  {
    name: "wrong-number",
    says: "likely",
    turns: false,
    lines: `
      WRONG
      ^ POLITE? NOTME THANKS|$
      NOTME ..4 MSG|APPT|NUM
      MSG ..4 NOTME
      c est NOTME
      NOBODY ..2 NAME|here|ici|icitte|DEATH
      DONTKNOW ..1 any|aucun|aucune|this|that|cette|ce ..2 NAME|person|personne|lady|guy|man|woman|dame|monsieur|$
      DONTKNOW ..2 NAME
      DONTKNOW ..2 YOU ..2 looking|talking|parlez|cherchez
      ^ POLITE? who|qui|whos|WHO ..1 NAME
      WHO ..2 is NAME
      c est qui ..2 NAME
      qui ca NAME
      this|it|that isnt NAME
      this|it|that is|s not NAME
      this|it is|s? ..3 NUM anymore
      not ..1 NAME s? ..1 NUM
      NAME s ..2 old|former|ancien ..1 NUM|line
      ce n est pas ..2 NAME|NUM
      c est pas ..2 NAME|NUM
      c est pu ..2 NAME|NUM
      pas ..1 le NUM ..1 de|a|d
      I NOT ..1 NAME
      I NOT ur|your|the|la|le|une|un|pas? ..1 bon|bonne|right|guy|girl|person|patient|personne|lady
      my name|names NOT
      name is|s? NOT ..1 NAME
      appelle pas ..1 NAME
      no NAME ..2 here|works|at|ici
      pas de NAME
      aucun|aucune NAME
      NAME|KIN ..2 NOT ..2 live|use|own|have|work|reste|habite|utilise|vit ..2 here|this|ici|ce|NUM
      NAME ..3 gone|left|moved|parti|partie ..2 from|since|depuis|here
      there|theres NOT? no ..1 NAME
      no one|nobody|personne ..4 NAME ..3 here|NUM|ici
      OLDPHONE
      NUM ..4 before|avant|old|ancien|used to|was|etait ..3 NAME|KIN|someone|quelqu
      NUM etait a ..3 KIN|NAME
      this|ici ..3 BUSINESS
      ici c est ..3 BUSINESS
      ici le|la|l ..1 BUSINESS
      YOU ..2 texting|text|reached|textez|rejoint|reach ..2 BUSINESS
      NUM ..3 belongs|appartient|belong
      gave|put|donne|mis ..3 NUM ..4 MISTAKE
      got|have|had ..1 NUM ..5 yesterday|months|year|years|hier|mois|ans|before
      ai ce NUM ..2 depuis
      YOU ..2 looking|cherchez|parlez|cherche ..2 NAME|is|pas|n|another|autre
      NOT ..3 list|patient ..2 clinic|clinique
      never ..3 heard|been ..3 clinic|clinique|office
      jamais ..5 clinique|patient|patiente
      keep|keeps getting ..5 named|called|NAME|someone
      sending ..4 NAME ..3 APPT|things|hearing
      ^ POLITE? not|pas ..1 NAME $
      ^ POLITE? not|pas ..1 NAME sorry|desole|desolee
      moi c est NAME // pas NAME
      c est plus|pu ..1 son|sa ..1 NUM
      isnt|not|isn't her|his|their|s ..1 NUM
      isnt|not her|his NUM
      KIN NOT ..2 live|habite|reste here|ici
      KIN ..1 habite|reste|vit plus|pas|pu ici
      doesnt|dont|does live|reside ..1 here
      looking|cherchez|cherche|looking|wanting|trying ..4 someone|somebody|quelqu|reach|autre|another|NAME
      not WHO you ..3 think|want|looking|need
      never heard ..2 YOU
      jamais entendu parler
      idea who|what|qui|quoi ..4 YOU|this|that|NAME|c|ca
      aucune idee de? qui|quoi ..3
      know ..1 any NAME
      I|j DONTKNOW ..3 NAME|clinic|clinique
      ai|have|got pas|no|NOT ..3 bebe|baby|kids|kid|enfant|enfants|doctor|docteur|appointment|rendez_vous|rendezvous|rdv|dentist|chez
      YOU ..3 WRONG
      got|have|avez|as the|le|la? wrong|mauvais|mauvaise|incorrect ..2
      YOU ..2 texting|messaging|textez|ecrivez|ecris|calling ..1 the|an|un|une ..3 $
      THEIRS not|pas mine|moi
      it|this|c|these ..2 THEIRS
      meant for NAME|KIN|someone|somebody|another
      pour quelqu un d autre
      this is a ..3 BUSINESS|hall|station|desk|line|number
      ici c|on ..6 BUSINESS|cantine|caserne
      NUM ..2 ces|cette|this? ..2 changed hands
      had|eu|got|have this|ce|the NUM ..4 since|depuis|for|weeks|months|years|hier|semaine|yesterday|last
      someone|somebody|quelqu|quelqu'un|person|mere|mom ..4 gave|donne|put|mis ..3 NUM|mine|mien ..3 MISTAKE|form|$
      keep|keeps|continuez ..3 NAME|lady|madame|monsieur|man|guy s ..3 MSG|APPT|THESE
      MSG ..2 for|pour NAME ..4 here|ici
      I male|female|man|guy|gars|homme|femme|woman ..5
      NOT ..1 the? NAME YOU`,
  },
  {
    name: "deceased",
    says: "likely",
    turns: false,
    lines: `
      KIN|NAME ..5 DEATH|GONEKIN
      DEATH|GONEKIN ..3 KIN|NAME
      DEATH ..4 de ..3 KIN|NAME
      ^ POLITE? DEATH THANKS|$
      LATE KIN|NAME
      LATE ..2 NUM
      lost|perdu ..2 KIN|NAME
      GONEKIN
      KIN|NAME ..2 est ..1 plus la
      KIN|NAME ..2 gone ..2 weeks|months|years|now
      baby|bebe ..3 NOT ..2 make|survive|survecu
      lost|perdu ..1 the|le|our|notre ..1 baby|bebe
      I|on|nous|we ..1 had|fait|eu ..2 miscarriage|fausse_couche|fausse
      KIN|NAME ..3 did|didnt|has|a NOT? ..1 make|pas ..1 it|passe
      KIN|NAME ..6 in CAREHOME
      KIN|NAME ..3 en|au CAREHOME
      KIN|NAME ..4 AFTERDEATH
      AFTERDEATH ..2 was|were|etait|etaient|a_eu
      regret ..6 DEATH
      estate of`,
  },
  {
    name: "left-clinic",
    says: "likely",
    turns: false,
    lines: `
      I|KIN|NAME|we|on|nous|ai|avons ..5 ELSEWHERE|SEESOMEONE
      ^ POLITE? ELSEWHERE|SEESOMEONE
      MOVED ..6 ELSEWHERE
      MOVED ..8 SEESOMEONE|doctor|medecin|clinic|clinique
      NOT ..2 one|un|une? ..2 YOU ..1 patient|patients|cliente|client
      NOT ..1 YOU patient
      plus|pu|pas ..1 patient|patiente|cliente|client|suivi|suivie|suivis ..2 YOU|chez|a
      NOT ..2 live|living ..3 MOVED
      I|on|nous ..2 in MOVED now
      on vit ..2 MOVED
      I|we|on|nous|j ..2 moved|demenage|emmenage ..2 to|a|au|en ..2 MOVED|NAME|away|back
      ^ POLITE? moved ..1 to|away|back
      on reste|vit|est ..3 MOVED ..2 maintenant|asteure|astheure|now
      I|we ..2 go|going|goes ..2 to ..2 different|another|new|other ..3
      go|goes|vais|va|allons ..4 now|maintenant|astheure
      have|got|has|found|see|sees|seeing|ai|avons|vois|voit|trouve ..1 a|un|une|another|their|leur|his|new ..2 DOCTORISH ..4 now|here|there|ici|there|closer|astheure|la|in
      DOCTORISH ..3 has|have ..1 KIN|him|her|us ..1 now
      CAREHOME ..5 their|leur|the|own ..2 DOCTORISH
      KIN|NAME ..6 CAREHOME
      NOT ..3 NOPATIENT ..2 anymore|any|longer|now|these|NOMORE
      plus|pu|no_longer|NOT ..3 NOPATIENT
      fired YOU
      transferred|transfere|transfered ..4 to|a|au ..3 clinic|clinique|ELSEWHERE
      my? file|dossier|care ..2 transferred|transfere|moved
      consulte|viens plus|pu
      lives|vit|live|habite|reste in|en|au|a|aux ..2 MOVED`,
  },
  {
    name: "channel",
    says: "likely",
    turns: false,
    lines: `
      PREFER ..5 CALLME|ELETTER
      CALLME ..3 PREFER
      ELETTER ..4 PREFER
      CALLME|ELETTER ONLY|only|instead
      CALLME|ELETTER ..3 over|than|rather|plutot|instead|au_lieu|que ..3 MSG
      MSG ..4 instead|plutot ..3 CALLME|ELETTER
      CALLME|ELETTER ..3 not|pas|NOT ..2 MSG|phone|NUM
      NOT ..2 MSG ..3 CALLME|ELETTER
      NOT ..2 MSG $ // ..1 CALLME|ELETTER
      CANTREAD ..8 CALLME|ELETTER
      CALLME ..6 CANTREAD
      CANTREAD ..4 MSG
      MSG ..5 CANTREAD
      put|send|envoyez|mettez|mets|envoie ..4 ELETTER ..2 please|svp|instead|plutot|a_la_place|$
      text|textez|SEND ..2 my KIN ..2 not|pas|instead|plutot|a
      SEND ..3 KIN|caregiver ..3 instead|plutot|rather
      KIN ..3 instead ..2 of ME
      go|aller ..3 KIN ..4 instead|plutot|power|mandataire
      do YOU ..2 have ..2 app|whatsapp|ELETTER
      avez vous ..3 app|application|messenger|whatsapp
      ^ POLITE? CALLME|ELETTER|landline|EMAIL please|svp|only|seulement|$|THANKS
      CALLME|ELETTER|landline|EMAIL is|est|c|are|works ..1 better|best|mieux|easier|ideal|plus
      better|best|mieux|rather ..3 CALLME|ELETTER|EMAIL|landline
      PREFER|like|aimerais|aime|aimerait|voudrais ..3 a|une|un|par|by|la|qu ..3 CALLME|ELETTER|EMAIL|letter|call|appel|appelle|telephone|phoned|called
      NEVER ..2 look|looks|check|checks|read|regarde|lis|open ..3 MSG|THESE|this
      NOT|dont|pas ..1 do|check|read|fait|lis ..2 MSG|texting
      send|envoyez|envoie|text|texte|textez|ecrivez|write ..1 them|these|it|les|ca|to|MSG|the|a? ..2 my|ma|mon KIN|caregiver|aidante|aidant|nurse|worker
      MSG ..3 go|aller|aillent ..2 to|a|au|aux ..1 my|ma|mon ..1 KIN|caregiver|aidante|aidant
      appelez|call|phone|ring|talk|parlez|ecrivez ..1 my|ma|mon|a KIN ..5 for|pour|instead|NUM|handles|c|s|she|he
      NOT|no|pas ..3 plan|forfait ..3 CALLME|ring|call|appelez|phone|telephonez
      CANTREAD ..3 text|texts|textos|these|ca|MSG|small|letters|lettres
      NOT ..3 eyes|yeux|see|voir|lire|read ..5 CALLME|phone|ring|telephonez|appelez`,
  },
  {
    name: "complaint",
    says: "hint",
    turns: false,
    lines: `
      ANNOYED ..6 MSG|SEND|THESE|YOU
      MSG|SEND|THESE ..6 ANNOYED
      MUCH ..4 MSG
      MSG ..6 MUCH
      OFTEN ..5 MSG|SEND
      MSG|SEND ..6 OFTEN
      WHY ..5 SEND|RECEIVE|MSG
      COST ..5 MSG|SEND
      MSG|SEND ..5 COST
      PRIVACY ..5 MSG|SEND
      MSG|SEND ..6 PRIVACY
      CONSENTQ ..5 SEND|MSG
      THREAT ..8 MSG|SEND|NUM
      IF ..4 MSG|SEND|keeps ..6 THREAT
      BUZZ ..5 times|fois|because|all|every|chaque|encore|again|toute
      YOU ..3 BUZZ
      BUZZ ..5 YOU
      SLEEP ..6 YOU|MSG|BUZZ
      YOU ..4 SLEEP
      SITUATION ..6 BUZZ|MSG
      NOT ..3 fan|keen ..4 MSG
      not|pas WISH|FRIENDLY ..3 MSG
      ^ POLITE? EXCLAIM $
      EXCLAIM ..4 MSG|again|encore
      GOAWAY
      DONT|NOT|quit|STOP ..2 BOTHER
      BOTHER ME ..1 PAS
      ^ POLITE? GOTIT
      GOTIT ..4 CLOCK|stop|enough|lachez|quit|arretez
      KIN|boss|patron|SITUATION|collegues ..2 SAW
      SAW ..4 MSG|SEND|my
      ONLIST ..3 LIST|MSG|$
      who ..2 ONLIST
      FEWER ..4 MSG|SEND|$
      MSG ..3 FEWER
      lache|lachez moi|nous
      one|un de plus ..1 BAR
      IF|one ..2 more|another ..4 I ..1 THREAT|scream|crie|pete|craque|will|ll|vais
      cause|because of YOU
      cause de YOU|MSG
      thanks for nothing
      merci beaucoup $
      CLOCK? in_the_morning|du_matin $
      NUM|phone ..3 percent|% ..4 YOU
      YOU ..2 machine|robot|computer|system|systeme ..3 needs|nap|break
      THREAT $
      ^ POLITE? EXCLAIM NOUSE|MUCH|encore|again|THESE $
      ^ POLITE? I? NOUSE ben?|THANKS $
      ^ POLITE? BAR? j|I? en ai? NOUSE $
      MSG|THESE|YOU|YOUR|ca|it ..4 NOUSE
      NOUSE ..4 MSG|YOU|THESE
      YOU ..2 SEND ..2 more|plus ..2 than|que|souvent
      MUCH ..2 MSG|BUZZ
      c est ben? MUCH|NOUSE
      never|jamais|didnt|NOT|pas ..2 signed|sign|signe|agreed|agree|accepte|asked|ask|demande|consented|consenti|gave|donne|permission|approved ..4 THESE|this|that|ca|MSG|it
      WHO|qui ..3 said|dit|permis|gave|donne|told|allowed ..3 SEND|NUM|YOU
      COST ..3 me|m|moi ..3 cents|cennes|c|dollars|piasses|each|chaque|fortune|0
      me|m COST ..4
      NOT ..2 comfortable|aise|fan|loving|keen|crazy|big ..4 MSG|THESE|this|text|getting
      NOT ..1 interested $|THANKS
      interested NOT?
      pas|NOT interesse|interessee|interested $|THANKS
      ca m interesse pas
      NOT ..2 need|needed|besoin|necessary|necessaire ..3 MSG|THESE|SEND|ca
      no thanks|thank|thank_you ..2 to this|that|these
      KIN|boss|patron|kids ..4 see|sees|saw|reads|read|voit|voient|vu|lu ..3 MSG|THESE|ca|my|YOU
      woke|reveille|wakes|reveillez ..3 me|m|KIN|nous|us|the|le
      scam|spam|junk|arnaque|fraude $
      NOT ..2 safe|securitaire ..5 SEND|MSG|here|ici
      NUM ..5 shut|cut|disconnected|debranche|cancelled|coupe|ferme
      giving|laisse|lache|losing ..2 up? ..1 NUM
      allez|va|allez_vous ..3 tranquille|ailleurs
      how dare YOU
      THREAT ..4 privacy|confidentialite|acces|guys ..4 respect|nothing|stop`,
  },
  {
    name: "own-text",
    says: "hint",
    turns: false,
    lines:
      "OWNTEXT\n WRONG ..1 of|de|for|on|sur\n pressed|dialed ..1 WRONG\n WRONG ..2 inscrit|ecrit|written\n NAME ..1 avec|with ..1 a|un|une|deux|two\n ^ c est NAME // pas NAME\n oubliez|oublie|ignore|ignorez ..2 dernier|last|message\n WRONG ..4 meant|sorry|pas|was|oops\n oops|oups|sorry|desole|desolee|MISTAKE ..3 WRONG|sent|person\n MISSEDTEXT",
  },
  {
    name: "clinic-question",
    says: "hint",
    turns: false,
    lines:
      "^ POLITE? HOW|CANI|WHO|WHAT ..6 APPT|DRUG|BODY|SYMPTOM|PAPER\n CANI ..6 APPT|DRUG|BODY|SYMPTOM|PAPER\n ANNOYED ..4 APPT|DRUG|BODY|SYMPTOM|RESCHED\n SYMPTOM|AILING ..5 ANNOYED\n ANNOYED ..4 SYMPTOM|AILING",
  },
  {
    name: "reschedule",
    says: "hint",
    turns: false,
    lines: "RESCHED\n change|move|moved|remettre|remets|changer|deplacer ..2 APPT|DAY|SOON",
  },
  {
    name: "no-death",
    says: "hint",
    turns: false,
    lines:
      "PET ..4 DEATH\n family history\n antecedents familiaux|familial\n DEATH ..2 two|three|deux|trois|20|years|ans\n grief|deuil\n PET ..3 DEATH\n NUM|battery|batterie|pile|car|auto|char|truck|mine|mien ..3 DEATH\n DEATH ..2 of|from|d|de ..4 DEATH|SYMPTOM|cancer|heart|attack|infarctus|avc|stroke\n DEATH in|en NUM\n passed ..2 stone|test|exam|kidney|examen",
  },
  {
    name: "new-number",
    says: "hint",
    turns: false,
    lines: `
      my|mon new|nouveau ..1 NUM!name!nom
      ^ POLITE? new|nouveau ..1 NUM!name!nom for|pour|is|est
      my|mon NUM!name!nom ..1 has|a? changed|change
      I|j|ai|have|ve changed|change --2 NUM!name!nom
      got|have|ai|eu a|un new|nouveau ..1 NUM!name!nom
      update my|mon NUM!name!nom
      use|utilisez|prenez|notez this|ce NUM!name!nom ..1 instead|now|plutot|maintenant`,
  },

  // ——— what speaks for the texts
  {
    name: "goes-on",
    says: "hint",
    turns: false,
    lines: `
      KEEP --2 MSG|SEND
      KEEP --1 THESE coming|going
      KEEP ME on
      leave|laissez|laisse ME on|dessus
      gardez|garde|continuez --2 les?|celui
      MSG --1 is|are|est|sont|c --2 fine|ok|okay|better|best|good|mieux|pratique|correct|correcte|bon|bons|welcome|beau
      MSG ok|okay|fine|works|work|suffit
      reminders? are --1 fine|ok|good
      use|utilisez|prenez|mets|mettre|put --1 this|mine|celui|mien
      celui ci
      text|texte|textez|txt ME --1 directly|directement|instead|plutot|here|ici|at
      just|only|juste|seulement text|texte|textez|txt
      send|envoyez|envoie --2 them|les --1 to|a me|moi
      only|juste me|moi
      only yours
      cell only
      juste le? cell
      not|pas the|les|yours|tes|vos --1 MSG
      not|pas yours
      rather|prefer|prefere|mieux text|texter`,
  },
  {
    name: "keeps",
    says: "hint",
    turns: false,
    lines: `
      KEEP ..3 MSG|SEND|THESE|sending|coming|texting
      KEEP ME ..3 loop|list|MSG
      ^ SEND ME
      PLEASE SEND ME
      SEND ME ..3 instead|plutot|only|seulement|when|quand|si|here|ici|at|on|day
      ONLY SEND ME
      ONLY ..3 MSG|REMINDER
      MSG ..3 is|are|est|sont|c ..2 FRIENDLY|ok|okay|correct|best|better|pratique|parfait
      MSG ..1 only|seulement
      MSG ok|okay|fine|oui|please|welcome|ouiii
      rather|prefer|prefere ..2 MSG
      love|like|appreciate|aime|adore ..3 MSG
      thanks|thank|thx|merci ..3 REMINDER
      REMINDER ..5 saved|sauve|helpful|useful|utiles
      SEND ..2 here|ici ..2 instead|plutot|is|c
      FRIENDLY ..4 MSG`,
  },
  {
    name: "limits",
    says: "hint",
    turns: false,
    lines: `
      SEND|MSG ..3 WHEN
      MSG|SEND ..4 CLOCK
      NOT before|after|avant|apres
      pas avant|apres|trop tot|tard
      ONLY ..4 MSG|REMINDER|APPT
      EXCEPT ..4 MSG|APPT|EMAIL|CALLING|WHEN
      NOISE`,
  },
  {
    name: "other-thing",
    says: "hint",
    turns: false,
    lines: `
      STOP|END|CANCEL|REMOVE|TAKE|HALTNOUN|STOPPED|UNSUB|NOMORE|NO|no_longer ..4 APPT|DRUG|HABIT|SYMPTOM|CALLING|PAPER|WAITLIST|BODY|EMAIL
      STOP ..4 ORG
      CALLME|PREFER ..4 APPT|PAPER|WHEN|SYMPTOM
      PLACE`,
  },
];
