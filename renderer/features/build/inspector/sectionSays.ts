import { asDraft, asText, type Draft } from './chainDraft.ts'

/** What is set in the folded parts of a form, in a few words; empty: nothing. */
function said(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(', ')
}

function ifSet(value: unknown, words: (text: string) => string): string | null {
  return value === undefined ? null : words(asText(value))
}

function plural(count: number, word: string): string | null {
  return count === 0 ? null : `${count} ${word}${count === 1 ? '' : 's'}`
}

function withoutBraces(text: string): string {
  return text.replace(/^\{\{\s*|\s*\}\}$/g, '')
}

export function flowSays({ when, after }: Draft): string {
  return said(
    typeof when === 'string' ? withoutBraces(when) : null,
    Array.isArray(after) ? `after ${after.join(', ')}` : null,
  )
}

export function failureSays({ onError, retry, timeout }: Draft): string {
  return said(
    ifSet(onError, (text) => (typeof onError === 'string' ? text : 'use a value')),
    ifSet(retry, () => `${asText(asDraft(retry).attempts ?? 3)} attempts`),
    ifSet(timeout, (text) => `${text} s`),
  )
}

export function materialSays({ knowledge, images, inputSchema, maxInputTokens, tooLong }: Draft): string {
  return said(
    plural(Array.isArray(knowledge) ? knowledge.length : 0, 'file'),
    ifSet(images, () => 'images'),
    ifSet(inputSchema, () => 'checked input'),
    ifSet(maxInputTokens, (text) => `${text} tokens`),
    ifSet(tooLong, (text) => `too long: ${text}`),
  )
}

export function answerSays({ maxTokens, temperature, parameters, repair, escalate }: Draft): string {
  return said(
    ifSet(maxTokens, (text) => `${text} tokens`),
    ifSet(temperature, (text) => `temperature ${text}`),
    ifSet(repair, (text) => `${text} repair`),
    ifSet(escalate, (text) => `then ${text}`),
    parameters === undefined ? null : Object.keys(asDraft(parameters)).join(', '),
  )
}

export function packSays({ pack }: Draft): string {
  return ifSet(pack, () => `up to ${asText(asDraft(pack).size)} items a call`) ?? ''
}

export function membersSay({ where, value, correlate }: Draft): string {
  return said(
    ifSet(where, withoutBraces),
    ifSet(value, () => 'a value of their own'),
    ifSet(correlate, () => 'matched'),
  )
}
