import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam'
import {
  LambdaClient,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda'
import { CreateBucketCommand, GetBucketVersioningCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import type { Cloud as Emulator } from '@sax/cloud'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Break, breakingOff } from '../../test/infra/breaking-off.ts'
import { applyPorts, cloudOf, quickPace, settingsOf, startEmulator } from '../../test/infra/emulator.ts'
import { smallStage } from '../../test/infra/small-stage.ts'
import { clientOptions } from '../aws/client-settings.ts'
import { STACK_POLICY } from '../plan/stack-policy.ts'
import { infraApply } from './infra-apply.ts'

let emulator: Emulator
let clients: ReturnType<typeof clientsOf>
beforeAll(async () => {
  emulator = await startEmulator()
  clients = clientsOf(emulator)
})
afterAll(() => emulator.stop())

function clientsOf(running: Emulator) {
  const options = clientOptions(settingsOf(running))
  return {
    s3: new S3Client({ ...options, forcePathStyle: true }),
    iam: new IAMClient(options),
    lambda: new LambdaClient(options),
    secrets: new SecretsManagerClient(options),
  }
}

/** An account in which the bucket is there already, so that taking over is interrupted as well. */
async function begin(): Promise<void> {
  await emulator.reset()
  await clients.s3.send(new CreateBucketCommand({ Bucket: 'small-files' }))
}

const pace = { ...quickPace(), wait: () => new Promise<void>((resolve) => setTimeout(resolve, 1)) }
const run = (requestHandler?: ReturnType<typeof breakingOff>['requestHandler']) =>
  infraApply(
    { stage: 'develop', yes: true },
    applyPorts(emulator, smallStage(), {
      cloud: cloudOf(emulator, requestHandler === undefined ? {} : { requestHandler }),
      pace,
    }),
  )

/** Everything that an application makes, in words. What has a name of AWS's own is counted. */
async function endState() {
  const { cloudFormation } = cloudOf(emulator)
  const stacks = ['sleepconnect-backend-develop', 'sleepconnect-develop'].map(async (name) => {
    const [state, policy, resources, changeSets] = await Promise.all([
      cloudFormation.stack(name),
      cloudFormation.policy(name),
      cloudFormation.resources(name),
      cloudFormation.changeSets(name),
    ])
    return {
      name,
      isWhole: /^(CREATE|UPDATE)_COMPLETE$/.test(state?.status ?? ''),
      isProtected: state?.isProtected,
      isPolicyKept: policy === STACK_POLICY,
      outputs: state?.outputs,
      resources: resources
        .map(({ logicalId, type, status }) => `${logicalId} ${type} ${/COMPLETE$/.test(status)}`)
        .toSorted(),
      changeSets: changeSets.length,
    }
  })
  const FunctionName = 'small-worker'
  const [functions, versions, aliases, roles, buckets, versioning, secrets] = await Promise.all([
    clients.lambda.send(new ListFunctionsCommand({})),
    clients.lambda.send(new ListVersionsByFunctionCommand({ FunctionName })),
    clients.lambda.send(new ListAliasesCommand({ FunctionName })),
    clients.iam.send(new ListRolesCommand({})),
    clients.s3.send(new ListBucketsCommand({})),
    clients.s3.send(new GetBucketVersioningCommand({ Bucket: 'small-files' })),
    clients.secrets.send(new ListSecretsCommand({})),
  ])
  return {
    stacks: await Promise.all(stacks),
    functions: functions.Functions?.map(({ FunctionName: name, MemorySize }) => `${name} ${MemorySize}`),
    versions: versions.Versions?.map(({ Version }) => Version),
    aliases: aliases.Aliases?.map(({ Name, FunctionVersion }) => `${Name} ${FunctionVersion}`),
    roles: roles.Roles?.map(({ RoleName }) => RoleName).toSorted(),
    buckets: buckets.Buckets?.map(({ Name }) => Name).toSorted(),
    versioning: versioning.Status,
    secrets: secrets.SecretList?.map(({ Name }) => Name),
  }
}

test('D12: whatever change it is broken off before or after, running it again ends in the same state, with nothing twice', {
  timeout: 300_000,
}, async () => {
  await begin()
  const whole = breakingOff()
  expect(await run(whole.requestHandler)).toMatchObject({ kind: 'done' })
  const wanted = await endState()
  // Worked out by hand once; what follows compares with it.
  expect(wanted).toMatchObject({
    stacks: [
      { isWhole: true, isProtected: true, isPolicyKept: true, changeSets: 0 },
      { isWhole: true, isProtected: true, isPolicyKept: true, changeSets: 0, outputs: { FilesName: 'small-files' } },
    ],
    functions: ['small-worker 512'],
    versions: ['$LATEST', '1'],
    aliases: ['live 1'],
    roles: ['small-worker'],
    buckets: ['sax-infra-us-east-1-develop-111122223333', 'small-files'],
    versioning: 'Enabled',
    secrets: ['small/user-context'],
  })

  // Who is gone after a look is gone as before it: only what changes something leaves anything behind, and the time after it.
  const changes = whole.changes()
  expect(changes).toBeGreaterThan(10)
  const breaks = Array.from({ length: changes }, (_, index) => index + 1).flatMap((change): Break[] => [
    { change, when: 'before' },
    { change, when: 'after' },
  ])
  const otherwise: string[] = []
  for (const at of breaks) {
    await begin()
    const cut = breakingOff(at)
    // It never ends: whoever was watching is gone.
    await Promise.race([cut.broken, run(cut.requestHandler)])
    const again = await run()
    const state = await endState()
    // A change set that nobody will execute is thrown away after an hour; it does nothing.
    const tidy = { ...state, stacks: state.stacks.map((stack) => ({ ...stack, changeSets: 0 })) }
    if (again.kind !== 'done' || JSON.stringify(tidy) !== JSON.stringify(wanted)) {
      otherwise.push(
        `${at.when} change ${at.change}: ${again.kind} ${'reason' in again ? again.reason : ''} ${JSON.stringify(tidy)}`,
      )
    }
  }
  expect(otherwise).toEqual([])
})
