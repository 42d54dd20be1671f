import { createLogger } from '@sax/logging'
import { openDatabase } from '../../src/store/database.ts'
import { realWorker } from './real-worker.ts'

/** A worker in a process of its own that kills itself at the step that it is told. */
const [databaseUrl = '', carrierUrl = '', step = ''] = process.argv.slice(2)
const logger = createLogger({ service: 'worker', level: 'error' })
const worker = realWorker({
  database: openDatabase({ address: { kind: 'url', url: databaseUrl }, logger }),
  carrierUrl,
  logger,
  onStep: (reached) => {
    if (reached === step) process.kill(process.pid, 'SIGKILL')
  },
})
await worker.sweep(1)
process.exit(3)
