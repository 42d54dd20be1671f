import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, refusal } from '../../test/clients.ts'
import { type Cloud, startCloud } from '../index.ts'

const MONITORING = 'arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole'

let cloud: Cloud
let iam: IAMClient
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333' })
  iam = new IAMClient(asOwner(cloud))
})
afterAll(() => cloud.stop())
beforeEach(async () => {
  await cloud.reset()
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [] })
  await iam.send(new CreateRoleCommand({ RoleName: 'watches', AssumeRolePolicyDocument }))
})

describe("a policy of AWS's own", () => {
  const attach = (PolicyArn: string, RoleName = 'watches') =>
    iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }))
  const attached = async () =>
    (await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'watches' }))).AttachedPolicies?.map(
      ({ PolicyArn }) => PolicyArn,
    )

  test('is attached, listed and detached like any other, and holds its role', async () => {
    await attach(MONITORING)
    expect(await attached()).toEqual([MONITORING])
    const remove = () => iam.send(new DeleteRoleCommand({ RoleName: 'watches' }))
    expect(await refusal(remove())).toMatchObject({ name: 'DeleteConflictException', status: 409 })
    await iam.send(new DetachRolePolicyCommand({ RoleName: 'watches', PolicyArn: MONITORING }))
    expect(await attached()).toEqual([])
    await remove()
  })

  test.each([
    ['misspelt', () => attach(`${MONITORING}s`), 'does not exist or is not attachable.'],
    ['for a role that is not there', () => attach(MONITORING, 'nobody'), 'The role with name nobody cannot be found.'],
    [
      'that was not attached',
      () => iam.send(new DetachRolePolicyCommand({ RoleName: 'watches', PolicyArn: MONITORING })),
      'was not found.',
    ],
  ])('is refused %s', async (_why, call, message) => {
    expect(await refusal(call())).toMatchObject({
      name: 'NoSuchEntityException',
      message: expect.stringContaining(message),
    })
  })
})

describe('keys that are given out', () => {
  const who = async (accessKeyId = '', secretAccessKey = '', sessionToken?: string) => {
    const credentials = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }
    return (await new STSClient({ ...asOwner(cloud), credentials }).send(new GetCallerIdentityCommand({}))).Account
  }

  test("a user's belongs to the account, until the cloud starts over", async () => {
    await iam.send(new CreateUserCommand({ UserName: 'somebody' }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'somebody' }))
    expect(await who(AccessKey?.AccessKeyId, AccessKey?.SecretAccessKey)).toBe('111122223333')
    await cloud.reset()
    expect(await refusal(who(AccessKey?.AccessKeyId, AccessKey?.SecretAccessKey))).toMatchObject({
      name: 'InvalidClientTokenId',
    })
  })

  test("a session's belongs to the account of its role", async () => {
    const RoleArn = 'arn:aws:iam::111122223333:role/watches'
    const { Credentials } = await new STSClient(asOwner(cloud)).send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: 's' }),
    )
    expect(await who(Credentials?.AccessKeyId, Credentials?.SecretAccessKey, Credentials?.SessionToken)).toBe(
      '111122223333',
    )
  })
})
