import { type Answers, Rpc } from './rpc.ts'

const answers: { [question: string]: Answers[string] } = {}

/** To the test that started this process and holds the browser. */
export const link = new Rpc(process, answers)

/** Each part of the stand-in says what it answers the test. */
export function answerTest(question: string, answer: Answers[string]): void {
  answers[question] = answer
}
