/** The simulator's page: a patient's phone beside what the clinic sees, over the same API an EMR calls. Data is only ever set as text. */
const $ = (id) => document.getElementById(id);

/** An element with its class, text and children. */
function make(tag, { text, name, on, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (name) element.className = name;
  if (on) element.addEventListener(tag === "form" ? "submit" : "click", on);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}

const state = { team: undefined, clinic: undefined, open: undefined, token: undefined };
const clock = (at) =>
  new Date(at).toLocaleString("en-CA", {
    weekday: "short",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: state.clinic?.timeZone,
  });

async function local(path, body) {
  const response = await fetch(
    `/_local/${path}`,
    body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
  );
  const answer = response.headers.get("content-type")?.includes("json") ? await response.json() : await response.text();
  if (!response.ok) throw answer;
  return answer;
}

/** One call of the clinic's API as the person in the header. @throws the problem as the API tells it */
async function api(method, path, body, headers = {}) {
  state.token ??= await local("token?client=emr");
  const response = await fetch(path, {
    method,
    headers: {
      authorization: `Bearer ${state.token}`,
      "acting-user": `${$("who").value.trim()}; role=${$("role").value.trim()}`,
      ...(body === undefined ? {} : { "content-type": "application/json", "idempotency-key": crypto.randomUUID() }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.status === 401) {
    state.token = undefined;
    throw { title: "The token has run out.", instead: "Do it again: a new one is asked for." };
  }
  const answer = await response.json();
  if (!response.ok) throw answer;
  return answer;
}

function refusal(problem) {
  const box = make("div", { name: "refusal", role: "alert" });
  box.append(make("b", { text: problem.title ?? problem.message ?? "That did not work." }));
  if (problem.instead) box.append(make("div", { text: problem.instead }));
  for (const error of problem.errors ?? []) box.append(make("small", { text: `${error.pointer}: ${error.detail}` }));
  return box;
}

/** Runs what a button does; what the API refuses is shown as it says it. */
function doing(work, where = $("told")) {
  return async (event) => {
    event?.preventDefault();
    where.replaceChildren();
    try {
      await work();
    } catch (problem) {
      where.replaceChildren(refusal(problem));
    }
    await refresh();
  };
}

// The phone

async function showPhone() {
  const number = $("number").value.trim();
  const received = (await local(`phones/${encodeURIComponent(number)}/texts`)).map((text) => ({ ...text, mine: false }));
  const sent = (await local(`phones/${encodeURIComponent(number)}/sent`)).map((text) => ({ ...text, mine: true }));
  const all = [...received, ...sent].sort((a, b) => (a.at < b.at ? -1 : 1));
  const items = all.map((text) =>
    make("li", { name: text.mine ? "mine" : "theirs", text: text.body }, make("small", { text: clock(text.at) })),
  );
  replaceIfChanged($("thread"), items.length > 0 ? items : [make("li", { name: "empty", text: "No texts yet. Write one below." })]);
}

async function sendText(body) {
  const number = $("number").value.trim();
  await local(`phones/${encodeURIComponent(number)}/texts`, { body });
  $("text").value = "";
}

// The queues

function marks(item) {
  const found = item.tasks.map((task) => task.kind.replaceAll("-", " "));
  if (item.verify) found.unshift("verify who writes");
  if (item.overdue) found.unshift("overdue");
  return found.map((text) => make("span", { name: "mark", text }));
}

async function showQueue() {
  const { items } = await api("GET", `/v1/teams/${state.team}/queue`);
  const cards = items.map((item) =>
    make(
      "li",
      {},
      make("h3", { text: item.number ?? "No number" }),
      ...marks(item),
      make(
        "div",
        { name: "row" },
        make("small", {
          text: `${item.claimedBy ? `claimed by ${item.claimedBy}` : item.state} since ${clock(item.waitingSince)}${item.dueAt ? `, due ${clock(item.dueAt)}` : ""}`,
        }),
        make("button", { type: "button", text: "Claim and read", on: doing(() => claim(item.conversation)) }),
      ),
    ),
  );
  replaceIfChanged($("queue"), cards.length > 0 ? cards : [make("li", { name: "empty", text: "Nothing waits here." })]);
}

async function claim(conversation) {
  state.open = await api("POST", `/v1/conversations/${conversation}/claim`);
  showOpen();
}

function showOpen() {
  const open = state.open;
  if (!open) return $("open").replaceChildren();
  const where = make("div");
  const path = `/v1/conversations/${open.conversation}`;
  const again = async () => claim(open.conversation);
  const done = () => {
    state.open = undefined;
    showOpen();
  };
  const texts = open.texts.map((text) =>
    make(
      "li",
      { name: text.direction, text: text.text || text.note || "" },
      make("small", { text: [clock(text.at), text.by, text.status].filter(Boolean).join(" · ") }),
    ),
  );
  const reply = make("input", { placeholder: open.mayReply.ok ? "Your reply" : "Not now: see below", "aria-label": "Your reply" });
  const reference = make("input", { placeholder: "Where it is filed, e.g. note-77", "aria-label": "Reference in the chart" });
  const patient = open.patient;
  const box = make(
    "article",
    { name: "open" },
    make("h3", { text: `${open.number ?? "No number"} · ${open.sender.says}` }),
    make("small", { text: patient ? `patient ${patient}` : "not linked to a patient" }),
    make("ol", { name: "thread" }, ...texts),
    ...(open.mayReply.ok ? [] : [refusal({ title: open.mayReply.says, instead: open.mayReply.instead })]),
    make(
      "form",
      {
        name: "row",
        on: doing(async () => {
          await api("POST", `${path}/reply`, { body: reply.value });
          await local("drain", {});
          await again();
        }, where),
      },
      make("label", { name: "grow" }, reply),
      make("button", { name: "primary", text: "Reply" }),
      make("button", {
        type: "button",
        text: "“Please call us”",
        on: doing(async () => {
          await api("POST", `${path}/reply`, { wording: "call-us" });
          await again();
        }, where),
      }),
    ),
    make(
      "div",
      { name: "row" },
      ...(patient
        ? []
        : [
            make("button", {
              type: "button",
              text: "Called back: a new patient",
              on: doing(async () => {
                const { id } = await api("POST", "/v1/patients", {
                  identifiers: [{ system: "simulator", value: crypto.randomUUID() }],
                  team: state.team,
                });
                await api("POST", `${path}/link`, { patient: id, how: "called-back" });
                $("patient").value = id;
                await again();
              }, where),
            }),
          ]),
      ...state.clinic.teams
        .filter((team) => team.id !== open.team)
        .map((team) =>
          make("button", {
            type: "button",
            text: `Move to ${team.name}`,
            on: doing(async () => {
              await api("POST", `${path}/move`, { team: team.id });
              done();
            }, where),
          }),
        ),
      make("button", {
        type: "button",
        text: "Release",
        on: doing(async () => {
          await api("POST", `${path}/release`);
          done();
        }, where),
      }),
    ),
    make(
      "form",
      {
        name: "row",
        on: doing(async () => {
          const how = patient
            ? { outcome: "answered", filed: [{ patient, system: "simulator", reference: reference.value || "none" }] }
            : { outcome: "none-needed", notFiled: "not-a-patient", note: "closed in the simulator" };
          await api("POST", `${path}/resolve`, how, { "if-match": state.open.etag });
          done();
        }, where),
      },
      ...(patient ? [make("label", { name: "grow" }, reference)] : []),
      make("button", { text: patient ? "File and resolve" : "Not a patient: resolve" }),
    ),
    where,
  );
  $("open").replaceChildren(box);
  if (patient && $("patient").value === "") $("patient").value = patient;
}

// Texts of the clinic's own

/** A day that is still to come by this computer's clock, as a date field takes it. */
const nextWeek = () => new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);

function showParams() {
  const [scenario, template] = $("scenario").value.split("/");
  const written = state.clinic.scenarios.find((each) => each.id === scenario);
  const params = written?.templates.find((each) => each.id === template)?.params ?? {};
  const inputs = Object.entries(params).map(([name, { type, of }]) => {
    const input =
      type === "choice"
        ? make("select", { name: "", "data-param": name }, ...of.map((value) => make("option", { value, text: value })))
        : make("input", { "data-param": name, type: type === "date" ? "date" : "time", value: type === "date" ? nextWeek() : "10:00" });
    return make("label", { text: `${name} ` }, input);
  });
  if (!template)
    inputs.push(make("label", { text: "Text " }, make("input", { id: "own-words", value: "Would Friday at three suit you?" })));
  $("params").replaceChildren(...inputs);
}

async function send() {
  const [scenario, template] = $("scenario").value.split("/");
  const params = Object.fromEntries([...document.querySelectorAll("[data-param]")].map((input) => [input.dataset.param, input.value]));
  const text = template ? { template, params } : { body: $("own-words")?.value ?? "" };
  const message = await api("POST", "/v1/messages", { patient: { id: $("patient").value.trim() }, scenario, ...text });
  await local("drain", {});
  $("sent").replaceChildren(make("p", { text: `Accepted on the ground of ${message.ground}: ${message.parts} part(s).` }));
}

async function agree() {
  const patient = $("patient").value.trim();
  const { numbers } = await api("GET", `/v1/patients/${encodeURIComponent(patient)}`);
  if (numbers.length === 0) throw { title: "This patient has no number.", instead: "Let the phone text the clinic, then link the sender." };
  const wording = state.clinic.wordings[0];
  const { now } = await local("clock");
  await api("POST", `/v1/patients/${patient}/consents`, {
    decision: "granted",
    purposes: wording.purposes,
    number: numbers[0].id,
    wording: { id: wording.id, version: wording.version },
    method: "phone",
    agreedAt: now,
  });
  $("sent").replaceChildren(make("p", { text: `Recorded: agreed to ${wording.purposes.join(", ")}.` }));
}

// Everything

async function showEvents() {
  const events = await local("events");
  const items = events.map((event) =>
    make(
      "li",
      {},
      make("b", { text: event.type }),
      ` ${event.who.as === "handset" ? "the sender" : event.who.id}${event.who.role && event.who.as !== "handset" ? ` (${event.who.role})` : ""}`,
      make("br"),
      make("small", { text: [clock(event.ts), `${event.chain.split("/")[0]}#${event.seq}`, ...(event.why ?? [])].join(" · ") }),
    ),
  );
  replaceIfChanged($("events"), items.length > 0 ? items : [make("li", { name: "empty", text: "Nothing has happened yet." })]);
}

/** Leaves a list alone while it says the same: a polling page must not take the focus or the scroll position away. */
function replaceIfChanged(list, items) {
  const next = items.map((item) => item.textContent).join("\n");
  if (list.dataset.shown === next) return;
  list.dataset.shown = next;
  list.replaceChildren(...items);
  if (list.classList.contains("thread")) list.scrollTop = list.scrollHeight;
}

async function refresh() {
  try {
    const { now } = await local("clock");
    $("now").textContent = clock(now);
    await Promise.all([showPhone(), showQueue(), showEvents()]);
  } catch (problem) {
    if (problem instanceof TypeError)
      $("told").replaceChildren(refusal({ title: "The local stack does not answer.", instead: "Is npm start still running?" }));
  }
}

state.clinic = await local("clinic");
state.team = state.clinic.frontDesk;
$("clinic").textContent = `${state.clinic.senderName} · simulator`;
$("teams").append(
  ...state.clinic.teams.map((team) =>
    make("button", {
      type: "button",
      text: team.name,
      "data-team": team.id,
      "aria-pressed": String(team.id === state.team),
      on: () => {
        state.team = team.id;
        for (const tab of $("teams").children) tab.setAttribute("aria-pressed", String(tab.dataset.team === team.id));
        void refresh();
      },
    }),
  ),
);
for (const scenario of state.clinic.scenarios) {
  const group = make("optgroup", { label: scenario.name });
  for (const template of scenario.templates) group.append(make("option", { value: `${scenario.id}/${template.id}`, text: template.id }));
  if (scenario.freeText || scenario.templates.length === 0)
    group.append(
      make("option", { value: scenario.id, text: scenario.allowed ? "own words" : "own words (the clinic does not text about this)" }),
    );
  $("scenario").append(group);
}
$("scenario").addEventListener("change", showParams);
showParams();
$("texting").addEventListener(
  "submit",
  doing(() => sendText($("text").value)),
);
$("sending").addEventListener("submit", doing(send, $("sent")));
$("agree").addEventListener("click", doing(agree, $("sent")));
$("number").addEventListener("change", () => void refresh());
$("person").addEventListener("submit", (event) => event.preventDefault());
for (const word of document.querySelectorAll(".word"))
  word.addEventListener(
    "click",
    doing(() => sendText(word.textContent)),
  );
for (const button of document.querySelectorAll("[data-advance]"))
  button.addEventListener(
    "click",
    doing(() => local("clock", { advance: button.dataset.advance })),
  );
await refresh();
setInterval(() => void refresh(), 1500);
