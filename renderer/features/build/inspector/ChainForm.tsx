import classes from './inspector.module.css'
import { ParamsField } from './ParamsField.tsx'
import { NoteField, TextField } from './SimpleFields.tsx'

/** The chain itself, while nothing is selected. */
export function ChainForm() {
  return (
    <div className={classes.fields}>
      <TextField path={['name']} label="Name" placeholder="Triage tickets" />
      <NoteField path={['description']} label="Description" placeholder="What it is for, in a sentence or two." />
      <ParamsField />
      <p className={classes.help}>Select a stage, the source or the result on the canvas to edit it here.</p>
    </div>
  )
}
