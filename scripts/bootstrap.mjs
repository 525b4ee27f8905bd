// The start of every command in this folder. It runs under whatever Node the system has (20 or newer), so it imports
// nothing that an install brings.

import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

export const root = dirname(import.meta.dirname)

const modules = join(root, 'node_modules')
const windows = process.platform === 'win32'
const node24 = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node')

/** What earlier starts found out; goes away with node_modules. */
export const cacheFolder = join(modules, '.cache', 'jacquard')
const stamp = join(cacheFolder, 'installed')

/** @type {readonly NodeJS.Signals[]} */
const signals = windows ? ['SIGINT', 'SIGTERM'] : ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Installs the packages where they are not as package-lock.json says, and puts Node 24 first for whatever is started. */
export function prepare() {
  if (!isInstalled()) install()
  linkCommand()
  putFirstOnPath()
}

/** `prepare`, and this very script under Node 24: where an older one runs it, it is started again and this never returns. */
export async function underNode24() {
  prepare()
  if (Number.parseInt(process.versions.node, 10) < 24) await become(process.argv.slice(1))
}

/**
 * Goes on as another program of Node 24, in this process where the system can do that.
 * @param {readonly string[]} args
 * @returns {Promise<never>}
 */
export async function become(args) {
  if (process.execve !== undefined && !windows) process.execve(node24, [node24, ...args], process.env)
  process.exit(await follow(node24, args))
}

/** `npx jacquard` looks into node_modules/.bin first; npm puts no link there for a project's own commands. */
function linkCommand() {
  const link = join(modules, '.bin', 'jacquard')
  if (!windows && !existsSync(link)) symlinkSync(join('..', '..', 'scripts', 'jacquard.mjs'), link)
}

function putFirstOnPath() {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  process.env[name] = [dirname(node24), join(modules, '.bin'), process.env[name]].join(delimiter)
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
}

/** A hash and two look-ups when all is well; the slower comparison only after the lock file has changed. */
function isInstalled() {
  if (!existsSync(node24)) return false
  const hash = lockHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return true
  if (!matchesLock()) return false
  remember(hash)
  return true
}

/** @param {string} hash */
function remember(hash) {
  mkdirSync(cacheFolder, { recursive: true })
  writeFileSync(stamp, hash)
}

/** Whether npm's own record of what it installed says the same as the lock file, packages for other systems apart. */
function matchesLock() {
  const record = join(modules, '.package-lock.json')
  if (!existsSync(record)) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const present = JSON.parse(readFileSync(record, 'utf8')).packages
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true
    return present[path] === undefined ? optional || devOptional : present[path].version === version
  })
}

/**
 * `npm install` and not `npm ci`: that takes away a node_modules that is in use, and demands that the lock file names the
 * native packages of every system, which a lock file written on one system may not do.
 */
function install() {
  console.error(
    existsSync(modules) ? 'Installing the packages that changed …' : 'Installing packages (once, about a minute) …',
  )
  const done = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    shell: windows,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (done.status !== 0 || !existsSync(node24)) {
    console.error(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`)
    console.error('The packages could not be installed. Run `npm install` in this folder to see why.')
    process.exit(1)
  }
  remember(lockHash())
}

/**
 * Runs a program in this terminal to its end, with the signals that this process gets.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code, 128 + n where signal n ended it
 */
export function follow(program, args, options = {}) {
  const child = spawn(program, args, { stdio: 'inherit', ...options })
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => {
    // A terminal sends Ctrl-C to both of us; passed on as well, the child would see it twice.
    const fromTerminal = signal === 'SIGINT' && (process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY)
    if (!fromTerminal) child.kill(signal)
  }
  for (const signal of signals) process.on(signal, pass)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      for (const name of signals) process.off(name, pass)
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}
