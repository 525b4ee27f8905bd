import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type CDPSession, chromium, type Locator, type Page } from '@playwright/test'
import { findChromium } from '../scripts/chromium.mjs'

/**
 * The row of DESIGN's budgets about the canvas: a chain of 500 stages, dragged, panned and zoomed in a real Chromium.
 *   node scripts/build.mjs && node bench/canvas.ts [stages]
 * Frames a second, and what processor time the page's own thread took for each of them; at most 60 come, however little that is. The same
 * gestures on a chain of five stages show what this machine gives at all.
 */
const ROWS = 20
const GESTURE_MS = 3000
const ZOOM_MS = 750
const SETTLE_MS = 3000
/** A pointer of 125 Hz. */
const POINTER_MS = 8
const STAGE = '.react-flow__node[data-id^="stage"]'
/** Begins anew each time; an older count ends by itself. */
const COUNT_FRAMES = `{
  const gaps = (window.frameGaps = [])
  let last = performance.now()
  const count = (now) => {
    if (window.frameGaps !== gaps) return
    gaps.push(now - last)
    last = now
    requestAnimationFrame(count)
  }
  requestAnimationFrame(count)
}`
const stages = Number(process.argv[2] ?? 500)

const folder = mkdtempSync(join(tmpdir(), 'jacquard-canvas-'))
mkdirSync(join(folder, 'chains'))
for (const [name, count] of [
  ['Few', 5],
  ['Many', stages],
] as const)
  writeFileSync(join(folder, 'chains', `${name}.chain.yaml`), chainOf(name, count))

const serve = spawn(
  process.execPath,
  [join(import.meta.dirname, '..', 'scripts', 'jacquard.mjs'), 'serve', '--workspace', folder, '--port', '0'],
  { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, HOME: folder } },
)
const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
try {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  const metrics = await page.context().newCDPSession(page)
  // Processor time: on a busy machine time goes by for others too.
  await metrics.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.goto(await addressOf(serve))
  for (const name of ['Few', 'Many']) await measureChain({ page, metrics }, name)
} finally {
  await browser.close()
  serve.kill('SIGTERM')
  await new Promise((resolve) => serve.once('exit', resolve))
  rmSync(folder, { recursive: true, force: true })
}

/** Columns of stages, each of which uses two of the column before. */
function chainOf(name: string, count: number): string {
  const ids = Array.from({ length: count }, (_, index) => `stage${index}`)
  const lines = ids.map((id, index) => {
    const row = index % ROWS
    const [one, other] = index < ROWS ? [] : [ids[index - ROWS], ids[index - row - ROWS + ((row * 7) % ROWS)]]
    const used = one === undefined ? '{{ item.text }}' : `{{ ${one} }} and {{ ${other} }}`
    const kind = index % 3 === 0 ? `kind: transform, value: "${used}"` : `kind: model, tier: local, prompt: "${used}"`
    return `  ${id}: { ${kind} }`
  })
  const places = ids.map(
    (id, index) => `  ${id}: { x: ${320 + Math.floor(index / ROWS) * 320}, y: ${(index % ROWS) * 160} }`,
  )
  return `jacquard: 1
name: ${name}
source: { text: [One.] }
stages:
${lines.join('\n')}
sink: { jsonl: results.jsonl }
layout:
${places.join('\n')}
`
}

interface Screen {
  readonly page: Page
  readonly metrics: CDPSession
}

async function measureChain(screen: Screen, name: string): Promise<void> {
  const { page } = screen
  await page.getByRole('button', { name: 'Jacquard: all chains' }).click()
  const openedAt = performance.now()
  await page.getByRole('main').getByText(name, { exact: true }).click()
  await page.locator(STAGE).first().waitFor()
  print(`${name}: on the screen after ${Math.round(performance.now() - openedAt)} ms`)
  await page.waitForTimeout(SETTLE_MS)
  await page.getByRole('button', { name: /^Show the whole chain/ }).click()
  await page.waitForTimeout(500)
  print(`${name}: ${await page.locator(STAGE).count()} stages in sight`)

  const middle = await boxOf(page.locator(STAGE).nth(Math.floor((await page.locator(STAGE).count()) / 2)))
  await drag(screen, `${name}: a stage dragged`, { x: middle.x + middle.width / 2, y: middle.y + middle.height / 2 })
  const canvas = await boxOf(page.getByRole('region', { name: 'Canvas' }))
  await drag(screen, `${name}: the canvas dragged`, { x: canvas.x + canvas.width / 2, y: canvas.y + 12 })
  await page.mouse.move(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2)
  await measureFrames(screen, `${name}: zoomed in and out`, (elapsedMs) =>
    page.mouse.wheel(0, Math.floor(elapsedMs / ZOOM_MS) % 2 === 0 ? -40 : 40),
  )
}

async function drag(screen: Screen, name: string, start: { readonly x: number; readonly y: number }): Promise<void> {
  const { mouse } = screen.page
  await mouse.move(start.x, start.y)
  await mouse.down()
  await measureFrames(screen, name, (elapsedMs) => {
    const angle = elapsedMs / 300
    return mouse.move(start.x + Math.sin(angle) * 150, start.y + (1 - Math.cos(angle)) * 60)
  })
  await mouse.move(start.x, start.y)
  await mouse.up()
  // A stage that was put down is written into the chain's text, which is then read and checked anew.
  await screen.page.waitForTimeout(SETTLE_MS)
}

/** Repeats a gesture's steps and prints what the frames were like meanwhile. */
async function measureFrames(
  { page, metrics }: Screen,
  name: string,
  gesture: (elapsedMs: number) => Promise<void>,
): Promise<void> {
  await page.evaluate(COUNT_FRAMES)
  const before = await busySeconds(metrics)
  const startedAt = performance.now()
  for (let elapsed = 0; elapsed < GESTURE_MS; elapsed = performance.now() - startedAt) {
    await gesture(elapsed)
    await page.waitForTimeout(POINTER_MS)
  }
  const seconds = (performance.now() - startedAt) / 1000
  const gaps = await page.evaluate<number[]>('window.frameGaps')
  const after = await busySeconds(metrics)
  const perFrame = (of: keyof Busy) => (((after[of] - before[of]) * 1000) / gaps.length).toFixed(1)
  print(
    `${name}: ${(gaps.length / seconds).toFixed(1)} frames/s (≥ 55), ${gaps.filter((gap) => gap > 34).length} of ${gaps.length} later than 34 ms; ` +
      `${perFrame('task')} ms a frame, of it script ${perFrame('script')}, style ${perFrame('style')}, layout ${perFrame('layout')}`,
  )
}

interface Busy {
  readonly task: number
  readonly script: number
  readonly style: number
  readonly layout: number
}

/** Of the page's own thread, since it was loaded. */
async function busySeconds(metrics: CDPSession): Promise<Busy> {
  const { metrics: all } = await metrics.send('Performance.getMetrics')
  const of = (name: string) => all.find((metric) => metric.name === name)?.value ?? 0
  return {
    task: of('TaskDuration'),
    script: of('ScriptDuration'),
    style: of('RecalcStyleDuration'),
    layout: of('LayoutDuration'),
  }
}

async function boxOf(place: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await place.boundingBox()
  if (box === null) throw new Error('What is to be moved is not in sight.')
  return box
}

async function addressOf(process: ChildProcess): Promise<string> {
  if (process.stdout !== null)
    for await (const line of createInterface({ input: process.stdout })) {
      const match = /http:\S+/.exec(line)
      if (match !== null) return match[0]
    }
  throw new Error('jacquard serve gave no address.')
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
