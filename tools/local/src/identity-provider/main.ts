import { createLogger } from '@sax/logging'
import { hostPath } from '@sax/topology'
import { samplePeople } from './directory.ts'
import { readEnvironment } from './env.ts'
import { createProvider } from './provider.ts'
import { createIdentityServer } from './server.ts'
import { keptSigningKeys } from './signing-keys.ts'

const env = readEnvironment()
const log = createLogger({ service: 'identity-provider', level: env.LOG_LEVEL })
const provider = createProvider({
  issuer: `http://localhost:${env.PORT}/`,
  keys: await keptSigningKeys(env.DATA_DIR),
  clientId: env.CLIENT_ID,
  clientSecret: env.CLIENT_SECRET,
  appBaseUrl: env.APP_BASE_URL,
  callbackPath: hostPath('auth', 'callback'),
  afterSignOutPaths: [hostPath(''), hostPath('login'), hostPath('signed-out')],
  claimsNamespace: env.CLAIMS_NAMESPACE,
  people: samplePeople,
  nowMs: () => Date.now(),
})
const server = createIdentityServer({ provider, siteUrl: env.APP_BASE_URL, people: samplePeople, log })
server.on('error', () => {
  log.error('cannot listen', { port: env.PORT })
  process.exit(1)
})
server.listen(env.PORT, '127.0.0.1', () => log.info('listening', { port: env.PORT, release: env.RELEASE }))

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close(() => process.exit(0))
    server.closeIdleConnections()
    setTimeout(() => process.exit(0), 1500).unref()
  })
}
