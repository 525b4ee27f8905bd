import picocolors from 'picocolors'

type Stream = NodeJS.WriteStream
export type Colors = ReturnType<typeof picocolors.createColors>

/** Data, and what a command was asked for. `closed`: whoever read it has gone (`| head`), which is nobody's error. */
export function print(text: string): Promise<'written' | 'closed'> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error == null) resolve('written')
      else if (isClosedPipe(error)) resolve('closed')
      else reject(error)
    })
  })
}

/** For the person: progress, summaries, errors. Never in the way of data. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Without this a closed pipe would end the process as an uncaught error before `print` can say so. */
export function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error) => {
      if (!isClosedPipe(error)) throw error
    })
}

export function colorsFor(stream: Stream): Colors {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  const wanted = (FORCE_COLOR ?? '') !== '' || (stream.isTTY && TERM !== 'dumb')
  return picocolors.createColors(wanted && (NO_COLOR ?? '') === '')
}

function isClosedPipe(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED')
}
