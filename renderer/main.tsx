import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './theme/global.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { HostBridge } from '../shared/api.ts'
import { WIRE_PATH } from '../shared/wire.ts'
import { App } from './App.tsx'
import { connectHost } from './lib/host.ts'
import { notifyBug } from './lib/notify.ts'
import { openSocketBridge } from './lib/socketBridge.ts'
import { useHostStore } from './stores/hostStore.ts'
import { subscribeStores } from './stores/subscribe.ts'
import { cssVariablesResolver, theme } from './theme/theme.ts'

declare global {
  interface Window {
    /** Of Electron's preload; absent in a browser. */
    readonly jacquard?: HostBridge
  }
}

const { setConnection } = useHostStore.getState()
if (window.jacquard === undefined) {
  const { protocol, host } = window.location
  connectHost(openSocketBridge(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}${WIRE_PATH}`, setConnection))
} else {
  connectHost(window.jacquard)
  setConnection('open')
}
subscribeStores()

window.addEventListener('unhandledrejection', ({ reason }) => notifyBug(reason))

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no #root.')
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <Notifications position="bottom-right" limit={3} containerWidth={360} />
      <App />
    </MantineProvider>
  </StrictMode>,
)
