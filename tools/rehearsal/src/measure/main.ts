import { loadavg } from 'node:os'
import { verificationPeople } from '@sax/release'
import { outreachPath } from '@sax/topology'
import { createPersonClient, placeOf } from '../load/person-client.ts'
import { builtRelease } from '../load/release-pair.ts'
import { signIn } from '../load/sign-in.ts'
import { withoutGates } from '../load/without-gates.ts'
import { machineText } from '../machine.ts'
import { writeFigures } from '../write-figures.ts'
import { runZones } from '../zones-command.ts'
import { functionsText } from './functions-text.ts'
import { measureFunctions } from './measure-functions.ts'

const usage = `usage: npm run rehearse -- --measure [--cold-starts 9] [--warm-calls 200]
  Measures how long the functions of this checkout's release take, cold and warm, and writes it to docs/performance.md.
  Leave the machine alone meanwhile.`

await writeFigures({
  usage,
  flag: 'measure',
  part: 'functions',
  counts: { 'cold-starts': 9, 'warm-calls': 200 },
  take: async ({ counts, inStage, ...taking }) => {
    const { say, signal } = taking
    const { folder, manifest } = await builtRelease(taking)
    const text = await inStage(async (rehearsal) => {
      const { stage, env, urls } = rehearsal
      say(`Deploying ${manifest.release} …`)
      const without = withoutGates(stage, manifest.release)
      await runZones({ arguments: ['deploy', stage, '--artefact', folder, ...without], env, signal })
      const client = createPersonClient(placeOf(rehearsal))
      await signIn(client, urls.host, verificationPeople.first, outreachPath('templates'))
      const cookies = await client.cookies(`${urls.host}/`)
      client.close()
      const loadBefore = loadavg()[0] ?? 0
      const [coldStarts, warmCalls] = [counts['cold-starts'], counts['warm-calls']]
      const figures = await measureFunctions(rehearsal, { coldStarts, warmCalls, cookies, say })
      return functionsText(manifest, figures, {
        ...{ date: new Date().toISOString().slice(0, 10), machine: machineText() },
        ...{ loadBefore, loadAfter: loadavg()[0] ?? 0 },
      })
    })
    return { text, part: text, isWell: true }
  },
})
