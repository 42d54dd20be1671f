import type { Cloud as Emulator } from '@sax/cloud'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  applyPorts,
  cloudOf,
  developZone,
  quickPace,
  startEmulator,
  type TestPorts,
} from '../../test/infra/emulator.ts'
import { retained, stackOf, templateOf } from '../../test/infra/fakes.ts'
import { smallStage } from '../../test/infra/small-stage.ts'
import { Interrupted } from '../infra/interrupted.ts'
import { exitCode } from '../outcome.ts'
import { infraApply } from './infra-apply.ts'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
})
beforeEach(() => emulator.reset())
afterAll(() => emulator.stop())

const { domain, id: hostedZoneId, name: NAME } = developZone
const apply = (ports: TestPorts) => infraApply({ stage: 'develop', yes: true }, ports)

describe('half-way', () => {
  test.each<[what: string, code: string, message: string, says: RegExp]>([
    [
      'a right that CloudFormation turns out to need',
      'AccessDenied',
      'User: arn:aws:iam::111122223333:user/jane is not authorized to perform: s3:PutBucketPolicy',
      /FilesPolicy: these credentials may not do s3:PutBucketPolicy/,
    ],
    [
      'a name that another distribution has',
      'CNAMEAlreadyExists',
      'One or more of the CNAMEs you provided are already associated with a different resource',
      /FilesPolicy: one of its names answers from another distribution/,
    ],
    [
      'a limit of the account',
      'LimitExceeded',
      'The maximum number of policies is reached (LimitExceeded)',
      /FilesPolicy: a limit of the account is reached/,
    ],
  ])(
    '%s stops it with exit code 2; what was made stays, and the same command ends it',
    async (_what, code, message, says) => {
      const mend = emulator.inject({
        service: 'cloudformation',
        resource: 'FilesPolicy',
        effect: { kind: 'error', code, message },
      })
      const ports = applyPorts(emulator, smallStage())
      const outcome = await apply(ports)
      expect(exitCode(outcome)).toBe(2)
      expect(outcome).toMatchObject({ kind: 'stopped', reason: expect.stringMatching(says) })
      expect((outcome as { reason: string }).reason).toMatch(
        /sleepconnect-develop stopped half-way[\s\S]*continue: npx zones infra apply develop/,
      )
      expect(JSON.stringify(outcome)).not.toContain('jane')
      expect((await ports.cloud.cloudFormation.stack('sleepconnect-develop'))?.status).toBe('CREATE_FAILED')
      expect(await ports.cloud.cloudControl.resource('AWS::S3::Bucket', 'small-files')).toMatchObject({ kind: 'there' })
      mend()
      expect(await apply(ports)).toMatchObject({ kind: 'done' })
    },
  )

  test('credentials that expire while CloudFormation works stop only the watching', async () => {
    const mend = emulator.inject({
      service: 'cloudformation',
      action: 'DescribeStackEvents',
      after: 3,
      effect: { kind: 'error', code: 'ExpiredToken' },
    })
    const ports = applyPorts(emulator, smallStage())
    const outcome = await apply(ports)
    expect(exitCode(outcome)).toBe(2)
    expect(outcome).toMatchObject({
      kind: 'stopped',
      reason: expect.stringMatching(/credentials have expired.*CloudFormation may still be at work/),
    })
    mend()
    expect(await apply(ports)).toMatchObject({ kind: 'done' })
  })

  test('a certificate that waits for the public DNS is named; Ctrl-C loses nothing', async () => {
    const [backend, site] = smallStage()
    if (backend === undefined || site === undefined) throw new Error('two stacks are wanted')
    const NameCertificate = retained('AWS::CertificateManager::Certificate', {
      DomainName: NAME,
      ValidationMethod: 'DNS',
      DomainValidationOptions: [{ DomainName: NAME, HostedZoneId: hostedZoneId }],
    })
    const stage = [backend, stackOf('site', templateOf({ ...site.template.Resources, NameCertificate }))]
    // Delegated when it was looked at, and no longer when the certificate is asked for.
    const cloud = cloudOf(emulator)
    let looks = 0
    const delegation = async (asked: string) => {
      const answer = await cloud.delegation(asked)
      looks += 1
      emulator.delegate(domain, false)
      return answer
    }
    let nowMs = Date.now()
    const said: string[] = []
    const impatient = {
      cloud: { ...cloud, delegation },
      progress: {
        step: () => ({
          now: (text: string) => void said.push(text),
          done: async () => undefined,
          failed: async () => undefined,
        }),
      },
      pace: {
        ...quickPace(),
        // A minute passes between two looks; the person goes home when told what is waited for.
        nowMs: () => nowMs,
        wait: async () => {
          nowMs += 60_000
          await quickPace().wait(1)
          if (said.some((text) => text.includes('NameCertificate (until the public DNS shows its validation record)')))
            throw new Interrupted()
        },
      },
    }
    const outcome = await apply(applyPorts(emulator, stage, impatient))
    expect(looks).toBe(1)
    expect(outcome).toMatchObject({
      kind: 'stopped',
      reason: expect.stringContaining('CloudFormation goes on with sleepconnect-develop by itself'),
    })
    emulator.delegate(domain, true)
    expect(await apply(applyPorts(emulator, stage))).toMatchObject({ kind: 'done' })
  })

  test('D15: of two at once, one does it, and the other does too or says why not', async () => {
    const [first, second] = [applyPorts(emulator, smallStage()), applyPorts(emulator, smallStage())]
    const both = await Promise.all([apply(first), apply(second)])
    const losers = both.filter(({ kind }) => kind !== 'done')
    expect(losers.length).toBeLessThan(2)
    for (const loser of losers)
      expect(loser).toMatchObject({
        reason: expect.stringContaining('Somebody else is changing develop at this moment.'),
      })
    expect(await apply(second)).toMatchObject({ kind: 'done' })
    expect(await first.cloud.cloudFormation.resources('sleepconnect-develop')).toHaveLength(3)
    expect(
      emulator.calls().filter(({ action, status }) => action === 'ExecuteChangeSet' && status === 200),
    ).toHaveLength(2)
  })

  test('D15: who saw no stack, and finds one made by another when making it, is told so', async () => {
    const ports = applyPorts(emulator, smallStage())
    const { cloudFormation } = ports.cloud
    const overtaken: typeof cloudFormation = {
      ...cloudFormation,
      createChangeSet: async (request) => {
        expect(await apply(applyPorts(emulator, smallStage()))).toMatchObject({ kind: 'done' })
        await cloudFormation.createChangeSet(request)
      },
    }
    expect(await apply({ ...ports, cloud: { ...ports.cloud, cloudFormation: overtaken } })).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(
        /^Somebody else is changing develop at this moment\..* No stack was changed by this run\.$/,
      ),
    })
  })

  test('an answer that gets lost does not make it do anything twice', async () => {
    for (const action of ['CreateChangeSet', 'ExecuteChangeSet']) {
      emulator.inject({ service: 'cloudformation', action, times: 1, effect: { kind: 'drop', when: 'after' } })
    }
    expect(await apply(applyPorts(emulator, smallStage()))).toMatchObject({ kind: 'done' })
  })
})
