import { setPriority } from 'node:os'
import { machineText } from '../machine.ts'
import { writeFigures } from '../write-figures.ts'
import { loadPart, loadText } from './load-text.ts'
import { loadWhileReleasing } from './load-while-releasing.ts'
import { releasePair } from './release-pair.ts'

/** Who asks, and the front door, are in this process; in a stage nobody else works on their computers. */
function goFirst(): void {
  try {
    setPriority(-10)
  } catch {
    // Only an administrator of this machine may; without it the figures are worse, and as true.
  }
}

const usage = `usage: npm run rehearse -- --load [--times 10] [--per-second 50]
  Deploys a release and rolls it back, again and again, while people who are signed in work. Fails when they notice.
  What came of it is written to docs/performance.md. Leave the machine alone meanwhile.`

await writeFigures({
  usage,
  flag: 'load',
  part: 'load',
  counts: { times: 10, 'per-second': 50 },
  take: async ({ counts, inStage, ...taking }) => {
    const { a, b } = await releasePair(taking)
    const report = await inStage((stage) => {
      goFirst()
      return loadWhileReleasing(stage, a, b, { ...taking, times: counts.times, perSecond: counts['per-second'] })
    })
    const text = loadText(report)
    const today = new Date().toISOString().slice(0, 10)
    return { text, part: loadPart(text, `${today}: ${machineText()}.`), isWell: report.faults.length === 0 }
  },
})
