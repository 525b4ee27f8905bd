import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { type Extension, Prec, RangeSetBuilder } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, keymap, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import type { ExpressionFunction } from '../../../../shared/expressionFunctions.ts'
import { parseTemplate } from '../../../../shared/template.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { functionInfo, nameInfo, sampleLine } from './completionInfo.ts'
import { completionsAt, writtenName } from './completions.ts'
import { currentScope } from './currentScope.ts'
import type { ScopePlace } from './expressionScope.ts'
import type { ScopeName } from './scopeName.ts'
import { sinkScope } from './sinkScope.ts'
import { templateProblems } from './templateProblems.ts'

interface TemplateEditing {
  /** Where in the document the text stands, as JSON. */
  readonly pathKey: string
  /** For the names in scope. */
  readonly place: ScopePlace
  /** The whole text is an expression unless it has braces. */
  readonly bare: boolean
  /** Enter does not break the line. */
  readonly oneLine: boolean
}

/** What makes a text editor one of templates: marked expressions, completion and problems in them, and the chain's own undo. */
export function templateEditing({ pathKey, place, bare, oneLine }: TemplateEditing): readonly Extension[] {
  const { undo, redo } = useChainStore.getState()
  const sinkKey = /^\["sink","(\w+)"/.exec(pathKey)?.[1]
  const scope = () => (sinkKey === undefined ? currentScope(place) : sinkScope(sinkKey))
  return [
    autocompletion({
      override: [(context) => complete(context, scope(), bare)],
      icons: false,
      activateOnTyping: true,
    }),
    bare ? [] : expressionMarks,
    expressionTheme,
    templateProblems(pathKey),
    Prec.high(
      keymap.of([
        { key: 'Mod-z', run: does(undo), preventDefault: true },
        { key: 'Mod-y', run: does(redo), preventDefault: true },
        { key: 'Mod-Shift-z', run: does(redo), preventDefault: true },
      ]),
    ),
    // Below the completion list, which takes Enter while it is open. Tab goes on to the next field.
    oneLine ? keymap.of([{ key: 'Enter', run: () => true }]) : [],
    keymap.of([{ key: 'Tab', run: leave, shift: leave }]),
  ]
}

function does(action: () => void): () => boolean {
  return () => {
    action()
    return true
  }
}

/** Says that the key is dealt with as far as the editor goes, and lets the browser move the focus. */
function leave(view: EditorView): boolean {
  view.contentDOM.blur()
  return false
}

function complete(context: CompletionContext, scope: readonly ScopeName[], bare: boolean): CompletionResult | null {
  const text = context.state.doc.toString()
  const found = completionsAt(text, context.pos, { scope, bare })
  if (found === null) return null
  return found.kind === 'names'
    ? {
        from: found.from,
        options: found.names.map((name, index) => nameOption(name, index, bare)),
        validFor: /^(\w*|`[^`]*)$/,
      }
    : { from: found.from, options: found.functions.map((each) => functionOption(each, bare)), validFor: /^\$\w*$/ }
}

function nameOption(name: ScopeName, index: number, bare: boolean): Completion {
  const detail = name.value === undefined ? name.type : sampleLine(name.value)
  return {
    label: name.name,
    // In the order in which the item and the schema have them.
    boost: -index,
    ...(detail === null ? {} : { detail }),
    info: () => nameInfo(name),
    apply: (view, _completion, ...range) => insertName(view, { name: writtenName(name.name), range, bare }),
  }
}

function functionOption(each: ExpressionFunction, bare: boolean): Completion {
  const name = `$${each.name}`
  return {
    label: name,
    detail: each.signature.slice(name.length),
    // What was made for prompts comes first.
    boost: each.isJsonata ? 0 : 1,
    info: () => functionInfo(each),
    apply: (view, _completion, ...range) => insertName(view, { name, range, bare }),
  }
}

interface NameInsertion {
  readonly name: string
  readonly range: readonly [from: number, to: number]
  readonly bare: boolean
}

/** Puts a name in with a space to each brace, and closes the braces where they are open. */
function insertName(view: EditorView, { name, range: [from, to], bare }: NameInsertion): void {
  const text = view.state.doc.toString()
  const before = text.slice(0, from)
  const after = text.slice(to)
  const start = before.endsWith('{{') ? ' ' : ''
  const isInBraces = before.lastIndexOf('{{') > before.lastIndexOf('}}')
  const close = after.indexOf('}}')
  const open = after.indexOf('{{')
  const isClosed = close >= 0 && (open < 0 || close < open)
  const end = after.startsWith('}}') ? ' ' : isInBraces && !isClosed && !(bare && !text.includes('{{')) ? ' }}' : ''
  view.dispatch({
    changes: { from, to, insert: `${start}${name}${end}` },
    selection: { anchor: from + start.length + name.length },
    userEvent: 'input.complete',
  })
}

const mark = Decoration.mark({ class: 'cm-expression' })

const expressionMarks = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet

    constructor(view: EditorView) {
      this.decorations = marksOf(view)
    }

    update(update: ViewUpdate): void {
      if (update.docChanged) this.decorations = marksOf(update.view)
    }
  },
  { decorations: (plugin) => plugin.decorations },
)

function marksOf(view: EditorView): DecorationSet {
  const marks = new RangeSetBuilder<Decoration>()
  for (const part of parseTemplate(view.state.doc.toString()).template.parts)
    if (part.kind === 'expression') marks.add(part.start, part.end, mark)
  return marks.finish()
}

const expressionTheme = EditorView.theme({
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { minWidth: '200px', maxWidth: '420px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px', lineHeight: '18px' },
  // The panel beside the list is a child of it: what rounds the list's corners must not cut it off.
  '.cm-tooltip.cm-tooltip-autocomplete': { overflow: 'visible' },
  '.cm-tooltip.cm-completionInfo': { width: '340px', maxWidth: '340px', whiteSpace: 'normal' },
  '.cm-completionInfo pre': {
    margin: '4px 0 0',
    maxHeight: '112px',
    overflow: 'hidden',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontFamily: 'var(--mono)',
    color: 'var(--quiet)',
  },
  '.cm-expression': {
    color: 'var(--code-key)',
    backgroundColor: 'color-mix(in srgb, var(--code-key) 10%, transparent)',
    borderRadius: '3px',
    padding: '1px 0',
  },
})
