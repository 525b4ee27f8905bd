import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ResultLine } from '../../shared/trace.ts'

export interface TestWorkspace {
  /** Absolute. */
  readonly folder: string
  write(path: string, text: string | Uint8Array): Promise<void>
  read(path: string): Promise<string>
  /** A results file's lines. */
  lines(path: string): Promise<readonly ResultLine[]>
  remove(): Promise<void>
}

/** A folder of its own, with these files in it. */
export async function aWorkspace(files: Record<string, string> = {}): Promise<TestWorkspace> {
  const folder = await mkdtemp(join(tmpdir(), 'jacquard-test-'))
  const workspace: TestWorkspace = {
    folder,
    write: async (path, content) => {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), content)
    },
    read: (path) => readFile(join(folder, path), 'utf8'),
    lines: async (path) => {
      const text = await readFile(join(folder, path), 'utf8')
      return text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as ResultLine)
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
  for (const [path, content] of Object.entries(files)) await workspace.write(path, content)
  return workspace
}

/** The three protocols of one stand-in as tiers, with prices. */
export function threeTiers(origin: string): string {
  return `tiers:
  openai: { backend: openai-compatible, model: m-openai, baseUrl: "${origin}/v1", price: { input: 1, output: 2 } }
  anthropic: { backend: anthropic, model: m-anthropic, baseUrl: "${origin}", apiKeyEnv: TEST_KEY, price: { input: 1, output: 2 } }
  ollama: { backend: ollama, model: m-ollama, baseUrl: "${origin}", price: { input: 1, output: 2 } }
`
}
