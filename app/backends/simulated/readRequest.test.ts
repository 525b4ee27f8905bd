import { describe, expect, it } from 'vitest'
import { splitPrompt } from './readRequest.ts'

describe('splitPrompt', () => {
  it('takes what stands in tags for the document', () => {
    expect(splitPrompt('Classify this.\n\n<ticket>\nFrom: Ann\n\nIt broke.\n</ticket>')).toMatchObject({
      task: 'Classify this.',
      document: 'From: Ann\n\nIt broke.',
    })
  })

  it('takes fenced text for the document', () => {
    expect(splitPrompt('Summarise:\n```\nThe hub fell.\n```').document).toBe('The hub fell.')
  })

  it('reads a JSON object as labelled facts, its long values as text', () => {
    const { document, facts } = splitPrompt('{"company":"Acme","note":"They sell two kinds of anvil."}')
    expect(document).toBe('company: Acme\nThey sell two kinds of anvil.')
    expect(facts.map(({ label, value }) => [label, value])).toContainEqual(['company', 'Acme'])
  })

  it('cuts behind a line that introduces the document', () => {
    expect(splitPrompt('Reply in German to: Wo ist mein Paket?')).toMatchObject({
      task: 'Reply in German to: ',
      document: 'Wo ist mein Paket?',
    })
  })

  it('takes a bare mail for the document, its headers included', () => {
    const mail = 'From: Ann <ann@example.com>\nSubject: Please read: answer needed\n\nWhere is it?'
    expect(splitPrompt(mail)).toMatchObject({ task: '', document: mail })
  })

  it('leaves markup of a page for the reader, and braces in prose alone', () => {
    expect(splitPrompt('<p>One</p><p>Two</p>').document).toBe('<p>One</p><p>Two</p>')
    expect(splitPrompt('Use {curly} braces').document).toBe('Use {curly} braces')
  })
})
