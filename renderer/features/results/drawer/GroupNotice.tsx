import { Button } from '@mantine/core'
import { formatCount } from '../../../../shared/format.ts'
import type { GroupReason } from '../../../../shared/group.ts'
import type { ItemTrace } from '../../../../shared/trace.ts'
import classes from './GroupNotice.module.css'

interface GroupNoticeProps {
  readonly trace: ItemTrace
  readonly onShow: (index: number, lane: number) => void
}

const REASONS: Readonly<Record<GroupReason, string>> = {
  size: 'it was full',
  within: 'its time was up',
  end: 'nothing more could come',
}
const MOST_SHOWN = 12

/** Of a group: who is in it and why it was released. Of an item: the group that it went into. */
export function GroupNotice({ trace, onShow }: GroupNoticeProps) {
  const { lane, group, inGroup } = trace
  if (group === null && inGroup === null) return null
  return (
    <div className={classes.root}>
      {group !== null && (
        <>
          <span>
            {formatCount(group.members.length)} {group.members.length === 1 ? 'member' : 'members'}, released because{' '}
            {REASONS[group.reason]}
          </span>
          <span className={classes.members}>
            {group.members.slice(0, MOST_SHOWN).map((index) => (
              <Button key={index} size="compact-xs" variant="default" onClick={() => onShow(index, lane - 1)}>
                {lane === 1 ? 'Item' : 'Group'} {formatCount(index + 1)}
              </Button>
            ))}
            {group.members.length > MOST_SHOWN && (
              <span className="quiet">and {formatCount(group.members.length - MOST_SHOWN)} more</span>
            )}
          </span>
        </>
      )}
      {inGroup !== null && (
        <Button size="compact-xs" variant="default" onClick={() => onShow(inGroup, lane + 1)}>
          Went into group {formatCount(inGroup + 1)}
        </Button>
      )}
    </div>
  )
}
