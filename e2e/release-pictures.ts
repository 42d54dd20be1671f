import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from '@playwright/test'
import { repositoryRoot } from '@sax/local/settings'
import { startRehearsal } from '@sax/rehearsal'
import { readSources } from '@sax/zones/build'
import { run, takeTerminal } from './terminal.ts'

const STAGE = 'develop'
const GATES = ['check', 'test', 'infra-check', 'rehearsal'].flatMap((gate) => ['--without-gate', gate])
const BECAUSE = 'pictures of a rehearsal are taken'

/** Pictures of a release: deployed, looked at, ticked and gone back from, on a stage of this machine. Some minutes. */
export async function takeReleases(browser: Browser, imageDir: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sax-release-'))
  const say = (line: string) => void process.stderr.write(`${line}\n`)
  const first = await released('0.1.0')
  const second = await released('0.2.0')
  const rehearsal = await startRehearsal({ stage: STAGE, dataFolder: join(folder, 'stage'), say })
  const { NO_COLOR: _, ...env } = rehearsal.env
  const zones = (...args: readonly string[]) => run(args, env)
  const deploy = (artefact: string) => zones('deploy', STAGE, '--artefact', artefact, ...GATES, '--because', BECAUSE)
  try {
    await deploy(first)
    const { text } = await deploy(second)
    const command = `npx zones deploy ${STAGE} --artefact release --without-gate … --because "${BECAUSE}"`
    await takeTerminal(browser, join(imageDir, 'deploy.png'), { command, text })

    await zones('verify', STAGE, '--report', join(folder, 'report'))
    await takePage(browser, join(folder, 'report', 'index.html'), join(imageDir, 'verify-report.png'))

    await zones('checklist', STAGE, '--out', join(folder, 'checklist'))
    await takePage(browser, join(folder, 'checklist', 'checklist.html'), join(imageDir, 'checklist.png'))

    await zones('rollback', STAGE)
    await takeTerminal(browser, join(imageDir, 'releases.png'), await zones('releases', STAGE))
  } finally {
    await rehearsal.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Folder of this checkout's release, built where it is not there yet. */
async function released(version: string): Promise<string> {
  const { digest } = readSources(repositoryRoot)
  const folder = join(repositoryRoot, '.local', 'releases', `${version}-${digest.slice(0, 12)}`)
  if (!existsSync(folder)) await run(['build', '--version', version, '--out', folder], {})
  return folder
}

/** The upper part of a page that a command wrote: what a person sees first. */
async function takePage(browser: Browser, file: string, path: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1000 }, colorScheme: 'light' })
  await page.goto(pathToFileURL(file).href)
  await page.screenshot({ path })
  await page.close()
  process.stdout.write(`${path} (${Math.round(statSync(path).size / 1024)} kB)\n`)
}
