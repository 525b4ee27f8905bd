import { registerHooks } from 'node:module'

// Started by `node --import` before the built main.js, whose `import 'electron'` then gets the stand-in.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL('./electron.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
})
