// Runs before anything is installed, on the Node that npm itself runs on: plain JavaScript, nothing but Node's own modules.
// It sees to it that the packages and the Node of the lock file are there, then hands over to them.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const OLDEST_NODE = [20, 19]
const PARENT_EVERY_MS = 500
const MARK = join(root, 'node_modules', '.lock-hash')

/** Entry point of each command of package.json, and what it is told. */
const COMMANDS = {
  start: ['tools/local/src/main.ts', 'start'],
  dev: ['tools/local/src/main.ts', 'dev'],
  reset: ['tools/local/src/main.ts', 'reset'],
  test: ['tools/local/src/test/main.ts'],
  bench: ['tools/local/src/bench/main.ts'],
  check: ['tools/checks/src/main.ts'],
  'first-load': ['e2e/first-load.ts'],
  incidents: ['tools/checks/src/incidents/main.ts'],
  screenshots: ['e2e/screenshots.ts'],
  rehearse: ['tools/rehearsal/src/main.ts'],
  'infra:check': ['tools/zones/src/main.ts', 'infra', 'check'],
}

const [command, ...rest] = process.argv.slice(2)
const entry = COMMANDS[command]
if (entry === undefined) fail(`usage: npm run ${Object.keys(COMMANDS).join(' | ')}`)
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  fail(`Node ${OLDEST_NODE.join('.')} or newer is needed to begin with; this is ${process.versions.node}.`)
}

if (!packagesMatchLock()) install()
const node = projectNode()
const child = spawn(node, [join(root, entry[0]), ...entry.slice(1), ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter) },
})
// Ctrl-C reaches the child as well; it stops in its own time, and this process ends with it. Other signals reach only one of us.
process.on('SIGINT', () => undefined)
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
// npm may be ended without a word to us: its shell takes the signal and does not pass it on.
const parent = process.ppid
setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), PARENT_EVERY_MS).unref()
child.once('error', (error) => fail(error.message))
child.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))

/** True when what is installed is what the lock file says. The mark spares the comparison. */
function packagesMatchLock() {
  const hash = lockHash()
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === hash) return true
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages
  const wanted = readJson(join(root, 'package-lock.json'))?.packages
  if (installed === undefined || wanted === undefined) return false
  const same = Object.entries(wanted).every(([path, { version, optional, devOptional, link, peer }]) => {
    if (path === '' || !path.includes('node_modules/')) return true
    if (installed[path] === undefined) return optional === true || devOptional === true || peer === true
    return link === true || installed[path].version === version
  })
  if (same) writeFileSync(MARK, hash)
  return same
}

function install() {
  console.log('Installing the packages of package-lock.json …')
  const startedMs = Date.now()
  const { status } = npm('ci', '--no-audit', '--no-fund', '--loglevel=error')
  if (status !== 0) fail('The packages could not be installed; npm says why above.')
  writeFileSync(MARK, lockHash())
  console.log(`Installed in ${((Date.now() - startedMs) / 1000).toFixed(0)} s`)
}

/** Path of the Node that the lock file names, whatever is installed on this machine. */
function projectNode() {
  const { version } = readJson(join(root, 'node_modules', 'node', 'package.json')) ?? {}
  const path = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (versionOf(path) !== `v${version}`) {
    // npm 12 runs no install script that is not allowed by name; this one fetches Node itself.
    console.log(`Fetching Node ${version} …`)
    spawnSync(process.execPath, ['installArchSpecificPackage.js'], {
      cwd: join(root, 'node_modules', 'node'),
      stdio: 'inherit',
    })
  }
  if (versionOf(path) === `v${version}`) return path
  if (major >= 24) return process.execPath
  return fail(`Node ${version} could not be fetched. Install Node 24 and try again.`)
}

function versionOf(path) {
  return existsSync(path) ? spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout?.trim() : undefined
}

function npm(...args) {
  // Run by npm, this process knows where it lies; run by hand, the shell has to find it.
  const cli = process.env.npm_execpath
  if (cli?.endsWith('.js')) return spawnSync(process.execPath, [cli, ...args], { cwd: root, stdio: 'inherit' })
  return spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
