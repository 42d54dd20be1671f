import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export type Chromium =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'missing'; readonly why: string }

const USUAL_PLACES = [
  ...['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'],
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Path of the machine's own Chromium, or undefined when it has none where programs usually lie. */
export function usualChromium(): string | undefined {
  return USUAL_PLACES.find((path) => existsSync(path))
}

/**
 * The Chromium to test with: the wished one, else the machine's own, else one that is installed now, from the
 * distribution when we may, else as Playwright brings it.
 */
export function ensureChromium(root: string, wished: string | undefined, say: (text: string) => void): Chromium {
  if (wished !== undefined) {
    return existsSync(wished)
      ? found(wished)
      : { kind: 'missing', why: `CHROMIUM_PATH names ${wished}, which is not there` }
  }
  const usual = usualChromium()
  if (usual !== undefined) return found(usual)
  if (process.platform === 'linux' && process.getuid?.() === 0 && hasProgram('apt-get')) {
    say('Installing Chromium from the distribution …')
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' })
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { stdio: 'inherit' })
    if (existsSync('/usr/bin/chromium')) return found('/usr/bin/chromium')
  }
  say('Installing Chromium through Playwright …')
  const cli = join(root, 'node_modules', 'playwright-core', 'cli.js')
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'inherit' })
  const asked = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', "import { chromium } from 'playwright-core'; console.log(chromium.executablePath())"],
    { cwd: root, encoding: 'utf8' },
  )
  const path = asked.stdout.trim()
  return path !== '' && existsSync(path)
    ? found(path)
    : { kind: 'missing', why: 'no Chromium was found and none could be installed' }
}

function found(path: string): Chromium {
  return { kind: 'found', path }
}

function hasProgram(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0
}
