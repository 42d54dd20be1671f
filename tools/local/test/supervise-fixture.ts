// A supervisor in a process of its own, to be killed by a test.
import { startSite } from '../src/site/start-site.ts'
import { fixtureParts } from './fixture-site.ts'

const { dataDir, ports } = JSON.parse(process.argv[2] ?? '{}') as { dataDir: string; ports: Record<string, number> }
const site = await startSite({ dataDir, ports, anyPublicPort: true, release: 'test', partsOf: fixtureParts })
process.on('SIGTERM', () => {
  void site.stop().then(() => process.exit(0))
})
console.log(JSON.stringify(site.site.parts))
