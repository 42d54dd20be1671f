import { answering } from '../answering.ts'
import { materializedKinds } from '../cloudformation/resources/all-kinds.ts'
import { keptKinds } from '../cloudformation/resources/kept-kinds.ts'
import { AccountKeys } from '../server/account-keys.ts'
import { Faults } from '../server/faults.ts'
import { newWorld } from '../world.ts'

/** What the layer knows, as the lists of its README. */
export function coverage(): string {
  return [
    '### Answered here',
    '',
    ...ownServices(),
    '',
    '### Resource types of CloudFormation',
    '',
    'Other services see these as well:',
    '',
    ...materialized(),
    '',
    'These are checked against the schema and then only remembered. All can be imported, none has drift:',
    '',
    ...keptKinds().map(({ type }) => `- \`${type.slice(5)}\``),
  ].join('\n')
}

function ownServices(): readonly string[] {
  const world = newWorld({ accountId: '000000000000', hostedZones: [], concurrencyLimit: 1000, pendingLooks: 0 })
  const clients = () => {
    throw new Error('nobody is called when the operations are listed')
  }
  const faults = new Faults()
  const { services } = answering(world, {
    keys: new AccountKeys(),
    clients,
    faults,
    pendingLooks: 0,
    resourcePauseMs: 0,
  })
  return [...services.values()].map(({ name, handled }) => `- \`${name}\`: ${[...handled].sort().join(', ')}`)
}

function materialized(): readonly string[] {
  return materializedKinds.map(({ type, read, drift, importable }) => {
    const can = [read === undefined ? [] : ['read back'], drift ? ['drift'] : [], importable ? ['import'] : []].flat()
    return `- \`${type.slice(5)}\`: ${can.join(', ') || 'made, changed and deleted only'}`
  })
}

const BEGIN = '<!-- what follows is made by src/coverage/main.ts -->'
const END = '<!-- up to here -->'

/** A README with the tables brought up to date. @throws Error when it has no place for them */
export function withCoverage(readme: string): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)]
  if (begin === -1 || end < begin) throw new Error(`the README holds no ${BEGIN} and ${END} after it`)
  return `${readme.slice(0, begin)}${BEGIN}\n\n${coverage()}\n\n${readme.slice(end)}`
}
