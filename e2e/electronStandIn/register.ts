import { registerHooks } from 'node:module'

// Started by `node --import` before the built main.js, whose `import 'electron'` then gets the stand-in.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: import.meta.resolve('./electron.ts'), shortCircuit: true }
      : next(specifier, context),
})
