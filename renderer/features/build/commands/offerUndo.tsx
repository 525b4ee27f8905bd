import { Button, Group, Text } from '@mantine/core'
import { closeNotification, notifyDone } from '../../../lib/notify.ts'
import { useChainStore } from '../../../stores/chainStore.ts'

const TOAST = 'undo'

/** Says what was just done, with a button that takes it back. It goes when the chain is changed further. */
export function offerUndo(done: string): void {
  const { text } = useChainStore.getState()
  const close = () => closeNotification(TOAST)
  const stop = useChainStore.subscribe((state) => {
    if (state.text === text) return
    stop()
    close()
  })
  const undo = () => {
    if (useChainStore.getState().text === text) useChainStore.getState().undo()
    close()
  }
  notifyDone(
    TOAST,
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm" lineClamp={4}>
        {done}
      </Text>
      <Button size="xs" onClick={undo}>
        Undo
      </Button>
    </Group>,
  )
}

/** Says what was just done, and which references it broke, with a button that takes it back. */
export function tellBroken(done: string, broken: readonly string[]): void {
  if (broken.length === 0) return
  const count = broken.length === 1 ? 'one reference no longer works' : `${broken.length} references no longer work`
  offerUndo(`${done}: ${count}. ${plainText(broken[0] ?? '')}`)
}

function plainText(message: string): string {
  return message.replaceAll('`', '')
}
