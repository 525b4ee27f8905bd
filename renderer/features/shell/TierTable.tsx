import { Table } from '@mantine/core'
import type { Tier } from '../../../shared/tier.ts'
import { RichText } from '../../ui/RichText.tsx'
import { StateGlyph } from '../../ui/StateGlyph.tsx'
import { TierBadge } from '../../ui/TierBadge.tsx'
import { PriceCell } from './PriceCell.tsx'
import classes from './TierTable.module.css'

const ORIGINS: Record<Tier['origin'], string> = {
  settings: 'jacquard.yaml',
  environment: 'environment',
  'built in': 'built in',
}

/** What each tier is bound to, where from, what it costs, and what keeps it from being called. */
export function TierTable({ tiers }: { readonly tiers: readonly Tier[] }) {
  return (
    <Table.ScrollContainer minWidth={720} className={classes.frame ?? ''}>
      <Table className={classes.table ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Tier</Table.Th>
            <Table.Th>Model</Table.Th>
            <Table.Th>Bound by</Table.Th>
            <Table.Th className={classes.number ?? ''}>In / out, per million tokens</Table.Th>
            <Table.Th>Limits</Table.Th>
            <Table.Th>State</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tiers.map((tier) => (
            <Table.Tr key={tier.name}>
              <Table.Td>
                <TierBadge name={tier.name} tier={tier} withName />
              </Table.Td>
              <Table.Td className={classes.model ?? ''}>
                <div>{tier.model}</div>
                <div className={classes.second}>
                  {tier.backend === 'simulated' ? 'simulated: no model is called' : tier.backend}
                  {tier.baseUrl !== undefined && `, ${tier.baseUrl}`}
                </div>
              </Table.Td>
              <Table.Td>{ORIGINS[tier.origin]}</Table.Td>
              <Table.Td className={classes.number ?? ''}>
                <PriceCell tier={tier} />
              </Table.Td>
              <Table.Td className={classes.limits ?? ''}>{limitsText(tier)}</Table.Td>
              <Table.Td className={classes.state ?? ''}>
                {tier.notReady === null ? (
                  <>
                    <StateGlyph state="succeeded" /> ready
                  </>
                ) : (
                  <>
                    <StateGlyph state="skipped" /> <RichText text={tier.notReady} />
                  </>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function limitsText({ concurrency, requestsPerMinute, tokensPerMinute }: Tier): string {
  const limits = [
    concurrency === undefined ? null : `${concurrency} at once`,
    requestsPerMinute === undefined ? null : `${requestsPerMinute} requests/min`,
    tokensPerMinute === undefined ? null : `${tokensPerMinute} tokens/min`,
  ].filter((limit) => limit !== null)
  return limits.length === 0 ? 'none set' : limits.join('\n')
}
