import { type Command, type Reply, requests } from '../../shared/api.ts'
import { type Handlers, refuse } from './session.ts'

/** Parses what came over a transport and hands it to its handler. The only way into the application from outside. */
export async function route(handlers: Handlers, command: string, request: unknown): Promise<Reply<Command>> {
  if (!isCommand(command)) return refuse('invalid', `There is no command \`${command}\`.`)
  const parsed = requests[command].safeParse(request)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return refuse(
      'invalid',
      `The request for \`${command}\` is not valid at ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
    )
  }
  // The schema of the command has just made the request what its handler takes.
  const handler = handlers[command] as (request: unknown) => Promise<Reply<Command>> | Reply<Command>
  return handler(parsed.data)
}

function isCommand(command: string): command is Command {
  return Object.hasOwn(requests, command)
}
