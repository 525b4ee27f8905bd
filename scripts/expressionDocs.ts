// `node scripts/expressionDocs.ts`: writes the tables of functions in docs/expressions.md.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { EXPRESSION_FUNCTIONS, type ExpressionFunction, FUNCTION_TOPICS } from '../shared/expressionFunctions.ts'

export const expressionDocs = join(dirname(import.meta.dirname), 'docs', 'expressions.md')

const BETWEEN = /(<!-- functions: [^\n]*-->\n)[\s\S]*?(<!-- end of functions -->)/

/** The page with its tables of functions as they should be. */
export function withFunctions(page: string): string {
  return page.replace(BETWEEN, (_, before: string, after: string) => `${before}\n${tables()}\n${after}`)
}

function tables(): string {
  return FUNCTION_TOPICS.map((topic) => {
    const rows = EXPRESSION_FUNCTIONS.filter((each) => each.topic === topic).map(row)
    return `### ${topic[0]?.toUpperCase()}${topic.slice(1)}\n\n| function | gives | example |\n| --- | --- | --- |\n${rows.join('\n')}\n`
  }).join('\n')
}

function row({ signature, about, example, gives }: ExpressionFunction): string {
  return `| ${code(signature)} | ${cell(about)} | ${code(`${example} → ${JSON.stringify(gives)}`)} |`
}

function code(text: string): string {
  return `\`${cell(text)}\``
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

if (import.meta.main) writeFileSync(expressionDocs, withFunctions(readFileSync(expressionDocs, 'utf8')))
