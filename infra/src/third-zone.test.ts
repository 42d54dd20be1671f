import { describe, expect, test } from 'vitest'
import { functionsOf, functionsOfStage } from './functions.ts'
import { exampleStage, ofType, propertiesOf, stackIn, synthesized } from './test/synthesized.ts'
import { withThirdZone } from './test/with-third-zone.ts'

const described = withThirdZone(exampleStage('develop'))
const site = stackIn(synthesized([described], ['edge']), 'sleepconnect-develop-edge')
const at = (id: string) => propertiesOf(site, id)
const NAME = 'sax-lambda-us-east-1-0x-d-scheduling'

describe('a zone that is one entry of the topology', () => {
  test('has a function for its pages and one for its API routes, which share a log group', () => {
    const own = functionsOf(described).filter(({ role }) => role.startsWith('scheduling'))
    expect(own.map(({ kind, role, id, functionName, logs }) => [kind, role, id, functionName, logs.name])).toEqual([
      [
        'zone-pages',
        'scheduling-server',
        'SchedulingPages',
        `${NAME}-server_develop`,
        `/aws/lambda/${NAME}-server_develop`,
      ],
      [
        'zone-api-routes',
        'scheduling-api-routes',
        'SchedulingApiRoutes',
        `${NAME}-api-routes_develop`,
        `/aws/lambda/${NAME}-server_develop`,
      ],
    ])
    expect(at('SchedulingPagesLogs')).toMatchObject({ LogGroupName: `/aws/lambda/${NAME}-server_develop` })
    expect(site.resources.SchedulingApiRoutesLogs).toBeUndefined()
  })

  test('knows the host, the API of the stack and the secret it verifies with', () => {
    expect(at('SchedulingPagesFunction')).toMatchObject({
      Environment: {
        Variables: {
          SLEEPCONNECT_URL: 'https://dev.mydreamconnect.com',
          USER_CONTEXT_SECRET_ID: 'sleepconnect/develop/user-context',
        },
      },
    })
    expect(at('SchedulingApiRoutesFunction').Environment).toEqual(at('OutreachApiRoutesFunction').Environment)
  })

  test('is known to the host', () => {
    expect(at('SleepconnectPagesFunction')).toMatchObject({
      Environment: { Variables: { SCHEDULING_APP_URL: 'https://scheduling-dev.mydreamconnect.com' } },
    })
  })

  test('is watched, measured and shown like the others', () => {
    const alarms = ofType(site, 'AWS::CloudWatch::Alarm').map(([id]) => id)
    const like = (id: string) => alarms.filter((one) => one.startsWith(id)).map((one) => one.slice(id.length))
    expect(like('SchedulingPages')).toEqual(like('OutreachPages'))
    expect(like('SchedulingApiRoutes')).toEqual(like('OutreachApiRoutes'))
    expect(like('SchedulingDistribution')).toEqual(like('OutreachDistribution'))
    expect(at('StaticFilesAsked').FilterPattern).toContain('$.cs-uri-stem = "/scheduling-static/_next/static/*"')
    const body = JSON.stringify(at('Dashboard').DashboardBody)
    for (const title of ['SchedulingDistribution', 'scheduling-server', 'scheduling-api-routes']) {
      expect(body).toContain(`${title}: `)
    }
  })

  test('has names, certificate, firewall with its log, bucket and outputs', () => {
    for (const id of [
      'SchedulingDevMydreamconnectComA',
      'SchedulingDevMydreamconnectComAAAA',
      'SchedulingCertificate',
      'SchedulingFirewallLogging',
      'SchedulingAssetsBucketPolicy',
      'SchedulingDistributionAccessLogDelivery',
    ]) {
      expect(Object.keys(site.resources)).toContain(id)
    }
    expect(site.outputs.SchedulingDistributionId?.Value).toEqual({ Ref: 'SchedulingDistribution' })
  })

  test('is released with the others', () => {
    const policy = JSON.stringify(at('DeployPolicy').PolicyDocument)
    expect(policy).toContain(`function:${NAME}-api-routes_develop`)
    expect(policy).toContain('sax-nextjs-us-east-1-develop-scheduling-assets/*')
    expect(policy).toContain('SchedulingDistribution')
  })
})

test('the functions of this site, with the stack that each is in', () => {
  expect(functionsOfStage('staging').map(({ role, kind, stackName }) => [role, kind, stackName])).toEqual([
    ['outreach-api', 'backend', 'sleepconnect-backend-staging'],
    ['outreach-worker', 'worker', 'sleepconnect-backend-staging'],
    ['outreach-migrations', 'migrations', 'sleepconnect-backend-staging'],
    ['sleep-connect-server', 'host-pages', 'sleepconnect-staging'],
    ['outreach-server', 'zone-pages', 'sleepconnect-staging'],
    ['outreach-api-routes', 'zone-api-routes', 'sleepconnect-staging'],
  ])
})
