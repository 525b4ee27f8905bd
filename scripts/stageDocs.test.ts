import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { NO_USES } from '../app/core/chainUses.ts'
import { loadSchemaCompiler } from '../app/core/outputSchema.ts'
import { planChain } from '../app/core/planChain.ts'
import { parseChain } from '../shared/chainDocument.ts'
import { STAGE_KINDS } from '../shared/stages.ts'
import { allStages } from '../shared/stageTree.ts'

const page = await readFile(new URL('../docs/stages.md', import.meta.url), 'utf8')
const examples = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text)

await loadSchemaCompiler()

describe('the page on stages', () => {
  it('has a section with an example for every kind', () => {
    const sections = page.split(/^## /m).slice(1)
    for (const kind of STAGE_KINDS) {
      const section = sections.find((text) => text.startsWith(`\`${kind}\``))
      expect(section, kind).toContain(`kind: ${kind}`)
      expect(section, kind).toContain('**Gives**')
      expect(section, kind).toContain('**What can go wrong:**')
    }
  })

  it.each(examples.map((text, at) => [at + 1, text]))(
    'has an example %i that is a chain without a problem',
    (_at, text) => {
      const { chain, problems } = parseChain(String(text))
      expect(problems).toEqual([])
      if (chain === null) throw new Error('It is no chain.')
      // Of a used chain only its file is missing here.
      const uses = allStages(chain).some(({ stage }) => stage.kind === 'chain')
      if (!uses) expect(planChain(chain, { params: {}, tiers: {}, stages: {} }, NO_USES)).toMatchObject({ ok: true })
    },
  )
})
