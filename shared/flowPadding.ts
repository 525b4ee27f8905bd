import { type Document, type Node, visit, type YAMLMap, type YAMLSeq } from 'yaml'

/**
 * Has `[a, b]` and `{ a: 1 }` printed as they stand in the text that the document was read from, with a space within
 * the brackets or without. The package's own option is one for all of a document, lists and maps alike.
 */
export function keepFlowPadding(document: Document, text: string): void {
  const keep = (_: unknown, node: YAMLMap | YAMLSeq) => {
    if (node.flow !== true || node.range == null) return
    const isPadded = /\s/.test(text.charAt(node.range[0] + 1))
    const print = node.toString.bind(node)
    node.toString = (context, ...rest) =>
      context === undefined
        ? print(context, ...rest)
        : print({ ...context, flowCollectionPadding: isPadded ? ' ' : '' }, ...rest)
  }
  visit(document as Document<Node>, { Map: keep, Seq: keep })
}
