import type { DeployedStage } from '@sax/infra/account-facts'

/** A number that no template holds: what people will do, and how big things are. */
export interface Assumption {
  readonly what: string
  readonly unit: string
  readonly values: Readonly<Record<DeployedStage, number>>
}

const each = (what: string, unit: string, develop: number, staging: number, production: number): Assumption => ({
  what,
  unit,
  values: { develop, staging, production },
})
const same = (what: string, unit: string, value: number) => each(what, unit, value, value, value)

/** The one place to change what an estimate rests on; for one run, `--assume name=value`. */
export const assumptions = {
  people: each('People who work with the site.', 'people', 5, 5, 60),
  hoursAPerson: each('Hours that one of them has it open.', 'hours a month', 40, 20, 160),
  pagesAnHour: same('Pages that one of them opens in an hour.', 'pages', 30),
  zoneShare: same('Share of these pages that belong to the outreach zone.', 'of 1', 0.8),
  filesAPage: same('Scripts, styles and fonts that a browser asks for per page, over those it has.', 'files', 3),
  callsAPage: same('API calls of a page, beside those that wait for news.', 'calls', 6),
  newsCallsAMinute: same(
    'Calls for news that an open page makes: a reply has to be visible within 3 seconds.',
    'calls',
    20,
  ),
  messages: each('Text messages sent and received.', 'messages a month', 500, 500, 60_000),
  callbacksAMessage: same('Calls of the carrier about one message.', 'calls', 2),

  hostPageMs: same('Time that the host takes for a page of its own.', 'ms', 60),
  zonePageMs: same('Time that the zone takes for a page.', 'ms', 80),
  zoneApiMs: same('Time that the zone takes for an API call, waiting for the backend included.', 'ms', 40),
  carryMs: same('Time that the host adds to what it carries to the zone.', 'ms', 10),
  backendMs: same('Time that the backend takes for a call.', 'ms', 20),
  workerMs: same('Time that the worker takes for a batch of messages, or for a look around.', 'ms', 400),
  messagesABatch: same('Messages that the worker gets at a time.', 'messages', 2),
  pageKb: same('Size of a page as it is sent.', 'KB', 30),
  fileKb: same('Size of a script, style or font as it is sent.', 'KB', 40),
  callKb: same('Size of an API answer as it is sent; most say that there is no news.', 'KB', 1),
  cachedFiles: same('Share of files that an edge answers by itself.', 'of 1', 0.9),

  averageAcu: each(
    'Aurora capacity of one instance over day and night; never less than its minimum.',
    'ACU',
    0.5,
    0.5,
    2.5,
  ),
  databaseGb: each('Size of the database.', 'GB', 2, 2, 40),
  databaseIoMillions: each('Reads and writes that reach its storage.', 'million a month', 5, 5, 80),
  backupGb: each('Backups beyond the size of the database, which are free.', 'GB', 0, 0, 40),

  natGb: each(
    'Data through the NAT gateways: the carrier, and logs and traces on their way to AWS.',
    'GB a month',
    2,
    2,
    40,
  ),
  natOutGb: each('Part of it that leaves AWS.', 'GB a month', 0.5, 0.5, 5),
  endpointGb: each('Data through the interface endpoints.', 'GB a month', 1, 1, 10),
  betweenZonesGb: each('Data between availability zones, in one direction.', 'GB a month', 2, 2, 80),
  flowLogGb: each('Records of who spoke to whom in the network.', 'GB a month', 1, 1, 15),

  callLogKb: same('Log lines of one call of a function, its start and end included.', 'KB', 1.2),
  apiLogKb: same('Log line of one API request.', 'KB', 0.5),
  accessLogKb: same('Access log line of one request to a distribution.', 'KB', 0.7),
  fileLogKb: same('Shorter line of the same request that the hit ratio is read off.', 'KB', 0.15),
  databaseLogGb: each('Log and operating system measures of the database and its proxy.', 'GB a month', 0.5, 0.5, 3),
  refusedShare: same('Share of requests that the firewalls write down.', 'of 1', 0.005),
  firewallLogKb: same('Firewall log line of one request.', 'KB', 2),
  logCompression: same('What is left of log lines when they are stored.', 'of 1', 0.15),
  accessLogMonths: same('Months that access logs are kept.', 'months', 13),
  searchedLogGb: each('Log lines searched.', 'GB a month', 5, 5, 100),
  tracedShare: same('Share of calls that X-Ray records: the first in each second, and 5 % of the rest.', 'of 1', 0.3),
  alarmMails: same('E-mails that alarms send.', 'e-mails a month', 100),

  releases: each('Releases of the stage, all zones together.', 'a month', 60, 20, 8),
  filesARelease: same('Files that a release uploads.', 'files', 300),
  storedAssetGb: each('Files of all releases that are kept.', 'GB', 3, 2, 2),
  warmProcesses: each('Processes of functions alive at a time, over day and night.', 'processes', 1, 1, 12),
  readsAnHour: same('How often a process reads one secret.', 'an hour', 12),
  secretsAProcess: same('Secrets that a process reads.', 'secrets', 2),
  keyCalls: each('Uses of the encryption keys.', 'million a month', 0.1, 0.1, 1),
} as const satisfies Readonly<Record<string, Assumption>>

export type AssumptionName = keyof typeof assumptions
export type Assumed = Readonly<Record<AssumptionName, number>>

export type ParsedAssumptions =
  | { readonly kind: 'ok'; readonly assumed: Assumed; readonly changed: ReadonlySet<AssumptionName> }
  | { readonly kind: 'refused'; readonly why: string }

/** The numbers of a stage, with those of `overrides` (`name=value`) in place of the stage's own. */
export function assumedFor(stage: DeployedStage, overrides: readonly string[]): ParsedAssumptions {
  const names = Object.keys(assumptions) as AssumptionName[]
  const assumed = Object.fromEntries(names.map((name) => [name, assumptions[name].values[stage]])) as Record<
    AssumptionName,
    number
  >
  const changed = new Set<AssumptionName>()
  for (const override of overrides) {
    const [, name = '', digits = ''] = /^([A-Za-z]+)=(\d{1,15}(?:\.\d+)?)$/.exec(override) ?? []
    const known = names.find((candidate) => candidate === name)
    if (digits === '') return { kind: 'refused', why: `--assume takes name=value with a number, not "${override}".` }
    if (known === undefined)
      return { kind: 'refused', why: `Nothing called "${name}" is assumed; there are ${names.join(', ')}.` }
    if (assumptions[known].unit === 'of 1' && Number(digits) > 1)
      return { kind: 'refused', why: `${name} is a share, from 0 to 1.` }
    assumed[known] = Number(digits)
    changed.add(known)
  }
  return { kind: 'ok', assumed, changed }
}
