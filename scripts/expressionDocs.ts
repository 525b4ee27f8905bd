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
    return `### ${topic[0]?.toUpperCase()}${topic.slice(1)}\n\n${table([['function', 'gives', 'example'], ...rows])}\n`
  }).join('\n')
}

/** With its columns aligned, as the formatter leaves them. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)))
  const lines = rows.map((cells) => `| ${cells.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`)
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

function row({ signature, about, example, gives }: ExpressionFunction): readonly string[] {
  return [code(signature), cell(about), code(`${example} → ${JSON.stringify(gives)}`)]
}

function code(text: string): string {
  return `\`${cell(text)}\``
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

if (import.meta.main) writeFileSync(expressionDocs, withFunctions(readFileSync(expressionDocs, 'utf8')))
