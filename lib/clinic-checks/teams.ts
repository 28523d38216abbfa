import type { Team } from "../../lambdas/core/clinic.ts";
import { isAnswered } from "./answered.ts";
import type { Draft } from "./read.ts";
import { checkWeek, isEver } from "./weeks.ts";
import { type Check, checkTwice, entriesOf, idsOf } from "./written.ts";

/** The four questions that each queue answers before a text may wait in it. */
const QUESTIONS = {
  who: "who receives a text",
  device: "on what device it is read",
  verified: "how the sender is verified",
  documented: "how it is documented",
} as const;

type Teams = readonly (Draft<Team> | undefined)[];

/** care-teams.yaml: nobody's text ends nowhere, and no queue leaves one of the four questions open. */
export const teams: Check = ({ teams: file }, say) => {
  const list = file.draft?.teams;
  if (!list) return;
  const names = idsOf(list) ?? [];
  checkTwice(list, file, ["teams"], say);
  for (const [index, team] of entriesOf(list)) {
    const at = (...path: PropertyKey[]): PropertyKey[] => ["teams", index, ...path];
    for (const [member, question] of Object.entries(QUESTIONS) as [keyof typeof QUESTIONS, string][]) {
      const answer = team[member];
      if (answer !== undefined && !isAnswered(answer))
        say(file, at(member), `${team.id}.${member}: leaves open ${question}; a queue without an answer cannot be deployed`);
    }
    const { escalateTo } = team;
    if (escalateTo !== undefined) {
      if (escalateTo === team.id) say(file, at("escalateTo"), `${team.id} escalates to itself; name another team, or nobody`);
      else if (!names.includes(escalateTo)) say(file, at("escalateTo"), `${escalateTo} is no team; name one of ${names.join(", ")}`);
      else if (endOf(list, escalateTo) === team.id)
        say(file, at("escalateTo"), `${escalateTo} is retired into ${team.id} itself; name another team, or nobody`);
    }
    if (team.retired && team.id !== undefined && endOf(list, team.id) === undefined)
      say(file, at("retired"), "retired.into must lead to a team that is still open");
    checkWeek(team.hours, file, at("hours"), say);
    if (team.hours && !team.retired && !isEver(team.hours))
      say(file, at("hours"), `${team.id}.hours: the team is never open; write when it reads, or retire it`);
  }
};

/** The open team at which following `retired.into` ends; undefined where that is an unknown name, or a circle. */
function endOf(list: Teams, id: string): string | undefined {
  const seen = new Set<string>();
  let next: string | undefined = id;
  while (next !== undefined && !seen.has(next)) {
    seen.add(next);
    const team: Draft<Team> | undefined = list.find((each) => each?.id === next);
    if (!team) return undefined;
    if (!team.retired) return team.id;
    next = team.retired.into;
  }
  return undefined;
}
