/** Everyday words and names that are a slip away from a telling one. */
export const KNOWN = `
ability arithmetic brake brakes cadence calculate calculated calculation canker capture captured cashing challenged chapter clarity comite comprise comprised
concernant constitute contract contracts contractor contractors contraction coordonnees creator crushing dependent depending depends deliver delivered desire differing election
electronic electronique electroniques endorse endorsed expressed expression freeing fretting gouter goute grosses hypothermie imagine imaginez imagination injected jumeler kinesis
martine marine migrating operates operating pacing pediatre pediatrie pediatric pediatrician pleurer preservation quieter revision revisions servent singular stabbing staring stating
staying stimulateur stringy transmission triples wondering wonders surement ballons balloons batteries posters holder announcement though strike partez chasing boring
`;
