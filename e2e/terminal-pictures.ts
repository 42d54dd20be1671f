import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Browser } from '@playwright/test'
import { startCloud } from '@sax/cloud'
import { type AccountFacts, exampleFacts } from '@sax/infra'
import { repositoryRoot } from '@sax/local/settings'
import AnsiToHtml from 'ansi-to-html'
import { env as environment } from './env.ts'

/** What a command printed, as a person would have seen it. */
interface Printed {
  readonly command: string
  /** With the terminal's colours. */
  readonly text: string
}

/** Pictures of what commands print. Each is run as a person runs it; those that speak to AWS, against a laptop's. */
export async function takeTerminals(browser: Browser, imageDir: string): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'sax-terminal-'))
  const { facts, cloud } = await ownAccount()
  const zones = (...args: readonly string[]) => run(args, { ...cloud.env, SAX_ACCOUNTS_ROOT: root, SAX_POLL_MS: '50' })
  try {
    const cost = await zones('infra', 'cost', 'production')
    await take(browser, join(imageDir, 'infra-cost.png'), { ...cost, text: until(cost.text, /^\s*all\s/) })

    keep(root, facts)
    await zones('infra', 'apply', 'develop', '--yes')
    await take(browser, join(imageDir, 'infra-status.png'), await zones('infra', 'status', 'develop'))

    // One small word: that the account trusts GitHub already, which this stage had brought about.
    keep(root, { ...facts, ...trustedAlready(facts), alarmEmails: [...facts.alarmEmails, 'on-call@example.com'] })
    await take(browser, join(imageDir, 'infra-plan-refused.png'), await zones('infra', 'plan', 'develop'))
  } finally {
    await cloud.stop()
    rmSync(root, { recursive: true, force: true })
  }
}

/** The example account of develop, with its domain delegated. */
async function ownAccount() {
  const facts = exampleFacts('develop')
  const [domain = '', id = ''] = Object.entries(facts.hostedZones)[0] ?? []
  return { facts, cloud: await startCloud({ accountId: facts.accountId, hostedZones: [{ domain, id }] }) }
}

function keep(root: string, facts: AccountFacts): void {
  const path = join(root, 'packages', 'topology', 'accounts', 'develop.json')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, JSON.stringify(facts))
}

function trustedAlready({ github }: AccountFacts): Pick<AccountFacts, 'github'> {
  return github === undefined ? {} : { github: { ...github, provider: 'exists' } }
}

/** Runs `npx zones`. 2 means that it could not look, which no picture is meant to show. */
async function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Printed> {
  const { PATH, HOME } = environment()
  const bin = join(repositoryRoot, 'tools', 'zones', 'bin', 'zones.mjs')
  const command = ['npx zones', ...args].join(' ')
  const text = await new Promise<string>((resolve, reject) => {
    const options = { env: { PATH, HOME, FORCE_COLOR: '1', ...env }, maxBuffer: 2 ** 24 }
    execFile(process.execPath, [bin, ...args], options, (error, stdout, stderr) => {
      if (error === null || error.code === 1) resolve(stdout)
      else reject(new Error(`${command}: ${stderr}`, { cause: error }))
    })
  })
  return { command, text: text.trimEnd() }
}

function until(text: string, last: RegExp): string {
  const lines = text.split('\n')
  const end = lines.findIndex((line) => last.test(withoutColours(line)))
  if (end === -1) throw new Error(`no line ${last}`)
  return lines.slice(0, end + 1).join('\n')
}

const withoutColours = (text: string) => text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '')

async function take(browser: Browser, path: string, { command, text }: Printed): Promise<void> {
  const colours = { 1: '#f85149', 2: '#3fb950', 3: '#d29922', 4: '#58a6ff', 5: '#bc8cff', 6: '#39c5cf' }
  const html = new AnsiToHtml({ escapeXML: true, fg: '#e6edf3', bg: '#0d1117', colors: colours }).toHtml(text)
  const page = await browser.newPage({ deviceScaleFactor: 1 })
  await page.setContent(`<!doctype html><style>
    body { margin: 0; background: #0d1117; width: max-content; }
    pre { margin: 0; padding: 20px 24px; color: #e6edf3; font: 13px/1.45 'DejaVu Sans Mono', monospace; }
    .command { color: #8b949e; }
  </style><pre><span class="command">$ ${command}</span>\n${html}</pre>`)
  await page.locator('pre').screenshot({ path })
  await page.close()
  process.stdout.write(`${path} (${Math.round(statSync(path).size / 1024)} kB)\n`)
}
