import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { repositoryRoot } from '@sax/local/settings'
import AnsiToHtml from 'ansi-to-html'
import { env as environment } from './env.ts'

/** What a command printed, as a person would have seen it. */
interface Printed {
  readonly command: string
  /** With the terminal's colours. */
  readonly text: string
}

/** Runs `npx zones`. 2 means that it could not look, which no picture is meant to show. */
export async function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Printed> {
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

/** A picture of a terminal that shows what a command printed. */
export async function takeTerminal(browser: Browser, path: string, { command, text }: Printed): Promise<void> {
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
