// Plays a script to a running simulator: node tools/local/src/carrier/play/main.ts <file> [address of the simulator]
import { readFileSync } from 'node:fs'
import { localPorts } from '@sax/topology'
import { parseScript } from './script.ts'

const [file, address = `http://127.0.0.1:${localPorts.carrierSimulator}`] = process.argv.slice(2)
process.exitCode = await play()

/** Returns the exit code. */
async function play(): Promise<number> {
  if (file === undefined) return failed('Which script? node tools/local/src/carrier/play/main.ts <file> [address]')
  const text = readFileSync(file, 'utf8')
  const script = parseScript(text)
  if (script.kind === 'refused') return failed(`Line ${script.line} ${script.why}`)
  const answer = await fetch(`${address}/control/script`, { method: 'POST', body: text }).catch(() => undefined)
  if (answer === undefined) return failed(`Nothing answers at ${address}. Start it with npm start.`)
  const played: unknown = await answer.json()
  process.stdout.write(`${JSON.stringify(played)}\n`)
  return answer.ok && JSON.stringify(played).includes('"played"') ? 0 : 1
}

function failed(words: string): number {
  process.stderr.write(`${words}\n`)
  return 1
}
