import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { type BuildEnvironmentOptions, defineConfig } from 'vite'

const root = import.meta.dirname
const out = join(root, 'dist/electron')

/**
 * Worker threads are files of their own beside main.js: `new Worker(new URL('./writerWorker.js', import.meta.url))`.
 * `worker` is Piscina's own, which it looks for under that name.
 */
const workers = {
  ...Object.fromEntries(
    // The pure core runs in no thread of its own: a file of that name in it is about the workers of chains.
    globSync('app/**/*Worker.ts', { cwd: root, exclude: ['app/core/**'] }).map((file) => [
      basename(file, '.ts'),
      join(root, file),
    ]),
  ),
  worker: join(root, 'node_modules/piscina/dist/worker.js'),
}

const renderer: BuildEnvironmentOptions = {
  outDir: join(root, 'dist/renderer'),
  emptyOutDir: true,
  sourcemap: true,
  target: ['chrome130', 'firefox130', 'safari18'],
  // One window on this machine loads it, mostly from disk: parsing time counts, transfer does not.
  chunkSizeWarningLimit: 1500,
  // The content security policy allows neither data: URLs nor inline scripts.
  assetsInlineLimit: 0,
  modulePreload: { polyfill: false },
  rolldownOptions: {
    output: {
      codeSplitting: {
        groups: [
          { name: 'editor', test: /node_modules[\\/](@codemirror|@lezer|@marijn|style-mod|w3c-keyname|crelt)[\\/]/ },
          { name: 'canvas', test: /node_modules[\\/](@xyflow|d3-[a-z]+|@dagrejs)[\\/]/ },
          {
            name: 'interface',
            test: /node_modules[\\/](@mantine|@floating-ui|@tabler|react|react-dom|scheduler)[\\/]/,
          },
        ],
      },
    },
  },
}

// Everything but Electron itself and Node's own modules goes into the bundle, so that the packed app needs no node_modules.
// @napi-rs/nice is native and optional: Piscina goes on without it.
const forElectron = { noExternal: true as const, external: ['electron', '@napi-rs/nice'] }

const main: BuildEnvironmentOptions = {
  outDir: out,
  emptyOutDir: true,
  sourcemap: true,
  minify: false,
  target: 'node24',
  ssr: true,
  rolldownOptions: {
    input: { main: join(root, 'electron/main.ts'), ...workers },
    output: {
      format: 'es',
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      // CommonJS packages ask for these (Piscina), and an ES module has them not.
      banner: 'const __filename = import.meta.filename, __dirname = import.meta.dirname;',
    },
  },
}

const preload: BuildEnvironmentOptions = {
  outDir: out,
  emptyOutDir: false,
  sourcemap: true,
  minify: false,
  target: 'node24',
  ssr: true,
  rolldownOptions: {
    input: { preload: join(root, 'electron/preload.ts') },
    // A sandboxed preload cannot be an ES module.
    output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
  },
}

/** `vite build --app` builds all three; scripts/build.mjs builds those whose sources changed. */
export default defineConfig({
  root: join(root, 'renderer'),
  base: './',
  plugins: [react()],
  environments: {
    client: { build: renderer },
    main: { consumer: 'server', resolve: forElectron, build: main },
    preload: { consumer: 'server', resolve: forElectron, build: preload },
  },
  builder: {
    async buildApp(builder) {
      // In this order: main empties the folder that preload is written to.
      for (const environment of Object.values(builder.environments)) await builder.build(environment)
    },
  },
})
