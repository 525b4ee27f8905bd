import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formatProblem } from '../../shared/problem.ts'
import { budgetsOf, readSettings, SETTINGS_FILE } from './settingsFile.ts'

let workspace = ''
beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'jacquard-settings-'))
})
afterEach(() => rm(workspace, { recursive: true }))

async function read(text: string) {
  await writeFile(join(workspace, SETTINGS_FILE), text)
  return readSettings(workspace)
}

async function problemsOf(text: string): Promise<readonly string[]> {
  const result = await read(text)
  return result.ok ? [] : result.problems.map((problem) => formatProblem(problem, SETTINGS_FILE))
}

describe('jacquard.yaml', () => {
  it('binds tiers', async () => {
    const text = `# our tiers
tiers:
  local: { backend: ollama, model: "llama3.2:3b", concurrency: 2 }
  cheap:
    backend: openai-compatible
    baseUrl: http://127.0.0.1:8000/v1
    model: qwen3-8b
    apiKeyEnv: MY_KEY
    price: { input: 0.1, output: 0.4 }
`
    expect(await read(text)).toEqual({
      ok: true,
      text,
      settings: {
        tiers: {
          local: { backend: 'ollama', model: 'llama3.2:3b', concurrency: 2 },
          cheap: {
            backend: 'openai-compatible',
            baseUrl: 'http://127.0.0.1:8000/v1',
            model: 'qwen3-8b',
            apiKeyEnv: 'MY_KEY',
            price: { input: 0.1, output: 0.4 },
          },
        },
      },
    })
  })

  it('may be missing, empty, or hold no tier', async () => {
    expect(await readSettings(workspace)).toEqual({ ok: true, settings: {}, text: '' })
    expect(await read('# nothing\n')).toMatchObject({ ok: true, settings: {} })
    expect(await read('tiers:\n  # local: { backend: ollama, model: m }\n')).toMatchObject({ ok: true })
  })

  it('names an unknown key with its line and the key that was meant', async () => {
    expect(await problemsOf('tiers:\n  local:\n    backend: ollama\n    model: m\n    concurency: 2\n')).toEqual([
      'jacquard.yaml:5:5 tiers.local.concurency: Unknown key `concurency`; did you mean `concurrency`?',
    ])
    expect(await problemsOf('tier:\n  local: {}\n')).toEqual([
      'jacquard.yaml:1:1 tier: Unknown key `tier`; did you mean `tiers`?',
    ])
    const price = 'tiers:\n  a:\n    backend: ollama\n    model: m\n    price: { input: 1, outptu: 1 }\n'
    expect((await problemsOf(price)).join('\n')).toContain('jacquard.yaml:5:24 tiers.a.price.outptu: Unknown key')
  })

  it('names what is missing or wrong with its line', async () => {
    expect(await problemsOf('tiers:\n  local:\n    backend: ollama\n')).toEqual([
      'jacquard.yaml:2:3 tiers.local: `model` is missing.',
    ])
    const [wrong] = await problemsOf('tiers:\n  local: { backend: olama, model: m }\n')
    expect(wrong).toMatch(/^jacquard\.yaml:2:21 tiers\.local\.backend: .*"ollama"/)
  })

  it('refuses a key in place of the name of its environment variable, and does not repeat it', async () => {
    const [problem] = await problemsOf('tiers:\n  a: { backend: openai, model: m, apiKeyEnv: sk-proj-12345 }\n')
    expect(problem).toContain('never the key itself')
    expect(problem).not.toContain('sk-proj')
  })

  it('holds budgets', async () => {
    const read20 = await read('budgets: { dayUsd: 20 }\n')
    expect(read20).toMatchObject({ ok: true, settings: { budgets: { dayUsd: 20 } } })
    expect(read20.ok && budgetsOf(read20.settings)).toEqual({ dayUsd: 20, runUsd: null })
    expect(await read('budgets:\n  # dayUsd: 20\n')).toMatchObject({ ok: true, settings: {} })
  })

  it('names what is wrong with a budget with its line', async () => {
    expect(await problemsOf('budgets:\n  dayUSD: 20\n')).toEqual([
      'jacquard.yaml:2:3 budgets.dayUSD: Unknown key `dayUSD`; did you mean `dayUsd`?',
    ])
    expect((await problemsOf('budgets:\n  runUsd: 0\n')).join()).toMatch(/^jacquard\.yaml:2:11 budgets\.runUsd: /)
    expect((await problemsOf('budgets:\n  runUsd: $5\n')).join()).toMatch(/^jacquard\.yaml:2:11 budgets\.runUsd: /)
  })

  it('says where the text is not YAML', async () => {
    expect((await problemsOf('tiers: {a: 1\n'))[0]).toMatch(/^jacquard\.yaml:\d+:\d+ This is not valid YAML/)
    expect((await problemsOf('tiers: *nowhere\n'))[0]).toContain('This is not valid YAML')
  })

  it('says that it cannot be read where it is a folder', async () => {
    await mkdir(join(workspace, SETTINGS_FILE))
    expect(await readSettings(workspace)).toMatchObject({ ok: false, problems: [{ line: null }] })
  })
})
