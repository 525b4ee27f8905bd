import type { Command, Replies, Request } from '../../shared/api.ts'
import { host } from './host.ts'
import { notifyError } from './notify.ts'

/** The command's value; null where it could not be done, which the person is then told. */
export async function callOrNotify<C extends Command>(command: C, request: Request<C>): Promise<Replies[C] | null> {
  const reply = await host.call(command, request)
  if (reply.ok) return reply.value
  notifyError(reply.error)
  return null
}
