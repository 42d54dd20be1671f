export interface SampleTenant {
  readonly id: string
  readonly name: string
}

export interface SamplePractice {
  readonly id: string
  readonly tenantId: string
  readonly name: string
  /** E.164, from the numbers reserved for fiction. @source North American Numbering Plan, 555-0100 to 555-0199 */
  readonly phone: string
  /** IANA name */
  readonly timeZone: string
}

const north = '00000000-0000-0000-0000-000000000001'
const west = '00000000-0000-0000-0000-000000000002'

export const tenants: readonly SampleTenant[] = [
  { id: north, name: 'Northshore Sleep Partners' },
  { id: west, name: 'Pacific Rest Group' },
]

export const practices = [
  {
    id: '00000000-0000-0000-0000-000000000020',
    tenantId: north,
    name: 'Harbor Sleep Center',
    phone: '+16175550100',
    timeZone: 'America/New_York',
  },
  {
    id: '00000000-0000-0000-0000-000000000021',
    tenantId: north,
    name: "St. Brendan's Sleep Clinic",
    phone: '+12125550100',
    timeZone: 'America/New_York',
  },
  {
    id: '00000000-0000-0000-0000-000000000022',
    tenantId: north,
    name: 'Lakeview Respiratory & Sleep',
    phone: '+13125550100',
    timeZone: 'America/Chicago',
  },
  {
    id: '00000000-0000-0000-0000-000000000030',
    tenantId: west,
    name: 'Puget Sound Sleep',
    phone: '+12065550100',
    timeZone: 'America/Los_Angeles',
  },
  {
    id: '00000000-0000-0000-0000-000000000031',
    tenantId: west,
    name: 'Mesa Night Clinic',
    phone: '+16025550100',
    timeZone: 'America/Phoenix',
  },
] as const satisfies readonly SamplePractice[]
