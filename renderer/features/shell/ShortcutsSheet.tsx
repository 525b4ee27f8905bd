import { Kbd, Modal, SimpleGrid } from '@mantine/core'
import { modifierKey } from '../../lib/modifierKey.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import classes from './ShortcutsSheet.module.css'

interface Group {
  readonly title: string
  readonly keys: readonly (readonly [keys: string, does: string])[]
}

const GROUPS: readonly Group[] = [
  {
    title: 'Everywhere',
    keys: [
      ['Mod+1 … 5', 'Build, Test, Compare, Launch, Run (in a browser: Alt+1 … 5)'],
      ['Mod+6, 7, 8', 'Workers, Runs, Settings (in a browser: Alt+6, 7, 8)'],
      ['Mod+Z', 'Undo the last change of the chain, or of the worker on the screen'],
      ['Shift+Mod+Z', 'Redo it'],
      ['Mod+S', 'Save now (a chain is saved as you work, too)'],
      ['Mod+,', 'Settings'],
      ['?', 'This sheet'],
      ['Esc', 'Close what is open on top'],
    ],
  },
  {
    title: 'Build',
    keys: [
      ['N', 'Add a stage'],
      ['← → ↑ ↓', 'Go to the next stage; with Shift, select it too'],
      ['Alt+arrows', 'Move what is selected'],
      ['Enter, F2', 'Edit, rename'],
      ['Mod+C, V, D', 'Copy, paste, duplicate'],
      ['Del', 'Take out a stage or a wire'],
      ['Shift+Alt+T', 'Tidy up'],
      ['0, 1, 2', 'Zoom to 100 %, to the selection, to everything'],
    ],
  },
  {
    title: 'Test, Workers',
    keys: [
      ['Mod+Enter', 'Run on this item, on this input'],
      ['Shift+Mod+Enter', 'Ask again: take nothing from memory'],
      ['← →', 'Previous and next item'],
    ],
  },
  {
    title: 'Compare',
    keys: [
      ['Mod+Enter', 'Compare; with Shift, take nothing from memory'],
      ['← → ↑ ↓', 'Walk the answers; Enter opens one'],
      ['B', 'Hold the others against this column'],
      ['X', 'Mark differences, or not'],
      ['F', 'Only items that differ'],
      ['V', 'Next view'],
      ['G, B, 1 … 5', 'Rate the open answer: good, bad, or by points'],
    ],
  },
  {
    title: 'Blind duel',
    keys: [
      ['← →', 'The left or the right output is better'],
      ['↑, ↓', 'A tie; both are bad'],
      ['U', 'Take the last vote back'],
      ['H', 'Show the names, or hide them'],
    ],
  },
  {
    title: 'Launch and run',
    keys: [
      ['Shift+Mod+Enter', 'Launch'],
      ['Mod+.', 'Pause, resume'],
      ['T', 'Failures by cause'],
      ['E', "Change the run's chain"],
      ['L', 'Limits of the backends'],
      ['← → ↑ ↓', 'Walk the grid; Enter opens the item'],
      ['F, Shift+F', 'Next and previous failed cell'],
      ['+, −, 0', 'Zoom the grid, show all of it'],
      ['J, K', 'Next and previous item in the drawer'],
      ['/', 'Search the results'],
      ['Space', 'Select a row; then R retries, Shift+↑ does first'],
      ['Mod+E', 'Export the results'],
    ],
  },
]

/** All keys on one sheet. */
export function ShortcutsSheet() {
  const isOpen = useViewStore((state) => state.dialog === 'shortcuts')
  const modifier = modifierKey()
  return (
    <Modal
      opened={isOpen}
      onClose={() => useViewStore.getState().showDialog(null)}
      title={<strong>Keyboard shortcuts</strong>}
      size="xl"
    >
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        {GROUPS.map((group) => (
          <section key={group.title}>
            <h3 className={classes.title}>{group.title}</h3>
            <dl className={classes.list}>
              {group.keys.map(([keys, does]) => (
                <div key={keys} className={classes.row}>
                  <dt>
                    <Kbd size="xs">{keys.replaceAll('Mod+', modifier)}</Kbd>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </SimpleGrid>
    </Modal>
  )
}
