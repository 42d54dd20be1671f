import { acm } from './acm/acm.ts'
import { apiGatewayGuard } from './api-gateway/api-gateway-guard.ts'
import { cloudControl } from './cloud-control/cloud-control.ts'
import { cloudFormation } from './cloudformation/cloudformation.ts'
import { stackEngine } from './cloudformation/stack-engine.ts'
import { templateReader } from './cloudformation/template-source.ts'
import { cloudFront } from './cloudfront/cloudfront.ts'
import { iamGuard } from './iam/iam-guard.ts'
import { codeSource } from './lambda/code-source.ts'
import type { FunctionRunner } from './lambda/function-runner.ts'
import { lambda, lambdaHandlers } from './lambda/lambda.ts'
import { roleCheck } from './lambda/role-check.ts'
import type { MotoClients } from './moto/moto-clients.ts'
import { route53 } from './route53/route53.ts'
import { s3Guard } from './s3/s3-guard.ts'
import type { AccountKeys } from './server/account-keys.ts'
import type { Faults } from './server/faults.ts'
import type { CallContext, Guard, OwnApi } from './server/own-api.ts'
import { stsGuard } from './sts/sts-guard.ts'
import type { World } from './world.ts'

/** What answering leans on besides the world. */
export interface Leaning {
  readonly keys: AccountKeys
  readonly clients: MotoClients
  readonly faults: Faults
  readonly pendingLooks: number
  readonly resourcePauseMs: number
  /** Absent: functions are not run. */
  readonly runner?: FunctionRunner
}

/** Who answers which calls: the services that are own, and what watches over those that moto answers. */
export function answering(world: World, { keys, clients, faults, pendingLooks, resourcePauseMs, runner }: Leaning) {
  const functions = { runner, state: world.lambda, code: codeSource(clients), checkRole: roleCheck(clients) }
  const engine = stackEngine({ world, clients, faults, resourcePauseMs, lambda: lambdaHandlers(functions) })
  const parts = { world, pendingLooks, engine, readTemplate: templateReader(clients, world.buckets) }
  const outside = ({ accountId, region }: CallContext) =>
    engine.workOn({ accountId, region, name: 'outside' }, 'Resource')
  const apis: readonly OwnApi[] = [
    ...[
      route53(world.zones),
      acm(world.certificates, (arn) => world.cloudFront.usersOf(arn)),
      cloudFront(world.cloudFront),
      lambda(functions),
      cloudFormation(parts),
      cloudControl(outside),
    ],
  ]
  const guards: readonly Guard[] = [
    s3Guard(world.buckets, clients),
    apiGatewayGuard(world.certificates),
    stsGuard(keys),
    iamGuard(world.awsPolicies, clients, keys),
  ]
  return {
    services: new Map(apis.map((api) => [api.name, api])),
    guards: new Map(guards.map((guard) => [guard.name, guard])),
  }
}
