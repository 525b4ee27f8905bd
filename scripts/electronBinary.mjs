// Finds the Electron program, or fetches it.

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cacheFolder } from './bootstrap.mjs'

const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
/** Written at every try, so that the starts of the next day do not wait again for what cannot be had. */
const tried = join(cacheFolder, 'electron-tried')
const DAY_MS = 24 * 60 * 60 * 1000
const PATIENCE_MS = 20_000

/**
 * Electron's program, or why it cannot be used here, as the end of the sentence "The workshop opens in the browser: …".
 * @returns {Promise<{ program: string } | { reason: string }>}
 */
export async function findElectron() {
  if (process.platform === 'linux') {
    if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return { reason: 'there is no display for Electron.' }
    if (process.getuid?.() === 0) return { reason: 'Electron does not run as root.' }
  }
  const program = installed() ?? (wasTried() ? null : await fetchIt())
  return program === null ? { reason: 'there is no Electron here (npx install-electron fetches it).' } : { program }
}

function installed() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const program = join(override ?? join(folder, 'dist'), readFileSync(pathFile, 'utf8'))
  return existsSync(program) ? program : null
}

function wasTried() {
  return existsSync(tried) && Date.now() - statSync(tried).mtimeMs < DAY_MS
}

/** By its own script, which goes on by itself where the line is slow: then a later start finds it. */
async function fetchIt() {
  mkdirSync(cacheFolder, { recursive: true })
  writeFileSync(tried, '')
  if (!(await answers())) return null
  console.error('Fetching Electron (once, about 110 MB) …')
  const child = spawn(process.execPath, [join(folder, 'install.js')], { stdio: 'ignore', detached: true })
  child.unref()
  const waiting = new AbortController()
  child.once('error', () => waiting.abort())
  child.once('exit', () => waiting.abort())
  await sleep(PATIENCE_MS, undefined, { signal: waiting.signal }).catch(() => {})
  if (!waiting.signal.aborted) console.error('It takes a while and goes on by itself; the next start will use it.')
  return installed()
}

/** Whether the place that Electron comes from can be reached at all; a closed network answers late or never. */
async function answers() {
  const place = process.env.npm_config_electron_mirror ?? process.env.ELECTRON_MIRROR ?? 'https://github.com/'
  try {
    await fetch(place, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(3000) })
    return true
  } catch {
    return false
  }
}
