import { notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'
import type { ApiError } from '../../shared/api.ts'

/** One notification for one thing: a second one about the same replaces the first instead of piling up. */
export function notifyError(error: ApiError): void {
  showOnce({
    id: error.message,
    title: ERROR_TITLES[error.kind],
    message: error.message,
    color: 'red',
    autoClose: 12_000,
  })
}

/** Something threw that should not have: said openly, with what a report needs. */
export function notifyBug(reason: unknown): void {
  const message = reason instanceof Error ? reason.message : String(reason)
  const text = `${message} Your chain is saved as you work. If it happens again, please report it with this message.`
  showOnce({ id: message, title: 'A fault in Jacquard', message: text, color: 'red', autoClose: false })
}

/** `message` may hold an Undo button. */
export function notifyDone(id: string, message: ReactNode, autoCloseMs = 6_000): void {
  showOnce({ id, message, autoClose: autoCloseMs })
}

export function closeNotification(id: string): void {
  notifications.hide(id)
}

const ERROR_TITLES: Record<ApiError['kind'], string> = {
  not_found: 'Not found',
  conflict: 'Changed in the meantime',
  invalid: 'Not valid',
  not_possible: 'Not possible now',
  files: 'Files',
}

function showOnce(notification: Parameters<typeof notifications.show>[0]): void {
  if (notification.id !== undefined) notifications.hide(notification.id)
  notifications.show({ closeButtonProps: { 'aria-label': 'Close' }, ...notification })
}
