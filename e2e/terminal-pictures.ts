import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Browser } from '@playwright/test'
import { startCloud } from '@sax/cloud'
import { exampleFacts } from '@sax/infra'
import type { AccountFacts } from '@sax/infra/account-facts'
import { run, takeTerminal } from './terminal.ts'

/** Pictures of what commands print. Each is run as a person runs it; those that speak to AWS, against a laptop's. */
export async function takeTerminals(browser: Browser, imageDir: string): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'sax-terminal-'))
  const { facts, cloud } = await ownAccount()
  const zones = (...args: readonly string[]) => run(args, { ...cloud.env, SAX_ACCOUNTS_ROOT: root, SAX_POLL_MS: '50' })
  try {
    const cost = await zones('infra', 'cost', 'production')
    await takeTerminal(browser, join(imageDir, 'infra-cost.png'), { ...cost, text: until(cost.text, /^\s*all\s/) })

    keep(root, facts)
    await zones('infra', 'apply', 'develop', '--yes')
    await takeTerminal(browser, join(imageDir, 'infra-status.png'), await zones('infra', 'status', 'develop'))

    // One small word: that the account trusts GitHub already, which this stage had brought about.
    keep(root, { ...facts, ...trustedAlready(facts), alarmEmails: [...facts.alarmEmails, 'on-call@example.com'] })
    await takeTerminal(browser, join(imageDir, 'infra-plan-refused.png'), await zones('infra', 'plan', 'develop'))
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

function until(text: string, last: RegExp): string {
  const lines = text.split('\n')
  const end = lines.findIndex((line) => last.test(withoutColours(line)))
  if (end === -1) throw new Error(`no line ${last}`)
  return lines.slice(0, end + 1).join('\n')
}

const withoutColours = (text: string) => text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '')
