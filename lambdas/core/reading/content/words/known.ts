/** Everyday words and names that are a slip away from a telling one. */
export const KNOWN = `
ability arithmetic brake brakes cadence calculate calculated calculation canker capture captured cashing challenged chapter clarity comite comprise comprised
concernant constitute contract contracts contractor contractors contraction coordonnees creator crushing dependent depending depends deliver delivered desire differing election
electronic electronique electroniques endorse endorsed expressed expression freeing fretting gouter goute grosses hypothermie imagine imaginez imagination injected jumeler kinesis
martine marine migrating operates operating pacing pediatre pediatrie pediatric pediatrician pleurer preservation quieter revision revisions servent singular stabbing staring stating
staying stimulateur stringy transmission triples wondering wonders surement ballons balloons batteries posters holder announcement though strike partez chasing boring
medecin medecins vestibule vestibules guardian guardians champlain captain chaplin ding constitution constitutional constitutionally paradise migrants hypothesis hypotheses endorsement endorsements
constituents constitutes constituency constituencies constituent constituted fabrication spraying lacrosse infested paralympic paralympics biology concentrate concentrated
concentrates compliment compliments complimentary complimented comprises hearings stellar insulting reacting careers chargers charters sikh reparations scissors paranormal
depreciation concerts concerto stimulation stimulating stimulates stimulated benson defence defences impatient protest protests protester protesters protesting protested
protestant protestants postage percussion transmissions expresses bondage overrated contracting constructions contradictions profound profoundly pronunciation rainbows
transponder clamp clamps clam clams elections ejection meta marianne bose maniere manieres constitue constitues constituer constituee constituait constituaient constituera
constituante constitutions constitutionnel constitutionnels constitutionnelle vehicule vehicules paradis parlais parlait parlaient insectes insecte infraction infractions
paraissent paraissait vestige vestiges miniere charente charentes comiques pleurent pleurez injecter injecte colloque colloques arithmetique insuffisant insuffisants
insuffisante insuffisantes insuffisamment consul consuls celebre celebres celebrer celebree biologie annales compromettre eclaircir attachant aspirant aspirants aspirent
lancers lancees monoprix combinent compliments ressuscite ressusciter prononcent prononcee carriere carrieres cahiers casiers comportement comportements marqueur perroquet
marcheurs elargir elargie survivent malienne vivante phoques incapacite dementi dementir decence protestation protestations proteste protestent protestante portage pointage
imaginee colorants precedemment mantoue troupes tromper trompee trompez monstrueux monstrueuse pancarte contravention contraventions jumelle prenantes prenante prononcer
prononces prononciation prononcants geniaux geniales metallique dependante dependants dependantes metadonnees recut coquine sterile steriles
`;
