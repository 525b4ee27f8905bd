import { addEntryAfterSelection } from '../commands/stageCommands.ts'
import { EntryList } from './EntryList.tsx'
import classes from './Palette.module.css'
import { PALETTE } from './paletteEntries.ts'

/** All that a chain can be made of: dragged onto the canvas, or chosen and put behind the selected stage. */
export function Palette() {
  return (
    <nav className={classes.root} aria-label="Palette">
      <EntryList entries={PALETTE} onChoose={addEntryAfterSelection} label="Add to the chain" isDraggable />
    </nav>
  )
}
