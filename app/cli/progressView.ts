import type { RunProgress } from '../../shared/run.ts'
import { progressBlock } from './progressBlock.ts'
import { progressLine } from './progressLine.ts'
import { colorsFor, note } from './standardStreams.ts'
import { oneLine } from './terminalText.ts'

/** Where the progress of a live run is shown: a block in a terminal, lines in a log, or nowhere. */
export interface ProgressView {
  show(progress: RunProgress): void
  /** A sentence that stays. */
  say(text: string): void
  /** Takes the block away; nothing is shown after it. */
  end(): void
}

const REDRAW_MS = 100
/** A block with nothing new in it still shows that time passes. */
const TICK_MS = 1000
const LINE_MS = 5000

/** `best`: a block where standard error is a terminal, else lines. */
export async function openProgressView(wanted: 'none' | 'lines' | 'best'): Promise<ProgressView> {
  if (wanted === 'none') return { show: () => {}, say: () => {}, end: () => {} }
  return wanted === 'best' && process.stderr.isTTY ? await terminalView(process.stderr) : lineView()
}

async function terminalView(stream: NodeJS.WriteStream): Promise<ProgressView> {
  const { createLogUpdate } = await import('log-update')
  const draw = createLogUpdate(stream, { showCursor: true })
  const colors = colorsFor(stream)
  let latest: { progress: RunProgress; at: number } | null = null
  let drawnAt = 0
  const redraw = () => {
    if (latest === null) return
    drawnAt = performance.now()
    const { summary } = latest.progress
    const activeMs = summary.activeMs + (drawnAt - latest.at)
    const progress = { ...latest.progress, summary: { ...summary, activeMs } }
    draw(progressBlock(progress, { width: stream.columns, height: stream.rows, colors }).join('\n'))
  }
  const tick = setInterval(redraw, TICK_MS).unref()
  return {
    show: (progress) => {
      latest = { progress, at: performance.now() }
      if (latest.at - drawnAt >= REDRAW_MS) redraw()
    },
    say: (text) => draw.persist(text),
    end: () => {
      clearInterval(tick)
      draw.clear()
    },
  }
}

function lineView(): ProgressView {
  let writtenAt: number | null = null
  return {
    show: (progress) => {
      const now = performance.now()
      if (writtenAt !== null && now - writtenAt < LINE_MS) return
      const { run, chainName, sourceLabel } = progress.summary
      note(writtenAt === null ? oneLine(`Run ${run}: ${chainName} over ${sourceLabel}`, 500) : progressLine(progress))
      writtenAt = now
    },
    say: note,
    end: () => {},
  }
}
