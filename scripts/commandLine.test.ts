import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = dirname(import.meta.dirname)
const checkout = mkdtempSync(join(tmpdir(), 'jacquard-checkout-'))
const program = join(checkout, 'app', 'cli', 'program.ts')
const sources = readFileSync(join(root, 'app', 'cli', 'program.ts'), 'utf8')

beforeAll(() => {
  for (const name of ['app', 'shared', 'scripts', 'package.json', 'package-lock.json'])
    cpSync(join(root, name), join(checkout, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'), 'dir')
})

afterAll(() => rmSync(checkout, { recursive: true }))

describe('the command line of a checkout', () => {
  test('is bundled at its first start, once for all that start at the same time, and not again', async () => {
    const versions = await Promise.all([jacquard('--version'), jacquard('--version')])
    const { version } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { version: string }
    expect(versions).toEqual([version, version].map((text) => ({ stdout: `${text}\n`, stderr: '', code: 0 })))
    expect(bundles()).toHaveLength(1)

    const [bundle = ''] = bundles()
    const main = join(checkout, 'dist', bundle, 'main.js')
    writeFileSync(main, readFileSync(main, 'utf8').replace(DESCRIPTION, 'Out of the bundle.'))
    expect((await jacquard('--help')).stdout).toContain('Out of the bundle.')
  })

  test('is what its sources say now, however little was changed, and as soon as they are saved', async () => {
    await jacquard('--version')
    writeFileSync(program, sources.replace(DESCRIPTION, 'Runs chains of language-model stages over many ITEMS.'))
    expect((await jacquard('--help')).stdout).toContain('many ITEMS.')
    expect(bundles()).toHaveLength(2)
  })

  test('says what is wrong with a source that is broken, and never runs an older bundle instead', async () => {
    writeFileSync(program, `${sources}\nexport const broken = (\n`)
    const ended = await jacquard('--help')
    expect(ended).toMatchObject({ code: 1, stdout: '' })
    expect(ended.stderr).toContain('program.ts')
    writeFileSync(program, sources)
    expect((await jacquard('--help')).stdout).toContain(DESCRIPTION)
  })

  test('finds its threads and the packages that are not in the bundle', async () => {
    const workspace = join(checkout, 'workspace')
    mkdirSync(join(workspace, 'pages'), { recursive: true })
    writeFileSync(join(workspace, 'pages', 'a.html'), '<h1>Title</h1><p>Some words on a page.</p>')
    writeFileSync(
      join(workspace, 'titles.chain.yaml'),
      `jacquard: 1
source: { folder: pages }
stages:
  take: { kind: transform, value: "{{ item.text }}" }
sink: { csv: titles.csv }
`,
    )
    const ended = await jacquard('run', join(workspace, 'titles.chain.yaml'), '--quiet')
    expect(ended).toEqual({ stdout: '', stderr: '', code: 0 })
    expect(readFileSync(join(workspace, 'titles.csv'), 'utf8')).toContain('Some words on a page.')
  })
})

const DESCRIPTION = 'Runs chains of language-model stages over many items.'

/** Bundles and what was left half made, if anything. */
function bundles(): string[] {
  const dist = join(checkout, 'dist')
  return existsSync(dist) ? readdirSync(dist).filter((name) => name.startsWith('cli-')) : []
}

/** `npx jacquard …` in the checkout. */
async function jacquard(...args: readonly string[]): Promise<{ stdout: string; stderr: string; code: number | null }> {
  const child = spawn(process.execPath, [join(checkout, 'scripts', 'jacquard.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { stdout, stderr, code: code as number | null }
}
