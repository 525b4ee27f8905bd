import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Chain } from '../../shared/chain.ts'
import { inputsSource } from './inputsSource.ts'
import { shellWord, shownPath } from './shownPath.ts'
import { testItem } from './testItem.ts'
import { workspaceAbove, workspaceHere, workspaceOfChain } from './workspaceFolder.ts'

let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'jacquard-cli-')))
  mkdirSync(join(folder, 'work', 'chains', 'deep'), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

const chain: Chain = { jacquard: 1, stages: {} }

describe('the workspace', () => {
  const path = () => join(folder, 'work', 'chains', 'deep', 'a.chain.yaml')

  it('of a chain is the nearest folder above it with jacquard.yaml or .jacquard/', () => {
    mkdirSync(join(folder, '.jacquard'))
    expect(workspaceOfChain(undefined, path())).toBe(folder)
    writeFileSync(join(folder, 'work', 'jacquard.yaml'), '')
    expect(workspaceOfChain(undefined, path())).toBe(join(folder, 'work'))
  })

  it('of a chain without such a folder is the folder of the chain', () => {
    expect(workspaceAbove(join(folder, 'work'))).toBeNull()
    expect(workspaceOfChain(undefined, path())).toBe(join(folder, 'work', 'chains', 'deep'))
  })

  it('is what --workspace says, wherever the chain is', () => {
    writeFileSync(join(folder, 'jacquard.yaml'), '')
    expect(workspaceOfChain(join(folder, 'other'), path())).toBe(join(folder, 'other'))
    expect(workspaceHere('../other', join(folder, 'work'))).toBe(join(folder, 'other'))
  })
})

describe('--inputs', () => {
  const file = (name: string, content = '') => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  it('takes a folder, tables, lists, and lines', () => {
    expect(inputsSource(folder)).toEqual({ folder })
    expect(inputsSource(file('a.CSV'))).toEqual({ csv: join(folder, 'a.CSV') })
    expect(inputsSource(file('a.tsv'))).toEqual({ tsv: join(folder, 'a.tsv') })
    expect(inputsSource(file('a.xlsx'))).toEqual({ xlsx: join(folder, 'a.xlsx') })
    expect(inputsSource(file('a.jsonl'))).toEqual({ jsonl: join(folder, 'a.jsonl') })
    expect(inputsSource(file('a.json'))).toEqual({ json: join(folder, 'a.json') })
    expect(inputsSource(file('a.log', 'http://a.example'))).toEqual({ lines: join(folder, 'a.log') })
  })

  it('takes a text for a list of pages where every line is an address, else for lines', () => {
    const path = join(folder, 'a.txt')
    const kindOf = (text: string) => Object.keys(inputsSource(file('a.txt', text)))
    expect(inputsSource(file('a.txt', '\uFEFF# mine\r\nhttps://a.example/x\r\n\r\nHTTP://b.example\r\n'))).toEqual({
      urls: path,
    })
    expect(kindOf('https://a.example\nnot an address')).toEqual(['lines'])
    expect(kindOf('see https://a.example')).toEqual(['lines'])
    expect(kindOf('')).toEqual(['lines'])
    expect(kindOf(`https://a.example/${'x'.repeat(90)}\n`.repeat(20_000))).toEqual(['urls'])
  })

  it('says what it takes when it is given something else', () => {
    expect(() => inputsSource(file('a.zip'))).toThrow('It takes a folder, a table (.csv, .tsv, .xlsx')
    expect(() => inputsSource(join(folder, 'none'))).toThrow('there is no file or folder')
  })
})

describe('--item', () => {
  it('is JSON where there is no such file', () => {
    expect(testItem('{"a":1}', chain)).toEqual({ value: { a: 1 } })
    expect(() => testItem('{"a":', chain)).toThrow('not valid JSON')
    expect(() => testItem('nofile.txt', chain)).toThrow('there is no file nofile.txt')
  })

  it('reads a file as the source of the chain would', () => {
    const file = join(folder, 'a [1].json')
    writeFileSync(file, '{"b":2}')
    expect(testItem(file, chain)).toEqual({ value: { b: 2 } })
    expect(testItem(file, { ...chain, source: { folder: 'inputs' } })).toEqual({
      source: { folder, include: ['a \\[1\\].json'], recursive: false },
      index: 0,
    })
    const table = join(folder, 't.csv')
    writeFileSync(table, 'a\n1\n')
    expect(testItem(table, chain)).toEqual({ source: { csv: table }, index: 0 })
    expect(testItem(table, { ...chain, source: { watch: 'inputs' } })).toMatchObject({ source: { include: ['t.csv'] } })
  })
})

describe('a path in a message', () => {
  it('is relative inside the current folder and absolute outside it', () => {
    expect(shownPath('/a/b/c.jsonl', '/a')).toBe('b/c.jsonl')
    expect(shownPath('/x/c.jsonl', '/a')).toBe('/x/c.jsonl')
    expect(shownPath('/a', '/a')).toBe('.')
  })

  it('is quoted in a command where a shell would cut it', () => {
    expect(shellWord('chains/a.chain.yaml')).toBe('chains/a.chain.yaml')
    expect(shellWord("my chain's.yaml")).toBe(`'my chain'\\''s.yaml'`)
  })
})
