import { Button } from '@mantine/core'
import { IconArrowDownRight } from '@tabler/icons-react'
import { useState } from 'react'
import { formatCount } from '../../../../shared/format.ts'
import type { GroupReason } from '../../../../shared/group.ts'
import type { ItemTrace } from '../../../../shared/trace.ts'
import classes from './GroupNotice.module.css'
import { useKeys } from './useKeys.ts'

interface GroupNoticeProps {
  readonly trace: ItemTrace
  readonly onShow: (index: number, lane: number) => void
}

const REASONS: Readonly<Record<GroupReason, string>> = {
  size: 'it was full',
  within: 'its time was up',
  end: 'nothing more could come',
}
const SHOWN_AT_FIRST = 12
const MORE_AT_ONCE = 100

/** Of a group: who is in it and why it was released. Of an item: the group that it went into. */
export function GroupNotice({ trace, onShow }: GroupNoticeProps) {
  const { run, lane, group, inGroup } = trace
  const isWaiting = trace.status === 'gathered' && inGroup === null
  if (group === null && inGroup === null && !isWaiting) return null
  return (
    <div className={classes.root}>
      {group !== null && (
        <>
          <span>
            {formatCount(group.members.length)} {group.members.length === 1 ? 'member' : 'members'}, released because{' '}
            {REASONS[group.reason]}
          </span>
          {/* Another group begins with its first members. */}
          <Members key={`${lane}/${trace.index}`} run={run} lane={lane - 1} members={group.members} onShow={onShow} />
        </>
      )}
      {isWaiting && <span>Waits for the others of its group</span>}
      {inGroup !== null && <InGroup run={run} lane={lane + 1} index={inGroup} onShow={onShow} />}
    </div>
  )
}

interface MembersProps {
  readonly run: string
  /** Theirs. */
  readonly lane: number
  readonly members: readonly number[]
  readonly onShow: (index: number, lane: number) => void
}

function Members({ run, lane, members, onShow }: MembersProps) {
  const [most, setMost] = useState(SHOWN_AT_FIRST)
  const shown = members.slice(0, most)
  const keys = useKeys(run, lane, shown)
  return (
    <ul className={classes.members} aria-label="Members">
      {shown.map((index) => (
        <li key={index}>
          <button type="button" className={classes.member} onClick={() => onShow(index, lane)}>
            <span className={classes.number}>{formatCount(index + 1)}</span>
            <span className={classes.key}>{keys.get(index) ?? (lane === 0 ? 'Item' : 'Group')}</span>
          </button>
        </li>
      ))}
      {members.length > most && (
        <li>
          <button type="button" className={classes.member} onClick={() => setMost(most + MORE_AT_ONCE)}>
            and {formatCount(members.length - most)} more
          </button>
        </li>
      )}
    </ul>
  )
}

interface InGroupProps {
  readonly run: string
  /** The group's. */
  readonly lane: number
  readonly index: number
  readonly onShow: (index: number, lane: number) => void
}

function InGroup({ run, lane, index, onShow }: InGroupProps) {
  const key = useKeys(run, lane, [index]).get(index)
  const isNamed = key !== undefined && key !== String(index + 1)
  return (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={<IconArrowDownRight size={14} stroke={1.5} />}
      onClick={() => onShow(index, lane)}
    >
      Went into group {formatCount(index + 1)}
      {isNamed && `: ${key}`}
    </Button>
  )
}
