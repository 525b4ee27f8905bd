import { parseChain } from '../../shared/chainDocument.ts'
import { newSuite, withCase, withGolden, withoutCase } from '../../shared/evaluations/editSuite.ts'
import { baselineOf } from '../../shared/evaluations/evaluation.ts'
import { parseSuite } from '../../shared/evaluations/parseSuite.ts'
import { type Suite, suiteFileOf } from '../../shared/evaluations/suite.ts'
import { formatProblem } from '../../shared/problem.ts'
import type { DocumentText } from '../ports/workspaceFiles.ts'
import { outcome } from './fileOutcome.ts'
import { done, type Handlers, type Outcome, refuse, type Session } from './session.ts'

type EvaluationHandlers = Pick<Handlers, Extract<keyof Handlers, `evaluations.${string}`>>

interface OpenSuite extends DocumentText {
  readonly suite: Suite
}

/** Suites of cases, and how chains come through them. */
export function evaluationHandlers(session: Session): EvaluationHandlers {
  const { suites, chains, evaluations, stoppable, emit } = session
  /** null: there is none yet. */
  const open = async (chainFile: string, suiteFile: string | null): Promise<Outcome<OpenSuite | null>> => {
    const file = suiteFile ?? suiteFileOf(chainFile)
    const read = await suites.read(file)
    if (!read.ok) return read.kind === 'not_found' && suiteFile === null ? done(null) : refuse(read.kind, read.message)
    const { suite, problems } = parseSuite(read.value.text)
    if (suite !== null) return done({ ...read.value, suite })
    const [first] = problems.map((problem) => formatProblem(problem, file))
    return {
      ok: false,
      error: { kind: 'invalid', message: `The suite cannot be used: ${first ?? file}`, problems },
    }
  }
  const edit = async (chainFile: string, change: (text: string, suite: Suite) => string): Promise<Outcome<null>> => {
    const opened = await open(chainFile, null)
    if (!opened.ok) return opened
    const fresh = opened.value === null ? newSuite(await chainName(chainFile)) : null
    const text = opened.value?.text ?? fresh ?? ''
    const suite = opened.value?.suite ?? parseSuite(text).suite
    if (suite === null) throw new Error('A new suite can be read.')
    const written = await suites.write(suiteFileOf(chainFile), change(text, suite), opened.value?.version ?? null)
    return written.ok ? done(null) : outcome(written)
  }
  const chainName = async (file: string) => {
    const read = await chains.read(file)
    return (read.ok ? parseChain(read.value.text).chain?.name : undefined) ?? file
  }
  const whole = async (request: Parameters<EvaluationHandlers['evaluations.preview']>[0]['request']) => {
    const { file, suiteFile, ...rest } = request
    const opened = await open(file, suiteFile)
    if (!opened.ok) return opened
    if (opened.value === null)
      return refuse('not_found', `${file} has no suite yet: add a case, or write ${suiteFileOf(file)}.`)
    return done({ ...rest, file, suiteFile, suite: opened.value.suite })
  }
  return {
    'evaluations.suite': async ({ file, suiteFile }) => {
      const opened = await open(file, suiteFile)
      return opened.ok
        ? done(opened.value === null ? null : { file: opened.value.file, suite: opened.value.suite })
        : opened
    },
    'evaluations.addCase': ({ file, added }) => edit(file, (text, suite) => withCase(text, suite, added)),
    'evaluations.removeCase': ({ file, name }) => edit(file, (text, suite) => withoutCase(text, suite, name)),
    'evaluations.setGolden': async ({ file, evaluation }) => {
      const found = evaluations.list(file).find(({ id }) => id === evaluation)
      if (found === undefined) return refuse('not_found', 'This evaluation is not kept any more: run it again.')
      return edit(file, (text) => withGolden(text, baselineOf(found)))
    },
    'evaluations.list': ({ file }) => done(evaluations.list(file)),
    'evaluations.preview': async ({ request }) => {
      const told = await whole(request)
      return told.ok ? evaluations.preview({ ...told.value, id: '' }) : told
    },
    'evaluations.run': async ({ id, request }) => {
      const told = await whole(request)
      if (!told.ok) return told
      const total = told.value.suite.cases.length
      return stoppable.during(id, (signal) =>
        evaluations.run(
          { ...told.value, id },
          { signal, onCase: (count) => emit({ kind: 'judgingProgress', id, done: count, total }) },
        ),
      )
    },
    'evaluations.stop': ({ id }) =>
      stoppable.stop(id) ? done(null) : refuse('not_possible', 'This evaluation has come to its end already.'),
  }
}
