import { EventEmitter } from 'node:events'
import { requireReady } from './app.ts'
import { noteAsked } from './asked.ts'
import { answerTest } from './link.ts'
import { checkKeys, onlyKnown } from './onlyKnown.ts'

interface NotificationOptions {
  readonly title?: string
  readonly body?: string
}

/** Shown and not taken away. */
const shown = new Set<NotificationStandIn>()

class NotificationStandIn extends EventEmitter {
  readonly title: string
  readonly body: string

  constructor(options: NotificationOptions) {
    super()
    requireReady('Notification')
    checkKeys('options of Notification', options, ['title', 'body'])
    this.title = options.title ?? ''
    this.body = options.body ?? ''
  }
  static isSupported(): boolean {
    return true
  }
  show(): void {
    shown.add(this)
    noteAsked({ kind: 'notification', title: this.title, body: this.body })
  }
  close(): void {
    shown.delete(this)
  }
}

answerTest('clickNotification', (title: string) => {
  const notification = [...shown].find((one) => one.title === title)
  if (notification === undefined) throw new Error(`No notification is shown: ${title}`)
  shown.delete(notification)
  notification.emit('click', {})
})

export const Notification = new Proxy(NotificationStandIn, {
  construct: (target, [options]) => onlyKnown('Notification', new target(options as NotificationOptions)),
})
