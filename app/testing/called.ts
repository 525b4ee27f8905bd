import type { Command, Replies, Request } from '../../shared/api.ts'
import type { App } from '../index.ts'

/** What a command gives; throws with what it says where it refuses. */
export async function called<C extends Command>(app: App, command: C, request: Request<C>): Promise<Replies[C]> {
  const reply = await app.call(command, request)
  if (!reply.ok) throw new Error(`${command}: ${reply.error.message} ${JSON.stringify(reply.error.problems ?? [])}`)
  return reply.value
}
