import { describe, expect, it } from 'vitest'
import { knowledgeText } from '../../core/knowledgeText.ts'
import type { CompletionRequest } from '../../ports/backend.ts'
import { readRequest, splitPrompt } from './readRequest.ts'

function aRequest(text: string, instructions: string | null = null): CompletionRequest {
  return {
    model: 'simulated-local',
    instructions,
    keepInstructions: false,
    messages: [{ role: 'user', text }],
    schema: null,
    maxTokens: null,
    parameters: {},
  }
}

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

  it('takes an order or a question above a text for the task', () => {
    const text = 'The pumps failed at night.\n\nNobody was warned.'
    for (const order of [
      'Summarise this section in two sentences.',
      'Note the point of section 3 of 9.',
      'What does Acme offer? One line.',
      '12 tickets are about billing. What do they want? Three sentences.',
    ])
      expect(splitPrompt(`${order}\n\n${text}`)).toMatchObject({ task: `${order}\n\n`, document: text })
  })

  it('takes the frame off a document whose tag is one of a page', () => {
    const text = 'Note the point of section 1 of 2.\n\n<section>\nHello,\n\nthe damp is back.\n</section>\n'
    expect(splitPrompt(text).document).toBe('Hello,\n\nthe damp is back.')
  })

  it('leaves a question to the letter of the one who asks it', () => {
    const letter = 'Where is my parcel?\n\nIt was sent on 3 May.'
    expect(splitPrompt(letter)).toMatchObject({ task: '', document: letter })
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

describe('readRequest', () => {
  it('takes instructions for the task, and not the files that stand before them', () => {
    const knowledge = [
      knowledgeText({ file: 'a.md', as: 'reference', text: '# Letters\n\nWrite a list of bullets.\n\nReply at once.' }),
      knowledgeText({ file: 'b.yaml', as: 'examples', text: '- { input: a title, output: Keywords }' }),
    ]
    const instructions = 'You sum up reports.\n\nBe brief.'
    const request = aRequest('The pumps failed.', [...knowledge, instructions].join('\n\n'))
    expect(readRequest(request).task).toBe(instructions)
  })

  it('tells a repair from a first question', () => {
    const first = aRequest('The pumps failed.')
    const messages = [...first.messages, { role: 'assistant', text: '{}' }, { role: 'user', text: 'No.' }] as const
    expect([first, { ...first, messages }].map((request) => readRequest(request).isRepair)).toEqual([false, true])
  })
})
