import * as api from "./generated/api.ts";

// A program that knows the API from its OpenAPI document alone: it practises with the generated client and prints, as
// JSON, what the record then has. Usage: node practise.ts <base URL> <e-mail> <password>

const [baseUrl = "", email = "", password = ""] = process.argv.slice(2);
api.defaults.baseUrl = baseUrl;

type Reply<T> = { status: 200; data: { data: T } } | { status: 304 } | { status: number; data: api.Error };

/** The data of a success; every other status is an error of the one shape, as the types know, or says that nothing is new. */
function dataOf<T>(reply: Reply<T>): T {
  if (!("data" in reply)) throw new Error("304 without being asked whether anything is new");
  if ("data" in reply.data) return reply.data.data;
  const { error, request_id } = reply.data;
  throw new Error(`${reply.status} ${error.code}: ${error.message} (${request_id})`);
}

function answerTo({ type, data }: api.Question): api.SubmitAnswer["submitted_answer"] {
  const choices = (data.choices ?? []).map(({ id }) => id);
  switch (type) {
    case "MCQ":
      return { choice: choices[0] ?? "" };
    case "MULTI_SELECT":
      return { choices };
    case "NUMERIC":
      return { value: 56 };
    case "TEXT":
      return { text: "seven" };
  }
}

const tokens = dataOf(await api.login({ email, password }));
api.defaults.headers = { Authorization: `Bearer ${tokens.access_token}` };

const session = dataOf(await api.startPractice({ skill_id: 1 }));
for (let answered = 0; answered < 3; answered += 1) {
  const { question } = dataOf(await api.nextQuestion(session.id, { skip: answered === 1 }));
  if (question === null) throw new Error("a session under way has a current question");
  const body = { question_id: question.id, submitted_answer: answerTo(question), time_spent_sec: 3 };
  dataOf(await api.submitAnswer(session.id, body, { idempotencyKey: `${session.id}-${answered}` }));
}
dataOf(await api.finishPractice(session.id));

const logOf = async () => dataOf(await api.readQuestionsLog(1, { studentId: tokens.user.id }));
let log = await logOf();
// Reports lag by seconds.
for (let looks = 0; looks < 100 && log.summary.total_questions_answered < 3; looks += 1) {
  await new Promise((resolve) => setTimeout(resolve, 200));
  log = await logOf();
}

console.log(
  JSON.stringify({
    answered: log.summary.total_questions_answered,
    sessions: log.sessions.map(({ session_id, attempts }) => ({
      isOurs: session_id === session.id,
      attempts: attempts.length,
    })),
  }),
);
