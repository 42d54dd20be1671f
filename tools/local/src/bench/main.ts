import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { repositoryRoot } from '../settings.ts'
import { benchConversations } from './conversations/bench.ts'
import { withPart } from './performance-parts.ts'
import { benchSite } from './site-bench.ts'

const USAGE = `usage: npm run bench -- [--only site|conversations] [--seconds N]
  --only     one of the two parts; without it both, which takes half an hour
  --seconds  how long coordinators and texts load the backend (300)`
const PAGE = join(repositoryRoot, 'docs', 'performance.md')
const PARTS = { site: benchSite, conversations: (say: Say) => benchConversations({ seconds, say }) }

type Say = (line: string) => void

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seconds: { type: 'string', default: '300' },
    help: { type: 'boolean', default: false },
  },
})
const seconds = Number(values.seconds)
const known = Object.keys(PARTS) as (keyof typeof PARTS)[]
const wanted = known.filter((part) => values.only === undefined || values.only === part)

if (values.help) print(USAGE)
else if (wanted.length === 0 || !Number.isInteger(seconds) || seconds < 10) {
  print(USAGE)
  process.exitCode = 2
} else for (const part of wanted) await bench(part)

async function bench(part: keyof typeof PARTS): Promise<void> {
  const figures = await PARTS[part](print)
  writeFileSync(PAGE, withPart(readFileSync(PAGE, 'utf8'), part, figures))
  print(`\n${figures}\nWritten to docs/performance.md`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
