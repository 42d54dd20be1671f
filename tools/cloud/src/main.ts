import { startCloud } from './cloud.ts'
import { isMotoInstalled } from './moto/moto-process.ts'

const [accountId = '111122223333', ...domains] = process.argv.slice(2)

if (!/^\d{12}$/.test(accountId)) {
  refuse(`${accountId} is no account number; give twelve digits, and then the domains of hosted zones.`)
} else if (!isMotoInstalled()) {
  refuse('moto_server is not installed; install it with: pip install "moto[server]==5.2.1"')
} else {
  const cloud = await startCloud({ accountId, hostedZones: domains.map((domain) => ({ domain })) })
  for (const [name, value] of Object.entries(cloud.env)) process.stdout.write(`export ${name}='${value}'\n`)
  for (const domain of domains) process.stderr.write(`${domain} is hosted zone ${cloud.hostedZone(domain).id}\n`)
  process.stderr.write('Running until Ctrl-C.\n')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void cloud.stop())
}

function refuse(reason: string): void {
  process.stderr.write(`${reason}\n`)
  process.exitCode = 2
}
