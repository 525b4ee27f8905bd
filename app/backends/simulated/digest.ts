import { cut } from './fitText.ts'
import type { Member } from './members.ts'
import type { Material } from './slot.ts'
import { keySentences } from './summarise.ts'

/** Characters of one line of a digest. */
const LINE = 180

/** A list told in short: how many, how they divide, and a line for each of the first; or so many sentences. */
export function digestOf(material: Material, sentences: number | null): string {
  const { members, quality } = material
  if (sentences !== null) return sentencesOfMembers(material, sentences)
  const shown = linesOfMembers(material, quality.listLength)
  const more = members.length - shown.length
  return [
    [`${members.length} items.`, ...tally(material)].join(' '),
    [...shown.map((line) => `- ${line}`), ...(more > 0 ? [`- and ${more} more`] : [])].join('\n'),
  ].join('\n\n')
}

/** One line for each of the first members: its name and what matters most in it. */
export function linesOfMembers({ members, quality }: Material, count: number): readonly string[] {
  return members.slice(0, count).map((member) => {
    const said = keySentence(member, quality)
    if (said === null) return cut(member.label ?? oneLine(member), LINE)
    return cut(member.label === null || said.includes(member.label) ? said : `${member.label}: ${said}`, LINE)
  })
}

export function sentencesOfMembers({ members, quality }: Material, count: number): string {
  const said = members.slice(0, count).map((member) => keySentence(member, quality) ?? `${oneLine(member)}.`)
  return said.map((sentence) => cut(sentence, LINE * 2)).join(' ')
}

export function titleOfMembers(material: Material): string {
  const { members } = material
  const labels = labelsOf(material)
  return labels.length === 0 ? `${members.length} items` : `${members.length} items: ${labels.slice(0, 2).join('; ')}`
}

/** What the members are called, each once. */
export function labelsOf({ members, quality }: Material): readonly string[] {
  return [...new Set(members.flatMap(({ label }) => label ?? []))].slice(0, quality.listLength)
}

function keySentence({ reading }: Member, quality: Material['quality']): string | null {
  const text = keySentences(reading, 1, quality)[0]?.text
  return text === undefined ? null : text.charAt(0).toUpperCase() + text.slice(1)
}

function oneLine({ reading }: Member): string {
  return reading.text.trim().replace(/\s+/g, ' ')
}

/** `By category: bug 3, billing 2.` where the records themselves divide them; at most one such sentence. */
function tally({ members }: Material): readonly string[] {
  const [first] = members
  for (const { label } of first?.reading.facts ?? []) {
    const values = members.map(({ reading }) => reading.facts.find((fact) => fact.label === label)?.value)
    const counts = new Map<string, number>()
    for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
    const isKind = [...counts.keys()].every((value) => value.length <= 24 && /^\p{L}[\p{L} _-]*$/u.test(value))
    const divides = counts.size > 1 && counts.size <= Math.max(2, members.length / 2)
    if (!isKind || !divides || values.includes(undefined)) continue
    const told = [...counts].sort((a, b) => b[1] - a[1]).map(([value, count]) => `${value} ${count}`)
    return [`By ${label.replace(/_/g, ' ')}: ${told.join(', ')}.`]
  }
  return []
}
