import { EXIT } from './exitCode.ts'
import { runProgram } from './program.ts'
import { Refusal } from './refusal.ts'
import { note, tolerateClosedPipes } from './standardStreams.ts'

tolerateClosedPipes()
process.on('uncaughtException', (bug) => {
  reportBug(bug)
  process.exit(EXIT.bug)
})

try {
  // Not `process.exit`: what is still on its way to a pipe is written first.
  process.exitCode = await runProgram(process.argv)
} catch (error) {
  if (error instanceof Refusal) {
    note(error.message)
    process.exitCode = EXIT.refused
  } else {
    reportBug(error)
    process.exitCode = EXIT.bug
  }
}

function reportBug(bug: unknown): void {
  note(bug instanceof Error && bug.stack !== undefined ? bug.stack : String(bug))
  note('This is a bug in Jacquard. Please report it with the lines above and the command that led to it.')
}
