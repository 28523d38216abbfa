import type { OnCall, Team, Week } from "../../lambdas/core/clinic.ts";
import { numberText, origin, type Paper, plain, type Source, table } from "./paper.ts";

const DAYS = { mon: "Monday", tue: "Tuesday", wed: "Wednesday", thu: "Thursday", fri: "Friday", sat: "Saturday", sun: "Sunday" } as const;

/** A week's open blocks, a line a day. */
export const weekTable = (week: Week): string =>
  table(
    ["Day", "Hours"],
    (Object.keys(DAYS) as (keyof typeof DAYS)[]).map((day) => [DAYS[day], week[day]?.join(", ") ?? "closed"]),
  );

const answers = [
  "Take the next conversation, or one you know about: *claim*. Your name is recorded before you see a word.",
  "Read who is writing. **Known**: one patient uses this phone. **Unknown** or **shared**: verify by voice before you say anything about anybody. Never ask for a health number or a birth date in a text.",
  "Answer what is about times, places and paper. Anything about health is a call or a visit: tell the patient so.",
  "If the text asks to stop, or says it is the wrong number, the gateway has already acted, or paused and asks you. Decide in one call; phone instead of texting.",
  "File it: in the chart, on the day, with the chart's own reference. Only then *resolve*.",
  "If you cannot finish, *release* it or *move* it to another team with a note.",
];

function teamPaper(source: Source, team: Team): Paper {
  const { clinic, number } = source;
  const next = clinic.teams.find((each) => each.id === team.escalateTo);
  return {
    name: `procedure-${team.id}`,
    title: `Texts: what the team ${team.name} does`,
    language: "en",
    readers: "staff",
    footer: origin(source),
    markdown: [
      `# Texts: what ${plain(team.name)} does`,
      "",
      `Patients text **${numberText(number)}**. A text to this team should be answered within **${team.answerWithin} open minutes**. ${next ? `After that it goes to ${plain(next.name)}.` : "After that somebody is paged."}`,
      "",
      "## The four questions",
      "",
      table(
        ["Question", "Our answer"],
        [
          ["Who receives it?", plain(team.who)],
          ["On what device?", plain(team.device)],
          ["How is the sender verified?", plain(team.verified)],
          ["How is it documented?", plain(team.documented)],
        ],
      ),
      "",
      "## When we read texts",
      "",
      weekTable(team.hours),
      "",
      "## Step by step",
      "",
      ...answers.map((step, at) => `${at + 1}. ${step}`),
      "",
      "## Before you send a text of your own",
      "",
      "1. Which scenario is it? If none fits, do not text: phone.",
      "2. Has the patient agreed to this purpose? If you do not know, ask when you speak, and record it.",
      "3. Use the template. If you must write, leave out everything about health, and any number that names a person.",
      "4. If the gateway refuses, it says why and what to do instead. Do that.",
      ...(clinic.overrideRoles.length > 0
        ? [
            `5. If not texting is the greater risk, ${clinic.overrideRoles.map((role) => plain(role)).join(" or ")} may let one text pass, with a reason. ${clinic.secondReaderRoles.map((role) => plain(role)).join(" or ")} reads that the next open day. Nobody may pass a STOP.`,
          ]
        : []),
      "",
      "## If something went wrong",
      "",
      "A text to the wrong person, or a text that said too much: tell the privacy officer at once. Do not send a second text to mend the first. Do not delete anything.",
      "",
    ].join("\n"),
  };
}

function onCallPaper(source: Source, person: OnCall): Paper {
  const { clinic } = source;
  return {
    name: `procedure-on-call-${person.id}`,
    title: `On call for texts: ${person.name}`,
    language: "en",
    readers: "staff",
    footer: origin(source),
    markdown: [
      `# On call for texts: ${plain(person.name)}`,
      "",
      "You get a page without any content when a text may be about an emergency. Nothing about a patient is in the page.",
      "",
      "## When you are on call",
      "",
      weekTable(person.hours),
      "",
      "## What to do",
      "",
      "1. Within **5 minutes**: open the queue. The conversation is at its head. Claim it.",
      "2. Phone the patient. Do not text back and forth about an emergency.",
      "3. If nobody answers and you fear for a life, call 911 with what you know.",
      "4. If the number has opted out, no text goes there at all: you phone.",
      ...(clinic.silentEmergencies.length > 0
        ? [
            `5. ${clinic.silentEmergencies.join(", ")}: no text has gone back, because the wrong person may read it. Phone with care; ask first whether it is safe to talk.`,
          ]
        : []),
      "6. Write in the chart what you did. Resolve.",
      "",
      "If you do not claim it in time, the next person is told.",
      "",
    ].join("\n"),
  };
}

function readerPaper(source: Source): Paper {
  const { clinic } = source;
  return {
    name: "procedure-privacy-officer",
    title: "Texts: what the privacy officer does",
    language: "en",
    readers: "staff",
    footer: origin(source),
    markdown: [
      "# Texts: what the privacy officer does",
      "",
      "## Each open day",
      "",
      `1. Read yesterday's acknowledgements and overrides (${clinic.secondReaderRoles.map((role) => plain(role)).join(", ") || "nobody is named in clinic.yaml"}). Never your own.`,
      "2. Look at draft incidents: a wrong number lists every text delivered to it since it was last certain. Find out what was disclosed, do what the clinic's procedure says, and close each with its outcome and a note.",
      "",
      "## Each month",
      "",
      "1. Print the review pack: `npx clinic-sms papers --out DIR --from DAY --to DAY`.",
      "2. Look for refusals that staff ran into again and again: is a scenario missing, or a training?",
      "3. Look at slow answers, unfiled conversations, and who overrode what.",
      "",
      "## Before a scenario's review day",
      "",
      table(
        ["Scenario", "Owner", "Review by"],
        [...clinic.scenarios]
          .sort((a, b) => (a.review < b.review ? -1 : 1))
          .map((each) => [plain(each.name), plain(each.owner), each.review]),
      ),
      "",
      "Past its day a scenario narrows to “ask the privacy officer”, and the gateway refuses it.",
      "",
    ].join("\n"),
  };
}

/** One paper for each open team, for each person on call, and for the privacy officer. */
export const procedures = (source: Source): Paper[] => [
  ...source.clinic.teams.filter((team) => !team.retired).map((team) => teamPaper(source, team)),
  ...source.clinic.onCall.map((person) => onCallPaper(source, person)),
  readerPaper(source),
];
