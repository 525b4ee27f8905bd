import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = dirname(import.meta.dirname)
const require = createRequire(import.meta.url)

function problemsOf(configuration: unknown): readonly string[] {
  const schema = JSON.parse(readFileSync(require.resolve('app-builder-lib/scheme.json'), 'utf8'))
  const validate = new Ajv({ strict: false, allErrors: true, logger: false }).compile(schema)
  validate(configuration)
  return (validate.errors ?? []).map((error) => `${error.instancePath}: ${error.message}`)
}

const configuration = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8'))

describe('electron-builder.yml', () => {
  it("is what electron-builder's own schema takes", () => {
    expect(problemsOf(configuration)).toEqual([])
  })

  it('would be refused with a key that electron-builder does not know', () => {
    expect(problemsOf({ ...configuration, mac: { ...configuration.mac, hardendRuntime: true } })).not.toEqual([])
  })

  it('packs no package of node_modules', () => {
    expect(configuration.files).toContain('!node_modules/**/*')
  })

  it('names an icon and resources that are there', () => {
    const named = [configuration.icon, ...configuration.extraResources.map(({ from }: { from: string }) => from)]
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})

describe('package.json', () => {
  const { main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

  it("starts Electron with the bundle's own main", () => {
    expect(main).toBe('dist/electron/main.js')
  })
})
