/** The id field of the selected stage: F2 on the canvas leads there. */
const RENAME_FIELD = 'rename-stage'

export const renameFieldProps = { 'data-field': RENAME_FIELD } as const

/** Focuses it once it is there: the stage may have been selected in this very moment. */
export function focusRename(): void {
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLInputElement>(`[data-field="${RENAME_FIELD}"]`)
    field?.focus()
    field?.select()
  })
}
