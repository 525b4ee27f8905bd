import type { ChildProcess } from 'node:child_process'

/** Questions that one side answers for the other, by name. */
export type Answers = { readonly [question: string]: (...args: never[]) => unknown }

type Message =
  | { readonly kind: 'ask'; readonly id: number; readonly question: string; readonly args: readonly unknown[] }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

/**
 * Questions and answers between the test and the main process that it started, over Node's IPC channel, which carries
 * typed arrays as Electron's does (`serialization: 'advanced'`).
 */
export class Rpc {
  readonly #other: ChildProcess | NodeJS.Process
  readonly #waiting = new Map<number, Waiting>()
  #asked = 0

  constructor(other: ChildProcess | NodeJS.Process, answers: Answers) {
    this.#other = other
    const receive = (message: unknown): void => void this.#receive(message as Message, answers)
    const end = (): void => this.#end()
    // The two have the same events, but no type of TypeScript's says so.
    if ('exitCode' in other && 'spawnargs' in other) other.on('message', receive).on('disconnect', end)
    else (other as NodeJS.Process).on('message', receive).on('disconnect', end)
  }

  ask(question: string, ...args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#asked += 1
      this.#waiting.set(this.#asked, { resolve, reject })
      this.#send({ kind: 'ask', id: this.#asked, question, args })
    })
  }

  /** What a window asks: it ends with the other side, and so nobody is left whom an answer could miss. */
  async askWhileThere(question: string, ...args: unknown[]): Promise<unknown> {
    try {
      return await this.ask(question, ...args)
    } catch (error) {
      if (!(error instanceof OtherSideEnded)) throw error
      return new Promise(() => undefined)
    }
  }

  async #receive(message: Message, answers: Answers): Promise<void> {
    if (message.kind === 'ask') {
      this.#send(await answerTo(message, answers))
      return
    }
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (message.kind === 'answer') waiting?.resolve(message.value)
    else waiting?.reject(new Error(message.message))
  }

  #send(message: Message): void {
    // The other side may end between looking and sending.
    const sent = (error: Error | null): void => {
      if (error !== null) this.#end()
    }
    if (this.#other.connected) this.#other.send?.(message, undefined, undefined, sent)
    else this.#end()
  }

  #end(): void {
    for (const { reject } of this.#waiting.values()) reject(new OtherSideEnded())
    this.#waiting.clear()
  }
}

class OtherSideEnded extends Error {
  override readonly message = 'The main process has ended.'
}

async function answerTo(message: Extract<Message, { kind: 'ask' }>, answers: Answers): Promise<Message> {
  const { id, question, args } = message
  try {
    const answer = answers[question]
    if (answer === undefined) throw new Error(`Nobody answers ${question}.`)
    return { kind: 'answer', id, value: await answer(...(args as never[])) }
  } catch (error) {
    return { kind: 'failure', id, message: error instanceof Error ? error.message : String(error) }
  }
}
