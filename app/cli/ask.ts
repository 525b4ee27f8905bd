import { resolve } from 'node:path'
import type { ApiError, Command, Replies, Request } from '../../shared/api.ts'
import type { App } from '../index.ts'
import { problemLines } from './chainFile.ts'
import { Refusal } from './refusal.ts'
import { shownPath } from './shownPath.ts'

/** One command of the API. What it refuses is refused to the person in the same words. */
export async function ask<C extends Command>(app: App, command: C, request: Request<C>): Promise<Replies[C]> {
  const reply = await app.call(command, request)
  if (reply.ok) return reply.value
  throw new Refusal(errorText(reply.error, shownFile(app, request)))
}

function errorText({ message, problems }: ApiError, file: string): string {
  return problems === undefined || problems.length === 0 ? message : problemLines(problems, file).join('\n')
}

function shownFile(app: App, request: object): string {
  const file = 'file' in request && typeof request.file === 'string' ? request.file : null
  return file === null ? 'chain' : shownPath(resolve(app.workspace, file), process.cwd())
}
