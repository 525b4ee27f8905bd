import { parseChain } from '../../shared/chainDocument.ts'
import { printChain } from '../../shared/chainEdit.ts'
import { formatProblem } from '../../shared/problem.ts'
import { sampleFileOf, sampleItem, sampleReason, sample as sampleSchema } from '../../shared/sample.ts'
import { readYaml, schemaProblems } from '../../shared/yamlProblems.ts'
import { proposeSample } from '../engine/sample/proposeSample.ts'
import { SourceBroken } from '../ports/source.ts'
import { done, type Handlers, refuse, type Session } from './session.ts'

type SampleHandlers = Pick<Handlers, Extract<keyof Handlers, `sample.${string}`>>

/** The few items that a chain is tried, compared and estimated by. */
export function sampleHandlers({ store, samples, openSource, clock }: Session): SampleHandlers {
  return {
    'sample.read': async ({ file }) => {
      const name = sampleFileOf(file)
      const read = await samples.read(name)
      if (!read.ok) return read.kind === 'not_found' ? done(null) : refuse(read.kind, read.message)
      const yaml = readYaml(read.value.text)
      const parsed = sampleSchema.safeParse(yaml.value)
      if (parsed.success) return done(parsed.data)
      const problems =
        yaml.problems.length > 0
          ? yaml.problems
          : schemaProblems(yaml, parsed.error, {
              keysAt: (path) => Object.keys(path.length === 0 ? sampleSchema.shape : sampleItem.shape),
              choices: sampleReason.options,
            })
      const [first] = problems.map((problem) => formatProblem(problem, name))
      return refuse('invalid', `The sample cannot be read: ${first ?? name}. Mend it, or choose a sample anew.`)
    },
    'sample.propose': async ({ text, source, size, file, kept }) => {
      const named = source ?? parseChain(text).chain?.source
      if (named === undefined) return refuse('invalid', 'The chain has no source. Choose a folder or a file.')
      try {
        const opened = await openSource(named)
        try {
          return done(await proposeSample({ source: opened, size, kept, file, store, clock }))
        } finally {
          await opened.close()
        }
      } catch (error) {
        if (!(error instanceof SourceBroken)) throw error
        return refuse('files', error.message)
      }
    },
    'sample.write': async ({ file, sample }) => {
      const name = sampleFileOf(file)
      const before = await samples.read(name)
      const version = before.ok ? before.value.version : null
      const written = await samples.write(name, printChain(sample), version)
      return written.ok ? done(null) : refuse(written.kind, written.message)
    },
  }
}
