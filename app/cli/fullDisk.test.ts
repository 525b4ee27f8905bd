import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CliWorkspace, jsonLines } from '../testing/cliWorkspace.ts'
import type { Provider } from '../testing/provider.ts'

const ITEMS = 200
/** Answers of 20 kB each. */
const WORDS = 'words'.repeat(4000)
const CONCURRENCY = 8
const CHAIN = `
source: { jsonl: many.jsonl }
stages:
  ask: { kind: model, tier: near, prompt: "{{ item.text }}" }
output: "{{ $length(ask) }}"
sink: { jsonl: results/ask.jsonl }
`

let workspace: CliWorkspace
const mounted: string[] = []
beforeEach(() => {
  workspace = new CliWorkspace()
  workspace.write('many.jsonl', Array.from({ length: ITEMS }, (_, n) => `{"text":"item ${n}"}\n`).join(''))
})
afterEach(() => {
  for (const folder of mounted.splice(0)) execFileSync('umount', ['--lazy', folder])
  workspace.end()
})

/** A disk of its own in place of a folder of the workspace. */
function mountDisk(name: string, size: string): string {
  const folder = join(workspace.folder, name)
  mkdirSync(folder, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' })
  mounted.push(folder)
  return folder
}

function resize(disk: string, size: string): void {
  execFileSync('mount', ['-o', `remount,size=${size}`, disk])
}

/** Leaves a disk 200 kB of room as soon as `isTime`. */
async function shrinkAfter(disk: string, isTime: () => boolean): Promise<void> {
  while (!isTime()) await delay(2)
  // A disk refuses to become smaller than what is on it, and more may come between the look and the resize.
  for (let isSmall = false; !isSmall; )
    try {
      const { blocks, bfree, bsize } = statfsSync(disk)
      resize(disk, String((blocks - bfree) * bsize + 200_000))
      isSmall = true
    } catch {
      await delay(1)
    }
}

/** Where this user may mount anything: root outside of most containers. */
function canMount(): boolean {
  const probe = new CliWorkspace()
  const folder = join(probe.folder, 'inputs')
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder])
    return true
  } catch {
    return false
  } finally {
    probe.end()
  }
}

/** Prompts whose answers are in the database. */
function storedPrompts(): Set<string> {
  const database = new DatabaseSync(join(workspace.folder, '.jacquard/jacquard.db'), { readOnly: true })
  const rows = database.prepare(`select request from attempts where status = 'succeeded'`).all()
  database.close()
  return new Set(rows.map(({ request }) => /item \d+/.exec(String(request))?.[0] ?? ''))
}

async function runUntilFull(chain: string, provider: Provider): Promise<ReadonlySet<string>> {
  const { code, stdout, stderr } = await workspace.jacquard('run', chain, '--json')
  expect(code).toBe(3)
  const told = JSON.parse(stdout) as { status: string; succeeded: number; waiting: number; reason: { kind: string } }
  expect(told).toMatchObject({ status: 'paused', reason: { kind: 'disk' } })
  expect(stderr).toMatch(/Results cannot be stored: .* What is on disk is kept; make room, then resume\./)
  const stored = storedPrompts()
  expect(stored.size).toBeGreaterThan(20)
  // Nothing is said to be done that is not on disk.
  expect(stored.size).toBeGreaterThanOrEqual(told.succeeded)
  expect(told.succeeded + told.waiting).toBe(ITEMS)
  // It stops with what is in flight, and what was on its way to disk.
  expect(provider.calls.length - stored.size).toBeLessThan(10 * CONCURRENCY)
  return stored
}

async function completeWith(chain: string, provider: Provider, stored: ReadonlySet<string>): Promise<void> {
  const before = provider.calls.length
  const { code, stdout } = await workspace.jacquard('run', chain, '--json', '--resume', 'last')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ status: 'completed', items: ITEMS, succeeded: ITEMS, waiting: 0 })
  const asked = provider.calls.slice(before).map(({ prompt }) => prompt)
  expect(asked.filter((prompt) => stored.has(prompt))).toEqual([])
  expect(asked.length).toBe(ITEMS - stored.size)
  const lines = jsonLines(workspace.read('results/ask.jsonl'))
  expect(lines.map(({ index, output }) => [index, output])).toEqual(
    Array.from({ length: ITEMS }, (_, n) => [n, WORDS.length]),
  )
}

describe.skipIf(process.platform === 'win32')('where no more can be written', () => {
  it('a run pauses with that reason, and is completed without asking again for what is kept', async () => {
    const provider = await workspace.provider({ text: WORDS, delayMs: 5 })
    const chain = workspace.chain('ask', CHAIN)
    workspace.mostFileKb = 2048
    const stored = await runUntilFull(chain, provider)
    workspace.mostFileKb = null
    await completeWith(chain, provider, stored)
  }, 150_000)

  it.skipIf(!canMount())(
    'and the disk is full, it says so',
    async () => {
      const disk = mountDisk('.jacquard', '1g')
      const provider = await workspace.provider({ text: WORDS, delayMs: 5 })
      const chain = workspace.chain('ask', CHAIN)
      const shrinking = shrinkAfter(disk, () => provider.calls.length > 40)
      const stored = await runUntilFull(chain, provider)
      await shrinking
      const { stderr } = await workspace.jacquard('run', chain, '--resume', 'last')
      expect(stderr).toMatch(
        /Results cannot be stored: database or disk is full\.|Only [\d.]+ k?B are free where results/,
      )
      resize(disk, '1g')
      await completeWith(chain, provider, new Set([...stored, ...storedPrompts()]))
    },
    150_000,
  )

  it.skipIf(!canMount())(
    'the results of before stay whole, and come when there is room',
    async () => {
      const disk = mountDisk('results', '256k')
      await workspace.provider({ text: 'yes', delayMs: 0 })
      const chain = workspace.chain('ask', CHAIN)
      expect((await workspace.jacquard('run', chain)).code).toBe(0)
      const before = workspace.read('results/ask.jsonl')
      const filler = join(disk, 'filler')
      writeFileSync(filler, Buffer.alloc(256 * 1024 - Buffer.byteLength(before) - 12 * 1024))
      const { code, stderr } = await workspace.jacquard('run', chain)
      expect(code).toBe(1)
      expect(stderr).toContain('The results could not be written to results/ask.jsonl. The disk is full.')
      expect(workspace.read('results/ask.jsonl')).toBe(before)
      expect(readdirSync(disk).sort()).toEqual(['ask.jsonl', 'filler'])
      rmSync(filler)
      expect((await workspace.jacquard('run', chain, '--resume', 'last')).code).toBe(0)
      expect(jsonLines(workspace.read('results/ask.jsonl'))).toHaveLength(ITEMS)
      expect(workspace.read('results/ask.jsonl')).not.toBe(before)
    },
    150_000,
  )
})
