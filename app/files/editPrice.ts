import { isMap, isNode, isScalar, type Pair, parseDocument } from 'yaml'
import { keepFlowPadding } from '../../shared/flowPadding.ts'
import type { Price, TierBinding } from '../../shared/tier.ts'

interface PriceEdit {
  readonly tier: string
  /** null: the published one holds again. */
  readonly price: Price | null
  /** What the tier is bound to now, for one that the file does not name yet. */
  readonly binding: Pick<TierBinding, 'backend' | 'model' | 'baseUrl' | 'apiKeyEnv'>
}

/**
 * jacquard.yaml with this price of a tier. Of a tier that stands on one line only what is between its braces changes: people align
 * their tiers. Else the document is printed anew, with its comments and its order. The text must be readable YAML whose root is
 * a map, or empty.
 */
export function editPrice(text: string, { tier, price, binding }: PriceEdit): string {
  const document = parseDocument(text)
  const node = document.getIn(['tiers', tier], true)
  if (price !== null && isMap(node) && node.flow === true && node.range != null && node.items.length > 0) {
    const value = flowText(price)
    const own = node.items.find((pair) => isScalar(pair.key) && pair.key.value === 'price')
    const range = rangeOf(own)
    if (range !== null) return `${text.slice(0, range[0])}${value}${text.slice(range[1])}`
    const end = text.lastIndexOf('}', node.range[1] - 1)
    const before = text.slice(0, end).trimEnd()
    return `${before}, price: ${value}${text.slice(before.length, end) || ' '}${text.slice(end)}`
  }
  keepFlowPadding(document, text)
  if (price === null) document.deleteIn(['tiers', tier, 'price'])
  else {
    if (!isMap(document.get('tiers'))) document.set('tiers', document.createNode({}))
    if (!isMap(node)) document.setIn(['tiers', tier], document.createNode({ ...binding }, { flow: true }))
    document.setIn(['tiers', tier, 'price'], document.createNode(price, { flow: true }))
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}

function flowText(price: Price): string {
  return `{ ${Object.entries(price)
    .map(([kind, usd]) => `${kind}: ${usd}`)
    .join(', ')} }`
}

function rangeOf(pair: Pair | undefined): readonly [number, number] | null {
  return isNode(pair?.value) && pair.value.range != null ? [pair.value.range[0], pair.value.range[1]] : null
}
