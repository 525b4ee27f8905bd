import { Document, isSeq, parseDocument } from 'yaml'
import { keepFlowPadding } from '../flowPadding.ts'
import { type Baseline, caseName, SUITE_FORMAT, type Suite, type SuiteCase } from './suite.ts'

/** A new suite file, as it is before its first case. */
export function newSuite(chainName: string): string {
  return print(new Document({ jacquard: SUITE_FORMAT, name: `Evaluation of ${chainName}`, cases: [] }), '')
}

/**
 * The suite's text with a case more, in place of one of the same name. Comments and order stay. The text must be that of
 * `suite`.
 */
export function withCase(text: string, suite: Suite, added: SuiteCase): string {
  const name = caseName(added, suite.cases.length)
  const at = suite.cases.findIndex((one, index) => caseName(one, index) === name)
  const document = parseDocument(text)
  const cases = document.get('cases')
  // An empty list is written `[]`; what is put into it is to stand in lines of its own.
  if (isSeq(cases) && cases.items.length === 0) cases.flow = false
  document.setIn(['cases', at < 0 ? suite.cases.length : at], document.createNode(added))
  return print(document, text)
}

/** Without the case of this name. */
export function withoutCase(text: string, suite: Suite, name: string): string {
  const at = suite.cases.findIndex((one, index) => caseName(one, index) === name)
  if (at < 0) return text
  const document = parseDocument(text)
  document.deleteIn(['cases', at])
  return print(document, text)
}

export function withGolden(text: string, golden: Baseline): string {
  const document = parseDocument(text)
  document.set('golden', document.createNode(golden))
  return print(document, text)
}

function print(document: Document, text: string): string {
  keepFlowPadding(document, text)
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}
